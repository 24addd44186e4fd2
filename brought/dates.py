"""Months and days as people and spreadsheets write them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from brought.page import Cell
from brought.spelling import plain

FIRST_YEAR, LAST_YEAR = 2000, 2060
SERIAL_ZERO = date(1899, 12, 30)
"""The day from which spreadsheets count."""
LONGEST = 40
LEAST_ALIKE = 3
"""Dates of so many months on the same day of the month show that the day stands first."""
NAMES = (
    ("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"),
    ("mai", "may"), ("juin", "june"), ("juillet", "july"), ("aout", "august"),
    ("septembre", "september"), ("octobre", "october"), ("novembre", "november"),
    ("decembre", "december"),
)  # fmt: skip
_CLOCK = r"(?:[ T][0-9:.]+Z?)?"
_PATTERNS = (
    re.compile(rf"(?P<year>[0-9]{{4}})([-/.])(?P<month>[0-9]{{1,2}})(?:\2(?P<day>[0-9]{{1,2}}){_CLOCK})?"),
    re.compile(rf"(?P<first>[0-9]{{1,2}})([-/.])(?P<month>[0-9]{{1,2}})\2(?P<year>[0-9]{{4}}){_CLOCK}"),
    re.compile(r"(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})-?M(?P<month>[0-9]{2})"),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})?"),
)  # fmt: skip
_WORDS = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:er)? )?(?P<name>[a-z]{3,}) ?(?P<year>[0-9]{4}|[0-9]{2})"
)
_SERIAL = re.compile(r"[0-9]{5}")
_YEAR = re.compile(r"[0-9]{4}")


def _numbers_of_names() -> Mapping[str, int]:
    """Every beginning of three letters or more that only one month has."""
    found: dict[str, set[int]] = {}
    for month, names in enumerate(NAMES, start=1):
        for name in names:
            for length in range(3, len(name) + 1):
                found.setdefault(name[:length], set()).add(month)
    return {start: next(iter(months)) for start, months in found.items() if len(months) == 1}


MONTHS = _numbers_of_names()


@dataclass(frozen=True)
class Dated:
    """A date as written: ``day`` is None when only the month is; ``is_day_first`` as 31/01/2026."""

    year: int
    month: int
    day: int | None
    is_day_first: bool = False

    @property
    def is_first_or_last(self) -> bool:
        """Whether it stands for its month: no day, or the first or the last one."""
        last = calendar.monthrange(self.year, self.month)[1]
        return self.day in (None, 1, last)

    @property
    def first_day(self) -> date:
        """The day, or the first one of the month."""
        return date(self.year, self.month, self.day or 1)


def dated(cell: Cell) -> Dated | None:
    """The month or day of a cell; None if it is not one of the calendar from 2000 to 2060."""
    if isinstance(cell, date):
        return _checked(cell.year, cell.month, cell.day)
    written = str(cell).strip() if isinstance(cell, (str, int)) else ""
    if len(written) > LONGEST:
        return None
    if _SERIAL.fullmatch(written):
        day = SERIAL_ZERO + timedelta(days=int(written))
        return _checked(day.year, day.month, day.day)
    for pattern in _PATTERNS:
        found = pattern.fullmatch(written)
        if found is not None:
            parts = found.groupdict()
            day_text = parts.get("day") or parts.get("first")
            return _checked(
                int(parts["year"]), int(parts["month"]), int(day_text) if day_text else None,
                is_day_first=bool(parts.get("first")),
            )  # fmt: skip
    return _in_words(written)


def year_of(cell: Cell) -> date | None:
    """The first day of a year written alone."""
    written = str(cell).strip() if isinstance(cell, (str, int)) else ""
    if _YEAR.fullmatch(written) is None or not FIRST_YEAR <= int(written) <= LAST_YEAR:
        return None
    return date(int(written), 1, 1)


def unclear_orders(column: Sequence[Dated | None]) -> list[bool]:
    """For each date of a column of months, whether day and month may have changed places.

    ``05/02/2026`` is the 5th of February where other cells show that the day stands first: a day
    above 12, or the same day in three months.
    """
    written = [one for one in column if one is not None and one.is_day_first]
    days = {one.day for one in written}
    months = {(one.year, one.month) for one in written}
    is_sure = any(day is not None and day > 12 for day in days) or (
        len(days) == 1 and len(months) >= LEAST_ALIKE
    )
    return [
        one is not None
        and one.is_day_first
        and not is_sure
        and one.day != one.month
        and not one.is_first_or_last
        for one in column
    ]


def _in_words(written: str) -> Dated | None:
    found = _WORDS.fullmatch(plain(written))
    if found is None or found["name"] not in MONTHS:
        return None
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    return _checked(year, MONTHS[found["name"]], int(found["day"]) if found["day"] else None)


def _checked(year: int, month: int, day: int | None, *, is_day_first: bool = False) -> Dated | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return None if day == 0 else Dated(year, month, day, is_day_first)
