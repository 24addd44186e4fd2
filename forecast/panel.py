"""The panel of departments that forecasts learn from, shipped or updated by the user."""

from __future__ import annotations

import csv
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from brought.series import Floats, Series, Whole, month_of, month_text, read_departments
from sim.errors import Fault, InputError
from sim.parameters.imported import MONTHLY_FILE, data_folder, imported_rows
from sim.parameters.sources import PUBLISHED

ANNUAL_FILE = "rsa_annual.csv"
DECEMBER_FILE = "rsa_december.csv"
NATIONAL_FILE = "national_benefits_monthly.csv"
DECEMBERS = 6
"""Ends of year before the first month that are used: the growth of five years, which served best
forecasts of months up to June 2018; three to seven years differ by less than 1 %."""
LEAST_MONTHS = 13


@dataclass(frozen=True)
class Figures:
    """One department's households at dates that need not follow each other."""

    department: str
    months: Whole
    households: Floats

    @property
    def last_month(self) -> int:
        """The date of the last figure."""
        return int(self.months[-1])


@dataclass(frozen=True)
class Panel:
    """Households by department: ends of year, then every month, then ends of year again.

    ``households`` has one row per department and one column per date of ``months``; what was not
    published is not a number. ``first_monthly`` is the first month of the monthly series;
    ``national`` is the count of the whole country at each date, where it was published.
    """

    departments: tuple[str, ...]
    months: Whole
    households: Floats
    first_monthly: int
    national: Floats | None = None

    @property
    def content(self) -> Hashable:
        """Equal for panels that hold the same."""
        national = None if self.national is None else self.national.tobytes()
        figures = (self.months.tobytes(), self.households.tobytes(), national)
        return self.departments, self.first_monthly, figures

    @property
    def last_month(self) -> int:
        """The last date at which anything is known."""
        return int(self.months[-1])

    @property
    def last_monthly(self) -> int:
        """The last month of the monthly series, in which some department is known."""
        is_counted = np.isfinite(self.households).any(axis=0)
        later = self.months[is_counted & (self.months >= self.first_monthly)]
        return int(later[later - later[0] == np.arange(len(later))][-1])

    @property
    def last_known(self) -> Whole:
        """The date of the last known figure of each department."""
        backwards = np.isfinite(self.households)[:, ::-1]
        found: Whole = self.months[len(self.months) - 1 - np.argmax(backwards, axis=1)]
        return found

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
            self.first_monthly, None if self.national is None else self.national[is_known],
        )  # fmt: skip

    def series(self, department: str) -> Series:
        """The monthly series of one department, until its first gap."""
        row = self.households[self.departments.index(department)]
        is_monthly = (self.months >= self.first_monthly) & (self.months <= self.last_monthly)
        places = np.flatnonzero(is_monthly & np.isfinite(row))
        places = places[places - places[0] == np.arange(len(places))]
        return Series(department, int(self.months[places[0]]), row[places])

    def figures(self, department: str) -> Figures:
        """Every known figure of one department from the first monthly one on."""
        row = self.households[self.departments.index(department)]
        is_known = (self.months >= self.first_monthly) & np.isfinite(row)
        return Figures(department, self.months[is_known], row[is_known])


def current_panel() -> Panel:
    """The shipped panel, continued by the user's import if there is one."""
    known = departments_known()
    is_shipped = known is shipped_departments()
    return shipped_panel() if is_shipped else panel_of(known, country_known())


def departments_known() -> Mapping[str, Series]:
    """The monthly series that the user imported, else the shipped ones.

    A damaged import is as if it had never been.
    """
    imported = data_folder() / MONTHLY_FILE
    try:
        return read_departments(imported)[0] if imported.is_file() else shipped_departments()
    except InputError:
        return shipped_departments()


@lru_cache(maxsize=1)
def shipped_departments() -> Mapping[str, Series]:
    """The monthly series that come with the package."""
    return read_departments(PUBLISHED / MONTHLY_FILE)[0]


@lru_cache(maxsize=1)
def shipped_panel() -> Panel:
    """The panel that comes with the package: months to October 2020, Decembers after it."""
    return panel_of(shipped_departments())


def panel_of(found: Mapping[str, Series], country: Mapping[int, float] | None = None) -> Panel:
    """A panel of these series, with the ends of year before the first month and after the last.

    ``country``: households of the whole country by month, those that are shipped if None.
    """
    departments = tuple(sorted(found))
    first = min(series.first_month for series in found.values())
    last = max(series.last_month for series in found.values())
    before = range(first - first % 12 - 12 * DECEMBERS + 11, first, 12)
    ends = {
        code: {month: count for month, count in ends_of_year().get(code, {}).items()
               if month in before}
        | {month: count for month, count in later_decembers().get(code, {}).items()
           if month > found[code].last_month}
        for code in departments
    }  # fmt: skip
    country = national_households() if country is None else country
    dates = {month for known in ends.values() for month in known}
    dates |= {*range(first, last + 1), *(month for month in country if month > last)}
    months = np.array(sorted(dates), dtype=np.int64)
    households = np.full((len(departments), len(months)), np.nan)
    for row, code in zip(households, departments, strict=True):
        known = {**ends[code], **_by_month(found[code])}
        row[np.searchsorted(months, list(known))] = list(known.values())
    national = np.array([country.get(int(month), np.nan) for month in months])
    for array in (households, national):
        array.setflags(write=False)
    return Panel(departments, months, households, first, national)


@lru_cache(maxsize=1)
def ends_of_year() -> Mapping[str, Mapping[int, float]]:
    """Households on 31 December 2009 to 2019 by department and month."""
    found: dict[str, dict[int, float]] = {}
    for row in _rows(ANNUAL_FILE):
        if row["indicator"] == "households" and row["value"]:
            month = 12 * int(row["year"]) + 11
            found.setdefault(row["department"], {})[month] = float(row["value"])
    return found


@lru_cache(maxsize=1)
def later_decembers() -> Mapping[str, Mapping[int, float]]:
    """Households on 31 December from 2019 on, to the nearest ten, by department and month."""
    found: dict[str, dict[int, float]] = {}
    for row in _rows(DECEMBER_FILE):
        month = 12 * int(row["year"]) + 11
        found.setdefault(row["department"], {})[month] = float(row["rsa_households"])
    return found


@lru_cache(maxsize=1)
def national_households() -> Mapping[int, float]:
    """Households of the whole country at the end of a month, as the DREES counts them."""
    return {month_of(row["month"]): float(row["rsa"]) for row in _rows(NATIONAL_FILE) if row["rsa"]}


def country_known() -> Mapping[int, float]:
    """Households of the whole country by month: those that the user imported, else the shipped."""
    rows = imported_rows(data_folder() / NATIONAL_FILE, "rsa")
    return {month_of(month): count for _, month, count in rows} or national_households()


def _by_month(series: Series) -> dict[int, float]:
    return dict(zip(series.months.tolist(), series.households.tolist(), strict=True))


def _rows(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
