"""The year in course: what is paid, what is left to pay, and whether an appropriation holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.errors import Fault, InputError
from sim.money.budget.table import Budget, Floats
from sim.money.costs.spending import ALLOWANCE, check_years
from sim.money.costs.unit_costs import DEPARTMENT
from sim.outcomes.table import ALL


@dataclass(frozen=True, slots=True)
class Landing:
    """Year-end landing of the allowance under one scenario, all funders, in euro.

    ``missing``: months of the year before the first one paid; they are estimated, and no part of
    ``to_pay_eur``. ``level_ratio``: months paid over simulated ones, of the reference, on the last
    months.
    """

    scenario: str
    year: int
    months_paid: int
    last_month: str
    paid_eur: float
    to_pay_eur: float
    missing: tuple[str, ...]
    missing_eur: float
    landing_eur: float
    low_eur: float
    high_eur: float
    level_ratio: float


@dataclass(frozen=True, slots=True)
class Overrun:
    """An appropriation for the allowance of the department: how likely it is to be overrun."""

    scenario: str
    year: int
    appropriation_eur: float
    expected_eur: float
    low_eur: float
    high_eur: float
    probability: float


def landings(budget: Budget) -> list[Landing]:
    """The landing of the year of the last month paid, by scenario; none without such months."""
    if not budget.paid:
        return []
    last = budget.paid[-1].month
    year = int(last[:4])
    check_years([year], budget.runs.first.years)
    months = budget.months_of(year)
    paid = [one for one in budget.paid if int(one.month[:4]) == year]
    paid_eur = sum(one.allowance_eur for one in paid)
    labels = budget.runs.first.months
    before = [place for place in months if labels[place] < paid[0].month]
    after = [place for place in months if labels[place] > last]
    found = []
    for number, name in enumerate(budget.names):
        euro, samples = allowance_samples(budget, number, months, None)
        total = float(euro.mean())
        low, high = budget.bounds(samples, total)
        found.append(
            Landing(
                scenario=name,
                year=year,
                months_paid=len(paid),
                last_month=last,
                paid_eur=paid_eur,
                to_pay_eur=float(allowance_samples(budget, number, after, None)[0].mean()),
                missing=tuple(labels[place] for place in before),
                missing_eur=float(allowance_samples(budget, number, before, None)[0].mean()),
                landing_eur=total,
                low_eur=low,
                high_eur=high,
                level_ratio=budget.level_ratio,
            )
        )
    return found


def overruns(budget: Budget, appropriation_eur: float, year: int | None = None) -> list[Overrun]:
    """The probability that the department pays more allowance than was voted, by scenario.

    ``year``: by default that of the last month paid, or else the first of the budget. Raises
    InputError on an appropriation that is no positive sum, and on a year outside the run.
    """
    if not np.isfinite(appropriation_eur) or appropriation_eur <= 0.0:
        found = f"{appropriation_eur:g} euro"
        raise InputError([Fault("budget", "appropriation", found, "a positive sum in euro")])
    if year is None:
        year = int(budget.paid[-1].month[:4]) if budget.paid else budget.years[0]
    check_years([year], budget.runs.first.years)
    rows = []
    for number, name in enumerate(budget.names):
        euro, samples = allowance_samples(budget, number, budget.months_of(year), DEPARTMENT)
        low, high = budget.bounds(samples, float(euro.mean()))
        rows.append(
            Overrun(
                scenario=name,
                year=year,
                appropriation_eur=appropriation_eur,
                expected_eur=float(euro.mean()),
                low_eur=low,
                high_eur=high,
                probability=float((samples > appropriation_eur).mean()),
            )
        )
    return rows


def allowance_samples(
    budget: Budget, scenario: int, months: Sequence[int], funder: str | None
) -> tuple[Floats, Floats]:
    """The allowance paid in months, by replication, and equally likely sums with all doubt."""
    line = budget.lines.index(ALLOWANCE)
    chosen = budget.chosen(scenario, funder, ALL)
    samples = budget.samples(chosen, months)[:, line]
    return chosen.whole[:, line][:, list(months)].sum(axis=1), samples
