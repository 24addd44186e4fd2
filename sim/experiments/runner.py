"""Runs an experiment in threads: one task is one seed, with every scenario in it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sim.events import EventLog
from sim.experiments.books import Books
from sim.experiments.experiment import Experiment, run_plan_of
from sim.experiments.jobs import BesideReference, Job, books_of, people_key, warm_up
from sim.experiments.kept_runs import KeptRuns, name_of_run
from sim.experiments.threads import in_threads
from sim.outcomes.table import ALL, Outcomes
from sim.policy import Scenario


@dataclass(frozen=True)
class Progress:
    """How far an experiment is; a step is a starting population or one run of a scenario."""

    stage: str
    steps_done: int
    steps: int
    replications_done: int


@dataclass(frozen=True, eq=False)
class ScenarioRun:
    """One run of one scenario, as `run_experiment` tells it.

    ``position`` is that of the scenario in the experiment; ``scenario`` is what was run: the same
    under the parameters of the replication's draw, where the experiment has draws.
    """

    position: int
    replication: int
    scenario: Scenario
    books: Books


@dataclass(frozen=True)
class Replication:
    """Every scenario under one seed; logs only when asked."""

    number: int
    seed: int
    outcomes: tuple[Outcomes, ...]
    logs: tuple[EventLog, ...]
    cpu_seconds: float

    def __repr__(self) -> str:
        """One line: which one, and whether its logs are there."""
        logs = f", {sum(map(len, self.logs)):,} records" if self.logs else ""
        return f"Replication({self.number}, seed {self.seed}, {len(self.outcomes)} runs{logs})"


@dataclass(frozen=True)
class Results:
    """Finished replications, in order of their number."""

    experiment: Experiment
    replications: tuple[Replication, ...]
    is_cancelled: bool
    seconds: float

    def __repr__(self) -> str:
        """One line: what was run, and how much of it."""
        done = f"{len(self.replications)} of {self.experiment.replications} replications"
        state = ", cancelled" if self.is_cancelled else ""
        return f"Results({self.experiment!r}: {done}{state}, {self.seconds:.1f} s)"

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seeds of the finished replications."""
        return tuple(replication.seed for replication in self.replications)

    @property
    def outcomes(self) -> tuple[tuple[Outcomes, ...], ...]:
        """Those of every run, by scenario and replication."""
        return tuple(zip(*(one.outcomes for one in self.replications), strict=True))

    @property
    def drawn(self) -> tuple[Mapping[str, float], ...]:
        """The parameter values of the draw of every replication; none without draws."""
        draws = self.experiment.draws
        if draws is None:
            return ()
        return tuple(draws.values_of(one.number % len(draws)) for one in self.replications)

    def period(self, outcome: str, month: str) -> str:
        """What a number of an outcome covers: its month, or what "all" stands for."""
        if month != ALL:
            return month
        return self.replications[0].outcomes[0].period(outcome)


def run_experiment(
    experiment: Experiment,
    *,
    workers: int | None = None,
    is_logging: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    on_finished: Callable[[Replication], None] | None = None,
    on_run: Callable[[ScenarioRun], None] | None = None,
    cancel: threading.Event | None = None,
    kept: KeptRuns | None = None,
) -> Results:
    """Run every replication; the first two callbacks are called from the calling thread.

    ``on_run`` is called from the thread of each run with what the run leaves.
    ``workers`` is the number of threads (default: that of processors). With ``is_logging`` the
    full logs are handed to ``on_finished`` and not kept. When ``cancel`` is set, replications
    that are finished stay, the others are dropped.

    With ``kept``, runs found there are read instead of made, and those made are kept there: the
    results are the same. Books that were read have no last state: who needs it gives no ``kept``.
    Runs with logs are made in any case.
    """
    began = time.monotonic()
    work = _Work(experiment, is_logging, kept, on_run, cancel or threading.Event())
    finished: list[Replication] = []

    def keep(_: int, replication: Replication) -> None:
        if on_finished is not None:
            on_finished(replication)
        finished.append(replace(replication, logs=()))

    def report() -> None:
        if on_progress is not None:
            on_progress(work.progress(len(finished)))

    is_complete = in_threads(
        work.replicate,
        range(experiment.replications),
        keep,
        workers=workers,
        cancel=work.cancel,
        warm_up=work.warm_up,
        on_wait=report,
    )
    return Results(
        experiment=experiment,
        replications=tuple(sorted(finished, key=lambda replication: replication.number)),
        is_cancelled=not is_complete,
        seconds=time.monotonic() - began,
    )


class _Work:
    """What the threads do and how far they are."""

    def __init__(
        self,
        experiment: Experiment,
        is_logging: bool,
        kept: KeptRuns | None,
        on_run: Callable[[ScenarioRun], None] | None,
        cancel: threading.Event,
    ) -> None:
        self.experiment = experiment
        self.cancel = cancel
        self._is_logging = is_logging
        self._kept = kept
        self._on_run = on_run
        self._is_warm = False
        self._steps = [0] * experiment.replications
        bases = len({people_key(run_plan_of(scenario)) for scenario in experiment.scenarios})
        self._steps_of_one = bases + len(experiment.scenarios)

    def progress(self, replications_done: int) -> Progress:
        """A snapshot for the screen."""
        stage = "simulating" if self._is_warm else "preparing"
        steps = self.experiment.replications * self._steps_of_one
        return Progress(stage, sum(self._steps), steps, replications_done)

    def warm_up(self) -> None:
        """Compile or load the kernels once, before several threads want them; not to read alone."""
        if not self._are_all_kept():
            warm_up(self.experiment.reference, self.experiment.seed)
        self._is_warm = True

    def _are_all_kept(self) -> bool:
        """Whether every run is there to be read."""
        if self._kept is None or self._is_logging:
            return False
        numbered = enumerate(self.experiment.seeds)
        runs = (
            name_of_run(run_plan_of(scenario), seed)
            for number, seed in numbered
            for scenario in self.experiment.scenarios_of(number)
        )
        return all(map(self._kept.has, runs))

    def replicate(self, number: int) -> Replication:
        """Every scenario under one seed; raises ``Cancelled`` when cancelled on the way."""
        seed = self.experiment.seeds[number]
        scenarios = self.experiment.scenarios_of(number)
        jobs = [Job(run_plan_of(scenario), seed) for scenario in scenarios]
        found = books_of(
            jobs,
            should_stop=self.cancel.is_set,
            kept=self._kept,
            is_logging=self._is_logging,
            on_people=lambda: self._step(number),
        )
        beside = BesideReference(self.experiment.since)
        outcomes: list[Outcomes] = []
        logs: list[EventLog] = []
        seconds = 0.0
        for position, (scenario, books) in enumerate(zip(scenarios, found, strict=True)):
            seconds += books.cpu_seconds
            logs += [] if books.log is None else [books.log]
            if self._on_run is not None:
                self._on_run(ScenarioRun(position, number, scenario, books))
            outcomes.append(beside.outcomes(scenario, books))
            self._step(number)
        # Populations that kept runs made unnecessary are done as well.
        self._steps[number] = self._steps_of_one
        return Replication(number, seed, tuple(outcomes), tuple(logs), seconds)

    def _step(self, number: int) -> None:
        self._steps[number] += 1
