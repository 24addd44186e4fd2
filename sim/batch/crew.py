"""Crews: who runs the chunks. This one is the threads of this process."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Protocol

from sim.batch.chunks import Chunk
from sim.batch.plan import BatchPlan
from sim.batch.work import ChunkResult, run_chunk
from sim.engine.journey import Cancelled
from sim.engine.run import run_plan
from sim.engine.starting_population import build_population
from sim.experiments.experiment import run_plan_of
from sim.experiments.runner import WARM_UP_SHARE


class Crew(Protocol):
    """Runs chunks elsewhere than in the thread that asks."""

    @property
    def hands(self) -> int:
        """How many chunks are worth handing out at once."""

    def prepare(self) -> None:
        """Make ready, which may take a while."""

    def start(self, chunk: Chunk) -> None:
        """Hand out a chunk."""

    def finished(self, seconds: float) -> Iterable[ChunkResult]:
        """What was finished since the last time, after waiting for at most so long.

        Raises what went wrong outside the tasks.
        """

    def stop(self) -> None:
        """Drop what is not finished."""


MakeCrew = Callable[[BatchPlan, threading.Event, Callable[[], None]], Crew]
"""Makes a crew from a plan, what cancels it, and what is called after each task."""


class Threads:
    """Threads of this process; the compiled walker releases the lock of the interpreter."""

    def __init__(
        self,
        plan: BatchPlan,
        workers: int | None,
        cancel: threading.Event,
        on_task: Callable[[], None],
    ) -> None:
        self._plan = plan
        self._cancel = cancel
        self._on_task = on_task
        self._workers = workers or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(self._workers)
        self._pending: set[Future[ChunkResult]] = set()

    @property
    def hands(self) -> int:
        """One chunk for each thread."""
        return self._workers

    def prepare(self) -> None:
        """Compile or load the kernels once, before several threads want them."""
        small = self._plan.experiment.reference.scaled(WARM_UP_SHARE).with_months(1)
        plan = run_plan_of(small)
        seed = self._plan.experiment.seed
        run_plan(plan, seed, start=build_population(plan, seed))

    def start(self, chunk: Chunk) -> None:
        """Hand a chunk to the next free thread."""
        stop = self._cancel.is_set
        self._pending.add(self._pool.submit(run_chunk, self._plan, chunk, stop, self._on_task))

    def finished(self, seconds: float) -> Iterable[ChunkResult]:
        """What was finished since the last time, after waiting for at most so long."""
        done, self._pending = wait(self._pending, seconds, FIRST_COMPLETED)
        return [one.result() for one in done if not isinstance(one.exception(), Cancelled)]

    def stop(self) -> None:
        """Let every run end between two of its days, and do not wait for it."""
        if self._pending:
            self._cancel.set()
        self._pool.shutdown(wait=not self._pending, cancel_futures=True)
