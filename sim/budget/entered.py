"""What the user enters: months already paid, and compensation received.

Both are small CSV files, with a comma or a semicolon between columns, and French or English
numbers. Every fault is named with its line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from sim.errors import Fault, InputError
from sim.outcomes import month_label
from sim.units import EPOCH, month_number

LARGEST_BYTES = 5_000_000
PAID_COLUMNS = ("month", "households", "allowance_eur")
RECEIVED_COLUMNS = ("date", "label", "amount", "unit")
UNITS: Mapping[str, float] = {"eur": 1.0, "€": 1.0, "keur": 1e3, "k€": 1e3, "meur": 1e6, "m€": 1e6}
"""Units of an amount, in euro."""
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-\d{2})?")
SPACES = re.compile(r"[\s\u00a0\u202f]")
NUMBER = re.compile(r"-?\d{1,15}(?:\.\d+)?")
LOWEST_MEAN_EUR, HIGHEST_MEAN_EUR = 100.0, 2_000.0
"""A mean allowance outside of these is a mistake of unit: thousands of euro, or a year."""


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """One month already paid: households and euro."""

    month: str
    households: float
    allowance_eur: float


@dataclass(frozen=True, slots=True)
class Received:
    """Compensation received by the department on a day, in euro."""

    day: date
    label: str
    eur: float


def read_paid_months(path: Path) -> tuple[PaidMonth, ...]:
    """The months of ``month, households, allowance_eur``, in order and without a gap.

    ``month`` is that of the payment, ``YYYY-MM``. Raises InputError with every fault.
    """
    faults: list[Fault] = []
    found: dict[int, tuple[PaidMonth, int]] = {}
    for line, row in _rows(path, PAID_COLUMNS):
        month = _month(row["month"], path, line, faults)
        households = _number(row["households"], path, f"line {line}, households", faults)
        eur = _number(row["allowance_eur"], path, f"line {line}, allowance_eur", faults)
        if month is None or households is None or eur is None:
            continue
        _check_amounts(path, line, households, eur, faults)
        if month in found:
            accepted = f"each month once; it is also in line {found[month][1]}"
            faults.append(Fault(path.name, f"line {line}, month", repr(row["month"]), accepted))
            continue
        found[month] = (PaidMonth(month_label(month), households, eur), line)
    months = sorted(found)
    for before, after in pairwise(months):
        if after > before + 1:
            gap = f"no {month_label(before + 1)}"
            where = f"line {found[after][1]}, month"
            faults.append(Fault(path.name, where, gap, "every month without a gap"))
    if not faults and not months:
        faults.append(Fault(path.name, "", "no rows", "one row for each month paid"))
    if faults:
        raise InputError(faults)
    return tuple(found[month][0] for month in months)


def read_received(path: Path) -> tuple[Received, ...]:
    """The rows of ``date, label, amount, unit``: compensation, in the order of the file.

    ``date`` is a day, a month or a year; ``unit`` is eur, keur or meur. Raises InputError with
    every fault; an amount without a unit is one.
    """
    faults: list[Fault] = []
    found: list[Received] = []
    for line, row in _rows(path, RECEIVED_COLUMNS):
        day = _day(row["date"])
        if day is None:
            accepted = "a date as 2026-03-31, 2026-03 or 2026"
            faults.append(Fault(path.name, f"line {line}, date", repr(row["date"]), accepted))
        amount = _number(row["amount"], path, f"line {line}, amount", faults)
        unit = UNITS.get(row["unit"].strip().lower())
        if unit is None:
            what = "an amount without a unit" if not row["unit"].strip() else repr(row["unit"])
            faults.append(Fault(path.name, f"line {line}, unit", what, "eur, keur or meur"))
        if day is not None and amount is not None and unit is not None:
            found.append(Received(day, row["label"].strip() or "compensation", amount * unit))
    if not faults and not found:
        faults.append(Fault(path.name, "", "no rows", "one row for each sum received"))
    if faults:
        raise InputError(faults)
    return tuple(found)


def received_by_year(received: Sequence[Received]) -> dict[int, float]:
    """Euro by budget year."""
    years: dict[int, float] = {}
    for one in received:
        years[one.day.year] = years.get(one.day.year, 0.0) + one.eur
    return years


def _check_amounts(
    path: Path, line: int, households: float, eur: float, faults: list[Fault]
) -> None:
    where = f"line {line}, "
    if households <= 0 or households != int(households):
        found = f"{households:g}"
        faults.append(
            Fault(path.name, where + "households", found, "a positive whole number of households")
        )
    elif not LOWEST_MEAN_EUR <= eur / households <= HIGHEST_MEAN_EUR:
        found = f"{eur:g}, or {eur / households:.2f} euro a household"
        accepted = (
            f"euro of one month: {LOWEST_MEAN_EUR:g} to {HIGHEST_MEAN_EUR:g} euro a household"
        )
        faults.append(Fault(path.name, where + "allowance_eur", found, accepted))


def _month(text: str, path: Path, line: int, faults: list[Fault]) -> int | None:
    found = MONTH.fullmatch(text.strip())
    if found is None:
        where = f"line {line}, month"
        faults.append(Fault(path.name, where, repr(text), "a month as YYYY-MM"))
        return None
    year, month = int(found[1]), int(found[2])
    if year < EPOCH.year:
        faults.append(Fault(path.name, f"line {line}, month", repr(text), f"from {EPOCH.year} on"))
        return None
    return month_number(date(year, month, 1))


def _day(text: str) -> date | None:
    parts = text.strip().split("-")
    padded = [*parts, *(["01"] * (3 - len(parts)))]
    try:
        day = date.fromisoformat("-".join(padded))
    except ValueError:
        return None
    return day if day.year >= EPOCH.year else None


def _number(text: str, path: Path, field: str, faults: list[Fault]) -> float | None:
    plain = SPACES.sub("", text).replace(",", ".")
    if NUMBER.fullmatch(plain) is None:
        accepted = "a number such as 8123456.78 or 8 123 456,78"
        faults.append(Fault(path.name, field, repr(text), accepted))
        return None
    return float(plain)


def _rows(path: Path, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Rows with the number of their line; the separator is a semicolon where the head has one."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError([Fault(path.name, "", "a file of more than 5 MB", "a smaller file")])
        text = path.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError) as error:
        found = "no such file" if isinstance(error, FileNotFoundError) else "no text in UTF-8"
        raise InputError([Fault(str(path), "", found, "a CSV file in UTF-8")]) from None
    head, _, _ = text.partition("\n")
    reader = csv.DictReader(text.splitlines(), delimiter=";" if ";" in head else ",")
    heads = [name.strip().lower() for name in reader.fieldnames or ()]
    missing = [name for name in columns if name not in heads]
    if missing:
        found, accepted = f"no {', '.join(missing)}", f"columns {', '.join(columns)}"
        raise InputError([Fault(path.name, "line 1", found, accepted)])
    reader.fieldnames = heads
    return [(reader.line_num, {name: row[name] or "" for name in columns}) for row in reader]
