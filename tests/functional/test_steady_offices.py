"""Without any reform the offices stay as they are on the first day: no trend of the model's own."""

from __future__ import annotations

import numpy as np
import pytest

from sim.engine.run import run_plan
from sim.engine.starting_population import starting_population
from sim.experiments.experiment import run_plan_of
from sim.policy import load_scenario
from sim.vocabulary import Stock

SEEDS = (1, 2, 3)
MONTHS = 12
TRENDS = {Stock.WAITING_FOR_ORIENTATION: 0.10, Stock.SUPPORTED: 0.03, Stock.WITH_CONTRACT: 0.03}
"""Largest change over the year. Those who wait move most: a warm-up that began with everybody of
the last 150 days in the queue lost 15 % of them in the first year."""


@pytest.mark.slow
def test_the_reference_of_the_somme_has_no_trend() -> None:
    plan = run_plan_of(load_scenario("somme_reference").with_months(MONTHS))
    ends = []
    for seed in SEEDS:
        run = run_plan(plan, seed, start=starting_population(plan, seed))
        stocks = run.ledger.stocks.sum(axis=(2, 3))
        ends.append([stocks[stock, [0, MONTHS]] for stock in TRENDS])
    first, last = np.mean(ends, axis=0).T
    change = last / first - 1.0
    print(dict(zip(TRENDS, change.round(3).tolist(), strict=True)))
    assert np.all(np.abs(change) < list(TRENDS.values()))
