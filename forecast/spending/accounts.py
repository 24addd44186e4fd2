"""Accounts of departments, year by year, and households at both ends of each year."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from brought.series import Floats, Whole
from forecast.panel import ends_of_year, later_decembers
from sim.parameters.derivation.statistics import accounts_of
from sim.parameters.sources import PUBLISHED

SPENDING_FILE = "department_spending.csv"
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


@lru_cache(maxsize=1)
def shipped_accounts() -> Accounts:
    """Every department with a published spending: social statistics to 2019, accounts since 2024.

    Years in which another body pays (in Corsica since 2018, the State in Guyane since 2019) are
    not numbers, nor are those between the two sources.
    """
    spending: dict[str, dict[int, float]] = {}
    for row in _rows(SPENDING_FILE):
        if row["indicator"] == ALLOWANCE and row["value"]:
            spending.setdefault(row["department"], {})[int(row["year"])] = float(row["value"])
    for code in spending:
        spending[code] |= accounts_of(code)
    later = later_decembers()
    households = {code: {**later.get(code, {}), **known} for code, known in ends_of_year().items()}
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


def _rows(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _table(
    departments: tuple[str, ...], years: Whole, found: Mapping[str, Mapping[int, float]]
) -> Floats:
    return np.array(
        [[found[code].get(int(year), np.nan) for year in years] for code in departments]
    )
