"""The staff of one office: who is least loaded, who is free, who pays with minutes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.agents.caseworker import Caseworker
from sim.agents.rules import Rules

if TYPE_CHECKING:
    from sim.agents.department import Department


def roles_in(bits: int) -> list[int]:
    """The roles of a set of bits, in the order of the tables."""
    return [role for role in range(bits.bit_length()) if bits >> role & 1]


class StaffedOffice:
    """An office with its caseworkers and its limited places."""

    rules: Rules
    """What the territory decides or undergoes."""
    organisation: Sequence[Rules]
    """How each pathway is run here."""

    def __init__(self, department: Department, territory: int) -> None:
        self.department = department
        self.territory = territory
        self.caseworkers: list[Caseworker] = []
        """In the order of the roster."""
        self.jobs_held: list[int] = []
        """By job type: limited jobs in use."""
        self.actions_held: list[int] = []
        """By action: places in use."""
        self.activities_held: list[int] = []
        """By pathway: activity places in use."""
        self.supported: list[int] = []
        """By pathway: people supported now."""
        self.followed: list[int] = []
        """By pathway: people followed in their job now."""

    def adopt(self, rules: Rules, organisation: Sequence[Rules]) -> None:
        """Work under these rules from now on."""
        self.rules = rules
        self.organisation = organisation

    def in_role(self, role: int) -> list[Caseworker]:
        """The posts of one role."""
        return [worker for worker in self.caseworkers if worker.role == role]

    def lightest(self, role: int) -> Caseworker | None:
        """The least loaded caseworker of a role who has a place; the first of equals."""
        best: Caseworker | None = None
        for worker in self.in_role(role):
            if worker.has_place() and (best is None or worker.is_lighter_than(best)):
                best = worker
        return best

    def freest(self, role: int) -> Caseworker | None:
        """The caseworker of a role with most minutes left today; the first of equals."""
        return max(self.in_role(role), key=lambda worker: worker.minutes, default=None)

    def has_minutes(self, attending: int, minutes: int) -> bool:
        """Whether each attending role (a set of bits) has somebody with the minutes."""
        free = [self.freest(role) for role in roles_in(attending)]
        return all(worker is not None and worker.minutes >= minutes for worker in free)

    def spend(self, attending: int, minutes: int) -> None:
        """Take the minutes of a meeting from one caseworker of each attending role."""
        for role in roles_in(attending):
            worker = self.freest(role)
            if worker is not None:
                worker.minutes -= minutes
