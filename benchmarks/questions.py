"""How long a store takes to answer: a quantile by month and scenario over a million rows."""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa

from benchmarks.batch import CASES, plan_of
from sim.batch.catalogue import write_catalogue
from sim.batch.chunks import chunks_of
from sim.batch.plan import BatchPlan
from sim.batch.query import query
from sim.batch.rows import parquet_bytes
from sim.batch.store import Store
from sim.batch.task import task_of
from sim.batch.tasks import run_task
from sim.batch.work import ChunkResult

ROWS = 1_000_000
QUESTION = (
    "select month, scenario, quantile_cont(value, [0.05, 0.5, 0.95]) as quantiles from outcomes "
    "where outcome = 'caseload_households' and territory = 'all' and pathway = 'all' "
    "group by month, scenario order by month, scenario"
)
EVERY_OUTCOME = (
    "select outcome, month, scenario, quantile_cont(value, [0.05, 0.5, 0.95]) as quantiles "
    "from outcomes where territory = 'all' and pathway = 'all' group by all order by all"
)


@dataclass(frozen=True)
class Answers:
    """Seconds of a question, views of the store included (median of the repeats)."""

    rows: int
    files: int
    one_outcome_seconds: float
    every_outcome_seconds: float


def measure(repeats: int) -> Answers:
    """A store of the size asked, each run a copy of a real one with other values."""
    folder = Path(tempfile.mkdtemp(prefix="caseload-questions-"))
    try:
        plan = plan_of(replace(CASES[0], runs=1000), folder)
        store = Store(folder / "store")
        rows, files = _fill(plan, store)
        seconds = [
            median(_asked(question, store) for _ in range(repeats))
            for question in (QUESTION, EVERY_OUTCOME)
        ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Answers(rows, files, *seconds)


def _fill(plan: BatchPlan, store: Store) -> tuple[int, int]:
    write_catalogue(plan, store)
    one = run_task(plan, task_of(plan, 0)).drop_columns(["experiment"])
    luck = np.random.default_rng(1)
    rows = files = 0
    for chunk in chunks_of(plan):
        pieces = []
        for number in range(chunk.first, chunk.stop):
            task = task_of(plan, number)
            values = one.column("value").to_numpy() * luck.normal(1.0, 0.05, len(one))
            same = {
                "replication": np.full(len(one), task.replication, dtype=np.int32),
                "seed": np.full(len(one), task.seed),
                "value": values,
            }
            piece = one
            for name, column in same.items():
                piece = piece.set_column(piece.column_names.index(name), name, pa.array(column))
            pieces.append(piece)
        table = pa.concat_tables(pieces)
        result = ChunkResult(chunk, parquet_bytes(table), len(table), (), 0.0)
        store.write_chunk(plan.label, result)
        rows, files = rows + len(table), files + 1
        if rows >= ROWS:
            break
    return rows, files


def _asked(question: str, store: Store) -> float:
    began = time.perf_counter()
    query(question, store.root)
    return time.perf_counter() - began
