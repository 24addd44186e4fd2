"""Where a person stands with the offices: waits, portfolios, places, follow-up in the job."""

from __future__ import annotations

from sim.agents.clocks import ClockedPerson
from sim.population.layout import NEVER_DAY
from sim.processes.due_days import contract_due_day, earliest_day, first_due_day, next_look
from sim.units import MINUTES_PER_DAY
from sim.vocabulary import Benefit, Call, Contact, Record, Support
from sim.world.codes import FULL_WEIGHT
from sim.world.sets import has_place_in, toggled

CONTACTS_OF_SUPPORT = (Contact.CONTACT, Contact.APPOINTMENT, Contact.CONTRACT)
CONTACTS_OF_FOLLOW_UP = (Contact.FOLLOW_UP,)
DAYS_BETWEEN_COHORTS = 365


class SupportedPerson(ClockedPerson):
    """A person whom the offices receive, orient, support and follow."""

    def wait_for_orientation(self, time: float) -> None:
        """Rights are open: a call comes, or an invitation to an intake session."""
        self.support = Support.WAITING_ORIENTATION
        self.pathway = -1
        self.waiting_since = int(time)
        rules = self.office.rules
        self.call = Call.AWAITED if rules.call_roles else Call.NONE
        self.be_invited(time, 0 if rules.call_roles else rules.notification_days)
        self.note(Record.WAIT_FOR_ORIENTATION_STARTED, time)

    def be_invited(self, time: float, days: int) -> None:
        """The person can be received or called ``days`` later, at the same time of the day."""
        self.ready_on = int(time) + days
        self.ready_minute = int((time - int(time)) * MINUTES_PER_DAY)
        self.plan_intake_day()

    def plan_intake_day(self) -> None:
        """Next day on which the office must look at who waits for orientation."""
        limit = self.model.nation.orientation_limit_days
        self.office_day = self.ready_on
        if limit > 0:
            self.office_day = min(self.ready_on, self.waiting_since + limit + 1)

    def follow_new_intake(self, day: int) -> None:
        """A platform that opens calls who was not received; one that closes leaves them ready."""
        calls = self.office.rules.call_roles != 0
        if calls and self.call == Call.NONE:
            self.call = Call.AWAITED
            if self.ready_on > day:
                self.ready_on, self.ready_minute = day, 0
        elif not calls and self.call == Call.AWAITED:
            self.call = Call.NONE
        self.plan_intake_day()

    def wait_for_caseworker(self, time: float) -> None:
        """Oriented: a place must open in a portfolio of the pathway."""
        self.support = Support.WAITING_CASEWORKER
        self.waiting_since = int(time)
        self.office_day = 0
        self.note(Record.WAIT_FOR_CASEWORKER_STARTED, time)

    def end_wait(self, time: float) -> None:
        """A wait is over, whatever its reason."""
        kind = Record.WAIT_FOR_ORIENTATION_ENDED
        if self.support == Support.WAITING_CASEWORKER:
            kind = Record.WAIT_FOR_CASEWORKER_ENDED
        days = int(time) - self.waiting_since
        self.note(kind, time, value=days, since=self.waiting_since)

    def start_support(self, day: int) -> None:
        """Caseworkers were found: portfolios, first due dates, cohort of entrants."""
        self.end_wait(day)
        waited = day - self.waiting_since
        self.note(Record.SUPPORT_STARTED, day, value=waited, since=self.waiting_since)
        organisation = self.organisation
        self.support = Support.SUPPORTED
        self.support_since = day
        self.review_on = day + organisation.review_days
        self._join_portfolios()
        self._set_first_due_days(day)
        if self.cohort_on == 0 or day - self.cohort_on >= DAYS_BETWEEN_COHORTS:
            self.cohort_on = day
            self.cohort_pathway = self.pathway
            self.cohort_flags = 0
            self.note(Record.COHORT_ENTERED, day)

    def _set_first_due_days(self, day: int) -> None:
        """First dates of a support: a recent contact and a running contract still count."""
        first_contract = self.organisation.contract_due_days
        interval = self.organisation.interval
        rhythm = interval[Contact.CONTACT]
        self.due[Contact.CONTACT] = first_due_day(day, self.met_on, rhythm, rhythm)
        self.due[Contact.APPOINTMENT] = first_due_day(
            day, self.met_on, interval[Contact.APPOINTMENT], first_contract
        )
        self.due[Contact.CONTRACT] = contract_due_day(
            day, first_contract, self.contract_on, interval[Contact.CONTRACT]
        )
        self.due[Contact.FOLLOW_UP] = NEVER_DAY
        self.postponed = 0
        self.plan_office_day()

    def close_support(self, time: float) -> None:
        """End whatever the offices do for this person."""
        if self.support in (Support.WAITING_ORIENTATION, Support.WAITING_CASEWORKER):
            self.end_wait(time)
        elif self.is_supported:
            self.release_places(time)
            self._leave_portfolios()
            if self.support == Support.IN_JOB_FOLLOW_UP:
                self._note_end_of_follow_up(time)
            days = int(time) - self.support_since
            self.note(Record.SUPPORT_ENDED, time, value=days, since=self.support_since)
            self.caseworkers = [None] * len(self.caseworkers)
        self.support = Support.NONE
        self.office_day = NEVER_DAY

    def requeue(self, day: int, pathway: int) -> None:
        """Support or wait stops; the person waits again, in a pathway, if still on RSA."""
        if pathway != self.pathway:
            self.note(Record.PATHWAY_SWITCHED, day, detail=pathway)
        self.close_support(day)
        self.pathway = pathway
        if self.household.benefit == Benefit.PAID:
            self.wait_for_caseworker(day)

    def start_follow_up(self, time: float) -> None:
        """A supported person found a job: lighter weight, contacts in the job."""
        self.release_places(time)
        self._leave_portfolios()
        self.support = Support.IN_JOB_FOLLOW_UP
        self._join_portfolios()
        organisation = self.organisation
        self.follow_up_until = int(time) + organisation.follow_up_days
        self.due[Contact.FOLLOW_UP] = int(time) + organisation.interval[Contact.FOLLOW_UP]
        self.postponed = 0
        self.plan_office_day()
        self.note(Record.FOLLOW_UP_STARTED, time)

    def end_follow_up(self, time: float) -> None:
        """Back to support if the household is on RSA, otherwise support closes."""
        if self.household.benefit != Benefit.PAID:
            self.close_support(time)
            return
        self._leave_portfolios()
        self.support = Support.SUPPORTED
        self._join_portfolios()
        self._note_end_of_follow_up(time)
        day = int(time)
        interval = self.organisation.interval
        self.due[Contact.CONTACT] = day + interval[Contact.CONTACT]
        self.due[Contact.APPOINTMENT] = day + interval[Contact.APPOINTMENT]
        self.due[Contact.CONTRACT] = max(self.due[Contact.CONTRACT], day)
        self.due[Contact.FOLLOW_UP] = NEVER_DAY
        self.postponed = 0
        self.plan_office_day()

    def _note_end_of_follow_up(self, time: float) -> None:
        self.note(Record.FOLLOW_UP_ENDED, time)
        self.household.disturb()
        self.follow_up_held_on = 0

    @property
    def weight(self) -> int:
        """Weight in a portfolio, in hundredths of a person."""
        if self.support == Support.IN_JOB_FOLLOW_UP:
            weight: int = self.organisation.follow_up_weight
            return weight
        return FULL_WEIGHT

    def _join_portfolios(self) -> None:
        for caseworker in self.caseworkers:
            if caseworker is not None:
                caseworker.load += self.weight
        self._people_like_me()[self.pathway] += 1

    def _leave_portfolios(self) -> None:
        for caseworker in self.caseworkers:
            if caseworker is not None:
                caseworker.load -= self.weight
        self._people_like_me()[self.pathway] -= 1

    def _people_like_me(self) -> list[int]:
        """The office's count, by pathway, of people supported in the same way."""
        is_in_job = self.support == Support.IN_JOB_FOLLOW_UP
        return self.office.followed if is_in_job else self.office.supported

    @property
    def contacts_in_force(self) -> tuple[Contact, ...]:
        """Kinds of contact that a supported or followed person has."""
        is_in_job = self.support == Support.IN_JOB_FOLLOW_UP
        return CONTACTS_OF_FOLLOW_UP if is_in_job else CONTACTS_OF_SUPPORT

    def earliest_contact(self, kind: Contact) -> int:
        """First day on which spare minutes may bring a contact forward."""
        organisation = self.organisation
        return earliest_day(
            self.due[kind], organisation.interval[kind], organisation.shortest[kind]
        )

    def plan_office_day(self, looked_on: int = 0) -> None:
        """Next day on which the office must look at a supported or followed person.

        ``looked_on`` is the day on which it has just done so, or 0.
        """
        if self.support == Support.IN_JOB_FOLLOW_UP:
            self.office_day = min(self.due[Contact.FOLLOW_UP], self.follow_up_until)
        else:
            soonest = min(
                next_look(self.earliest_contact(kind), self.due[kind], looked_on)
                for kind in CONTACTS_OF_SUPPORT
            )
            if self.workshop_on > 0 and self.office.rules.holds_workshops:
                soonest = min(soonest, self.workshop_on)
            self.office_day = min(soonest, NEVER_DAY)

    def release_places(self, time: float) -> None:
        """Give back every limited place of support."""
        self.release_activity(time)
        for action in range(len(self.model.nation.action_barrier)):
            self.release_action(action, time)

    def release_activity(self, time: float) -> None:
        """Give the activity place back."""
        if self.activity_since > 0:
            days = int(time) - self.activity_since
            self.note(Record.ACTIVITY_ENDED, time, value=days, since=self.activity_since)
            self.office.activities_held[self.pathway] -= 1
            self.activity_since = 0

    def release_actions_against(self, barrier: int, time: float) -> None:
        """Give the place in an action against a barrier back."""
        for action, treated in enumerate(self.model.nation.action_barrier):
            if treated == barrier:
                self.release_action(action, time)

    def release_action(self, action: int, time: float) -> None:
        """Give the place in an action back, if it is held."""
        if has_place_in(self.on_action, action):
            self.household.disturb()
            self.on_action = toggled(self.on_action, action)
            self.office.actions_held[action] -= 1
            self.note(Record.ACTION_ENDED, time, detail=action)
