"""A small experiment whose runs may be kept on the disk, and how its results are compared."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.engine.run import run_plan
from sim.experiments import jobs as jobs_module
from sim.experiments.experiment import Experiment
from sim.experiments.kept_runs import KeptRuns
from sim.experiments.runner import Results, ScenarioRun, run_experiment
from sim.money.costs.upratings import assumed_upratings
from sim.money.priced_runs import PricedRun, priced_run
from sim.policy import Scenario, load_scenario

SHARE, MONTHS = 0.02, 14
Priced = dict[tuple[int, int], PricedRun]


def scenario(name: str = "somme_reference") -> Scenario:
    return load_scenario(name).scaled(SHARE).with_months(MONTHS)


@cache
def experiment() -> Experiment:
    """The reference of the Somme and its experiment, twice."""
    return Experiment((scenario(), scenario("somme_experiment")), seed=5, replications=2)


def run(asked: Experiment, kept: KeptRuns | None) -> tuple[Results, Priced, list[ScenarioRun]]:
    runs: list[ScenarioRun] = []
    results = run_experiment(asked, workers=2, on_run=runs.append, kept=kept)
    upratings = assumed_upratings(asked.reference.base, asked.reference.end)
    priced = {
        (one.position, one.replication): priced_run(one.scenario, one.books, upratings, asked.since)
        for one in runs
    }
    return results, priced, runs


def same(left: Results, right: Results) -> bool:
    return all(
        np.array_equal(one.values, other.values, equal_nan=True)
        and np.array_equal(one.whole, other.whole, equal_nan=True)
        for first, second in zip(left.replications, right.replications, strict=True)
        for one, other in zip(first.outcomes, second.outcomes, strict=True)
    )


def runs_made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The seeds of runs that are really made, the small one that loads the model aside."""
    made: list[int] = []
    real = run_plan

    def counted(plan, seed, **options):  # type: ignore[no-untyped-def]
        if plan.months == MONTHS:
            made.append(seed)
        return real(plan, seed, **options)

    monkeypatch.setattr(jobs_module, "run_plan", counted)
    return made
