"""A sensitivity study: a plan whose factors have ranges, and one outcome of it.

Levers are moved from the first day of the run on; uncertainties hold in the starting population
too. With two scenarios the outcome is the paired difference of the second one to the first.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.batch.factors import Factor
from sim.batch.plan import BatchPlan
from sim.batch.tasks import People
from sim.engine.journey import Cancelled
from sim.engine.run import run_plan
from sim.errors import Fault, InputError
from sim.experiments.experiment import run_plan_of, timeline_of
from sim.experiments.size import Size, memory_of_tasks, seconds_of_longest_run, seconds_of_task
from sim.outcomes.table import ALL, outcomes_of
from sim.policy import levers
from sim.search.naming import COMMAND_LINE, SoughtOutcome
from sim.search.sensitivity import (
    Method,
    Sensitivity,
    check_installed,
    decompose,
    points_of,
    screen,
)

MOST_RUNS = 200_000
CHECKED = 200
"""Points of a design that are put together before anything runs."""


@dataclass(frozen=True)
class Study:
    """What is varied, which outcome is read, and how large the design is."""

    plan: BatchPlan
    outcome: SoughtOutcome
    month: str
    method: Method
    size: int
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What parameter paths are called, by path and language, where they are no levers."""

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The factors with a range, in the order of the design."""
        return tuple(factor for factor in self.plan.factors if factor.is_sampled)

    @property
    def is_difference(self) -> bool:
        """Whether the outcome is the difference of two scenarios."""
        return len(self.plan.names) > 1

    @property
    def runs(self) -> Size:
        """How many runs the design makes and how long they take."""
        plan = self.plan
        points = points_of(self.method, len(self.factors), self.size)
        count = plan.experiment.replications
        scenarios = plan.experiment.scenarios
        each = seconds_of_task(scenarios, plan.share, people_each=not plan.experiment.is_paired)
        return Size(
            scenarios=len(plan.names),
            settings=points,
            draws=0,
            seeds=count,
            seconds=each * points * count,
            run_seconds=seconds_of_longest_run(scenarios, plan.share),
            memory_bytes=memory_of_tasks(scenarios, share=plan.share),
        )

    def setting(self, point: NDArray[np.float64]) -> dict[str, object]:
        """The values of the factors at a point (between 0 and 1 for each)."""
        return {
            factor.name: factor.sampled(np.array([part]))[0]
            for factor, part in zip(self.factors, point, strict=True)
        }


def make_study(
    plan: BatchPlan,
    outcome: SoughtOutcome,
    month: str,
    method: Method,
    size: int,
    names: Mapping[str, Mapping[str, str]] | None = None,
) -> Study:
    """A study of a plan; raises `InputError` before anything runs.

    ``names`` are words by language for parameter paths that are no levers.
    """
    check_installed()
    study = Study(plan, outcome, month, method, size, names or {})
    faults = []
    if not study.factors:
        accepted = "factors with a range (low and high)"
        faults.append(Fault(COMMAND_LINE, "factors", "none with a range", accepted))
    fixed = [factor.name for factor in plan.factors if not factor.is_sampled]
    if fixed:
        accepted = "factors with a range; values of a list have no low and high end"
        faults.append(Fault(COMMAND_LINE, "factors", f"a list of values: {fixed[0]}", accepted))
    if len(plan.names) > 2:
        found = f"{len(plan.names)} scenarios"
        accepted = "one scenario, or two whose difference is studied"
        faults.append(Fault(COMMAND_LINE, "scenarios", found, accepted))
    if not plan.is_paired:
        accepted = "a plan whose points share people and luck (paired: true)"
        faults.append(Fault(COMMAND_LINE, "paired", "false", accepted))
    reference = plan.experiment.reference
    if month != ALL and not f"{reference.start:%Y-%m}" <= month < f"{reference.end:%Y-%m}":
        accepted = f"a month of the plan, from {reference.start:%Y-%m} on and before "
        accepted += f"{reference.end:%Y-%m}"
        faults.append(Fault(COMMAND_LINE, "--by", month, accepted))
    if not faults and study.runs.runs > MOST_RUNS:
        size_asked = study.runs
        found = f"{size_asked}, {size_asked.lasting(os.cpu_count() or 1)}"
        faults.append(Fault(COMMAND_LINE, "", found, f"at most {MOST_RUNS:,} runs"))
    if faults:
        raise InputError(faults)
    generator = np.random.default_rng(plan.experiment.seed)
    for point in (generator.random((CHECKED, len(study.factors))) > 0.5).astype(np.float64):
        plan.scenario(0, study.setting(point), None)  # type: ignore[arg-type]
    return study


def label_of(study: Study, factor: Factor, language: str) -> str:
    """The name of a factor: that of its lever, else what it is called here, else its path."""
    base = study.plan.experiment.reference.base
    path = factor.paths[0]
    if path in study.names:
        return study.names[path][language]
    for lever in levers(base):
        if lever.path == path:
            place = lever.territory and base.label_text("territories", lever.territory, language)
            return f"{lever.label[language]}{f' ({place})' if place else ''}"
    return path


def run_study(
    study: Study,
    *,
    workers: int | None = None,
    cancel: threading.Event | None = None,
    on_run: Callable[[int], None] | None = None,
) -> Sensitivity:
    """Run the whole design; raises ``Cancelled``, and `InputError` without a value."""
    runner = _Runner(study, cancel or threading.Event())

    def evaluate(points: NDArray[np.float64]) -> NDArray[np.float64]:
        count = study.plan.experiment.replications
        found = np.empty((len(points), count))
        cases = [(point, number) for number in range(count) for point in range(len(points))]
        with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
            first = cases[0]
            found[first] = runner.value(points[first[0]], first[1])
            values = pool.map(lambda case: runner.value(points[case[0]], case[1]), cases[1:])
            for case, value in zip(cases[1:], values, strict=True):
                found[case] = value
                if on_run is not None:
                    on_run(len(study.plan.names))
        return found

    search = screen if study.method == "morris" else decompose
    return search(evaluate, len(study.factors), study.size, study.plan.experiment.seed)


class _Runner:
    """Runs one point under one seed; each thread keeps its last starting populations."""

    def __init__(self, study: Study, cancel: threading.Event) -> None:
        self._study = study
        self._cancel = cancel
        self._of_thread = threading.local()

    def value(self, point: NDArray[np.float64], number: int) -> float:
        """The outcome, or its difference between two scenarios."""
        plan, outcome = self._study.plan, self._study.outcome
        if not hasattr(self._of_thread, "people"):
            self._of_thread.people = People(2 * len(plan.names))
        setting = self._study.setting(point)
        seed = plan.experiment.seeds[number]
        values = []
        for position in range(len(plan.names)):
            if self._cancel.is_set():
                raise Cancelled(plan.names[position])
            scenario = plan.scenario(position, setting, None)  # type: ignore[arg-type]
            start = self._of_thread.people.of(run_plan_of(scenario), seed)
            result = run_plan(
                run_plan_of(scenario), seed, start=start, should_stop=self._cancel.is_set
            )
            found = outcomes_of(result.ledger, timeline_of(scenario), plan.since)
            values.append(found.one(outcome.definition.name, outcome.territory, self._study.month))
        return values[-1] - values[0] if len(values) > 1 else values[0]
