"""The days on which offices are open: neither a weekend nor a public holiday of the department."""

from __future__ import annotations

from datetime import date
from functools import cache

import holidays
from holidays.countries.france import France

from sim.units import day_number, weekday
from sim.vocabulary import WEEKDAYS

COUNTRY = "FR"
OWN_CODES = {"67": "6AE", "68": "6AE", "975": "PM", "977": "BL", "978": "MF"}
"""How the library calls the departments that it does not know by their code."""


def working_days(first: date, ends: date, code: str) -> list[int]:
    """Day numbers from ``first`` (included) to ``ends`` (excluded) on which offices are open.

    ``code`` is that of the department: the Moselle, Alsace and the departments overseas have
    public holidays of their own.
    """
    if ends <= first:
        return []
    closed = public_holidays(first.year, ends.year, local_calendar(code))
    return [
        day
        for day in range(day_number(first), day_number(ends))
        if weekday(day) < len(WEEKDAYS) and day not in closed
    ]


def local_calendar(code: str) -> str | None:
    """The library's name of a department with public holidays of its own; None for the others."""
    name = OWN_CODES.get(code, code)
    return name if name in France.subdivisions else None


@cache
def public_holidays(first_year: int, last_year: int, local: str | None) -> frozenset[int]:
    """Day numbers of the public holidays of some years, local ones included."""
    closed = holidays.country_holidays(COUNTRY, local, years=range(first_year, last_year + 1))
    return frozenset(day_number(day) for day in closed)
