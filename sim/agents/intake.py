"""Intake sessions: people are received, first ready first served, while desks are free."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.agents.telephone import TelephoneOffice
from sim.processes.contacts import missed_minutes
from sim.processes.intake import interview_start, minute_of_session
from sim.processes.orientation import FIXED_LENGTH, interview_minutes, session_key
from sim.units import MINUTES_PER_DAY
from sim.vocabulary import Call, Contact, Decision, OrientedBy, Record, Support

if TYPE_CHECKING:
    from sim.agents.beneficiary import Beneficiary


class IntakeOffice(TelephoneOffice):
    """An office that holds intake sessions."""

    desks: list[int]
    """By desk: minutes already promised, beyond those of past sessions."""

    def hold_session(self, day: int, listed: Iterable[Beneficiary]) -> None:
        """One session: nobody else is received once no desk or no staff time is left."""
        opening = self.rules.opening_minutes
        for desk in range(self.rules.desks):
            self.desks[desk] = max(self.desks[desk] - opening, 0)
        waiting = [
            person
            for person in listed
            if person.support == Support.WAITING_ORIENTATION
            and person.call != Call.AWAITED
            and person.ready_on <= day
            and person.office is self
        ]
        waiting.sort(
            key=lambda person: session_key(person.ready_on, person.ready_minute, person.identity)
        )
        for person in waiting:
            if not self.receive(person, day):
                return

    def receive(self, person: Beneficiary, day: int) -> bool:
        """One interview, or a no-show; False when the session is over."""
        rules = self.rules
        opening = rules.opening_minutes
        desk = min(range(rules.desks), key=self.desks.__getitem__, default=0)
        ready_time = person.ready_on + person.ready_minute / MINUTES_PER_DAY
        ready = minute_of_session(ready_time, day, opening)
        start = interview_start(self.desks[desk], ready)
        if start >= opening:
            return False
        length = person.luck.waiting_time(Decision.INTERVIEW_LENGTH, person.invitations)
        minutes = interview_minutes(rules.interview_form, rules.interview_minutes, length)
        if not self.has_minutes(rules.intake_roles, minutes):
            return False
        drawn = person.luck.chance(Decision.INTAKE_ATTENDANCE, person.invitations)
        is_absent = drawn < rules.intake_no_show
        if is_absent:
            share = self.department.nation.contact_missed_share[Contact.APPOINTMENT]
            minutes = missed_minutes(minutes, share)
        self.spend(rules.intake_roles, minutes)
        self.desks[desk] = start + minutes
        person.invitations += 1
        if is_absent:
            person.note(Record.INTAKE_NO_SHOW, day)
            person.be_invited(day, rules.reinvitation_days)
        else:
            person.be_oriented(day, day + start / opening, OrientedBy.SESSION)
        return True

    def orient_at_the_limit(self, day: int, listed: Iterable[Beneficiary]) -> None:
        """Who waited longer than the law allows is oriented, longest wait first."""
        limit = self.department.nation.orientation_limit_days
        rules = self.rules
        if limit == 0:
            return
        late = [
            person
            for person in listed
            if person.support == Support.WAITING_ORIENTATION
            and day - person.waiting_since > limit
            and person.office is self
        ]
        late.sort(key=lambda person: session_key(person.waiting_since, 0, person.identity))
        minutes = interview_minutes(FIXED_LENGTH, rules.interview_minutes, 0.0)
        for person in late:
            if not self.has_minutes(rules.limit_roles, minutes):
                return
            self.spend(rules.limit_roles, minutes)
            person.be_oriented(day, day, OrientedBy.LIMIT)
