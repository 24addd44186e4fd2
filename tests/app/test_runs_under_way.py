"""A run under way: how far it is, what it shows first, and how it is begun again."""

from __future__ import annotations

import os
import time
from threading import Event

import pytest
from app_worlds import POSTS, Done, page, shown, small_study

from sim.outcomes.table import ALL
from ui.options_words import place_told
from ui.spoken import text
from ui.study import Study, experiment_of
from ui.work import first_results
from ui.work.extras import Extras
from ui.work.first_results import FIRST, LEAST_PART, FirstResults, part_first, read_first
from ui.work.kept_files import read_made, write_kept
from ui.work.options import COUNTED, ROWS
from ui.work.places import run_folder
from ui.work.run_files import RunState, identity_of, write_request, write_state

pytestmark = pytest.mark.slow


def with_state(study: Study, state: RunState) -> None:
    identity = identity_of(study)
    write_request(identity, study)
    write_state(identity, state)


def test_a_run_under_way_shows_how_far_it_is_and_can_be_stopped() -> None:
    study = small_study(**{POSTS: 4.0})
    running = RunState(
        "running",
        done=3,
        steps=12,
        replications=1,
        asked=4,
        began=time.time() - 30,
        process=os.getpid(),
    )
    with_state(study, running)
    made = page("compare", study)
    assert not made.exception
    assert "25" in made.get("progress")[0].proto.text
    assert any(one.key == "cancel run" for one in made.button)


def test_a_run_under_way_shows_what_its_first_replications_found(done: Done) -> None:
    study = small_study(**{POSTS: 7.0})
    with_state(study, RunState("queued"))
    found = read_made(run_folder(done.identity) / FIRST, bytes)
    assert found is not None
    write_kept(run_folder(identity_of(study)) / FIRST, found)
    steps = {"done": 3, "steps": 6, "replications": 1, "asked": 2}
    with_state(study, RunState("running", process=os.getpid(), **steps))
    early = page("compare", study)
    assert "Somme : que change « Recruter" in shown(early).replace("\u00a0", " ")
    assert "Premiers résultats" not in shown(early)
    with_state(study, RunState("running", process=os.getpid(), shown=1, **steps))
    made = page("compare", study)
    assert not made.exception
    said = shown(made)
    assert "Premiers résultats, répétitions : 1 sur 2" in said.replace("\u00a0", " ")
    assert 'class="answer preview"' in said
    assert 'class="options"' in said
    assert any(one.key == "cancel run" for one in made.button)


def test_a_part_of_the_department_comes_before_a_long_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    study = small_study(**{POSTS: 9.0})
    experiment = experiment_of(study)
    assert part_first(study, experiment) == 1.0, "the whole is soon there"
    monkeypatch.setattr(first_results, "LONGEST_WAIT_SECONDS", 0.0)
    monkeypatch.setattr(first_results, "SECONDS_OF_A_PART", 0.01)
    assert part_first(study, experiment) == LEAST_PART
    identity = identity_of(study)
    first = FirstResults(identity, experiment, Extras(experiment))
    first.show_part(0.0, Event())
    assert first.shown == 0, "what cannot be run is not shown, and ends nothing"
    first.show_part(0.5, Event())
    with_state(
        study, RunState("running", process=os.getpid(), shown=first.shown, part_shown=first.part)
    )
    said = shown(page("compare", study)).replace("\u00a0", " ")
    assert "Premier regard sur 50 % du département, répétitions : 2 sur 2" in said
    assert "Coquelicot–Haute-Somme, 50 % du territoire, avril 2023 à décembre 2024. Sous" in said
    found = read_first(identity, study)
    assert found is not None
    assert place_told(found, ALL) == "Somme, 50 % du département"
    for key, names in ROWS.items():
        label = text(f"options.{names[0]}", months="33", result="").replace("\u00a0", " ")
        assert (label.split(" sur ")[0] in said) == (key not in COUNTED), label
    assert "Une partie du département est simulée d’abord" in said


@pytest.mark.parametrize(("status", "words"), [("failed", "run.failed")])
def test_a_run_that_failed_can_be_started_again(status: str, words: str) -> None:
    study = small_study(**{POSTS: 5.0})
    with_state(study, RunState(status))  # type: ignore[arg-type]
    made = page("compare", study)
    assert text(words) in made.warning[0].value
    assert any(one.key == "start run" for one in made.button)
