"""How far the department's allowance of each year may lie from what is expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.money.budget.landing import Overrun, allowance_samples
from sim.money.budget.level import QUANTILES
from sim.money.budget.table import Budget
from sim.money.costs.unit_costs import DEPARTMENT


@dataclass(frozen=True, slots=True)
class YearQuantiles:
    """The allowance that the department pays in a year under one scenario, in euro.

    ``quantiles_eur`` are those of `QUANTILES`; ``appropriation_eur`` and the probability that the
    year exceeds it are None where no appropriation of the year was given.
    """

    scenario: str
    year: int
    expected_eur: float
    quantiles_eur: tuple[float, ...]
    appropriation_eur: float | None
    probability: float | None


def allowance_quantiles(budget: Budget, overruns: Sequence[Overrun] = ()) -> list[YearQuantiles]:
    """By scenario and year; none where the department pays no allowance in any of them."""
    known = {(one.scenario, one.year): one for one in overruns}
    found = []
    for number, name in enumerate(budget.names):
        for year in budget.years:
            euro, samples = allowance_samples(budget, number, budget.months_of(year), DEPARTMENT)
            over = known.get((name, year))
            found.append(
                YearQuantiles(
                    scenario=name,
                    year=year,
                    expected_eur=float(euro.mean()),
                    quantiles_eur=tuple(
                        map(float, np.quantile(samples, QUANTILES, method="inverted_cdf"))
                    ),
                    appropriation_eur=None if over is None else over.appropriation_eur,
                    probability=None if over is None else over.probability,
                )
            )
    return found if any(one.expected_eur for one in found) else []
