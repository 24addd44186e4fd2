"""The money of a run as the pages show it: totals, posts, the allowance of a household."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from forecast.panel import current_panel
from forecast.spending.accounts import shipped_accounts
from forecast.spending.budget_level import budget_level, spending_outlook
from sim.money.budget.table import Budget, budget_of, on_level
from sim.money.costs.entered import InsertionAmount
from sim.money.costs.posted_costs import STAFF
from sim.money.costs.spending import ALLOWANCE_LINES, group_of
from sim.money.priced_runs import PricedRuns
from ui.work.results import SHARE, FullRun

Numbers = NDArray[np.float64]
MONTHS_IN_YEAR = 12


def money_of(found: FullRun) -> PricedRuns:
    """The priced runs of a full run, on the level of the spending forecast where it has one.

    Raises ValueError for a preview, which has none.
    """
    if found.money is None:
        raise ValueError("a preview has no money")
    return on_level(found.money, budget_level(found.experiment.reference))


def budget_of_run(found: FullRun, insertion: tuple[InsertionAmount, ...] = ()) -> Budget:
    """The budget of a full run, with the doubt of its level; ``insertion``: own lines in it.

    Raises `InputError` for own lines that the run's budget does not have.
    """
    level = budget_level(found.experiment.reference)
    return budget_of(money_of(found), share=SHARE, level=level, insertion=insertion)


@dataclass(frozen=True)
class YearAhead:
    """What the allowance of a calendar year costs by the spending forecast, gross, in euro."""

    year: int
    expected_eur: float
    low_eur: float
    high_eur: float
    """Eight chances in ten that the year lies between ``low_eur`` and this."""
    known_until: date
    """The last day of the last figure that the forecast knows."""


def years_ahead(code: str, today: date) -> tuple[YearAhead, ...]:
    """The year of ``today`` and the next of a department; empty where none is published."""
    if code not in shipped_accounts().departments or code not in current_panel().departments:
        return ()
    outlook = spending_outlook(code)
    year, month = divmod(outlook.level.known.last_month, MONTHS_IN_YEAR)
    known = date(year, month + 1, monthrange(year, month + 1)[1])
    found = []
    for ahead in (today.year, today.year + 1):
        if ahead in outlook.years:
            low, *_, high = map(float, outlook.quantiles(ahead))
            found.append(YearAhead(ahead, outlook.expected(ahead), low, high, known))
    return tuple(found)


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
