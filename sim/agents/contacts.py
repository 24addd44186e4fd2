"""Contacts of a person with its caseworkers: due, held, missed, postponed, never held."""

from __future__ import annotations

from sim.agents.actions import treated_barriers
from sim.agents.assessment import AssessedPerson
from sim.agents.caseworker import Caseworker
from sim.processes.contacts import is_lapsed, missed_minutes, no_show_probability, renewed_due
from sim.processes.support_effects import decayed_level, raised_level
from sim.processes.workshop import attendance_count
from sim.vocabulary import Contact, Decision, Record, Support
from sim.world.queues import queue_key
from sim.world.sets import has_barrier, toggled

MOST_BREACHES = 100
"""Breaches are counted up to this number."""


class ContactedPerson(AssessedPerson):
    """A person who meets caseworkers."""

    def end_follow_up_in_time(self, day: int) -> bool:
        """Follow-up that reached its last day ends, before the contacts of that day."""
        if self.support != Support.IN_JOB_FOLLOW_UP or day < self.follow_up_until:
            return False
        self.household.settle_to(day + 1.0)
        self.end_follow_up(day)
        self.household.resume(day + 1.0)
        return True

    def contacts_to_serve(self, day: int) -> list[tuple[int, Contact]]:
        """Contacts that may be held today, each with its place in the order of the day.

        What was not held within one interval of its due date is never held: it is renewed.
        """
        priorities = self.model.nation.contact_priority
        served: list[tuple[int, Contact]] = []
        for kind in self.contacts_in_force:
            interval = self.organisation.interval[kind]
            if is_lapsed(self.due[kind], day, interval):
                self.note(Record.CONTACT_NEVER_HELD, day, detail=kind, since=self.due[kind])
                self.due[kind] = renewed_due(self.due[kind], day, interval)
                self.postponed &= ~(1 << kind)
            if self.earliest_contact(kind) <= day:
                who = self.identity * len(Contact) + kind
                served.append((queue_key(priorities[kind], self.due[kind], who), kind))
        return served

    def meet(self, kind: Contact, day: int) -> bool:
        """A contact is held if everyone who attends has the minutes; True if the person is absent.

        The person may have left the caseworkers since the list of the day was made.
        """
        if not self.is_supported or kind not in self.contacts_in_force:
            return False
        organisation = self.organisation
        attending = self._attending(organisation.attendance[kind])
        minutes = organisation.minutes[kind]
        if any(caseworker.minutes < minutes for caseworker in attending):
            return False
        is_absent = self._is_absent(kind)
        self.postponed &= ~(1 << kind)
        if is_absent:
            self._miss(kind, day, attending, minutes)
        else:
            self._hold(kind, day, attending, minutes)
        return is_absent

    def _attending(self, attendance: int) -> list[Caseworker]:
        """The caseworkers, one by position of ``attendance``, who sit in a contact."""
        return [
            caseworker
            for position, caseworker in enumerate(self.caseworkers)
            if attendance >> position & 1 and caseworker is not None
        ]

    def _is_absent(self, kind: Contact) -> bool:
        """Whether the person stays away, more often while suspended."""
        nation = self.model.nation
        is_suspended = self.household.suspended_until > 0
        multiplier = nation.sanction_no_show_multiplier if is_suspended else 1.0
        drawn = self.luck.chance(Decision.CONTACT_ATTENDANCE + kind, self.attempts)
        self.attempts += 1
        return drawn < no_show_probability(nation.contact_no_show[kind], multiplier)

    def _miss(self, kind: Contact, day: int, attending: list[Caseworker], minutes: int) -> None:
        """A no-show costs a share of the minutes and counts as a breach."""
        spent = missed_minutes(minutes, self.model.nation.contact_missed_share[kind])
        for caseworker in attending:
            caseworker.minutes -= spent
        was_due = self.due[kind]
        again = min(self.organisation.interval[kind], self.office.rules.reinvitation_days)
        self.due[kind] = day + again
        self.breaches = min(self.breaches + 1, MOST_BREACHES)
        total = spent * len(attending)
        self.note(Record.CONTACT_MISSED, day, detail=kind, value=total, since=was_due)

    def _hold(self, kind: Contact, day: int, attending: list[Caseworker], minutes: int) -> None:
        """The contact takes place: minutes, rhythm, achieved intensity, and what it brings."""
        nation = self.model.nation
        for caseworker in attending:
            caseworker.minutes -= minutes
        was_due = self.due[kind]
        self.due[kind] = day + self.organisation.interval[kind]
        total = minutes * len(attending)
        self.note(Record.CONTACT_HELD, day, detail=kind, value=total, since=was_due)
        household = self.household
        household.settle(day + 1.0)
        self._raise_contact_level(nation.contact_weight[kind], day)
        self.met_on = day + 1
        self._follow_through(kind, day)
        if household.suspended_until > 0 and nation.sanction_repaid_on_remobilisation:
            household.end_suspension(day, repaid_cents=household.withheld_cents)
        household.resume(day + 1.0)

    def _raise_contact_level(self, weight: float, day: int) -> None:
        """Count what was held today in the achieved intensity."""
        half_life = self.model.nation.contact_half_life_days
        level = decayed_level(self.contact_level, day + 1.0 - self.contact_on, half_life)
        self.contact_level = raised_level(level, weight, half_life)
        self.contact_on = day + 1

    def take_part_in_workshop(self, day: int) -> None:
        """The person comes to the workshop, or is invited again a few times."""
        rules = self.office.rules
        occasion = attendance_count(self.assessments, self.workshops_missed)
        if self.luck.chance(Decision.WORKSHOP_ATTENDANCE, occasion) < rules.workshop_no_show:
            self.workshops_missed += 1
            is_invited = self.workshops_missed < rules.workshop_invitations
            self.workshop_on = day + rules.workshop_reinvitation_days if is_invited else 0
            self.note(Record.WORKSHOP_MISSED, day, value=self.workshops_missed)
            return
        self.workshop_on = 0
        days = day - self.oriented_on
        self.note(Record.WORKSHOP_HELD, day, value=days, since=self.oriented_on)
        self.household.settle(day + 1.0)
        self._raise_contact_level(rules.workshop_weight, day)
        self.household.resume(day + 1.0)

    def _follow_through(self, kind: Contact, day: int) -> None:
        """What a held contact brings: a contract, a protected job, actions, a review."""
        if kind == Contact.CONTRACT:
            self._sign_contract(day)
        elif kind == Contact.FOLLOW_UP:
            self.household.disturb()
            self.follow_up_held_on = day
        elif kind == Contact.APPOINTMENT:
            self._take_action_places(day)
            self._take_activity_place(day)
            if day >= self.review_on:
                self._review(day)

    def _sign_contract(self, day: int) -> None:
        """The engagement contract is signed; only the first one since orientation is recorded."""
        if self.contract_on == 0 or self.contract_on < self.oriented_on:
            days = day - self.oriented_on
            kind = Record.ENGAGEMENT_CONTRACT_SIGNED
            self.note(kind, day, value=days, since=self.oriented_on)
        self.contract_on = day

    def _take_action_places(self, day: int) -> None:
        """Places in actions against barriers seen and present, one action for each barrier."""
        office = self.office
        nation = self.model.nation
        treated = treated_barriers(nation, self.on_action)
        for action, barrier in enumerate(nation.action_barrier):
            is_free = office.actions_held[action] < office.rules.action_places[action]
            is_needed = has_barrier(self.seen & self.barriers, barrier) and barrier not in treated
            if is_needed and is_free:
                office.actions_held[action] += 1
                self.household.disturb()
                self.on_action = toggled(self.on_action, action)
                treated.add(barrier)
                self.note(Record.ACTION_STARTED, day, detail=action)

    def _take_activity_place(self, day: int) -> None:
        """A place in workshops or immersion, for who has no occupation and no waiver."""
        organisation = self.organisation
        held = self.office.activities_held
        is_waived = self.seen & self.model.nation.waiving_barriers != 0
        is_free = self.activity_since == 0 and self.job < 0 and not is_waived
        has_place = held[self.pathway] < organisation.activity_places
        if is_free and organisation.activity_hours > 0.0 and has_place:
            held[self.pathway] += 1
            self.activity_since = day
            self.note(Record.ACTIVITY_STARTED, day)

    def _review(self, day: int) -> None:
        """A new assessment; another pathway means another queue."""
        self.review_on = day + self.organisation.review_days
        pathway = self.reviewed_pathway(self.assess())
        if pathway == self.pathway:
            return
        self.note(Record.PATHWAY_SWITCHED, day, detail=pathway)
        self.close_support(day)
        self.pathway = pathway
        self.wait_for_caseworker(day)

    def close_books(self, day: int) -> None:
        """Count as postponed, once, what was due and could not be held; plan the next look."""
        if not self.is_supported:
            return
        for kind in self.contacts_in_force:
            if self.due[kind] <= day and not self.postponed >> kind & 1:
                self.postponed |= 1 << kind
                self.note(Record.CONTACT_POSTPONED, day, detail=kind, since=self.due[kind])
        self.plan_office_day(looked_on=day)
