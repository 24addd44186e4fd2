"""The money of a run as the pages show it: totals, posts, the allowance of a household."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from forecast.spending.budget_level import budget_level
from sim.money.budget.table import Budget, budget_of, on_level
from sim.money.costs.posted_costs import STAFF
from sim.money.costs.spending import ALLOWANCE_LINES, group_of
from sim.money.priced_runs import PricedRuns
from ui.work.results import SHARE, FullRun

Numbers = NDArray[np.float64]


def money_of(found: FullRun) -> PricedRuns:
    """The priced runs of a full run; raises ValueError for a preview, which has none."""
    if found.money is None:
        raise ValueError("a preview has no money")
    return found.money


def budget_of_run(found: FullRun) -> Budget:
    """The budget of a full run on the level of the spending forecast, where it has one."""
    from threadpoolctl import threadpool_limits

    # The matrices are small: more threads would only wait for each other.
    with threadpool_limits(limits=1):
        level = budget_level(found.experiment.reference)
    return budget_of(on_level(money_of(found), level), share=SHARE, level=level)


def monthly(found: FullRun, scenario: int, lines: tuple[str, ...] = ()) -> Numbers:
    """Euro by (replication, month) for the whole department, all funders; all lines by default."""
    runs = money_of(found)
    rows = [row for row, line in enumerate(runs.first.lines) if not lines or line in lines]
    return np.stack([one.spending.eur[rows].sum(axis=(0, 2, 3)) for one in runs.runs[scenario]])


def spending_whole(found: FullRun, scenario: int) -> Numbers:
    """All lines over the whole run by replication."""
    total: Numbers = monthly(found, scenario).sum(axis=1)
    return total


def staff_cost(found: FullRun, scenario: int) -> Numbers:
    """The posts over the whole run by replication."""
    lines = tuple(line for line in money_of(found).first.lines if group_of(line) == STAFF)
    total: Numbers = monthly(found, scenario, lines).sum(axis=1)
    return total


def allowance_per_household_month(found: FullRun) -> float:
    """Net allowance for a household and month under the reference, mean over the run."""
    eur = monthly(found, 0, ALLOWANCE_LINES).sum()
    households = sum(float(one.spending.households.sum()) for one in money_of(found).runs[0])
    return float(eur / max(households, 1.0))
