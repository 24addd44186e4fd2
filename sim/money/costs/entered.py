"""What the user enters: months already paid, and compensation received."""

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


def received_by_year(received: Sequence[Received]) -> dict[int, float]:
    """Euro by budget year."""
    years: dict[int, float] = {}
    for one in received:
        years[one.day.year] = years.get(one.day.year, 0.0) + one.eur
    return years
