"""What was interrupted and taken up again equals what was never interrupted, row for row.

``CASELOAD_TRIALS`` is the number of random moments tried of each kind (``make interruptions``
tries 20 of them).
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from sim.batch.chunks import chunks_of
from sim.batch.plan import BatchPlan
from sim.batch.runner import BatchProgress, run_batch
from sim.batch.store import Store
from tests.functional import interruptions
from tests.small_batches import finished, leftovers, plan_of, rows_of

TRIALS = int(os.environ.get("CASELOAD_TRIALS", "1"))
SEEDS = {"n": 24, "first": 7}
"""Enough tasks for a batch that takes a few seconds."""


@dataclass(frozen=True)
class Whole:
    """A plan, and its results without interruption."""

    plan: BatchPlan
    file: Path
    rows: pd.DataFrame

    @property
    def chunks(self) -> int:
        return len(chunks_of(self.plan))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("whole")
    plan = plan_of(folder, seeds=SEEDS, factors={}, months=1)
    finished(plan, folder / "store")
    assert len(chunks_of(plan)) > 20
    return Whole(plan, folder / "plan.yaml", rows_of(folder / "store"))


def assert_taken_up(whole: Whole, root: Path) -> None:
    """Resuming completes the store: the same rows, each once, and nothing beside them."""
    end = run_batch(whole.plan, Store(root), workers=2, is_resuming=True)
    assert end.tasks_done == whole.plan.tasks
    pd.testing.assert_frame_equal(rows_of(root), whole.rows, check_exact=True)
    assert not leftovers(root)
    again = run_batch(whole.plan, Store(root), workers=2, is_resuming=True)
    assert again.tasks_found == whole.plan.tasks


@pytest.mark.slow
@pytest.mark.parametrize("trial", range(TRIALS))
def test_the_main_process_is_killed(whole: Whole, tmp_path: Path, trial: int) -> None:
    root = tmp_path / "store"
    luck = random.Random(trial)
    interruptions.kill_main_process(whole.file, root, whole.chunks, luck)
    assert_taken_up(whole, root)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[interruptions.DaskCluster]:
    with interruptions.dask_cluster(tmp_path_factory.mktemp("dask")) as found:
        yield found


@pytest.mark.slow
@pytest.mark.parametrize("trial", range(TRIALS))
def test_a_worker_is_killed(
    whole: Whole, cluster: interruptions.DaskCluster, tmp_path: Path, trial: int
) -> None:
    root = tmp_path / "store"
    cluster.wait_for(2)
    said = interruptions.kill_in_cluster(cluster, whole.plan, root, random.Random(trial), "worker")
    cluster.start_worker(threads=1)
    assert not said
    assert interruptions.records(root) == whole.chunks, "the other worker runs what is left"
    assert_taken_up(whole, root)


@pytest.mark.slow
@pytest.mark.parametrize("trial", range(TRIALS))
def test_the_scheduler_is_killed(whole: Whole, tmp_path: Path, trial: int) -> None:
    root = tmp_path / "store"
    with interruptions.dask_cluster(tmp_path / "dask", workers=1, threads=2) as cluster:
        said = interruptions.kill_in_cluster(
            cluster, whole.plan, root, random.Random(trial), "scheduler"
        )
    assert ("lost" in said) == (interruptions.records(root) < whole.chunks)
    assert_taken_up(whole, root)


@pytest.mark.slow
@pytest.mark.parametrize("trial", range(TRIALS))
def test_the_disk_is_full(whole: Whole, tmp_path: Path, trial: int) -> None:
    luck = random.Random(trial)
    with_all, room = 2_000, luck.randrange(40, 240)
    try:
        with interruptions.small_disk(tmp_path / "disk", room) as disk:
            with pytest.raises(OSError, match="No space left"):
                run_batch(whole.plan, Store(disk / "store"), workers=2)
            interruptions.enlarge(disk, with_all)
            assert_taken_up(whole, disk / "store")
    except PermissionError:
        pytest.skip("no file system can be mounted here")


@pytest.mark.slow
@pytest.mark.parametrize("trial", range(TRIALS))
def test_the_last_file_is_cut(whole: Whole, tmp_path: Path, trial: int) -> None:
    root = tmp_path / "store"
    luck = random.Random(trial)
    stopped_after(luck.randrange(1, whole.plan.tasks), whole.plan, root)
    interruptions.truncate_last_file(root, luck)
    assert_taken_up(whole, root)


@pytest.mark.slow
@pytest.mark.parametrize("trial", range(TRIALS))
def test_it_is_cancelled(whole: Whole, tmp_path: Path, trial: int) -> None:
    root = tmp_path / "store"
    stopped_after(random.Random(trial).randrange(whole.plan.tasks), whole.plan, root)
    assert_taken_up(whole, root)


def stopped_after(tasks: int, plan: BatchPlan, root: Path) -> None:
    """A batch that is cancelled once so many tasks are done."""
    cancel = threading.Event()

    def watch(progress: BatchProgress) -> None:
        if progress.tasks_done >= tasks:
            cancel.set()

    run_batch(plan, Store(root), workers=2, on_progress=watch, cancel=cancel)
