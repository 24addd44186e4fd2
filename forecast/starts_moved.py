"""Where today's references start: the last known stock of each department, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.parameters import known_departments
from sim.parameters.derivation.statistics import Figure, latest_stock


@dataclass(frozen=True)
class StartMoved:
    """A department whose reference of today starts from another figure now."""

    department: str
    before: Figure
    after: Figure

    @property
    def percent(self) -> float:
        """Of the households before."""
        return 100.0 * (self.after.value / self.before.value - 1.0)

    def record(self) -> dict[str, object]:
        """The same as plain numbers and days."""
        return {
            "department": self.department,
            "before": {"households": self.before.value, "as_of": self.before.as_of.isoformat()},
            "after": {"households": self.after.value, "as_of": self.after.as_of.isoformat()},
            "percent": round(self.percent, 3),
        }


def starts() -> Mapping[str, Figure]:
    """The figure that each department starts from today, by code."""
    return {code: latest_stock(code) for code in known_departments()}


def starts_moved(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> list[StartMoved]:
    """The starts that are others now, the largest move first."""
    moved = [
        StartMoved(code, before[code], now)
        for code, now in after.items()
        if (now.value, now.as_of) != (before[code].value, before[code].as_of)
    ]
    return sorted(moved, key=lambda one: -abs(one.percent))
