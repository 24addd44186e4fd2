"""What rests on literature: the same scenarios without the effects taken from studies.

The reference and every scenario run again under the first seeds and the same draws, with the
effects of literature at their neutral value from the first day on. People, staff, queues and
minutes stay: what is left of a difference does not rest on literature.
"""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.experiments.experiment import Experiment, timeline_of
from sim.experiments.intervals import interval_of
from sim.experiments.kept_runs import KeptRuns
from sim.experiments.runner import ScenarioRun, run_experiment
from sim.outcomes.definitions import outcome_definition
from sim.outcomes.table import outcomes_of
from sim.parameters import Parameters

REPLICATIONS = 3
MEASURED = "jobs_started"
"""The outcome whose part is told where there is one number alone."""
GROUP = "effects."
LITERATURE = "literature"
NEUTRAL = {"relative_change": 0.0, "factor": 1.0}
"""By unit: a relative change that changes nothing, a factor of one."""
Numbers = NDArray[np.float64]


def neutral_effects(parameters: Parameters) -> dict[str, object]:
    """Every effect that rests on literature, at the value at which it has none."""
    return {
        path: NEUTRAL[entry.unit]
        for path in parameters.paths()
        if path.startswith(GROUP)
        and (entry := parameters.entry(path)).kind == LITERATURE
        and entry.unit in NEUTRAL
    }


def without_literature(experiment: Experiment) -> Experiment:
    """The first replications of an experiment with the effects of literature at neutral values."""
    neutral = neutral_effects(experiment.reference.base)
    scenarios = tuple(scenario.with_changes(neutral) for scenario in experiment.scenarios)
    count = min(REPLICATIONS, experiment.replications)
    return replace(experiment, scenarios=scenarios, replications=count)


def part_on_literature(outcome: str, gains: Numbers, left: Numbers) -> float | None:
    """The part of a gain that goes with the effects of literature, between 0 and 1.

    ``gains`` are paired differences of an outcome by replication, ``left`` those of the first of
    them without these effects. None where the gain may be zero, or is another way in those first
    ones.
    """
    first = gains[: len(left)]
    if not len(left) or np.isnan(first).any() or np.isnan(left).any():
        return None
    ends = interval_of(gains, outcome_definition(outcome).fewest_replications)
    if not ends.is_clear or first.mean() * np.nanmean(gains) <= 0.0:
        return None
    return float(np.clip(1.0 - left.mean() / first.mean(), 0.0, 1.0))


def whole_without(
    experiment: Experiment, cancel: threading.Event, kept: KeptRuns | None = None
) -> Numbers | None:
    """Whole-period outcomes by (scenario, replication, outcome, territory); None if cancelled.

    ``kept`` are runs that need not be made again.
    """
    found: dict[tuple[int, int], Numbers] = {}
    lock = threading.Lock()

    def hear(run: ScenarioRun) -> None:
        timeline = timeline_of(run.scenario)
        outcomes = outcomes_of(run.books.ledger, timeline, experiment.since)
        with lock:
            found[run.position, run.replication] = outcomes.whole[..., 0]

    again = without_literature(experiment)
    results = run_experiment(again, on_run=hear, cancel=cancel, kept=kept)
    if results.is_cancelled:
        return None
    arms, count = range(len(again.scenarios)), again.replications
    return np.array([[found[arm, number] for number in range(count)] for arm in arms])
