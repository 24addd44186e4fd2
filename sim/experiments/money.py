"""Runs of scenarios with what they cost: one `PricedRun` for each scenario and replication."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.budget.causes import AllowanceFlows, allowance_flows
from sim.budget.spending import HeldPlaces, Spending, spending_of
from sim.budget.upratings import assumed_upratings
from sim.engine.columns.world import ACTION_PLACES, JOB_PLACES
from sim.engine.run import RunResult
from sim.experiments.experiment import Experiment, timeline_of
from sim.experiments.runner import Progress, run_experiment
from sim.ledger import Ledger
from sim.policy import Scenario
from sim.vocabulary import Record, Stock

Floats = NDArray[np.float64]
NUMBER = 0


@dataclass(frozen=True, eq=False)
class Effects:
    """What a run reaches by month, for the whole department.

    ``in_job``: persons in a job, on the benefit or after it; ``later_in_job`` of ``later``:
    persons in a job among those who entered support six months before, by month of observation.
    """

    in_job: Floats
    households: Floats
    later_in_job: Floats
    later: Floats


@dataclass(frozen=True, eq=False)
class PricedRun:
    """One run of one scenario: money, why the allowance is what it is, and results."""

    spending: Spending
    flows: AllowanceFlows
    effects: Effects


@dataclass(frozen=True, eq=False)
class PricedRuns:
    """``runs[scenario][replication]`` of an experiment, only finished replications."""

    experiment: Experiment
    runs: tuple[tuple[PricedRun, ...], ...]
    upratings: Mapping[date, float]
    is_cancelled: bool

    @property
    def first(self) -> Spending:
        """The spending of any run: its lines, months and territories are those of all."""
        return self.runs[0][0].spending


def priced_runs(
    experiment: Experiment,
    *,
    uprating: float | None = None,
    workers: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
) -> PricedRuns:
    """Run an experiment and price every run.

    ``uprating``: the assumed yearly share after the last published amount (None: that of the
    tables). A department run in part is brought back to the whole. Raises InputError on an
    uprating that cannot be.
    """
    reference = experiment.reference
    upratings = assumed_upratings(reference.base, reference.end, uprating)
    found: dict[tuple[int, int], PricedRun] = {}
    lock = threading.Lock()

    def price(scenario: Scenario, result: RunResult) -> None:
        priced = priced_run(scenario, result, upratings)
        with lock:
            found[id(scenario), result.seed] = priced

    results = run_experiment(
        experiment, workers=workers, on_progress=on_progress, on_run=price, cancel=cancel
    )
    runs = tuple(
        tuple(found[id(scenario), seed] for seed in results.seeds)
        for scenario in experiment.scenarios
    )
    return PricedRuns(experiment, runs, upratings, results.is_cancelled)


def priced_run(scenario: Scenario, result: RunResult, upratings: Mapping[date, float]) -> PricedRun:
    """The money and the results of one run, for the whole department."""
    ledger, whole = result.ledger, 1.0 / scenario.share
    spending = spending_of(ledger, timeline_of(scenario), held_places(result), upratings)
    flows = allowance_flows(ledger, spending.entitled_eur.sum(axis=-1))
    return PricedRun(_scaled(spending, whole), _scaled_flows(flows, whole), _effects(ledger, whole))


def held_places(result: RunResult) -> HeldPlaces:
    """Places held at month ends, followed back from the last day by what began and ended.

    Whoever leaves the department gives a contract back without a record: the numbers of earlier
    months may be a few too high, never above the places there are.
    """
    return HeldPlaces(
        jobs=_held(result, JOB_PLACES, "job_types", Record.JOB_STARTED, Record.JOB_ENDED),
        actions=_held(result, ACTION_PLACES, "actions", Record.ACTION_STARTED, Record.ACTION_ENDED),
    )


def _held(result: RunResult, kind: int, group: str, began: Record, ended: Record) -> Floats:
    ledger = result.ledger
    count = len(result.parameters.labels(group))
    moves = [
        ledger.flows[record, ..., NUMBER].sum(axis=2)[..., :count] for record in (began, ended)
    ]
    net = moves[0] - moves[1]
    last = result.last.places[kind, : ledger.shape.territories, :count]
    back = np.concatenate([np.zeros_like(net[:1]), np.cumsum(net[::-1], axis=0)])[::-1]
    held: Floats = np.maximum(last[None] - back, 0).astype(np.float64)
    return held


def _effects(ledger: Ledger, whole: float) -> Effects:
    stocks = ledger.stocks[:, 1:].sum(axis=(-1, -2)) * whole
    return Effects(
        in_job=stocks[Stock.IN_JOB_ON_RSA] + stocks[Stock.IN_JOB_OFF_RSA],
        households=stocks[Stock.HOUSEHOLDS],
        later_in_job=stocks[Stock.COHORT_IN_JOB],
        later=stocks[Stock.COHORT_SIX_MONTHS_AGO],
    )


def _scaled(spending: Spending, whole: float) -> Spending:
    return Spending(
        spending.lines,
        spending.months,
        spending.territories,
        spending.funders,
        spending.eur * whole,
        spending.entitled_eur * whole,
        spending.households * whole,
    )


def _scaled_flows(flows: AllowanceFlows, whole: float) -> AllowanceFlows:
    return AllowanceFlows(
        flows.entitled_eur * whole,
        flows.households * whole,
        flows.withheld_eur * whole,
        flows.first_entries * whole,
        {cause: left * whole for cause, left in flows.out.items()},
    )
