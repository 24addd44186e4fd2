"""The last published numbers of a department, each with its date and source."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sim.parameters.sources import PUBLISHED

ANNUAL, MONTHLY = "rsa_annual.csv", "rsa_households_monthly.csv"
SPENDING, SURVEY = "department_spending.csv", "oarsa_departments.csv"


@dataclass(frozen=True)
class Published:
    """One published number; ``period`` is a month (2020-10) or a year (2019)."""

    name: str
    value: float
    period: str
    source: str
    """A key of the texts under ``source``."""

    @property
    def year(self) -> int:
        """The year of the number."""
        return int(self.period[:4])


@cache
def _rows(file: str) -> tuple[Mapping[str, str], ...]:
    with (PUBLISHED / file).open(encoding="utf-8", newline="") as table:
        return tuple(csv.DictReader(table))


@cache
def last_published(code: str) -> tuple[Published, ...]:
    """Households, adults, allowance paid and delay of orientation: the last of each."""
    found = [
        _last_month(code),
        _last_year(ANNUAL, code, "adults", "adults", "drees_annual"),
        _last_year(SPENDING, code, "rsa_allocation_gross_eur", "allowance", "drees_spending"),
        _last_year(SURVEY, code, "orientation_delay_days", "delay", "drees_survey"),
    ]
    return tuple(one for one in found if one is not None)


def monthly_households(code: str) -> dict[str, float]:
    """Published households by month."""
    return {
        row["month"]: float(row["households"])
        for row in _rows(MONTHLY)
        if row["department"] == code and row["households"]
    }


def yearly(code: str, indicator: str, file: str = ANNUAL) -> dict[int, float]:
    """A published yearly series of a department."""
    return {
        int(row["year"]): float(row["value"])
        for row in _rows(file)
        if row["department"] == code and row["indicator"] == indicator and row["value"]
    }


def _last_month(code: str) -> Published | None:
    known = monthly_households(code)
    if known:
        return Published("households", known[max(known)], max(known), "drees_monthly")
    return _last_year(ANNUAL, code, "households", "households", "drees_annual")


def _last_year(file: str, code: str, indicator: str, name: str, source: str) -> Published | None:
    known = yearly(code, indicator, file)
    return Published(name, known[max(known)], str(max(known)), source) if known else None
