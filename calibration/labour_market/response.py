"""What the model's households do when job finding, or first entries, change for good.

Measured by simulation in some departments, as an elasticity: the change of the logarithm of
households over that of the factor, mean over each year after the change. A change of unemployment
that spreads over a year meets, by the end of the next one, the mean of the second year.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from sim.engine.run import run_plan
from sim.experiments.experiment import run_plan_of
from sim.policy import Scenario, load_scenario
from sim.vocabulary import Stock

DEPARTMENTS = ("25", "29", "80")
SEEDS, YEARS, YEAR = 4, 2, 12
MARKET, ARRIVALS = 0.85, 1.15
"""Factors that are tried: as far as a point and a half of unemployment goes, either way."""


@dataclass(frozen=True)
class Response:
    """Elasticities of households by year, to job finding alone and to first entries alone."""

    job_finding: tuple[float, ...]
    entries: tuple[float, ...]


def measured(departments: tuple[str, ...] = DEPARTMENTS, seeds: int = SEEDS) -> Response:
    """The mean response of some departments, with the same people in every arm."""
    found = [[_response(code, seed) for seed in range(seeds)] for code in departments]
    finding, entries = np.mean(found, axis=(0, 1))
    return Response(tuple(finding.tolist()), tuple(entries.tolist()))


def _response(code: str, seed: int) -> NDArray[np.float64]:
    reference = load_scenario(f"{code}_reference").with_months(YEARS * YEAR)
    power = reference.base.number("inflow.market_elasticity")
    worse = _changed(reference, MARKET, MARKET**-power)
    more = _changed(reference, 1.0, ARRIVALS)
    base, after_worse, after_more = (_households(one, seed) for one in (reference, worse, more))
    return np.stack(
        [
            _by_year(np.log(after_worse / base) / log(MARKET)),
            _by_year(np.log(after_more / base) / log(ARRIVALS)),
        ]
    )


def _changed(scenario: Scenario, market: float, arrivals: float) -> Scenario:
    values: dict[str, object] = {}
    for territory in scenario.base.labels("territories"):
        for name, factor in (("market_level", market), ("inflow_multiplier", arrivals)):
            path = f"territories.{territory}.{name}"
            values[path] = factor * scenario.base.number(path)
    return scenario.with_changes(values)


def _households(scenario: Scenario, seed: int) -> NDArray[np.float64]:
    ledger = run_plan(run_plan_of(scenario), seed).ledger
    found: NDArray[np.float64] = ledger.stocks[Stock.HOUSEHOLDS].sum(axis=(1, 2)).astype(float)
    return found


def _by_year(monthly: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean between the month ends of each year (its first and last one count half)."""
    middles = 0.5 * (monthly[1:] + monthly[:-1])
    found: NDArray[np.float64] = middles.reshape(YEARS, YEAR).mean(axis=1)
    return found
