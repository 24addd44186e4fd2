"""Previews end at a deadline, can be dropped, and wait for nobody else's."""

from __future__ import annotations

import threading
import time

import pytest
from app_worlds import scheme_study

from sim.experiments.size import TooLargeError, size_of_experiment
from ui.pages.scenario_preview import PREVIEWED
from ui.study import Draft, Study
from ui.study.references import HOURS_VARIABLE, SHARE_VARIABLE, experiment_of
from ui.work import preview
from ui.work.preview import Previews, PreviewTooLongError

pytestmark = pytest.mark.slow

POSTS = "territories.coquelicot.staff.social_worker.additional_fte"
PATIENCE_SECONDS = 120.0


def draft(posts: float) -> Draft:
    return Draft(key="mine", title="Mine", origin="somme_reference", values={POSTS: posts})


@pytest.fixture
def study() -> Study:
    return scheme_study("somme")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Previews of seven posts wait for this event, or until they are to stop."""
    release = threading.Event()
    usual = Previews._outcomes

    def slow(self: Previews, scenario, seed, since, should_stop):  # type: ignore[no-untyped-def]
        is_heavy = any(change.changes.get(POSTS) for change in scenario.timeline)
        while is_heavy and not release.is_set() and not should_stop():
            time.sleep(0.01)
        return usual(self, scenario, seed, since, should_stop)

    monkeypatch.setattr(Previews, "_outcomes", slow)
    return release


def test_a_preview_comes_while_another_one_is_held_up(study: Study, held: threading.Event) -> None:
    previews = Previews()
    heavy = previews.start(study, draft(7.0))
    assert previews.preview(study, draft(0.0)).count == preview.REPLICATIONS
    assert not heavy.is_over(0.0)
    held.set()
    assert heavy.result().count == preview.REPLICATIONS


def test_a_preview_that_is_dropped_ends(study: Study, held: threading.Event) -> None:
    running = Previews().start(study, draft(7.0))
    running.drop()
    assert running.is_over(PATIENCE_SECONDS)
    assert not held.is_set()


def test_a_preview_ends_at_its_deadline(
    study: Study, held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = Previews().start(study, draft(7.0))
    monkeypatch.setattr(began, "_deadline", time.monotonic())
    assert began.is_over(PATIENCE_SECONDS)
    with pytest.raises(PreviewTooLongError):
        began.result()


def test_a_preview_that_would_take_too_long_is_not_begun(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = size_of_experiment(experiment_of(study.with_draft(draft(600.0)))).seconds
    monkeypatch.setattr(preview, "MOST_SECONDS", seconds / 100)
    with pytest.raises(TooLargeError):
        Previews().start(study, draft(600.0))


def test_the_gauge_of_a_preview_counts_the_places_of_the_whole_territory(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SHARE_VARIABLE, "1")
    found = Previews().preview(study, draft(7.0), "coquelicot")
    told = [(one, need) for one in found.why for need in one.needs if need.limit == "places"]
    assert {one.position for one, _ in told} == {0, 1}
    for one, need in told:
        rules = found.experiment.scenarios[one.position].base
        cap = rules.number(f"territories.coquelicot.staff.{need.role}.portfolio_cap")
        posts = {"social_worker": 6.9 + 7.0 * one.position, "job_counsellor": 2.2}[need.role]
        assert need.there == pytest.approx(posts * cap)


def test_a_server_grants_hours_and_may_grant_more(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOURS_VARIABLE, "0.0001")
    with pytest.raises(TooLargeError):
        experiment_of(study)
    monkeypatch.setenv(HOURS_VARIABLE, "4000")
    assert experiment_of(study).replications == study.replications


def test_the_reference_of_a_preview_stays_whatever_the_scenario_changes(study: Study) -> None:
    """The same people and months: another lever, another day, another territory or none."""
    previews = Previews()
    other = POSTS.replace("coquelicot", "amiens_nord")
    changes: tuple[dict[str, object], ...] = (
        {"values": {}},
        {"values": {POSTS: 7.0}},
        {"values": {POSTS: 7.0}, "day": "2023-09-01"},
        {"values": {other: 3.0}},
        {"values": {"staffing.learning_months": 3.0}},
    )
    seen = set()
    for change in changes:
        made = Draft.model_validate({**draft(0.0).model_dump(), **change})
        found = previews.preview(study, made, "coquelicot")
        seen.add(b"".join(found.whole(0, name).tobytes() for name in PREVIEWED))
    assert len(seen) == 1
