"""Runs an experiment in threads: one task is one seed, with every scenario in it.

The compiled walker releases the lock of the interpreter, so threads run side by side and share
the compiled code and the parameters. Results do not depend on the number of threads.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from sim.engine.journey import Cancelled
from sim.engine.past import Past
from sim.engine.run import run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import build_population, starting_population
from sim.engine.state import State
from sim.events import EventLog
from sim.experiments.books import Books
from sim.experiments.experiment import Experiment, parting, run_plan_of, timeline_of
from sim.experiments.kept_runs import KeptRuns
from sim.outcomes.table import ALL, Outcomes, outcomes_of
from sim.policy import Scenario

POLL_SECONDS = 0.1
WARM_UP_SHARE = 0.005
TURN_SECONDS = 0.0005
"""For how long a thread may keep the interpreter while another one waits for it.

Compiled days end every few hundredths of a second and need it for less than a thousandth.
"""


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


@dataclass(frozen=True)
class Results:
    """Finished replications, in order of their number."""

    experiment: Experiment
    replications: tuple[Replication, ...]
    is_cancelled: bool
    seconds: float

    @property
    def seeds(self) -> tuple[int, ...]:
        """Seeds of the finished replications."""
        return tuple(replication.seed for replication in self.replications)

    def period(self, outcome: str, month: str) -> str:
        """What a number of an outcome covers: its month, or what "all" stands for."""
        if month != ALL:
            return month
        return self.replications[0].outcomes[0].period(outcome)


@contextmanager
def _short_turns() -> Iterator[None]:
    """Have threads hand over the interpreter soon while runs are made."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


@_short_turns()
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
    work = _Work(
        experiment, is_logging, None if is_logging else kept, on_run, cancel or threading.Event()
    )
    finished: list[Replication] = []
    pool = ThreadPoolExecutor(max_workers=workers or os.cpu_count() or 1)
    try:
        pending: set[Future[Replication | None]] = {pool.submit(work.warm_up)}
        is_warm = False
        while pending and not work.cancel.is_set():
            done, pending = wait(pending, POLL_SECONDS, FIRST_COMPLETED)
            for future in sorted(done, key=id):
                replication = future.result()
                if replication is not None:
                    if on_finished is not None:
                        on_finished(replication)
                    finished.append(_without_logs(replication))
            if done and not is_warm:
                is_warm = True
                pending = {pool.submit(work.replicate, n) for n in range(experiment.replications)}
            if on_progress is not None:
                on_progress(work.progress(is_warm, len(finished)))
    finally:
        # Whatever ends the loop early also ends the runs, each between two of its days.
        is_complete = len(finished) == experiment.replications
        if not is_complete:
            work.cancel.set()
        pool.shutdown(wait=is_complete, cancel_futures=True)
    return Results(
        experiment=experiment,
        replications=tuple(sorted(finished, key=lambda replication: replication.number)),
        is_cancelled=not is_complete,
        seconds=time.monotonic() - began,
    )


@dataclass
class _Shared:
    """What the runs of one replication share: starting populations, the days before they part."""

    parting: date | None
    starts: dict[str, State] = field(default_factory=dict)
    past: Past | None = None


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
        self._steps_done = 0
        self._lock = threading.Lock()
        bases = {_people_key(run_plan_of(scenario)) for scenario in experiment.scenarios}
        self._steps_of_one = len(bases) + len(experiment.scenarios)

    def progress(self, is_warm: bool, replications_done: int) -> Progress:
        """A snapshot for the screen."""
        stage = "simulating" if is_warm else "preparing (the first time compiles the model)"
        steps = self.experiment.replications * self._steps_of_one
        with self._lock:
            return Progress(stage, self._steps_done, steps, replications_done)

    def warm_up(self) -> None:
        """Compile or load the kernels once, before several threads want them."""
        reference = self.experiment.reference
        small = reference.scaled(min(1.0, WARM_UP_SHARE / reference.share)).with_months(1)
        plan = run_plan_of(small)
        start = build_population(plan, self.experiment.seed)
        run_plan(plan, self.experiment.seed, start=start)

    def replicate(self, number: int) -> Replication | None:
        """Every scenario under one seed; None when cancelled on the way."""
        seed = self.experiment.seeds[number]
        scenarios = self.experiment.scenarios_of(number)
        plans = [run_plan_of(scenario) for scenario in scenarios]
        # A log is written from the first day on.
        shared = _Shared(None if self._is_logging else parting(plans))
        outcomes: list[Outcomes] = []
        logs: list[EventLog] = []
        seconds = 0.0
        try:
            for position, (scenario, plan) in enumerate(zip(scenarios, plans, strict=True)):
                self._check()
                books = None if self._kept is None else self._kept.find(plan, seed)
                if books is None:
                    books, log = self._made(plan, seed, shared)
                    logs += [] if log is None else [log]
                seconds += books.cpu_seconds
                if self._on_run is not None:
                    self._on_run(ScenarioRun(position, number, scenario, books))
                outcomes.append(
                    outcomes_of(books.ledger, timeline_of(scenario), self.experiment.since)
                )
                self._step()
        except Cancelled:
            return None
        # Populations that kept runs made unnecessary are done as well.
        self._step(self._steps_of_one - len(shared.starts) - len(outcomes))
        return Replication(number, seed, tuple(outcomes), tuple(logs), seconds)

    def _made(self, plan: RunPlan, seed: int, shared: _Shared) -> tuple[Books, EventLog | None]:
        """A run from where it leaves the others, or else from its starting population."""
        past = self._past(plan, seed, shared)
        result = run_plan(
            plan,
            seed,
            start=self._start(plan, seed, shared) if past is None else None,
            past=past,
            stop_over=shared.parting if past is None else None,
            is_logging=self._is_logging,
            should_stop=self.cancel.is_set,
        )
        books = Books.of(result)
        if self._kept is not None:
            self._kept.keep(books)
        if result.past is not None:
            self._keep_past(plan, seed, shared, result.past)
        return books, result.log

    def _start(self, plan: RunPlan, seed: int, shared: _Shared) -> State:
        """The starting population, which the scenarios of a replication share."""
        key = _people_key(plan)
        if key not in shared.starts:
            shared.starts[key] = starting_population(plan, seed)
            self._step()
        self._check()
        return shared.starts[key]

    def _past(self, plan: RunPlan, seed: int, shared: _Shared) -> Past | None:
        """The days before the scenarios part, if they were lived already."""
        if shared.past is None and self._kept is not None and shared.parting is not None:
            shared.past = self._kept.pasts.find(plan, seed, shared.parting)
        return shared.past

    def _keep_past(self, plan: RunPlan, seed: int, shared: _Shared, past: Past) -> None:
        """Have the other scenarios of the replication, and later ones, begin after it."""
        shared.past = past
        if self._kept is not None and shared.parting is not None:
            self._kept.pasts.keep(plan, seed, shared.parting, past)

    def _check(self) -> None:
        if self.cancel.is_set():
            raise Cancelled(self.experiment.reference.name)

    def _step(self, count: int = 1) -> None:
        with self._lock:
            self._steps_done += count


def _people_key(plan: RunPlan) -> str:
    """Plans with the same key start from the same people."""
    return f"{plan.base.fingerprint()} {plan.start}"


def _without_logs(replication: Replication) -> Replication:
    return Replication(
        replication.number, replication.seed, replication.outcomes, (), replication.cpu_seconds
    )
