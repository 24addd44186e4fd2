"""The money of a run: allowance paid and cost of posts, in euro, by month and over the period."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.outcomes import ALL
from ui.work.results import FullRun

LINES = ("allowance_eur", "staff_cost_eur")
"""Outcomes in euro that add up to the spending shown."""
Numbers = NDArray[np.float64]


def monthly(found: FullRun, scenario: int, line: str) -> Numbers:
    """One line by (replication, month) for the whole department."""
    return np.nan_to_num(found.values(scenario, line, ALL))


def spending_whole(found: FullRun, scenario: int) -> Numbers:
    """All lines over the whole run by replication."""
    total: Numbers = sum(
        (monthly(found, scenario, line).sum(axis=1) for line in LINES),
        np.zeros(found.count),
    )
    return total


def years_of(found: FullRun) -> tuple[str, ...]:
    """The calendar years that the run touches."""
    return tuple(sorted({month[:4] for month in found.axes.months[1:]}))


def yearly(found: FullRun, scenario: int, line: str) -> Numbers:
    """One line by (replication, year)."""
    months = found.axes.months[1:]
    values = monthly(found, scenario, line)
    return np.stack(
        [
            values[:, [month[:4] == year for month in months]].sum(axis=1)
            for year in years_of(found)
        ],
        axis=1,
    )
