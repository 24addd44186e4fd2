"""Upratings that are assumed after the last published amount of the allowance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isfinite

from sim.errors import Fault, InputError
from sim.money.law.in_force import AMOUNT, HIGHEST_UPRATING, LOWEST_UPRATING, UPRATING_MONTH
from sim.parameters import Parameters

ASSUMED = "costs.assumed_uprating_per_year"


def assumed_upratings(
    parameters: Parameters, until: date, yearly: float | None = None
) -> Mapping[date, float]:
    """One uprating on each yearly date after the last published amount, up to ``until``.

    ``yearly``: the share of each (0.015 is +1.5 %); None takes the assumption of the tables.
    Raises InputError on a share below -10 % or above +20 %.
    """
    share = parameters.number(ASSUMED) if yearly is None else yearly
    check_uprating(share)
    latest = parameters.dated(AMOUNT)[-1][0]
    month = parameters.whole(UPRATING_MONTH)
    first = latest.year if date(latest.year, month, 1) > latest else latest.year + 1
    days = (date(year, month, 1) for year in range(first, until.year + 1))
    return {day: share for day in days if day <= until}


def check_uprating(share: float) -> None:
    """Raise InputError unless the share lies from -10 % to +20 %."""
    if not isfinite(share) or not LOWEST_UPRATING <= share <= HIGHEST_UPRATING:
        found = f"{100 * share:g} %"
        accepted = f"from {100 * LOWEST_UPRATING:g} % to +{100 * HIGHEST_UPRATING:g} % a year"
        raise InputError([Fault("budget", "uprating", found, accepted)])


def uprating_index(upratings: Mapping[date, float], day: date) -> float:
    """Amounts of a day as a multiple of the last published ones."""
    index = 1.0
    for start, share in sorted(upratings.items()):
        if start <= day:
            index *= 1.0 + share
    return index
