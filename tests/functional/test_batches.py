"""Batches: the same rows however they are run, and what becomes of tasks that fail."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from unittest import mock

import numpy as np
import pandas as pd
import pytest

from sim.batch.chunks import chunks_of
from sim.batch.cluster import crew_of
from sim.batch.manifest import read_manifest
from sim.batch.plan import BatchPlan
from sim.batch.query import IncompleteStoreWarning, query
from sim.batch.runner import run_batch
from sim.batch.store import CLAIMS, OUTCOMES, Store
from sim.batch.task import Task, task_of
from sim.batch.tasks import evaluate, people_of_tasks, run_task
from sim.errors import InputError
from sim.experiments import jobs
from sim.experiments.experiment import Experiment
from sim.experiments.runner import run_experiment
from sim.experiments.tables import outcome_table
from sim.files import sha256_of, temporary_path
from tests.functional.interruptions import dask_cluster
from tests.small_batches import finished, leftovers, plan_of, rows_of

KEYS = ["scenario", "replication", "month", "territory", "pathway", "outcome"]


def files_of(root: Path) -> dict[str, str]:
    """The files of rows with their checksums."""
    folder = root / OUTCOMES
    return {str(path.relative_to(folder)): sha256_of(path) for path in folder.rglob("*.parquet")}


@pytest.mark.slow
def test_a_batch_gives_what_an_experiment_gives(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, factors={})
    finished(plan, tmp_path / "store")
    scenarios = tuple(plan.scenario(position, {}, None) for position in range(2))
    expected = outcome_table(run_experiment(Experiment(scenarios, 7, 3), workers=1))
    expected = expected.astype(dict.fromkeys(KEYS, str)).sort_values(KEYS, ignore_index=True)
    found = rows_of(tmp_path / "store")
    found = found[found["month"] != "all"].astype(dict.fromkeys(KEYS, str))
    found = found.sort_values(KEYS, ignore_index=True)
    pd.testing.assert_series_equal(found["value"], expected["value"], check_exact=True)
    for name in KEYS:
        assert list(found[name]) == list(expected[name])


@pytest.mark.slow
def test_slices_and_numbers_of_workers_give_the_same_files(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, seeds={"n": 8, "first": 1})
    finished(plan, tmp_path / "two")
    run_batch(plan, Store(tmp_path / "one"), workers=1)
    for number in (3, 1, 4, 2):
        run_batch(plan, Store(tmp_path / "slices"), workers=2, part=(number, 4))
    assert files_of(tmp_path / "one") == files_of(tmp_path / "two") == files_of(tmp_path / "slices")
    rows = rows_of(tmp_path / "slices")
    assert not rows.duplicated([name for name in rows.columns if name != "value"]).any()
    assert rows.groupby(["setting", "replication", "scenario"]).ngroups == plan.runs


@pytest.mark.slow
def test_a_cluster_gives_the_same_files(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, seeds={"n": 8, "first": 1})
    finished(plan, tmp_path / "threads")
    with dask_cluster(tmp_path / "dask") as cluster:
        end = run_batch(plan, Store(tmp_path / "dask_store"), make_crew=crew_of(cluster.address))
    assert end.tasks_done == plan.tasks
    assert files_of(tmp_path / "threads") == files_of(tmp_path / "dask_store")


@pytest.mark.slow
def test_two_batches_at_once_share_the_work_and_lose_nothing(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, seeds={"n": 8, "first": 1})
    finished(plan, tmp_path / "alone")
    store = Store(tmp_path / "shared")
    ends = []

    def run() -> None:
        ends.append(run_batch(plan, store, workers=1, is_resuming=True))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [end.tasks_done for end in ends] == [plan.tasks, plan.tasks]
    assert files_of(store.root) == files_of(tmp_path / "alone")
    assert not leftovers(store.root)


def test_a_claim_of_a_dead_process_is_taken_over(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    store = Store(tmp_path / "store")
    claims = store.folder(plan.label) / CLAIMS
    claims.mkdir(parents=True)
    first, second = chunks_of(plan)[:2]
    alive = store.claims(plan.label)
    with mock.patch("os.getpid", return_value=2**22 + 1):
        assert store.claims(plan.label).take(first.name)
    assert alive.take(first.name)
    assert alive.take(second.name)
    assert not store.claims(plan.label).take(second.name)


def test_what_a_dead_process_left_is_taken_away(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, factors={})
    store = Store(tmp_path / "store")
    finished(plan, store.root)
    # Killed after its last chunk was written, before the claim was given up.
    with mock.patch("os.getpid", return_value=2**22 + 1):
        assert store.claims(plan.label).take(chunks_of(plan)[-1].name)
        temporary_path(store.rows_path(plan.label, "x")).write_bytes(b"PAR1")
    assert len(leftovers(store.root)) == 2
    run_batch(plan, store, is_resuming=True)
    assert not leftovers(store.root)


@pytest.mark.slow
def test_a_task_is_tried_twice_and_then_reported(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    store = Store(tmp_path / "store")
    tried: dict[int, int] = {}

    def fragile(plan: BatchPlan, task: Task, *others: object) -> object:
        tried[task.number] = tried.get(task.number, 0) + 1
        if task.number == 2 or (task.number == 5 and tried[5] == 1):
            raise ZeroDivisionError("a rule that fails")
        return run_task(plan, task, *others)  # type: ignore[arg-type]

    with mock.patch("sim.batch.work.run_task", fragile):
        end = run_batch(plan, store, workers=2)
    assert tried[2] == tried[5] == 2
    assert all(count == 1 for number, count in tried.items() if number not in (2, 5))
    (failure,) = end.failures
    assert failure.task == 2
    assert f"seed {task_of(plan, 2).seed}" in failure.inputs
    assert "posts = 100" in failure.inputs
    assert "a rule that fails" in failure.error
    with pytest.warns(IncompleteStoreWarning, match="22 of 24 runs, 2 failed"):
        known = query("select runs_done, runs_failed from experiments", store.root)
    assert known.values.tolist() == [[plan.runs - 2, 2]]
    again = run_batch(plan, store, workers=2, is_resuming=True)
    assert not again.failures
    finished(plan, tmp_path / "whole")
    pd.testing.assert_frame_equal(rows_of(store.root), rows_of(tmp_path / "whole"))


def test_a_store_is_not_overwritten_without_being_asked(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, factors={})
    store = Store(tmp_path / "store")
    finished(plan, store.root)
    before = files_of(store.root)
    again = run_batch(plan, store, workers=1)
    assert again.tasks == again.tasks_found == again.tasks_done == 3
    assert files_of(store.root) == before
    other = plan_of(tmp_path, factors={}, seeds={"n": 2, "first": 50})
    run_batch(other, store, workers=1)
    assert set(store.labels()) == {plan.label, other.label}
    assert before.items() <= files_of(store.root).items()
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.docx").write_text("years of work")
    with pytest.raises(InputError, match=r"thesis\.docx"):
        run_batch(plan, Store(tmp_path / "papers"))


def test_what_is_there_in_part_goes_on_only_when_asked(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, factors={})
    store = Store(tmp_path / "store")
    finished(plan, store.root)
    next(store.root.rglob("*.parquet")).unlink()
    before = files_of(store.root)
    with pytest.raises(InputError, match="2 of 3 tasks"):
        run_batch(plan, store, workers=1)
    assert files_of(store.root) == before


def test_people_and_luck_are_common_in_a_paired_plan_only(tmp_path: Path) -> None:
    same = {"scenarios": ["somme_reference", "somme_reference_households"]}
    factors = {"delay": {"path": "staffing.recruitment_delay_days", "values": [0, 45]}}
    for is_paired in (True, False):
        plan = plan_of(tmp_path, factors=factors, paired=is_paired, **same)
        rows = run_task(plan, task_of(plan, 0)).to_pandas()
        other = run_task(plan, task_of(plan, 1)).to_pandas()
        seeds = set(rows["seed"]) | set(other["seed"])
        assert len(seeds) == (1 if is_paired else 4)
        assert set(rows["replication"]) == {0}


def test_only_what_is_kept_is_written(tmp_path: Path) -> None:
    kept = {"outcomes": ["exits_work", "caseload_households"], "detail": "whole", "pathways": False}
    plan = plan_of(tmp_path, factors={}, keep=kept)
    finished(plan, tmp_path / "store")
    rows = rows_of(tmp_path / "store")
    assert set(rows["outcome"]) == {"caseload_households", "exits_work"}
    assert set(rows["month"]) == {"all"}
    assert set(rows["pathway"]) == {"all"}
    assert set(rows["unit"]) == {"households"}


def test_the_manifest_repeats_the_experiment(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, factors={})
    store = Store(tmp_path / "store")
    finished(plan, store.root)
    manifest = read_manifest(store, plan.label)
    assert manifest is not None
    assert manifest["identity"] == plan.identity
    assert manifest["seeds"] == list(plan.experiment.seeds)
    assert manifest["runs"] == plan.runs == 6
    written = (store.folder(plan.label) / "plan.yaml").read_text()
    assert written == plan.document


@pytest.mark.slow
def test_evaluate_gives_one_column_for_each_shared_seed(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    scenarios = [plan.scenario(0, setting, None) for setting in plan.settings]
    found = evaluate(scenarios, [3, 4, 5], "caseload_households", month="2023-01", workers=2)
    assert found.shape == (4, 3)
    eve = evaluate(scenarios, [3, 4, 5], "caseload_households", month="2022-12", workers=2)
    assert (eve == eve[0]).all(), "the people of the first day are shared"
    again = evaluate(scenarios[:1], [5], "caseload_households", month="2023-01")
    assert again[0, 0] == found[0, 2]
    assert np.isnan(evaluate(scenarios[:1], [3], "job_rate_12m", since="2023-01")).all()
    ask = partial(evaluate, seeds=[3, 4], outcome="exits", since="2023-02")
    np.testing.assert_array_equal(ask(scenarios[:1]), ask(scenarios)[:1])


def test_evaluate_wants_to_know_what_it_counts_before_it_runs(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    scenarios = [plan.scenario(0, plan.settings[0], None)]
    for asked, fault in (
        ({"outcome": "jobs_start"}, "jobs_started"),
        ({"outcome": "jobs_started"}, "from 2023-01 on"),
        ({"outcome": "jobs_started", "since": "2031-01"}, "2031-01"),
        ({"outcome": "jobs_started", "month": "2031-01"}, "2031-01"),
        ({"outcome": "caseload_households", "territory": "coquelico"}, "coquelicot"),
    ):
        with (
            mock.patch.object(jobs, "starting_population", side_effect=AssertionError),
            pytest.raises(InputError, match=fault),
        ):
            evaluate(scenarios, [3], **asked)


def test_people_are_made_once_for_the_settings_of_a_seed(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    made = mock.Mock(side_effect=jobs.build_population)
    people = people_of_tasks(plan)
    with mock.patch.object(jobs, "build_population", made):
        for number in range(5):
            run_task(plan, task_of(plan, number), people)
    assert made.call_count == 2
