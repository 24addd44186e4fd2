"""The base amount of the law, month by month: published, announced, and expected after that."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

import numpy as np

from brought.series import Floats, Whole
from forecast.benchmarks import YEAR
from forecast.spread_check import NORMAL_90
from sim.money.costs.upratings import ASSUMED
from sim.money.law.in_force import AMOUNT
from sim.parameters import load_department, shipped_departments
from sim.parameters.national import load_tables
from sim.parameters.sources import PUBLISHED

EARLY_AMOUNTS_FILE = "rsa_base_amounts_before_2018.csv"
APRIL = 3
"""Position of the month of the yearly uprating in the year."""


@dataclass(frozen=True)
class Uprating:
    """The base amount of one person from a day on; ``is_yearly`` unless it was an exception."""

    day: date
    eur: float
    is_yearly: bool


@dataclass(frozen=True)
class Upratings:
    """What is known of the base amount on a day, and what is expected of later Aprils.

    ``share`` is expected on each April after the last amount, ``sd`` how far one of them may be off
    (0 when it is stated); each April errs on its own.
    """

    known: date
    share: float
    sd: float

    def log_base(self, months: Whole) -> Floats:
        """Logarithm of the base amount in each month, euro."""
        first = int(months[0])
        every = np.arange(first, int(months[-1]) + 1)
        amounts = [one for one in upratings() if one.day <= self.known]
        days = [date(int(month) // YEAR, int(month) % YEAR + 1, 1) for month in every]
        known = [max((one for one in amounts if one.day <= day), key=_day) for day in days]
        logs = np.log([one.eur for one in known])
        found: Floats = (logs + np.log1p(self.share) * self.aprils(every))[months - first]
        return found

    def aprils(self, months: Whole) -> Floats:
        """How many Aprils after the last known amount have begun in each month."""
        last = max(one.day for one in upratings() if one.day <= self.known)
        first = YEAR * last.year + last.month
        return np.array(
            [sum(at % YEAR == APRIL for at in range(first, int(month) + 1)) for month in months],
            dtype=np.float64,
        )


def expected_again(known: date) -> Upratings:
    """The last yearly uprating expected again, as was done on a day of the past.

    The law uprates by past inflation: how the yearly upratings changed from one to the next says
    how far that may be off.
    """
    rates = yearly_upratings(known)
    return Upratings(known, float(rates[-1]), float(np.sqrt(np.mean(np.diff(rates) ** 2))))


def stated(share: float | None = None) -> Upratings:
    """Published amounts, then a stated share; without one that of the tables, in its range."""
    if share is not None:
        return Upratings(date.max, share, 0.0)
    entry = load_tables().entries[ASSUMED]
    low, high = entry.uncertainty.low, entry.uncertainty.high
    assert low is not None
    assert high is not None
    return Upratings(date.max, float(str(entry.value)), (high - low) / (2.0 * NORMAL_90))


@lru_cache(maxsize=1)
def upratings() -> tuple[Uprating, ...]:
    """Every published base amount, in order of its day."""
    with (PUBLISHED / EARLY_AMOUNTS_FILE).open(encoding="utf-8", newline="") as file:
        early = [
            Uprating(
                date.fromisoformat(row["date"]),
                float(row["single_person_eur"]),
                row["uprating"] == "yearly",
            )
            for row in csv.DictReader(file)
        ]
    tables = load_department(shipped_departments()[0])
    later = [Uprating(day, float(eur), day.month != 7) for day, eur in tables.dated(AMOUNT)]
    return (*early, *later)


def mean_base(year: int, known: date) -> float:
    """Mean over the months of a year of the base amount, as far as published on a day; euro.

    The last amount in force on that day is taken to hold.
    """
    months = YEAR * year + np.arange(YEAR)
    return float(np.exp(Upratings(known, 0.0, 0.0).log_base(months)).mean())


def yearly_upratings(known: date) -> Floats:
    """Relative increases of the yearly upratings in force on a day, oldest first."""
    amounts = [one for one in upratings() if one.day <= known]
    return np.array(
        [after.eur / before.eur - 1.0 for before, after in pairwise(amounts) if after.is_yearly]
    )


def _day(uprating: Uprating) -> date:
    return uprating.day


def last_day(month: int) -> date:
    """The last day of a month."""
    return date((month + 1) // YEAR, (month + 1) % YEAR + 1, 1) - timedelta(days=1)
