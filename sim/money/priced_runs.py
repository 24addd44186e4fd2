"""Runs of scenarios with what they cost: one `PricedRun` for each scenario and replication."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.experiments.books import Books
from sim.experiments.experiment import Experiment, run_plan_of, timeline_of
from sim.experiments.jobs import Job, books_of, warm_up
from sim.experiments.literature import MEASURED
from sim.experiments.threads import in_threads
from sim.ledger import Ledger
from sim.money.costs.causes import AllowanceFlows, allowance_flows
from sim.money.costs.spending import HeldPlaces, Spending, spending_of
from sim.money.costs.upratings import assumed_upratings
from sim.outcomes.same_people import SamePeople
from sim.outcomes.table import Outcomes, outcomes_of
from sim.policy import Scenario
from sim.vocabulary import Record, Stock
from sim.world.world import ACTION_PLACES, JOB_PLACES

Floats = NDArray[np.float64]
NUMBER = 0
MONTHS_OF_JOB = 12
POPULATIONS = ("stock", "entrants")
"""The same people under every scenario (`sim.outcomes.same_people`)."""
WITH_JOB, WITH_LASTING_JOB, MONTHS_WORKED = "job_within", "lasting_job_within", "months_worked"
WINDOWS: Mapping[str, int | None] = {
    WITH_JOB: MONTHS_OF_JOB,
    WITH_LASTING_JOB: None,
    MONTHS_WORKED: None,
}
"""What is read of the same people, and within how many months (None: to the end of the run)."""


@dataclass(frozen=True, eq=False)
class Effects:
    """What a run reaches by month, for the whole department.

    ``in_job``: persons in a job, on the benefit or after it. ``same_people``: sums of each reading
    of `WINDOWS` over each of `POPULATIONS`, (population, reading); NaN where a run is too short for
    the window, or longer than people are remembered.
    """

    in_job: Floats
    households: Floats
    same_people: Floats


@dataclass(frozen=True, eq=False)
class PricedRun:
    """One run of one scenario: money, why the allowance is what it is, and results.

    ``measured`` is the outcome `literature.MEASURED` of the whole department over the months since
    the first change; NaN where it was not asked for. ``outcomes`` are those of what was run, a part
    of the department left as it is; None where they were not asked for.
    """

    spending: Spending
    flows: AllowanceFlows
    effects: Effects
    measured: float = math.nan
    outcomes: Outcomes | None = None


@dataclass(frozen=True, eq=False)
class PricedRuns:
    """``runs[scenario][replication]`` of an experiment, only finished replications.

    ``has_draws``: whether replications also differ by their parameters; ``is_fitted``: by draws of
    the fit. ``drawn``: the values of each replication, where they are kept. ``level_ratio``: by how
    much the allowance was multiplied to stand on a level that the simulation does not tell.
    """

    experiment: Experiment
    runs: tuple[tuple[PricedRun, ...], ...]
    upratings: Mapping[date, float]
    has_draws: bool
    is_fitted: bool
    is_cancelled: bool
    drawn: tuple[Mapping[str, float], ...] = ()
    level_ratio: float = 1.0

    @property
    def outcomes(self) -> tuple[tuple[Outcomes, ...], ...]:
        """Those that the runs have, by scenario and replication."""
        return tuple(
            tuple(run.outcomes for run in of if run.outcomes is not None) for of in self.runs
        )

    @property
    def first(self) -> Spending:
        """The spending of any run: its lines, months and territories are those of all."""
        return self.runs[0][0].spending


def priced_runs(
    experiment: Experiment,
    *,
    uprating: float | None = None,
    draws: Sequence[Mapping[str, float]] = (),
    is_fitted: bool = False,
    since: int | None = None,
    workers: int | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    cancel: threading.Event | None = None,
) -> PricedRuns:
    """Run every replication of an experiment and price every run.

    ``uprating``: the assumed yearly share after the last published amount (None: that of the
    tables). ``draws``: one set of parameter values for each replication, in all its scenarios; a
    value that a scenario sets from its start on stays the scenario's. ``since``: the month from
    which `PricedRun.measured` counts (default: that of the first change). ``is_fitted``: the draws
    are those of the fit, not ranges of the tables. A department run in part is brought back to the
    whole. ``on_progress`` gets the replications done and their number.
    Raises InputError on an uprating that cannot be.
    """
    reference = experiment.reference
    upratings = assumed_upratings(reference.base, reference.end, uprating)
    first_month = experiment.since if since is None else since
    stop = cancel or threading.Event()

    def replicate(number: int) -> tuple[PricedRun, ...]:
        drawn = draws[number] if draws else {}
        scenarios = tuple(
            one.with_draw(drawn, f"draw {number}") if drawn else one for one in experiment.scenarios
        )
        return _replication(scenarios, experiment.seeds[number], upratings, first_month, stop)

    finished: dict[int, tuple[PricedRun, ...]] = {}

    def keep(number: int, runs: tuple[PricedRun, ...]) -> None:
        finished[number] = runs
        if on_progress is not None:
            on_progress(len(finished), experiment.replications)

    is_complete = in_threads(
        replicate,
        range(experiment.replications),
        keep,
        workers=workers,
        cancel=stop,
        warm_up=lambda: warm_up(reference, experiment.seed),
    )
    numbers = sorted(finished)
    return PricedRuns(
        experiment,
        tuple(zip(*(finished[number] for number in numbers), strict=True)),
        upratings,
        bool(draws),
        is_fitted,
        is_cancelled=not is_complete,
        drawn=tuple(draws[number] for number in numbers) if draws else (),
    )


def _replication(
    scenarios: Sequence[Scenario],
    seed: int,
    upratings: Mapping[date, float],
    since: int,
    stop: threading.Event,
) -> tuple[PricedRun, ...]:
    """Every scenario under one seed; raises ``Cancelled``."""
    jobs = [Job(run_plan_of(scenario), seed) for scenario in scenarios]
    runs: list[PricedRun] = []
    for scenario, books in zip(scenarios, books_of(jobs, should_stop=stop.is_set), strict=True):
        outcomes = outcomes_of(books.ledger, timeline_of(scenario), since)
        priced = priced_run(scenario, books, upratings, since)
        measured = outcomes.one(MEASURED) / scenario.share
        runs.append(replace(priced, measured=measured, outcomes=outcomes))
    return tuple(runs)


def priced_run(
    scenario: Scenario, books: Books, upratings: Mapping[date, float], since: int
) -> PricedRun:
    """The money and the results of one run, for the whole department; ``since``: first change."""
    ledger, whole = books.ledger, 1.0 / scenario.share
    spending = spending_of(ledger, timeline_of(scenario), held_places(books), upratings)
    flows = allowance_flows(ledger, spending.entitled_eur.sum(axis=-1))
    effects = _effects(ledger, since, whole)
    return PricedRun(_scaled(spending, whole), _scaled_flows(flows, whole), effects)


def held_places(books: Books) -> HeldPlaces:
    """Places held at month ends, followed back from the last day by what began and ended.

    Whoever leaves the department gives a contract back without a record: the numbers of earlier
    months may be a few too high, never above the places there are.
    """
    return HeldPlaces(
        jobs=_held(books, JOB_PLACES, "job_types", Record.JOB_STARTED, Record.JOB_ENDED),
        actions=_held(books, ACTION_PLACES, "actions", Record.ACTION_STARTED, Record.ACTION_ENDED),
    )


def _held(books: Books, kind: int, group: str, began: Record, ended: Record) -> Floats:
    ledger = books.ledger
    count = len(books.parameters.labels(group))
    moves = [
        ledger.flows[record, ..., NUMBER].sum(axis=2)[..., :count] for record in (began, ended)
    ]
    net = moves[0] - moves[1]
    last = books.places[kind, : ledger.shape.territories, :count]
    back = np.concatenate([np.zeros_like(net[:1]), np.cumsum(net[::-1], axis=0)])[::-1]
    held: Floats = np.maximum(last[None] - back, 0).astype(np.float64)
    return held


def _effects(ledger: Ledger, since: int, whole: float) -> Effects:
    stocks = ledger.stocks[:, 1:].sum(axis=(-1, -2)) * whole
    people = SamePeople(ledger, since, None)
    reached = [
        [people.total(reading, population, months) for reading, months in WINDOWS.items()]
        for population in POPULATIONS
    ]
    return Effects(
        in_job=stocks[Stock.IN_JOB_ON_RSA] + stocks[Stock.IN_JOB_OFF_RSA],
        households=stocks[Stock.HOUSEHOLDS],
        same_people=np.array(reached) * whole,
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
