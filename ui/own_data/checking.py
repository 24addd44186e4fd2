"""From a table of text to checked values, with a message for each line that is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ui.own_data.files import Sheet
from ui.own_data.kinds import Column, Kind
from ui.own_data.persons import are_rows_of_persons, plain

MOST_FAULTS = 200
FIRST_YEAR, LAST_YEAR = 2000, 2060
SPACES = ("\u00a0", "\u202f", " ", "'")
MONTHS = ("janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec")
DATES = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?:[ T].*)?"),
    re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})"),
    re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})"),
)


@dataclass(frozen=True)
class LineFault:
    """What is wrong in a line: the column, what was found, the text that says what is expected."""

    line: int
    column: str
    found: str
    expected: str


@dataclass(frozen=True)
class Checked:
    """Checked rows by column name, or what has to be corrected."""

    rows: tuple[Mapping[str, str | float], ...]
    faults: tuple[LineFault, ...]
    are_persons: bool = False


def guessed_mapping(kind: Kind, head: tuple[str, ...]) -> dict[str, str]:
    """Which head probably is which column: an exact name first, then one that contains it."""
    plain_heads = {one: plain(one) for one in head}
    found: dict[str, str] = {}
    for is_exact in (True, False):
        for column in kind.columns:
            if column.name in found:
                continue
            for one, flat in plain_heads.items():
                is_free = one not in found.values()
                names = column.heads
                fits = flat in names if is_exact else any(name in flat for name in names)
                if is_free and flat and fits:
                    found[column.name] = one
                    break
    return found


def check(kind: Kind, sheet: Sheet, mapping: Mapping[str, str]) -> Checked:
    """The values of the mapped columns, or a message for every line that is wrong."""
    faults: list[LineFault] = []
    rows: list[dict[str, str | float]] = []
    keys: list[tuple[str, ...]] = []
    places = {name: sheet.head.index(head) for name, head in mapping.items() if head in sheet.head}
    missing = [one.name for one in kind.columns if one.is_needed and one.name not in places]
    if missing:
        return Checked((), tuple(LineFault(1, name, "", "column") for name in missing))
    first_seen: dict[tuple[str, ...], int] = {}
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        values: dict[str, str | float] = {}
        for name, place in places.items():
            column = kind.column(name)
            value = _value(column, row[place])
            if value is None and (row[place] or column.is_needed):
                faults.append(LineFault(line, name, row[place], column.shape))
            elif value is not None:
                values[name] = value
        key = tuple(str(values.get(name, "")) for name in kind.key)
        keys.append(key)
        if key in first_seen:
            faults.append(LineFault(line, kind.key[0], " · ".join(key), "once"))
        first_seen.setdefault(key, line)
        rows.append(values)
    if "month" in kind.key and are_rows_of_persons(keys):
        return Checked((), (), are_persons=True)
    if faults:
        return Checked((), tuple(faults[:MOST_FAULTS]))
    return Checked(tuple(rows), ())


def _value(column: Column, written: str) -> str | float | None:
    if column.shape == "text":
        return written or None
    if column.shape in ("month", "day"):
        return _day(written, is_month=column.shape == "month")
    number = _number(written)
    return number if number is not None and column.low <= number <= column.high else None


def _number(written: str) -> float | None:
    """A number with a decimal comma or point and any space between thousands."""
    flat = written.strip().removesuffix("€").strip()
    for space in SPACES:
        flat = flat.replace(space, "")
    if "," in flat and "." in flat:
        flat = flat.replace(".", "") if flat.rfind(",") > flat.rfind(".") else flat.replace(",", "")
    flat = flat.replace(",", ".")
    return float(flat) if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", flat) else None


def _day(written: str, *, is_month: bool) -> str | None:
    """``2025-12`` (or ``2025-12-31``) from the ways in which months are written."""
    words = plain(written).split()
    if len(words) == 2 and words[1].isdigit() and len(words[1]) == 4:
        numbers = [place for place, name in enumerate(MONTHS, 1) if words[0].startswith(name)]
        if numbers:
            written = f"{numbers[0]}/{words[1]}"
    for pattern in DATES:
        found = pattern.fullmatch(written.strip())
        if found is None:
            continue
        parts = found.groupdict()
        year, month = int(parts["year"]), int(parts["month"])
        day = int(parts.get("day") or 1)
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31:
            return f"{year:04d}-{month:02d}" if is_month else f"{year:04d}-{month:02d}-{day:02d}"
    return None
