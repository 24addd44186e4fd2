"""Runs a plan into a store: chunk after chunk, each written as soon as it is whole."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sim.batch.catalogue import write_catalogue
from sim.batch.chunks import Chunk, chunks_of, slice_of
from sim.batch.crew import Crew, MakeCrew, ThreadCrew
from sim.batch.plan import BatchPlan
from sim.batch.store import Store
from sim.batch.work import Failure
from sim.engine.journey import Cancelled
from sim.errors import Fault, InputError

POLL_SECONDS = 0.1
LOOK_AGAIN_SECONDS = 0.5
"""Between two looks at a chunk that another process works on."""


@dataclass(frozen=True)
class BatchProgress:
    """How far a batch is, in tasks; those that were there at the start count as done."""

    stage: str
    tasks_done: int
    tasks: int
    failures: int


@dataclass(frozen=True)
class BatchEnd:
    """How a batch ended."""

    label: str
    tasks: int
    tasks_found: int
    tasks_done: int
    failures: tuple[Failure, ...]
    is_cancelled: bool
    seconds: float
    cpu_seconds: float
    """Of the tasks alone, wherever they ran."""


@dataclass
class _State:
    """What is left, in whose hands it is, and what came back."""

    waiting: deque[Chunk]
    elsewhere: deque[Chunk] = field(default_factory=deque)
    """Chunks that another process has claimed."""
    handed: int = 0
    tasks_done: int = 0
    cpu_seconds: float = 0.0
    failures: list[Failure] = field(default_factory=list)


def run_batch(
    plan: BatchPlan,
    store: Store,
    *,
    workers: int | None = None,
    part: tuple[int, int] = (1, 1),
    is_resuming: bool = False,
    make_crew: MakeCrew | None = None,
    on_progress: Callable[[BatchProgress], None] | None = None,
    cancel: threading.Event | None = None,
) -> BatchEnd:
    """Run what is not in the store yet, and say how it ended.

    ``part`` is a slice of the plan (number from 1, how many). ``make_crew`` brings workers of
    another kind than threads. Raises `InputError` when some results are there, not all, and
    ``is_resuming`` is not said, and OSError when nothing can be written; what is written stays.
    """
    began = time.monotonic()
    store.check()
    stop = cancel or threading.Event()
    mine = slice_of(chunks_of(plan), *part)
    missing = [chunk for chunk in mine if not store.is_done(plan.label, chunk)]
    found = sum(map(len, mine)) - sum(map(len, missing))
    if missing and not is_resuming and any(store.record(plan.label, chunk.name) for chunk in mine):
        raise InputError([_already_there(plan, store, found, sum(map(len, mine)))])
    write_catalogue(plan, store)
    work = _Work(plan, store, missing, sum(map(len, mine)), found, on_progress)
    try:
        if missing:
            work.run(make_crew or _threads(workers), stop)
    finally:
        store.clear_remains(plan.label)
    return BatchEnd(
        label=plan.label,
        tasks=sum(map(len, mine)),
        tasks_found=found,
        tasks_done=found + work.state.tasks_done,
        failures=tuple(work.state.failures),
        is_cancelled=stop.is_set(),
        seconds=time.monotonic() - began,
        cpu_seconds=work.state.cpu_seconds,
    )


def _threads(workers: int | None) -> MakeCrew:
    return lambda plan, cancel, on_task: ThreadCrew(plan, workers, cancel, on_task)


def _already_there(plan: BatchPlan, store: Store, found: int, tasks: int) -> Fault:
    what = f"{found:,} of {tasks:,} tasks of {plan.label} in {store.root}"
    return Fault("command line", "--resume", what, "--resume, to keep them and run the others")


class _Work:
    """Hands out chunks, takes them back, writes them."""

    def __init__(
        self,
        plan: BatchPlan,
        store: Store,
        missing: Sequence[Chunk],
        tasks: int,
        found: int,
        on_progress: Callable[[BatchProgress], None] | None,
    ) -> None:
        self.state = _State(deque(missing))
        self._plan = plan
        self._store = store
        self._tasks = tasks
        self._found = found
        self._ticks = 0
        self._on_progress = on_progress
        self._claims = store.claims(plan.label)
        self._lock = threading.Lock()

    def run(self, make_crew: MakeCrew, cancel: threading.Event) -> None:
        """Until nothing is left or ``cancel`` is set."""
        self._report("preparing")
        crew = make_crew(self._plan, cancel, self._tick)
        try:
            crew.prepare()
            while not cancel.is_set() and self._is_unfinished():
                self._hand_out(crew)
                for result in crew.finished(POLL_SECONDS if self.state.handed else 0.0):
                    self.state.handed -= 1
                    self._store.write_chunk(self._plan.label, result)
                    self._claims.give_up(result.chunk.name)
                    self._count(result.cpu_seconds, len(result.chunk), result.failures)
                self._claims.renew()
                self._look_elsewhere(cancel)
                self._report("simulating" if self.state.handed else "waiting")
        except Cancelled:
            cancel.set()
        finally:
            crew.stop()
            self._claims.give_up_all()

    def _is_unfinished(self) -> bool:
        return bool(self.state.waiting or self.state.elsewhere or self.state.handed)

    def _hand_out(self, crew: Crew) -> None:
        """Claim and start chunks until every hand has one."""
        while self.state.waiting and self.state.handed < crew.hands:
            chunk = self.state.waiting.popleft()
            if not self._claims.take(chunk.name):
                self.state.elsewhere.append(chunk)
            elif self._store.is_done(self._plan.label, chunk):
                # Another process wrote it since this one looked.
                self._claims.give_up(chunk.name)
                self._count(0.0, len(chunk), ())
            else:
                crew.start(chunk)
                self.state.handed += 1

    def _look_elsewhere(self, cancel: threading.Event) -> None:
        """Take back chunks that another process has finished or left."""
        if self.state.waiting or not self.state.elsewhere:
            return
        if not self.state.handed:
            cancel.wait(LOOK_AGAIN_SECONDS)
        self.state.waiting, self.state.elsewhere = self.state.elsewhere, deque()

    def _count(self, cpu_seconds: float, tasks: int, failures: Sequence[Failure]) -> None:
        self.state.cpu_seconds += cpu_seconds
        self.state.tasks_done += tasks
        self.state.failures += failures

    def _tick(self) -> None:
        with self._lock:
            self._ticks += 1

    def _report(self, stage: str) -> None:
        if self._on_progress is None:
            return
        done = self._found + max(self._ticks, self.state.tasks_done)
        failures = len(self.state.failures)
        self._on_progress(BatchProgress(stage, min(done, self._tasks), self._tasks, failures))
