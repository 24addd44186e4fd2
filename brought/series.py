"""Monthly series of RSA households: the shipped panel of departments, and files of users.

A month is counted as ``12 × year + month - 1``; a value is the number of households that are paid
at the end of the month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from brought.kinds import SERIES, SERIES_OF_ONE
from brought.rows import Brought, read_rows
from sim.errors import Fault, InputError
from sim.parameters.imported import MONTH
from sim.remarks import Remark

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

COLUMNS = ("department", "month", "households")
SHORTEST_MONTHS = 12


@dataclass(frozen=True)
class Series:
    """One department's households, month by month without a gap."""

    department: str
    first_month: int
    households: Floats

    @property
    def months(self) -> Whole:
        """The month of every value."""
        return np.arange(self.first_month, self.first_month + len(self.households))

    @property
    def last_month(self) -> int:
        """The month of the last value."""
        return self.first_month + len(self.households) - 1


def month_text(month: int) -> str:
    """``2018-06``."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_of(text: str, field: str = "month", file: str = "command line") -> int:
    """The count of a month written ``YYYY-MM``; raises `InputError`."""
    found = MONTH.fullmatch(text.strip())
    if found is None:
        raise InputError([Fault(file, field, repr(text), "a month as YYYY-MM")])
    return 12 * int(found[1]) + int(found[2]) - 1


def read_series(path: Path) -> tuple[Series, tuple[Remark, ...]]:
    """The one department of a user's file, and remarks; raises `InputError` with every fault."""
    brought = read_rows(path, SERIES_OF_ONE)
    (series,) = _without_gaps(path, brought).values()
    if len(series.households) < SHORTEST_MONTHS:
        count = len(series.households)
        raise InputError(
            [Fault(path.name, "month", f"{count} months", f"at least {SHORTEST_MONTHS} months")]
        )
    return series, brought.remarks


def read_departments(path: Path) -> tuple[Mapping[str, Series], tuple[Remark, ...]]:
    """Every department of a file, each without gaps, and remarks; raises `InputError`."""
    brought = read_rows(path, SERIES)
    return _without_gaps(path, brought), brought.remarks


def _without_gaps(path: Path, brought: Brought) -> Mapping[str, Series]:
    values: dict[str, dict[int, tuple[float, int]]] = {}
    for row, line in zip(brought.rows, brought.lines, strict=True):
        known = values.setdefault(str(row["department"]), {})
        known[month_of(str(row["month"]))] = (float(row["households"]), line)
    faults: list[Fault] = []
    found: dict[str, Series] = {}
    for code, known in sorted(values.items()):
        months = sorted(known)
        for month, after in pairwise(months):
            if after > month + 1:
                gap = f"{month_text(month + 1)} to {month_text(after - 1)} missing"
                where = f"line {known[after][1]}, month"
                faults.append(Fault(path.name, where, f"{gap} ({code})", "every month once"))
        counts = np.array([known[month][0] for month in months])
        found[code] = Series(code, months[0], counts)
    if faults:
        raise InputError(faults)
    return found
