"""What a full run keeps beside the outcomes: money, flows, statistics of the last day."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.experiments.experiment import Experiment
from sim.experiments.runner import ScenarioRun
from sim.money.priced_runs import PricedRun, priced_run
from sim.vocabulary import Record
from ui.work.priced import upratings_of

Numbers = NDArray[np.float64]
OBSERVED_RUNS = 2
"""The statistics of the last day are read on the first replications of the reference."""
PUBLISHED_ROWS = {
    "annual_exit_rate": "F0172",
    "annual_entry_rate": "F0192",
    "paid_every_month": "F0228",
    "worked_in_the_next_year": "F0205",
    "salaried_a_year_later": "F0216",
    "in_job_share": "F0204",
}
"""The published figure that each statistic is laid beside."""


@dataclass
class Extras:
    """Heard from the threads of the runs; means over the runs heard."""

    experiment: Experiment
    runs: list[int] = field(init=False)
    oriented: Numbers = field(init=False)
    switched: Numbers = field(init=False)
    started: Numbers = field(init=False)
    observed: dict[str, list[float]] = field(default_factory=dict)
    priced: dict[tuple[int, int], PricedRun] = field(default_factory=dict)
    """The money of each (scenario, seed)."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        base = self.experiment.reference.base
        places = 1 + len(base.labels("territories"))
        self._upratings = upratings_of(self.experiment)
        ways, count = len(base.labels("pathways")), len(self.experiment.scenarios)
        self.runs = [0] * count
        self.oriented = np.zeros((count, places, ways))
        self.switched = np.zeros((count, places, ways, ways))
        self.started = np.zeros((count, places, ways))

    def hear(self, run: ScenarioRun) -> None:
        """Add one run."""
        position, books = run.position, run.books
        flows = books.ledger.flows[..., 0][:, self.experiment.since :].sum(axis=1)
        ways = self.oriented.shape[-1]
        oriented = flows[Record.ORIENTED].sum(axis=-1)[:, 1:]
        started = flows[Record.SUPPORT_STARTED].sum(axis=-1)[:, 1:]
        switched = flows[Record.PATHWAY_SWITCHED][:, 1:, :ways]
        priced = priced_run(run.scenario, books, self._upratings, self.experiment.since)
        with self._lock:
            self.priced[position, books.seed] = priced
            self.oriented[position] += _with_all(oriented)
            self.started[position] += _with_all(started)
            self.switched[position] += _with_all(switched)
            self.runs[position] += 1
        if position == 0 and run.replication < OBSERVED_RUNS:
            found = books.statistics
            with self._lock:
                for name, value in found.items():
                    self.observed.setdefault(name, []).append(value)

    def money(self, seeds: tuple[int, ...]) -> list[list[PricedRun]]:
        """The money by scenario and replication."""
        arms = range(len(self.runs))
        return [[self.priced[arm, seed] for seed in seeds] for arm in arms]

    def mean(self, name: str) -> Numbers:
        """The mean over runs of one of the flows."""
        total: Numbers = getattr(self, name)
        counts = np.maximum(np.array(self.runs, dtype=np.float64), 1.0)
        shape = (-1, *[1] * (total.ndim - 1))
        mean: Numbers = total / counts.reshape(shape)
        return mean


def _with_all(counts: NDArray[np.int64]) -> Numbers:
    """The counts by territory with their total first."""
    whole = np.concatenate([counts.sum(axis=0, keepdims=True), counts])
    found: Numbers = whole.astype(np.float64)
    return found
