"""What the user enters: months already paid, compensation received, own lines of insertion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


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


@dataclass(frozen=True, slots=True)
class InsertionAmount:
    """What the department pays itself for a line of its budget, in euro.

    ``line``: a line or a sub-total of the budget, by its key. ``period``: a year (``2026``) or a
    month (``2026-03``).
    """

    line: str
    period: str
    eur: float


def received_by_year(received: Sequence[Received]) -> dict[int, float]:
    """Euro by budget year."""
    years: dict[int, float] = {}
    for one in received:
        years[one.day.year] = years.get(one.day.year, 0.0) + one.eur
    return years
