"""How many seeds a plan needs: its scenarios run until the precision that it asks for is met."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from sim.batch.plan import BatchPlan
from sim.errors import InputError
from sim.experiments.experiment import Experiment
from sim.experiments.runner import Progress
from sim.search.precision import Precision, Stop, read_precision, run_to_precision


def precision_of(plan: BatchPlan) -> Precision | None:
    """The precision that a plan asks for, None for a fixed number; raises `InputError`."""
    if plan.precision is None:
        return None
    try:
        return read_precision(plan.precision, plan.experiment.reference.base)
    except InputError as error:
        raise InputError(
            replace(fault, file=plan.name, field="seeds.precision") for fault in error.faults
        ) from None


def with_enough_seeds(
    plan: BatchPlan,
    *,
    workers: int | None = None,
    cancel: threading.Event | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> tuple[BatchPlan, Stop | None]:
    """The plan with as many seeds as its precision needs, at most its own; and why.

    The scenarios are run under the first setting and the first draw: the number depends on the
    plan alone, so that slices and a resumed batch agree on it. Raises `InputError`.
    """
    precision = precision_of(plan)
    if precision is None:
        return plan, None
    draw = plan.draw_numbers[0]
    scenarios = tuple(
        plan.scenario(position, plan.settings[0], draw) for position in range(len(plan.names))
    )
    trial = Experiment(scenarios, plan.experiment.seed, plan.experiment.replications)
    results, stop = run_to_precision(
        trial, precision, workers=workers, cancel=cancel, on_progress=on_progress
    )
    count = max(1, results.experiment.replications)
    return replace(plan, experiment=replace(plan.experiment, replications=count)), stop
