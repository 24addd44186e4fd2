"""The unemployment rate of departments by quarter, as Insee publishes it."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sim.parameters.sources import PUBLISHED

FILE = "unemployment_rate_quarterly.csv"
SOURCE = "insee_unemployment"
WRITTEN = re.compile(r"(\d{4})-?[TQ]([1-4])")
QUARTERS, MONTHS = 4, 3
"""Quarters of a year, months of a quarter."""


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year by its number since the year 0."""

    number: int

    @classmethod
    def read(cls, written: str) -> Quarter:
        """``2026-T1`` as Insee writes it, or ``2026Q1``; raises ValueError for anything else."""
        found = WRITTEN.fullmatch(written)
        if found is None:
            raise ValueError(f"no quarter: {written!r}")
        return cls(QUARTERS * int(found[1]) + int(found[2]) - 1)

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter in which a day falls."""
        return cls(QUARTERS * day.year + (day.month - 1) // MONTHS)

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.number // QUARTERS, MONTHS * (self.number % QUARTERS) + 1, 1)

    def later(self, quarters: int) -> Quarter:
        """The quarter that many quarters later."""
        return Quarter(self.number + quarters)

    def __str__(self) -> str:
        return f"{self.number // QUARTERS}-T{self.number % QUARTERS + 1}"


@lru_cache(maxsize=1)
def published_rates() -> Mapping[str, Mapping[Quarter, float]]:
    """Rates in percent, seasonally adjusted, by department code and quarter."""
    found: dict[str, dict[Quarter, float]] = {}
    with (PUBLISHED / FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["unemployment_rate_pct"]:
                rates = found.setdefault(row["department"], {})
                rates[Quarter.read(row["quarter"])] = float(row["unemployment_rate_pct"])
    return found


def rate_in(code: str, quarter: Quarter) -> tuple[Quarter, float] | None:
    """The last published rate of a department up to a quarter, and its quarter; None without."""
    known = {
        when: rate for when, rate in published_rates().get(code, {}).items() if when <= quarter
    }
    return max(known.items(), default=None)
