"""The panel of departments that forecasts learn from, shipped or updated by the user."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from platformdirs import user_data_path

from brought.series import Floats, Series, Whole, month_text, read_departments
from sim.errors import Fault, InputError
from sim.parameters.sources import PUBLISHED

MONTHLY_FILE = "rsa_households_monthly.csv"
ANNUAL_FILE = "rsa_annual.csv"
DATA_VARIABLE = "CASELOAD_DATA"
DECEMBERS = 6
"""Ends of year before the first month that are used: the growth of five years, which served best
forecasts of months up to June 2018; three to seven years differ by less than 1 %."""
LEAST_MONTHS = 13


@dataclass(frozen=True)
class Panel:
    """Households by department: some ends of year, then every month.

    ``households`` has one row per department and one column per month of ``months``; what was not
    published is not a number. ``first_monthly`` is the first month of the monthly series.
    """

    departments: tuple[str, ...]
    months: Whole
    households: Floats
    first_monthly: int

    @property
    def last_month(self) -> int:
        """The last month that is known."""
        return int(self.months[-1])

    def until(self, month: int, least: int = LEAST_MONTHS) -> Panel:
        """What was known at the end of a month; raises `InputError` if that is too little.

        ``least`` is the number of monthly values that is enough.
        """
        is_known = self.months <= month
        known = month - self.first_monthly + 1
        if known < least:
            first = month_text(self.first_monthly + least - 1)
            accepted = f"{first} or later: the panel starts in {month_text(self.first_monthly)}"
            raise InputError([Fault("panel", "origin", month_text(month), accepted)])
        return Panel(
            self.departments, self.months[is_known], self.households[:, is_known],
            self.first_monthly,
        )  # fmt: skip

    def series(self, department: str) -> Series:
        """The monthly series of one department."""
        row = self.households[self.departments.index(department)]
        is_monthly = (self.months >= self.first_monthly) & np.isfinite(row)
        return Series(department, int(self.months[is_monthly][0]), row[is_monthly])


def data_folder() -> Path:
    """Where imported files are kept: the user's data folder, or the one named in the variable."""
    named = os.environ.get(DATA_VARIABLE)
    return Path(named) if named else user_data_path("rsa-caseload", appauthor=False)


def current_panel() -> Panel:
    """The shipped panel, continued by the user's import if there is one."""
    imported = data_folder() / MONTHLY_FILE
    return panel_of(read_departments(imported)[0]) if imported.is_file() else shipped_panel()


@lru_cache(maxsize=1)
def shipped_panel() -> Panel:
    """The panel that comes with the package: January 2017 to October 2020."""
    return panel_of(read_departments(PUBLISHED / MONTHLY_FILE)[0])


@lru_cache(maxsize=1)
def department_names() -> Mapping[str, str]:
    """The name of every department by its code, as the monthly series write it."""
    names: dict[str, str] = {}
    for name in (ANNUAL_FILE, MONTHLY_FILE):
        with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
            names |= {row["department"]: row["name"] for row in csv.DictReader(file)}
    return names


def panel_of(found: Mapping[str, Series]) -> Panel:
    """A panel of these series, with the ends of year before the first month."""
    departments = tuple(sorted(found))
    first = min(series.first_month for series in found.values())
    last = max(series.last_month for series in found.values())
    ends = ends_of_year()
    decembers = sorted(
        month
        for month in range(first - first % 12 - 12 * DECEMBERS + 11, first, 12)
        if any(month in ends.get(code, {}) for code in departments)
    )
    months = np.array([*decembers, *range(first, last + 1)], dtype=np.int64)
    households = np.full((len(departments), len(months)), np.nan)
    for row, code in zip(households, departments, strict=True):
        series = found[code]
        row[np.searchsorted(months, series.months)] = series.households
        for column, month in enumerate(decembers):
            row[column] = ends.get(code, {}).get(month, np.nan)
    households.setflags(write=False)
    return Panel(departments, months, households, first)


@lru_cache(maxsize=1)
def ends_of_year() -> Mapping[str, Mapping[int, float]]:
    """Households on 31 December by department and month."""
    found: dict[str, dict[int, float]] = {}
    with (PUBLISHED / ANNUAL_FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["indicator"] == "households" and row["value"]:
                month = 12 * int(row["year"]) + 11
                found.setdefault(row["department"], {})[month] = float(row["value"])
    return found
