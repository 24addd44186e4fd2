"""Runs kept on the disk: the same numbers to the bit, never a damaged one, never too many."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path

import kept_experiments
import numpy as np
import pytest
from kept_experiments import MONTHS, run, runs_made, same, scenario

from sim.bounded_folder import keep_within
from sim.experiments import runner
from sim.experiments.experiment import Experiment, run_plan_of
from sim.experiments.kept_runs import KeptRuns, kept_runs, name_of_run
from sim.experiments.runner import Progress, run_experiment
from sim.user_cache import CACHE_VARIABLE, RUNS


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    return kept_experiments.experiment()


@pytest.mark.slow
def test_kept_runs_give_the_same_numbers_to_the_bit(
    experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, money, _ = run(experiment, None)
    kept = KeptRuns(tmp_path)
    first, _, _ = run(experiment, kept)
    made = runs_made(monkeypatch)
    again, money_again, read = run(experiment, kept)
    assert made == []
    assert all(one.books.last is None for one in read)
    assert same(plain, first)
    assert same(plain, again)
    for key, one in money.items():
        other = money_again[key]
        assert np.array_equal(one.spending.eur, other.spending.eur)
        assert np.array_equal(one.effects.in_job, other.effects.in_job)


@pytest.mark.slow
def test_the_model_is_loaded_only_when_something_is_left_to_run(
    experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KeptRuns(tmp_path)
    loaded: list[int] = []
    monkeypatch.setattr(runner, "warm_up", lambda _, seed: loaded.append(seed))
    run_experiment(experiment, workers=1, kept=kept)
    assert loaded == [experiment.seed]
    run_experiment(experiment, workers=1, kept=kept)
    assert loaded == [experiment.seed]
    run_experiment(replace(experiment, replications=3), workers=1, kept=kept)
    assert loaded == [experiment.seed] * 2


def test_only_what_is_not_kept_is_run(
    experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KeptRuns(tmp_path)
    run_experiment(Experiment((experiment.reference,), 5, 2), workers=2, kept=kept)
    made = runs_made(monkeypatch)
    steps: list[Progress] = []
    results = run_experiment(experiment, workers=2, kept=kept, on_progress=steps.append)
    assert sorted(made) == sorted(experiment.seeds)
    assert len(results.replications) == 2
    assert steps[-1].steps_done == steps[-1].steps


def test_the_statistics_of_the_last_day_are_kept_and_its_people_are_not(
    experiment: Experiment, tmp_path: Path
) -> None:
    kept = KeptRuns(tmp_path)
    _, _, runs = run(experiment, kept)
    _, _, read = run(experiment, kept)
    expected = {(one.position, one.replication): one.books.statistics for one in runs}
    assert all(len(found) == 6 for found in expected.values())
    assert {(one.position, one.replication): one.books.statistics for one in read} == expected
    with pytest.raises(ValueError, match="without its people"):
        _ = read[0].books.last_state


def test_runs_with_logs_are_made(
    experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = KeptRuns(tmp_path)
    run(experiment, kept)
    made = runs_made(monkeypatch)
    logs: list[int] = []
    run_experiment(
        experiment,
        workers=2,
        kept=kept,
        is_logging=True,
        on_finished=lambda one: logs.extend(len(log) for log in one.logs),
    )
    assert len(made) == 4
    assert len(logs) == 4
    assert min(logs) > 0


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["cut", "bit", "empty", "other"])
def test_a_damaged_file_is_dropped_and_the_run_made_again(
    experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    kept = KeptRuns(tmp_path)
    alone = Experiment((experiment.reference,), 5, 1)
    before, _, _ = run(alone, kept)
    (file,) = (tmp_path / RUNS).glob("*.books")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    damaged = {"cut": content[:-7], "bit": content, "empty": b"", "other": b"x" * 500}
    file.write_bytes(bytes(damaged[damage]))
    assert kept.find(run_plan_of(experiment.reference), 5) is None
    assert not file.exists()
    made = runs_made(monkeypatch)
    again, _, _ = run(alone, kept)
    assert made == [5]
    assert same(before, again)
    assert file.exists()


def test_the_name_of_a_run_follows_what_it_depends_on() -> None:
    reference = scenario()
    plan = run_plan_of(reference)
    others = [
        (run_plan_of(reference.with_months(MONTHS + 1)), 5),
        (run_plan_of(reference.with_changes({"job_finding.base_hazard": 0.05})), 5),
        (run_plan_of(reference.with_variant({"job_finding.base_hazard": 0.05})), 5),
        (plan, 6),
    ]
    names = {name_of_run(plan, 5), *(name_of_run(one, seed) for one, seed in others)}
    assert len(names) == 5
    later = [
        reference.with_changes({"job_finding.base_hazard": 0.05}, reference.start.replace(month=m))
        for m in (3, 4)
    ]
    assert len({name_of_run(run_plan_of(one), 5) for one in later}) == 2
    renamed = Experiment((reference, reference)).scenarios[1]
    assert name_of_run(run_plan_of(renamed), 5) == name_of_run(plan, 5)


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    for age, name in enumerate(("new", "middle", "old")):
        file = tmp_path / name
        file.write_bytes(b"x" * 100)
        os.utime(file, (1_000_000 - age, 1_000_000 - age))
    keep_within(tmp_path, 250)
    assert {file.name for file in tmp_path.iterdir()} == {"new", "middle"}
    keep_within(tmp_path / "nowhere", 10)


def test_a_run_that_was_read_counts_as_used(experiment: Experiment, tmp_path: Path) -> None:
    kept = KeptRuns(tmp_path)
    run(Experiment((experiment.reference,), 5, 2), kept)
    files = sorted((tmp_path / RUNS).glob("*.books"))
    for file in files:
        os.utime(file, (1, 1))
    plan = run_plan_of(experiment.reference)
    assert kept.find(plan, 5) is not None
    size = max(file.stat().st_size for file in files)
    keep_within(tmp_path / RUNS, size)
    assert [file.name for file in (tmp_path / RUNS).iterdir()] == [f"{name_of_run(plan, 5)}.books"]


def test_the_environment_turns_kept_runs_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, "")
    assert kept_runs() is None
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    assert kept_runs() is not None


def test_several_may_keep_the_same_run_at_once(experiment: Experiment, tmp_path: Path) -> None:
    kept = KeptRuns(tmp_path)
    _, _, runs = run(Experiment((experiment.reference,), 5, 1), None)
    books = runs[0].books
    threads = [threading.Thread(target=kept.keep, args=(books,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = kept.find(books.plan, books.seed)
    assert found is not None
    assert found.ledger.equals_flows(books.ledger)
    assert [file.suffix for file in (tmp_path / RUNS).iterdir()] == [".books"]
