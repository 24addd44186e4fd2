"""How far figures of a department have ever moved: bounds beyond which a number is suspect.

All bounds are computed from the shipped publications: households by month (January 2017 to October
2020), households, adults and spending by year (2010, the first whole year of the RSA, to 2019).
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sim.parameters.sources import PUBLISHED

MONTHLY_FILE, ANNUAL_FILE = "rsa_households_monthly.csv", "rsa_annual.csv"
SPENDING_FILE, SPENDING = "department_spending.csv", "rsa_allocation_gross_eur"
FIRST_WHOLE_YEAR = 2010
LEAST_KEPT = 0.5
"""A spending below this share of the year before: another body has begun to pay."""
TIMES_WHAT_WAS_SEEN = 2.0
"""Far outside: more than so many times the largest movement on record."""


@dataclass(frozen=True)
class Plausible:
    """The largest movements on record; changes are natural logarithms of ratios.

    ``monthly_change``: households of a department from one month to the next, of which the
    smallest had ``smallest_households``. ``yearly_change``: spending from one year to the next.
    ``adults_per_household``: lowest and highest.
    """

    monthly_change: float
    smallest_households: float
    yearly_change: float
    adults_per_household: tuple[float, float]

    def is_far_change(self, before: float, after: float) -> bool:
        """Whether households of a place changed in one month far more than any department's.

        Chance weighs more where fewer are counted: the bound widens with the square root.
        """
        few = max(min(before, after), 1.0)
        wider = max(1.0, math.sqrt(self.smallest_households / few))
        return _change(before, after) > TIMES_WHAT_WAS_SEEN * self.monthly_change * wider

    def is_far_spending(self, expected_eur: float, stated_eur: float) -> bool:
        """Whether a sum of a year is far from the expected one."""
        return _change(expected_eur, stated_eur) > TIMES_WHAT_WAS_SEEN * self.yearly_change

    def is_adults(self, ratio: float) -> bool:
        """Whether counts are so many times the households that they probably are adults."""
        low, high = self.adults_per_household
        return (1.0 + low) / 2.0 <= ratio <= 2.0 * high - 1.0


@lru_cache(maxsize=1)
def plausible() -> Plausible:
    """The bounds of the shipped publications."""
    monthly = _series(_rows(MONTHLY_FILE), "month", "households")
    annual = [row for row in _rows(ANNUAL_FILE) if int(row["year"]) >= FIRST_WHOLE_YEAR]
    households, adults = (
        _series((row for row in annual if row["indicator"] == name), "year", "value")
        for name in ("households", "adults")
    )
    ratios = [
        adults[code][year] / count
        for code, years in households.items()
        for year, count in years.items()
        if year in adults.get(code, {})
    ]
    spending = _series(
        (
            row
            for row in _rows(SPENDING_FILE)
            if row["indicator"] == SPENDING and int(row["year"]) >= FIRST_WHOLE_YEAR
        ),
        "year",
        "value",
    )
    return Plausible(
        monthly_change=max(_change(*both) for both in _steps(monthly)),
        smallest_households=min(min(values.values()) for values in monthly.values()),
        yearly_change=max(
            _change(before, after)
            for before, after in _steps(spending)
            if after >= LEAST_KEPT * before > 0.0
        ),
        adults_per_household=(min(ratios), max(ratios)),
    )


def _change(before: float, after: float) -> float:
    """The size of a change, as the logarithm of a ratio; from or to nothing, as if from one."""
    return abs(math.log(max(after, 1.0) / max(before, 1.0)))


def _steps(series: Mapping[str, Mapping[str, float]]) -> Iterator[tuple[float, float]]:
    """Neighbouring values of every department, in order."""
    for values in series.values():
        yield from pairwise(values[period] for period in sorted(values))


def _series(
    rows: Iterator[dict[str, str]] | list[dict[str, str]], period: str, value: str
) -> Mapping[str, Mapping[str, float]]:
    """By department and period; what was not published is left out."""
    found: dict[str, dict[str, float]] = {}
    for row in rows:
        if row[value]:
            found.setdefault(row["department"], {})[row[period]] = float(row[value])
    return found


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
