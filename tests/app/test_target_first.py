"""A target first: its answer is a scenario, and that scenario gives the figure of the answer."""

from __future__ import annotations

import json
import threading

import pytest
from app_worlds import finished, page, scheme_study, shown
from streamlit.testing.v1 import AppTest

from sim.outcomes.table import ALL
from ui.numbers import counted
from ui.spoken import text
from ui.study import Draft, Study
from ui.study.session import KEY
from ui.work.asking import ANSWER, identity_of_search, write_search
from ui.work.kept_files import write_kept
from ui.work.places import run_folder
from ui.work.seeking import (
    LEVERS,
    POSTS,
    Sought,
    TargetAnswer,
    base_of,
    check,
    first_counted,
    places_asked,
    posts_of,
    seek,
)

pytestmark = pytest.mark.slow

DELAY = "wait_for_caseworker_days_mean"
PATH = "territories.coquelicot.staff.social_worker.additional_fte"


def study() -> Study:
    return scheme_study("somme").model_copy(update={"months": 24, "replications": 2})


def sought(**changes: object) -> Sought:
    known: dict[str, object] = {
        "study": study(),
        "lever": POSTS,
        "territory": "coquelicot",
        "outcome": DELAY,
        "limit": 15.0,
        "counted_from": first_counted(study(), base_of(study())),
    }
    return Sought.model_validate({**known, **changes})


@pytest.fixture(scope="module")
def answered(app_folder: None) -> TargetAnswer:
    """The answer to a delay in one territory, also left in the folder where the page reads it."""
    record = seek(sought(), threading.Event(), lambda *_: None)
    identity = identity_of_search(sought())
    write_search(identity, sought())
    write_kept(run_folder(identity) / ANSWER, json.dumps(record))
    return TargetAnswer.of(record)


def asked_on_the_page(present: Study) -> AppTest:
    made = page("explore", present)
    made.selectbox(key="goal territory somme").set_value("coquelicot").run()
    assert not made.exception
    return made


def test_posts_are_found_by_role_with_their_cost(answered: TargetAnswer) -> None:
    best = answered.fewest.answer
    assert answered.fewest.found
    assert best.held >= 0.8 * best.replications
    assert best.mean <= 15.0 < answered.fewest.at(0).mean
    rows = posts_of(sought(), answered.values_at(best))
    assert sum(one.added for one in rows) == best.steps
    assert {one.role for one in rows} <= {"social_worker", "job_counsellor"}
    assert all(one.eur > 20_000.0 * one.added for one in rows)


def test_too_few_posts_were_tried_and_miss_the_target(answered: TargetAnswer) -> None:
    fewer = answered.fewest.too_few
    assert fewer is not None
    assert fewer.steps == answered.fewest.answer.steps - 1
    assert fewer.held < 0.8 * fewer.replications


def test_the_scenario_of_an_answer_gives_its_figure(answered: TargetAnswer) -> None:
    """Created on the page, run as the Compare page runs it: the same number in each replication."""
    made = asked_on_the_page(study())
    best = answered.fewest.answer
    assert counted("goal.posts", best.steps) in shown(made)
    next(one for one in made.button if one.key == "create from goal").click().run()
    (draft,) = made.session_state[KEY].drafts
    assert draft.values == answered.values_at(best)
    found = finished(study().with_draft(draft))
    assert found.whole(1, DELAY, "coquelicot").tolist() == best.outcomes.tolist()
    assert found.whole(0, DELAY, "coquelicot").tolist() == answered.fewest.at(0).outcomes.tolist()
    opened = asked_on_the_page(study().with_draft(draft))
    assert text("goal.open") in [one.label for one in opened.button]


def test_another_scenario_of_the_study_moves_the_period_of_both() -> None:
    known = {"key": "a", "title": "A", "origin": study().reference, "day": "2023-02-01"}
    earlier = Draft.model_validate({**known, "values": sought().draft_with({PATH: 1.0}).values})
    with_other = study().with_draft(earlier)
    assert first_counted(with_other, base_of(study())) == "2023-02"
    assert sought().counted_from == "2023-04"


@pytest.mark.parametrize("lever", LEVERS)
@pytest.mark.parametrize("place", ["coquelicot", ALL])
def test_every_lever_can_be_asked_for_anywhere(lever: str, place: str) -> None:
    check(sought(lever=lever, territory=place))


def test_posts_for_orientation_go_to_those_who_orient() -> None:
    asked = sought(outcome="oriented_within_15_days_share", limit=0.8)
    assert {role for _, role in places_asked(asked)} == {"social_worker"}
