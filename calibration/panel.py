"""The panel of departments that forecasts learn from, shipped or updated by the user."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from platformdirs import user_data_path

from calibration.series import COLUMNS, Floats, Series, Whole, month_text, read_departments
from sim.errors import Fault, InputError
from sim.parameters.sources import PUBLISHED

MONTHLY_FILE = "rsa_households_monthly.csv"
ANNUAL_FILE = "rsa_annual.csv"
DATA_VARIABLE = "CASELOAD_DATA"
DECEMBERS = 6
"""Ends of year before the first month that are used: the growth of five years, which served best
forecasts of months up to June 2018; three to seven years differ by less than 1 %."""
LEAST_MONTHS, LEAST_DEPARTMENTS = 13, 10


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


def update_panel(path: Path) -> tuple[Path, Panel, tuple[str, ...]]:
    """Import a newer monthly file into the user's data folder.

    Its months replace those known before; earlier months are kept. Returns the file written, the
    new panel and remarks. Raises `InputError` on every fault of the file, also when it does not
    join what is known, and then writes nothing.
    """
    new, said = read_departments(path)
    known, _ = read_departments(PUBLISHED / MONTHLY_FILE)
    faults = _faults_of_a_panel(path.name, new, known)
    if faults:
        raise InputError(faults)
    joined = {code: _joined(known.get(code), series) for code, series in new.items()}
    gone = sorted(set(known) - set(new))
    remarks = list(said)
    if gone:
        remarks.append(f"No longer in the panel: {', '.join(gone)}.")
    revised = sum(_is_revised(known.get(code), series) for code, series in new.items())
    if revised:
        remarks.append(f"Values known before were revised in {revised} departments.")
    target = data_folder() / MONTHLY_FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(".part")
    beside.write_text(_text(joined), encoding="utf-8")
    beside.replace(target)
    return target, panel_of(joined), tuple(remarks)


def _faults_of_a_panel(
    name: str, new: Mapping[str, Series], known: Mapping[str, Series]
) -> list[Fault]:
    faults = []
    last = max(series.last_month for series in new.values())
    if len(new) < LEAST_DEPARTMENTS:
        accepted = f"at least {LEAST_DEPARTMENTS}: what departments share is learnt from many"
        faults.append(Fault(name, "department", f"{len(new)} departments", accepted))
    for code, series in new.items():
        before = known.get(code)
        if series.last_month != last:
            found = f"{code} ends in {month_text(series.last_month)}"
            faults.append(Fault(name, "month", found, f"{month_text(last)}, as the others"))
        if before is not None and series.first_month > before.last_month + 1:
            found = f"{code} starts in {month_text(series.first_month)}"
            accepted = (
                f"{month_text(before.last_month + 1)} or earlier, so that no month is missing"
            )
            faults.append(Fault(name, "month", found, accepted))
    if known and last < max(series.last_month for series in known.values()):
        shipped = month_text(max(series.last_month for series in known.values()))
        faults.append(Fault(name, "month", f"the last month is {month_text(last)}", shipped))
    return faults


def _joined(before: Series | None, new: Series) -> Series:
    if before is None or before.first_month >= new.first_month:
        return new
    kept = before.households[: new.first_month - before.first_month]
    return Series(new.department, before.first_month, np.concatenate([kept, new.households]))


def _is_revised(before: Series | None, new: Series) -> bool:
    if before is None:
        return False
    _, left, right = np.intersect1d(before.months, new.months, return_indices=True)
    return bool(np.any(before.households[left] != new.households[right]))


def _text(found: Mapping[str, Series]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for code, series in sorted(found.items()):
        for month, count in zip(series.months, series.households, strict=True):
            writer.writerow([code, month_text(int(month)), int(count)])
    return text.getvalue()


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
