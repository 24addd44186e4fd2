"""Where today's references start, before and after an update.

An old figure is carried to the start (`sim.parameters.derivation.carried`) by months of others,
which an update may revise: a start can move without a newer figure of the department.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sim.parameters import known_departments
from sim.parameters.derivation.carried import starting_households
from sim.parameters.derivation.statistics import latest_stock


@dataclass(frozen=True)
class Start:
    """Households at the start, whole ones, and the day of the published figure they come from."""

    households: int
    as_of: date

    def record(self) -> dict[str, object]:
        """The same as a plain number and day."""
        return {"households": self.households, "as_of": self.as_of.isoformat()}


@dataclass(frozen=True)
class StartMoved:
    """A department whose reference of today starts from other households or a newer figure now."""

    department: str
    before: Start
    after: Start

    @property
    def percent(self) -> float:
        """Of the households before."""
        return 100.0 * (self.after.households / self.before.households - 1.0)

    def record(self) -> dict[str, object]:
        """The same as plain numbers and days."""
        return {
            "department": self.department,
            "before": self.before.record(),
            "after": self.after.record(),
            "percent": round(self.percent, 3),
        }


def starts() -> Mapping[str, Start]:
    """What each department starts from today, by code."""
    return {
        code: Start(round(starting_households(code)), latest_stock(code).as_of)
        for code in known_departments()
    }


def starts_moved(before: Mapping[str, Start], after: Mapping[str, Start]) -> list[StartMoved]:
    """The starts that are others now, the largest move first."""
    moved = [
        StartMoved(code, before[code], now) for code, now in after.items() if now != before[code]
    ]
    return sorted(moved, key=lambda one: -abs(one.percent))
