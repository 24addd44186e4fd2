"""The telephone platform: operators answer in the order in which people became ready."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.agents.caseworker import Caseworker
from sim.agents.staff import StaffedOffice, roles_in
from sim.processes.contacts import missed_minutes
from sim.processes.orientation import session_key
from sim.vocabulary import Call, Contact, Decision, OrientedBy, Record, Support

if TYPE_CHECKING:
    from sim.agents.beneficiary import Beneficiary

MOST_CALLS = 100
"""Calls are counted up to this number."""
DAYS_TO_THE_NEXT_SESSION = 1
"""An appointment is given in a session after the day of the call."""


class TelephoneOffice(StaffedOffice):
    """An office that may have operators, whom people reach from the day rights open."""

    def answer_calls(self, day: int, listed: Iterable[Beneficiary]) -> None:
        """Calls of the day, first ready first served, while an operator has the minutes."""
        if not self.rules.call_roles:
            return
        waiting = [
            person
            for person in listed
            if person.support == Support.WAITING_ORIENTATION
            and person.call == Call.AWAITED
            and person.ready_on <= day
            and person.office is self
        ]
        waiting.sort(
            key=lambda person: session_key(person.ready_on, person.ready_minute, person.identity)
        )
        for person in waiting:
            operator = self.freest_operator()
            if operator is None or operator.minutes < self.rules.call_minutes:
                return
            self.call(person, operator, day)

    def freest_operator(self) -> Caseworker | None:
        """The operator of any role with most minutes left today; the first of equals."""
        best: Caseworker | None = None
        for role in roles_in(self.rules.call_roles):
            worker = self.freest(role)
            if worker is not None and (best is None or worker.minutes > best.minutes):
                best = worker
        return best

    def call(self, person: Beneficiary, operator: Caseworker, day: int) -> None:
        """One call: nobody answers, or the person is oriented at once or gets an appointment."""
        rules = self.rules
        occasion = person.calls
        person.calls = min(occasion + 1, MOST_CALLS)
        if person.luck.chance(Decision.CALL_REACHED, occasion) < rules.call_unreached_share:
            share = self.department.nation.contact_missed_share[Contact.CONTACT]
            minutes = missed_minutes(rules.call_minutes, share)
            operator.minutes -= minutes
            person.note(Record.CALL_UNREACHED, day, value=minutes)
            person.be_invited(day, rules.recall_days)
            return
        operator.minutes -= rules.call_minutes
        orients = person.luck.chance(Decision.CALL_ORIENTS, occasion) < rules.call_orients_share
        waited = day - person.waiting_since
        person.note(
            Record.CALL_HELD, day, detail=int(orients), value=waited, since=person.waiting_since
        )
        person.call = Call.HELD
        if orients:
            person.be_oriented(day, day, OrientedBy.CALL)
        else:
            person.be_invited(day, DAYS_TO_THE_NEXT_SESSION)
