"""The collective workshop that follows orientation, beside the wait for a caseworker."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.agents.intake import IntakeOffice
from sim.processes.orientation import session_key
from sim.vocabulary import Support

if TYPE_CHECKING:
    from sim.agents.beneficiary import Beneficiary

ORIENTED = (Support.WAITING_CASEWORKER, Support.SUPPORTED)


class WorkshopOffice(IntakeOffice):
    """An office that may hold a workshop for people who were oriented."""

    def hold_workshop(self, day: int, listed: Iterable[Beneficiary]) -> None:
        """One session: earliest invitation first, up to the places, if staff has the minutes."""
        rules = self.rules
        invited = [
            person
            for person in listed
            if person.support in ORIENTED
            and 0 < person.workshop_on <= day
            and person.office is self
        ]
        invited.sort(key=lambda person: session_key(person.workshop_on, 0, person.identity))
        received = invited[: rules.workshop_places]
        if not received or not self.has_minutes(rules.workshop_roles, rules.workshop_minutes):
            return
        self.spend(rules.workshop_roles, rules.workshop_minutes)
        for person in received:
            person.take_part_in_workshop(day)
