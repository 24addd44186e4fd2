"""What an update changed in the panel: departments and months that came, values that moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from brought.series import Series, month_text


@dataclass(frozen=True)
class Revision:
    """A known value that is another one now."""

    department: str
    month: int
    before: float
    after: float

    @property
    def percent(self) -> float:
        """Of the value before."""
        return 100.0 * (self.after / self.before - 1.0)


@dataclass(frozen=True)
class Changes:
    """Departments and values that came, and every revision, the largest first.

    ``first`` and ``last`` are the months of the values that came after the last known ones; None
    without any.
    """

    departments: tuple[str, ...]
    added: int
    first: int | None
    last: int | None
    revisions: tuple[Revision, ...]

    @property
    def median_percent(self) -> float:
        """The median size of a revision, percent."""
        sizes = [abs(one.percent) for one in self.revisions]
        return float(np.median(sizes)) if sizes else 0.0

    def record(self) -> dict[str, object]:
        """The same as plain numbers and months."""
        largest = self.revisions[0] if self.revisions else None
        return {
            "departments_added": list(self.departments),
            "values_added": self.added,
            "first_month_added": None if self.first is None else month_text(self.first),
            "last_month_added": None if self.last is None else month_text(self.last),
            "values_revised": len(self.revisions),
            "departments_revised": len({one.department for one in self.revisions}),
            "median_revision_percent": round(self.median_percent, 3),
            "largest_revision": None
            if largest is None
            else {
                "department": largest.department,
                "month": month_text(largest.month),
                "before": int(largest.before),
                "after": int(largest.after),
                "percent": round(largest.percent, 3),
            },
        }


def changes(known: Mapping[str, Series], joined: Mapping[str, Series]) -> Changes:
    """What is in the joined series that was not known, or not so."""
    months: list[int] = []
    revisions: list[Revision] = []
    for code, series in joined.items():
        before = known.get(code)
        if before is None:
            months += series.months.tolist()
            continue
        months += [int(one) for one in series.months if one > before.last_month]
        _, left, right = np.intersect1d(before.months, series.months, return_indices=True)
        revisions += [
            Revision(code, int(before.months[old]), float(was), float(now))
            for old, was, now in zip(
                left, before.households[left], series.households[right], strict=True
            )
            if was != now
        ]
    revisions.sort(key=lambda one: -abs(one.percent))
    return Changes(
        tuple(sorted(set(joined) - set(known))), len(months),
        min(months) if months else None, max(months) if months else None, tuple(revisions),
    )  # fmt: skip
