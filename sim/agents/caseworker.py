"""A caseworker: a post with a portfolio and the minutes of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.agents.actor import Actor
from sim.processes import portfolio

if TYPE_CHECKING:
    from sim.agents.department import Department


class Caseworker(Actor):
    """The holder of one staff post; loads and capacities are hundredths of a person."""

    def __init__(self, department: Department, row: int, territory: int, role: int) -> None:
        super().__init__(department)
        self.row = row
        """Row of the post in the roster."""
        self.territory = territory
        self.role = role
        self.load = 0
        """Weight of the portfolio."""
        self.capacity = 0
        """Weight that the portfolio may reach today; 0 while the post is vacant."""
        self.minutes = 0
        """Minutes left today for contacts and intake."""

    def begin_day(self, minutes: int, capacity: int) -> None:
        """What the calendar gives this post today."""
        self.minutes = minutes
        self.capacity = capacity

    def has_place(self) -> bool:
        """Whether the portfolio can take one more person."""
        return portfolio.has_place(self.load, self.capacity)

    def is_lighter_than(self, other: Caseworker) -> bool:
        """Whether this portfolio is strictly less full than another, relative to capacity."""
        return portfolio.is_lighter(self.load, self.capacity, other.load, other.capacity)
