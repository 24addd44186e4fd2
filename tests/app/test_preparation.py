"""The reference run ahead: it gives way at once, and a full run uses what was prepared."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from app_worlds import page, scheme_study, shown, small_study

from sim.engine.run import run_plan
from sim.experiments import jobs
from sim.experiments.runner import run_experiment
from sim.user_cache import CACHE_VARIABLE, PASTS, cache_root
from ui.look import typed
from ui.spoken import text
from ui.study import Study, experiment_of
from ui.work import job, reference_runs
from ui.work.places import new_owner
from ui.work.preparation import Preparation
from ui.work.reference_runs import prepare_reference, prepared
from ui.work.run_files import (
    RunState,
    identity_of,
    read_state,
    want,
    write_request,
    write_state,
)
from ui.work.shared import results_of

SECONDS = 20.0
ENDLESS = "import sys, time; sys.stdin.readline(); time.sleep(600)"
SHORT = "import sys; sys.stdin.readline()"


def wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < until, "it never came about"
        time.sleep(0.02)


class Processes:
    """Small processes in the place of those that prepare."""

    def __init__(self) -> None:
        self.code = ENDLESS
        self.made: list[subprocess.Popen[str]] = []

    def start(self) -> subprocess.Popen[str]:
        command = (sys.executable, "-c", self.code)
        self.made.append(subprocess.Popen(command, stdin=subprocess.PIPE, text=True))
        return self.made[-1]

    def is_alive(self, number: int) -> bool:
        return len(self.made) > number and self.made[number].poll() is None


@pytest.fixture
def processes() -> Processes:
    return Processes()


@pytest.fixture
def preparation(processes: Processes) -> Iterator[Preparation]:
    is_ready = threading.Event()
    is_ready.set()
    made = Preparation(processes.start, is_ready)
    yield made
    made.close()
    wait_for(lambda: not any(processes.is_alive(n) for n in range(len(processes.made))))


def test_a_real_run_ends_the_preparation_which_begins_again_afterwards(
    preparation: Preparation, processes: Processes
) -> None:
    preparation.want(small_study(), "a")
    wait_for(lambda: processes.is_alive(0))
    preparation.give_way()
    preparation.give_way()
    wait_for(lambda: not processes.is_alive(0))
    preparation.resume()
    time.sleep(0.2)
    assert len(processes.made) == 1, "one real run is still under way"
    processes.code = SHORT
    preparation.resume()
    wait_for(lambda: len(processes.made) == 2 and not processes.is_alive(1))
    preparation.want(small_study(), "b")
    time.sleep(0.2)
    assert len(processes.made) == 2, "what is prepared is not prepared again"


def test_nothing_begins_while_a_real_run_is_under_way(
    preparation: Preparation, processes: Processes
) -> None:
    preparation.give_way()
    preparation.want(small_study(), "a")
    time.sleep(0.2)
    assert processes.made == []


def test_nothing_begins_before_the_model_is_compiled(processes: Processes) -> None:
    is_ready = threading.Event()
    made = Preparation(processes.start, is_ready)
    made.want(small_study(), "a")
    time.sleep(0.2)
    assert processes.made == []
    processes.code = SHORT
    is_ready.set()
    wait_for(lambda: len(processes.made) == 1 and not processes.is_alive(0))
    made.close()


def test_one_at_a_time_the_last_visitor_first(
    preparation: Preparation, processes: Processes
) -> None:
    preparation.want(scheme_study("somme"), "a")
    wait_for(lambda: processes.is_alive(0))
    preparation.want(scheme_study("somme"), "a")
    preparation.want(small_study().model_copy(update={"months": 36}), "b")
    time.sleep(0.2)
    assert len(processes.made) == 1, "scenarios and replications do not change the reference"
    preparation.want(scheme_study("doubs"), "b")
    wait_for(lambda: processes.is_alive(1) and not processes.is_alive(0))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """An own cache, three replications at most."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    monkeypatch.setattr(reference_runs, "MOST_REPLICATIONS", 3)
    forget()
    yield
    forget()


def forget() -> None:
    reference_runs._names.cache_clear()
    reference_runs._experiments.cache_clear()


def another_study() -> Study:
    study: Study = small_study().model_copy(update={"months": 15, "replications": 3})
    return study


@pytest.mark.slow
def test_a_full_run_uses_what_was_prepared(few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    study = another_study()
    assert prepared(study) == (0, 3)
    prepare_reference(study, 2, threading.Event())
    assert prepared(study) == (3, 3)
    assert typed(text("prepared.ready", done=3, asked=3)) in shown(page("compare", study))

    made: list[str] = []
    from_the_start: list[str] = []
    real = run_plan

    def counted(plan, seed, **options):  # type: ignore[no-untyped-def]
        if plan.months == study.months:
            made.append(plan.name)
            from_the_start.extend([plan.name] * (options["past"] is None))
        return real(plan, seed, **options)

    monkeypatch.setattr(jobs, "run_plan", counted)
    identity = identity_of(study)
    want(identity, new_owner())
    write_request(identity, study)
    write_state(identity, RunState("queued"))
    assert job.run(identity, os.getppid()) == 0
    assert made.count("somme_reference") == 0
    assert made.count("recruit") == 6, "three, and three without the effects of literature"
    assert not from_the_start, "the quarter before the change is kept"
    found = results_of(study)
    assert found is not None
    assert found.observed
    monkeypatch.setenv(CACHE_VARIABLE, "")
    plain = run_experiment(experiment_of(study), workers=2)
    for one, other in zip(found.results.replications, plain.replications, strict=True):
        for arm in range(2):
            expected = other.outcomes[arm].whole[..., 0]
            assert np.array_equal(one.outcomes[arm].whole[..., 0], expected, equal_nan=True)


@pytest.mark.slow
def test_a_past_that_was_dropped_is_made_again_without_the_whole_run(
    few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = another_study().model_copy(update={"months": 16})
    prepare_reference(study, 2, threading.Event())
    pasts = cache_root() / PASTS  # type: ignore[operator]
    names = sorted(file.name for file in pasts.iterdir())
    for file in pasts.iterdir():
        file.unlink()
    months: list[int] = []
    real = run_plan

    def counted(plan, seed, **options):  # type: ignore[no-untyped-def]
        months.append(plan.months)
        return real(plan, seed, **options)

    monkeypatch.setattr(reference_runs, "run_plan", counted)
    prepare_reference(study, 2, threading.Event())
    assert sorted(file.name for file in pasts.iterdir()) == names
    assert set(months) == {4}


def test_without_a_cache_nothing_is_said_to_be_prepared(
    few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, "")
    assert prepared(another_study()) is None
    made = page("compare", another_study().model_copy(update={"months": 9}))
    assert not made.exception
    assert "Référence prête" not in shown(made)


@pytest.mark.slow
def test_the_answer_is_there_before_and_without_the_part_from_literature(
    few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = another_study().model_copy(update={"months": 8, "replications": 1})
    identity = identity_of(study)
    want(identity, new_owner())
    write_request(identity, study)
    write_state(identity, RunState("queued"))
    seen: list[tuple[str, bool]] = []

    def broken(*_: object) -> None:
        state = read_state(identity)
        assert state is not None
        seen.append((state.status, state.is_refined))
        assert typed(text("run.refining")) in shown(page("compare", study))
        assert results_of(study) is not None
        raise RuntimeError("no such luck")

    monkeypatch.setattr(job, "whole_without", broken)
    assert job.run(identity, os.getppid()) == 0
    assert seen == [("complete", False)]
    said = shown(page("compare", study))
    assert typed(text("run.refining")) not in said
    assert text("worth.unknown") in said
