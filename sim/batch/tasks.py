"""Tasks: the smallest piece of a plan, and the rows that it gives.

A task is one seed under one draw and one setting, with every scenario in it, so that all of them
begin with the same people and share their luck.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.batch.plan import BatchPlan, seed_of_run
from sim.batch.rows import RunRows
from sim.batch.task import Task
from sim.engine.journey import Cancelled
from sim.errors import Fault, InputError
from sim.experiments.experiment import Experiment, run_plan_of
from sim.experiments.jobs import BesideReference, Job, People, books_of, outcomes_under
from sim.experiments.kept_runs import KeptRuns
from sim.experiments.threads import in_threads
from sim.outcomes.definitions import outcome_definition
from sim.outcomes.table import ALL, Outcomes, outcome_axes
from sim.policy import Scenario
from sim.units import month_number


def people_of_tasks(plan: BatchPlan) -> People:
    """Starting populations that neighbouring tasks share.

    They are kept in memory only: a batch has too many for the cache on disk.
    """
    return People(len(plan.names), on_disk=False)


def run_task(
    plan: BatchPlan,
    task: Task,
    people: People | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> pa.Table:
    """Run every scenario of a task; one row for each value (the columns of `sim.batch.rows`).

    Raises `InputError` when the parameters refuse the task's values, and ``Cancelled`` when
    ``should_stop`` says so between two days.
    """
    setting = dict(task.values)
    places = range(len(plan.names))
    scenarios = [plan.scenario(position, setting, task.draw) for position in places]
    seeds = [
        seed_of_run(plan.is_paired, task.seed, position, task.setting, task.draw)
        for position in places
    ]
    jobs = [Job(run_plan_of(one), seed) for one, seed in zip(scenarios, seeds, strict=True)]
    runs = books_of(jobs, people or people_of_tasks(plan), should_stop=should_stop)
    rows = RunRows(plan)
    pieces = []
    beside = BesideReference(plan.since)
    for position, books in enumerate(runs):
        outcomes = beside.outcomes(scenarios[position], books)
        pieces.append(rows.table(outcomes, position, task, seeds[position]))
    return pa.concat_tables(pieces)


def run_pairs(
    scenarios: Sequence[Scenario],
    seeds: Sequence[int],
    *,
    since: int,
    workers: int | None = None,
    cancel: threading.Event | None = None,
    people: People | None = None,
    kept: KeptRuns | None = None,
) -> tuple[tuple[Outcomes, ...], ...]:
    """The outcomes of every scenario under every seed: first by scenario, then by seed.

    ``since`` is the first month, from 0 on, of what counts over the whole period.
    Starting populations are ``people``'s, else read from the cache on disk or kept there.
    ``cancel`` ends all runs: `Cancelled`.
    With ``kept``, runs found there are read instead of made, and those made are kept there.
    """
    stop = cancel or threading.Event()

    def under(seed: int) -> tuple[Outcomes, ...]:
        found = outcomes_under(seed, scenarios, since, people, should_stop=stop.is_set, kept=kept)
        return tuple(found)

    by_seed: dict[int, tuple[Outcomes, ...]] = {}
    if not in_threads(under, seeds, by_seed.__setitem__, workers=workers, cancel=stop):
        raise Cancelled("pairs")
    return tuple(
        tuple(by_seed[seed][position] for seed in seeds) for position in range(len(scenarios))
    )


def evaluate(
    scenarios: Sequence[Scenario],
    seeds: Sequence[int],
    outcome: str,
    *,
    territory: str = ALL,
    month: str = ALL,
    since: str | None = None,
    workers: int | None = None,
    cancel: threading.Event | None = None,
    people: People | None = None,
    kept: KeptRuns | None = None,
) -> NDArray[np.float64]:
    """One outcome by (scenario, seed), paired: a column shares its people and its luck.

    ``month`` is a month such as ``2025-06``, or "all" for the whole period: a stock at the end of
    the runs, all other outcomes from the month ``since`` on, such as ``2023-04``, which must be
    said: nothing of a scenario or of those beside it sets it. NaN where the outcome does not exist
    or is not observed long enough. See `run_pairs`.

    Raises `InputError` for names and months that are unknown, and for a period that is not said.
    """
    first = _first_counted(scenarios, outcome, territory, month, since)
    found = run_pairs(
        scenarios, seeds, since=first, workers=workers, cancel=cancel, people=people, kept=kept
    )
    return np.array([[one.one(outcome, territory, month) for one in row] for row in found])


def _first_counted(
    scenarios: Sequence[Scenario], outcome: str, territory: str, month: str, since: str | None
) -> int:
    """The number of the first month that counts, of what was asked; raises `InputError`."""
    experiment = Experiment(tuple(scenarios), counted_from=since)
    reference = experiment.reference
    axes = outcome_axes(month_number(reference.start), reference.months, reference.base)
    axes.place(outcome, territory, month)
    is_period = month == ALL and outcome_definition(outcome).kind != "stock"
    if is_period and since is None:
        accepted = (
            f"the first month that {outcome} counts, from {experiment.months[0]} on (these "
            f"scenarios first change something in {experiment.months[experiment.since]})"
        )
        raise InputError([Fault("evaluate", "since", "nothing", accepted)])
    return experiment.since
