"""Monthly series of RSA households: the shipped panel of departments, and files of users.

A month is counted as ``12 × year + month - 1``; a value is the number of households that are paid
at the end of the month.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import Fault, InputError

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

COLUMNS = ("department", "month", "households")
SHORTEST_MONTHS = 12
LARGEST_BYTES = 50_000_000
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d{2}))?")
DEPARTMENT = re.compile(r"(?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-8])")
COUNT = re.compile(r"\d{1,9}(?:\.0+)?")


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
    if found is None or found[3] is not None:
        raise InputError([Fault(file, field, repr(text), "a month as YYYY-MM")])
    return 12 * int(found[1]) + int(found[2]) - 1


def read_series(path: Path) -> Series:
    """The one department of a user's file; raises `InputError` with every fault and its line."""
    faults = [
        Fault(path.name, f"line {line}, department", repr(code), f"{first!r} as in the first row")
        for line, code, first in _lines_of_other_departments(path)
    ]
    try:
        found = read_departments(path)
    except InputError as error:
        raise InputError([*error.faults, *faults]) from None
    if faults:
        raise InputError(faults)
    (series,) = found.values()
    if len(series.households) < SHORTEST_MONTHS:
        count = len(series.households)
        raise InputError(
            [Fault(path.name, "month", f"{count} months", f"at least {SHORTEST_MONTHS} months")]
        )
    return series


def read_departments(path: Path) -> Mapping[str, Series]:
    """Every department of a file, each without gaps; raises `InputError` naming the lines."""
    faults: list[Fault] = []
    values: dict[str, dict[int, tuple[float, int]]] = {}
    for line, row in _rows(path):
        where = f"line {line}"
        code = _code(row)
        month = MONTH.fullmatch(row["month"].strip())
        count = row["households"].strip()
        before = len(faults)
        if not DEPARTMENT.fullmatch(code):
            accepted = "a department's code as 80, 2A or 974"
            faults.append(_fault(path, f"{where}, department", row["department"], accepted))
        if month is None or not _is_month_end(month):
            accepted = "a month as YYYY-MM, or its last day"
            faults.append(_fault(path, f"{where}, month", row["month"], accepted))
        if not COUNT.fullmatch(count) or float(count) <= 0:
            accepted = "a positive whole number of households, without spaces or units"
            faults.append(_fault(path, f"{where}, households", row["households"], accepted))
        if len(faults) > before or month is None:
            continue
        number = 12 * int(month[1]) + int(month[2]) - 1
        known = values.setdefault(code, {})
        if number in known:
            accepted = f"each month once; {month_text(number)} is also in line {known[number][1]}"
            faults.append(_fault(path, f"{where}, month", row["month"], accepted))
            continue
        known[number] = (float(count), line)
    if faults:
        raise InputError(faults)
    if not values:
        raise InputError([Fault(path.name, "", "no rows", "one row per month")])
    return _without_gaps(path, values)


def _without_gaps(
    path: Path, values: Mapping[str, Mapping[int, tuple[float, int]]]
) -> Mapping[str, Series]:
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


def _rows(path: Path) -> Iterable[tuple[int, dict[str, str]]]:
    """The rows with the number of the line where each ends; the separator is , or ;."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError([Fault(path.name, "", "a file of more than 50 MB", "a smaller file")])
        text = path.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError) as error:
        found = type(error).__name__ if isinstance(error, UnicodeDecodeError) else "no such file"
        raise InputError([Fault(str(path), "", found, "a CSV file in UTF-8")]) from None
    head, _, _ = text.partition("\n")
    reader = csv.DictReader(text.splitlines(), delimiter=";" if ";" in head else ",")
    heads = [name.strip() for name in reader.fieldnames or ()]
    missing = [name for name in COLUMNS if name not in heads]
    if missing:
        accepted = f"columns {', '.join(COLUMNS)}"
        raise InputError([Fault(path.name, "line 1", f"no {', '.join(missing)}", accepted)])
    reader.fieldnames = heads
    for row in reader:
        yield reader.line_num, {name: row[name] or "" for name in COLUMNS}


def _lines_of_other_departments(path: Path) -> Sequence[tuple[int, str, str]]:
    """For each further department: its first line, its code and the code of the first row."""
    first: dict[str, int] = {}
    for line, row in _rows(path):
        first.setdefault(_code(row), line)
    codes = list(first)
    return [(first[code], code, codes[0]) for code in codes[1:]]


def _code(row: Mapping[str, str]) -> str:
    """The department's code; spreadsheets drop the zero of 01."""
    code = row["department"].strip()
    return code.zfill(2) if code.isdigit() else code.upper()


def _is_month_end(found: re.Match[str]) -> bool:
    if found[3] is None:
        return True
    following = np.datetime64(f"{found[1]}-{found[2]}", "M") + 1
    last = following.astype("datetime64[D]") - 1
    return str(last)[8:] == found[3]


def _fault(path: Path, field: str, found: str, accepted: str) -> Fault:
    return Fault(path.name, field, repr(found), accepted)
