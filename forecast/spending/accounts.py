"""What a forecast of spending is made of: accounts, households at ends of year, legal amounts."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

import numpy as np

from brought.series import Floats, Whole
from forecast.panel import ends_of_year
from sim.money.law.in_force import AMOUNT
from sim.parameters import load_department, shipped_departments
from sim.parameters.sources import PUBLISHED

SPENDING_FILE = "department_spending.csv"
EARLY_AMOUNTS_FILE = "rsa_base_amounts_before_2018.csv"
ALLOWANCE = "rsa_allocation_gross_eur"
MONTHS_OF_YEAR = 12
LEAST_KEPT = 0.5
"""A spending below this share of the largest one before is not the department's own."""


@dataclass(frozen=True)
class Accounts:
    """Gross spending on the allowance, euro, and households at the end of the year.

    Both have one row per department and one column per year of ``years``; what is missing is not a
    number. ``eur[:, i]`` is the spending of the year, ``households[:, i]`` the count of its last
    day.
    """

    departments: tuple[str, ...]
    years: Whole
    eur: Floats
    households: Floats

    def until(self, year: int) -> Accounts:
        """The accounts up to a year."""
        known = self.years <= year
        return Accounts(
            self.departments, self.years[known], self.eur[:, known], self.households[:, known]
        )

    def of(self, year: int) -> Floats:
        """The spending of one year, by department."""
        found: Floats = self.eur[:, int(np.searchsorted(self.years, year))]
        return found

    def mean_households(self) -> Floats:
        """Mean of both ends of each year but the first, by department and year."""
        found: Floats = (self.households[:, 1:] + self.households[:, :-1]) / 2.0
        return found


@dataclass(frozen=True)
class Uprating:
    """The base amount of one person from a day on; ``is_yearly`` unless it was an exception."""

    day: date
    eur: float
    is_yearly: bool


@lru_cache(maxsize=1)
def shipped_accounts() -> Accounts:
    """Every department with a published spending.

    Years in which another body pays (in Corsica since 2018, the State in Guyane since 2019) are
    not numbers.
    """
    spending: dict[str, dict[int, float]] = {}
    with (PUBLISHED / SPENDING_FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["indicator"] == ALLOWANCE and row["value"]:
                spending.setdefault(row["department"], {})[int(row["year"])] = float(row["value"])
    households = ends_of_year()
    departments = tuple(sorted(set(spending) & set(households)))
    years = np.arange(
        min(year for code in departments for year in spending[code]),
        max(year for code in departments for year in spending[code]) + 1,
    )
    eur = _table(departments, years, spending)
    largest = np.fmax.accumulate(eur, axis=1)
    eur[eur < LEAST_KEPT * largest] = np.nan
    ends = {
        code: {month // MONTHS_OF_YEAR: count for month, count in households[code].items()}
        for code in departments
    }
    return Accounts(departments, years, eur, _table(departments, years, ends))


@lru_cache(maxsize=1)
def upratings() -> tuple[Uprating, ...]:
    """Every published base amount, in order of its day."""
    with (PUBLISHED / EARLY_AMOUNTS_FILE).open(encoding="utf-8", newline="") as file:
        early = [
            Uprating(
                date.fromisoformat(row["date"]),
                float(row["single_person_eur"]),
                row["uprating"] == "yearly",
            )
            for row in csv.DictReader(file)
        ]
    tables = load_department(shipped_departments()[0])
    later = [Uprating(day, float(eur), day.month != 7) for day, eur in tables.dated(AMOUNT)]
    return (*early, *later)


def mean_base(year: int, known: date) -> float:
    """Mean over the months of a year of the base amount, as far as published on a day; euro.

    The last amount in force on that day is taken to hold.
    """
    amounts = [one for one in upratings() if one.day <= known]
    months = [date(year, month, 1) for month in range(1, MONTHS_OF_YEAR + 1)]
    in_force = [max((one for one in amounts if one.day <= day), key=_day) for day in months]
    return float(np.mean([one.eur for one in in_force]))


def yearly_upratings(known: date) -> Floats:
    """Relative increases of the yearly upratings in force on a day, oldest first."""
    amounts = [one for one in upratings() if one.day <= known]
    return np.array(
        [after.eur / before.eur - 1.0 for before, after in pairwise(amounts) if after.is_yearly]
    )


def _day(uprating: Uprating) -> date:
    return uprating.day


def _table(
    departments: tuple[str, ...], years: Whole, found: Mapping[str, Mapping[int, float]]
) -> Floats:
    return np.array(
        [[found[code].get(int(year), np.nan) for year in years] for code in departments]
    )
