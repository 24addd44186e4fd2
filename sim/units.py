"""Time and its units: the calendar of integer days, and the one exponential of the project.

Days are counted from 1 January 1960 (day 0), months from January 1960 (month 0). Hazards are
stored per month; only the functions of this file turn a hazard and a duration into a clock
increment or a probability.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sim.compiled import rule

EPOCH = date(1960, 1, 1)
LAST_YEAR = 2048
"""Last year of the calendar: day numbers then fit 16 bits in the columns of people."""
DAYS_PER_MONTH = 365.25 / 12
DAYS_PER_YEAR = 365.25
DAYS_PER_WEEK = 7
WORKING_DAYS_PER_MONTH = 21.0
"""Five days a week, without about nine public holidays a year."""
MINUTES_PER_DAY = 1440
PER_MILLE = 1000
CENTS_PER_EUR = 100
NEVER = 1.0e9
"""A date, in days, that no run reaches."""


def day_number(when: date) -> int:
    """Days from the epoch to ``when``."""
    return (when - EPOCH).days


def date_of(day: int) -> date:
    """The calendar date of a day number."""
    return EPOCH + timedelta(days=int(day))


def weekday(day: int) -> int:
    """Day of the week of a day number; Monday is 0."""
    return (day + EPOCH.weekday()) % DAYS_PER_WEEK


def month_number(when: date) -> int:
    """Months from the epoch to the month of ``when``."""
    return (when.year - EPOCH.year) * 12 + when.month - 1


@cache
def first_day_of_month(month: int) -> int:
    """Day number of the first day of a month number."""
    return day_number(date(EPOCH.year + month // 12, month % 12 + 1, 1))


def month_starts() -> NDArray[np.int32]:
    """First day of every month from the epoch to the end of the calendar, plus one."""
    months = (LAST_YEAR - EPOCH.year + 1) * 12
    return np.array([first_day_of_month(month) for month in range(months)], dtype=np.int32)


def month_number_of_day(days: NDArray[np.int16]) -> NDArray[np.int32]:
    """Month numbers of day numbers; days before the epoch are of months below zero."""
    starts = month_starts()
    found: NDArray[np.int32] = np.searchsorted(starts, days, side="right").astype(np.int32) - 1
    return found


def months_by_day() -> NDArray[np.int32]:
    """Month number of every day of the calendar."""
    starts = month_starts()
    return np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))


@rule
def in_months(days: float) -> float:
    """A duration in mean months of 30.4375 days."""
    return days / DAYS_PER_MONTH


@rule
def clock_increment(hazard_per_month: float, months: float) -> float:
    """Growth of a clock (dimensionless) over ``months`` under a constant hazard per month."""
    return hazard_per_month * months


@rule
def in_days(months: float) -> float:
    """A duration in days."""
    return months * DAYS_PER_MONTH


@rule
def months_until(remaining: float, hazard_per_month: float) -> float:
    """Months until a clock with ``remaining`` to go fires; the hazard must be above zero."""
    return remaining / hazard_per_month


@rule
def days_until(remaining: float, hazard_per_month: float) -> float:
    """Days until a clock with ``remaining`` to go fires; the hazard must be above zero."""
    return in_days(months_until(remaining, hazard_per_month))


@rule
def probability(hazard_per_month: float, days: float) -> float:
    """Chance that a constant hazard fires within ``days``."""
    return -math.expm1(-clock_increment(hazard_per_month, in_months(days)))
