"""Crews: who runs the chunks. This one is the threads of this process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Protocol

from sim.batch.chunks import Chunk
from sim.batch.plan import BatchPlan
from sim.batch.work import ChunkResult, run_chunk
from sim.experiments.jobs import warm_up
from sim.experiments.threads import Threads


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


class ThreadCrew:
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
        self._threads: Threads[Chunk, ChunkResult] = Threads(
            lambda chunk: run_chunk(plan, chunk, cancel.is_set, on_task), workers
        )

    @property
    def hands(self) -> int:
        """One chunk for each thread."""
        return self._threads.count

    def prepare(self) -> None:
        """Compile or load the kernels once, before several threads want them."""
        experiment = self._plan.experiment
        warm_up(experiment.reference, experiment.seed)

    def start(self, chunk: Chunk) -> None:
        """Hand a chunk to the next free thread."""
        self._threads.start(chunk)

    def finished(self, seconds: float) -> Iterable[ChunkResult]:
        """What was finished since the last time, after waiting for at most so long."""
        return [result for _, result in self._threads.finished(seconds)]

    def stop(self) -> None:
        """Let every run end between two of its days, and do not wait for it."""
        if self._threads.unfinished:
            self._cancel.set()
        self._threads.stop()
