"""A sensitivity study: a plan whose factors have ranges, and one outcome of it.

Levers are moved from the first day of the run on; uncertainties hold in the starting population
too. With two scenarios the outcome is the paired difference of the second one to the first.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.batch.factors import Factor
from sim.batch.plan import BatchPlan
from sim.engine.journey import Cancelled
from sim.errors import Fault, InputError
from sim.experiments.jobs import People, outcomes_under
from sim.experiments.size import Size, memory_of_tasks, seconds_of_longest_run, seconds_of_task
from sim.experiments.threads import in_threads
from sim.outcomes.table import ALL
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
class SensitivityStudy:
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
) -> SensitivityStudy:
    """A study of a plan; raises `InputError` before anything runs.

    ``names`` are words by language for parameter paths that are no levers.
    """
    check_installed()
    study = SensitivityStudy(plan, outcome, month, method, size, names or {})
    faults = []
    if not study.factors:
        accepted = "factors with a range (low and high)"
        faults.append(Fault(COMMAND_LINE, "factors", "none with a range", accepted))
    fixed = [factor for factor in plan.factors if not factor.is_sampled]
    if fixed:
        accepted = "factors with a range; single values have no low and high end"
        found = f"a list of values: {fixed[0].name}"
        if fixed[0].points:
            found = f"points of a file: {fixed[0].name}"
        faults.append(Fault(COMMAND_LINE, "factors", found, accepted))
    if len(plan.names) > 2:
        found = f"{len(plan.names)} scenarios"
        accepted = "one scenario, or two whose difference is studied"
        faults.append(Fault(COMMAND_LINE, "scenarios", found, accepted))
    if not plan.is_paired:
        accepted = "a plan whose points share people and luck (paired: true)"
        faults.append(Fault(COMMAND_LINE, "paired", "false", accepted))
    reference = plan.experiment.reference
    if month != ALL and not f"{reference.start:%Y-%m}" <= month < f"{reference.end:%Y-%m}":
        accepted = (
            f"a month of the plan, from {reference.start:%Y-%m} on and before {reference.end:%Y-%m}"
        )
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


def label_of(study: SensitivityStudy, factor: Factor, language: str) -> str:
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
    study: SensitivityStudy,
    *,
    workers: int | None = None,
    cancel: threading.Event | None = None,
    on_run: Callable[[int], None] | None = None,
) -> Sensitivity:
    """Run the whole design; raises ``Cancelled``, and `InputError` without a value."""
    stop = cancel or threading.Event()
    people = _people_of(study, workers)

    def evaluate(points: NDArray[np.float64]) -> NDArray[np.float64]:
        numbers = range(study.plan.experiment.replications)
        found = np.empty((len(points), len(numbers)))

        def value(case: tuple[int, int]) -> float:
            return _value(study, points[case[0]], case[1], people, stop)

        def keep(case: tuple[int, int], value: float) -> None:
            found[case] = value
            if on_run is not None:
                on_run(len(study.plan.names))

        cases = [(point, number) for number in numbers for point in range(len(points))]
        if not in_threads(value, cases, keep, workers=workers, cancel=stop):
            raise Cancelled(study.plan.names[0])
        return found

    search = screen if study.method == "morris" else decompose
    return search(evaluate, len(study.factors), study.size, study.plan.experiment.seed)


def _people_of(study: SensitivityStudy, workers: int | None) -> People:
    """Starting populations of the points under a seed, in memory only: there are too many."""
    threads = workers or os.cpu_count() or 1
    return People(2 * len(study.plan.names) * threads, on_disk=False)


def _value(
    study: SensitivityStudy,
    point: NDArray[np.float64],
    number: int,
    people: People,
    cancel: threading.Event,
) -> float:
    """The outcome of a point under one seed, or its difference between two scenarios."""
    plan, outcome, setting = study.plan, study.outcome, study.setting(point)
    scenarios = [
        plan.scenario(position, setting, None)  # type: ignore[arg-type]
        for position in range(len(plan.names))
    ]
    seed = plan.experiment.seeds[number]
    values = [
        found.one(outcome.definition.name, outcome.territory, study.month)
        for found in outcomes_under(seed, scenarios, plan.since, people, should_stop=cancel.is_set)
    ]
    return values[-1] - values[0] if len(values) > 1 else values[0]
