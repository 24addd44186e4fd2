"""The same scenarios without the effects taken from literature: what then is left of an effect.

The reference and every scenario run again under the first seeds, with the effects of literature
at their neutral value from the first day on. People, staff, queues and minutes stay: what is left
of a difference does not rest on literature.
"""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from sim.experiments.experiment import Experiment, timeline_of
from sim.experiments.kept_runs import KeptRuns
from sim.experiments.runner import ScenarioRun, run_experiment
from sim.outcomes import outcomes_of
from sim.parameters import Parameters

REPLICATIONS = 3
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


def without_literature(experiment: Experiment) -> Experiment:
    """The first replications of an experiment with the effects of literature at neutral values."""
    neutral = neutral_effects(experiment.reference.base)
    scenarios = tuple(scenario.with_changes(neutral) for scenario in experiment.scenarios)
    count = min(REPLICATIONS, experiment.replications)
    return Experiment(scenarios, experiment.seed, count, experiment.draws)
