"""The office of a territory: who gets the free places of its portfolios."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.agents.workshop import WorkshopOffice
from sim.processes.portfolio import is_target_public
from sim.units import DAYS_PER_YEAR
from sim.vocabulary import Support
from sim.world.queues import queue_key

if TYPE_CHECKING:
    from sim.agents.beneficiary import Beneficiary

TARGET_PUBLIC = 0
EVERYONE_ELSE = 1


class Office(WorkshopOffice):
    """A part of the department with its own people, staff, rules and places."""

    next_candidate_time: float
    """When the next household may open rights here for the first time."""
    next_candidate_number: int
    candidate_hazard: float
    """Candidates per month, accepted or not."""

    def assign_portfolios(self, day: int, listed: Iterable[Beneficiary]) -> None:
        """Fill the free places in the order of the queue; who cannot be placed waits on."""
        open_roles = self.open_roles()
        if not open_roles:
            return
        queue = [
            person
            for person in listed
            if person.support == Support.WAITING_CASEWORKER and person.office is self
        ]
        queue.sort(key=lambda person: self.place_in_queue(person, day))
        for person in queue:
            if not open_roles:
                return
            if self.roles_of_pathway(person.pathway) <= open_roles:
                self.give_place(person, day)
                open_roles = self.open_roles()

    def place_in_queue(self, person: Beneficiary, day: int) -> int:
        """Sort key: the target public first, then who has waited longest."""
        age_years = (day - person.birth) / DAYS_PER_YEAR
        rules = self.rules
        is_target = is_target_public(age_years, rules.priority_age_low, rules.priority_age_high)
        priority = TARGET_PUBLIC if is_target else EVERYONE_ELSE
        return queue_key(priority, person.waiting_since, person.identity)

    def open_roles(self) -> set[int]:
        """Roles in which somebody has a place."""
        return {role for role in self.department.roles if self.lightest(role) is not None}

    def roles_of_pathway(self, pathway: int) -> set[int]:
        """Roles that serve a pathway: a pair takes time, and a place, from both."""
        organisation = self.organisation[pathway]
        return set(organisation.role[: organisation.roles])

    def give_place(self, person: Beneficiary, day: int) -> None:
        """The person joins the lightest portfolio of each role of its pathway."""
        organisation = self.organisation[person.pathway]
        for position in range(organisation.roles):
            person.caseworkers[position] = self.lightest(organisation.role[position])
        person.start_support(day)

    def take_everyone_in_again(self, day: int) -> None:
        """A new organisation takes in everyone who is oriented, where it offers something new."""
        for household in self.department.households:
            if household.office is self:
                for person in household.adults:
                    person.be_taken_in_again(day)
