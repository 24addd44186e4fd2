"""Simulated results for the pages: one door to the experiments, and what was already run."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.experiments.comparison import estimate
from sim.experiments.experiment import Experiment
from sim.experiments.runner import Progress, Results, run_experiment
from sim.outcomes import Outcomes
from sim.policy import Scenario

SEED = 1
RESULTS_KEPT = 60
Numbers = NDArray[np.float64]
Report = Callable[[int, int], None]
"""Hears how many steps are done, and of how many."""


@dataclass(frozen=True)
class Replications:
    """One scenario under several seeds."""

    outcomes: tuple[Outcomes, ...]

    def values(self, outcome: str, place: str) -> Numbers:
        """By (replication, month), NaN where the outcome has no value."""
        axes = self.outcomes[0].axes
        row, column = axes.outcomes.index(outcome), axes.territories.index(place)
        return np.stack([one.values[row, :, column, 0] for one in self.outcomes])


@dataclass(frozen=True)
class Comparison:
    """One outcome of one place, by month, in the reference and in the scenario.

    ``spread`` arrays are (low, high) over replications; the interval of the difference is that of
    its mean under repeated seeds, NaN with fewer than two replications.
    """

    months: tuple[str, ...]
    reference: Numbers
    value: Numbers
    reference_spread: tuple[Numbers, Numbers]
    value_spread: tuple[Numbers, Numbers]
    difference: Numbers
    low: Numbers
    high: Numbers

    @property
    def last(self) -> int | None:
        """Index of the last month with a value; None when there is none."""
        known = np.flatnonzero(~np.isnan(self.difference))
        return int(known[-1]) if len(known) else None


class ResultStore:
    """Results by (scenario fingerprint, replications): what was run is not run again."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], Replications] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, scenario: Scenario, replications: int, report: Report) -> Replications:
        """The replications of a scenario; ``report`` hears how far they are."""
        key = (scenario.fingerprint(), replications)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = simulate(scenario, replications, report)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > RESULTS_KEPT:
                self._kept.popitem(last=False)
        return found


def simulate(scenario: Scenario, replications: int, report: Report) -> Replications:
    """Run one scenario under the seeds that every scenario shares."""

    def heard(progress: Progress) -> None:
        report(progress.steps_done, progress.steps)

    results: Results = run_experiment(
        Experiment((scenario,), seed=SEED, replications=replications), on_progress=heard
    )
    return Replications(tuple(each.outcomes[0] for each in results.replications))


def compared(before: Replications, after: Replications, outcome: str, place: str) -> Comparison:
    """Paired by seed, month by month; the eve of the run is left out."""
    axes = before.outcomes[0].axes
    first, second = before.values(outcome, place)[:, 1:], after.values(outcome, place)[:, 1:]
    found = estimate(first, second)
    return Comparison(
        months=axes.months[1:],
        reference=found.reference,
        value=found.value,
        reference_spread=(first.min(axis=0), first.max(axis=0)),
        value_spread=(second.min(axis=0), second.max(axis=0)),
        difference=found.difference,
        low=found.low,
        high=found.high,
    )
