"""Runs the tasks of one chunk, in a thread of this process or of another one."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass

import pyarrow as pa

from sim.batch.chunks import Chunk
from sim.batch.plan import BatchPlan
from sim.batch.rows import SCHEMA, parquet_bytes
from sim.batch.task import task_of
from sim.batch.tasks import people_of_tasks, run_task
from sim.engine.journey import Cancelled
from sim.experiments.jobs import People

ATTEMPTS = 2
"""A failed task is tried once more."""


@dataclass(frozen=True)
class Failure:
    """A task that failed at every attempt: what it ran with, and what happened."""

    task: int
    inputs: str
    error: str
    details: str


@dataclass(frozen=True)
class ChunkResult:
    """The rows of a chunk as the bytes of a Parquet file, and the tasks that failed."""

    chunk: Chunk
    content: bytes
    rows: int
    failures: tuple[Failure, ...]
    cpu_seconds: float

    def record(self) -> dict[str, object]:
        """What is kept of the chunk beside its rows."""
        return {
            "tasks": [self.chunk.first, self.chunk.stop],
            "rows": self.rows,
            "cpu_seconds": round(self.cpu_seconds, 3),
            "failures": [asdict(failure) for failure in self.failures],
        }


def run_chunk(
    plan: BatchPlan,
    chunk: Chunk,
    should_stop: Callable[[], bool] | None = None,
    on_task: Callable[[], None] | None = None,
) -> ChunkResult:
    """Run every task of a chunk; a task that fails is tried once more, then reported.

    ``on_task`` is called after each task. Raises ``Cancelled`` when ``should_stop`` says so.
    """
    began = time.thread_time()
    people = people_of_tasks(plan)
    tables = [SCHEMA.empty_table()]
    failures: list[Failure] = []
    for number in range(chunk.first, chunk.stop):
        found = _tried(plan, number, people, should_stop)
        if isinstance(found, Failure):
            failures.append(found)
        else:
            tables.append(found)
        if on_task is not None:
            on_task()
    table = pa.concat_tables(tables).drop_columns(["experiment"])
    content = parquet_bytes(table)
    seconds = time.thread_time() - began
    return ChunkResult(chunk, content, table.num_rows, tuple(failures), seconds)


def _tried(
    plan: BatchPlan, number: int, people: People, should_stop: Callable[[], bool] | None
) -> pa.Table | Failure:
    task = task_of(plan, number)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return run_task(plan, task, people, should_stop)
        except Cancelled:
            raise
        except Exception as error:  # whatever fails must not take the other tasks with it
            if attempt == ATTEMPTS:
                told = f"{type(error).__name__}: {error}"
                return Failure(number, task.inputs(), told, traceback.format_exc())
    raise AssertionError("the last attempt returns")
