"""What the engine is asked to run: parameters by date, without knowing where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sim.parameters import Parameters
from sim.units import EPOCH, first_day_of_month, month_number


@dataclass(frozen=True)
class RunPlan:
    """A run of ``months`` months from ``start``, the first day of a month.

    ``base`` holds before the start and shapes the starting population; ``changes`` are complete
    parameters from later dates on, in order of date.
    """

    name: str
    start: date
    months: int
    base: Parameters
    changes: tuple[tuple[date, Parameters], ...] = ()

    def __post_init__(self) -> None:
        if self.start.day != 1:
            raise ValueError("a run starts on the first day of a month")

    @property
    def first_month(self) -> int:
        """Month number of the first month."""
        return month_number(self.start)

    @property
    def end_day(self) -> int:
        """Day number of the day after the last one."""
        return first_day_of_month(self.first_month + self.months)

    def parameters_on(self, when: date) -> Parameters:
        """The parameters in force on a date."""
        in_force = self.base
        for since, parameters in self.changes:
            if since <= when:
                in_force = parameters
        return in_force

    def first_difference(self, other: RunPlan) -> date | None:
        """First date on which the parameters of two plans differ; None when they never do."""
        if (self.start, self.base.fingerprint()) != (other.start, other.base.fingerprint()):
            return min(self.start, other.start)
        for when in sorted({when for when, _ in self.changes + other.changes}):
            one, two = self.parameters_on(when), other.parameters_on(when)
            if one.fingerprint() != two.fingerprint():
                return when
        return None

    def timeline(self, begins: date, ends: date) -> list[tuple[date, Parameters]]:
        """Parameters at ``begins`` and from every date of change, of policy or of law."""
        dates = {when for when, _ in self.changes if begins < when < ends}
        dates |= {when for when in law_dates(self.base) if begins < when < ends}
        return [(when, self.parameters_on(when)) for when in [begins, *sorted(dates)]]


@lru_cache(maxsize=128)
def law_dates(parameters: Parameters) -> frozenset[date]:
    """Dates on which a dated parameter takes another value."""
    found: set[date] = set()
    for path in parameters.paths():
        if parameters.entry(path).form.is_dated:
            found |= {when for when, _ in parameters.dated(path) if when > EPOCH}
    return frozenset(found)
