"""The same scenarios without the effects taken from literature: what then is left of an effect.

The reference and every scenario run again under the first seeds, with the effects of literature
at their neutral value from the first day on. People, staff, queues and minutes stay: what is left
of a difference does not rest on literature.
"""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import NDArray

from sim.engine.run import RunResult
from sim.experiments.experiment import Experiment, timeline_of
from sim.experiments.runner import run_experiment
from sim.outcomes import outcomes_of
from sim.parameters import Parameters
from sim.policy import Scenario

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


def whole_without(experiment: Experiment, cancel: threading.Event) -> Numbers | None:
    """Whole-period outcomes by (scenario, replication, outcome, territory); None if cancelled."""
    neutral = neutral_effects(experiment.reference.base)
    scenarios = tuple(scenario.with_changes(neutral) for scenario in experiment.scenarios)
    count = min(REPLICATIONS, experiment.replications)
    found: dict[tuple[int, int], Numbers] = {}
    lock = threading.Lock()

    def hear(scenario: Scenario, result: RunResult) -> None:
        outcomes = outcomes_of(result.ledger, timeline_of(scenario), experiment.since)
        with lock:
            found[id(scenario), result.seed] = outcomes.whole[..., 0]

    again = Experiment(scenarios, experiment.seed, count)
    results = run_experiment(again, on_run=hear, cancel=cancel)
    if results.is_cancelled:
        return None
    return np.array([[found[id(scenario), seed] for seed in again.seeds] for scenario in scenarios])
