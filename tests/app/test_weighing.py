"""Searches of the page Explore: their small world keeps its proportions, their answers are read."""

from __future__ import annotations

import os
from html import escape

import pytest
from app_worlds import POSTS, page, scheme_study, shown, small_study
from pydantic import ValidationError
from streamlit.testing.v1 import AppTest

from sim.errors import InputError
from ui.spoken import text
from ui.study import Study
from ui.study.references import reference_of
from ui.work import job, small_world, weighing
from ui.work.asking import Asked, identity_of_search, is_search, read_answer, write_search
from ui.work.places import new_owner
from ui.work.preview import households_of
from ui.work.run_files import RunState, read_state, want, write_state
from ui.work.small_world import scenario_of_study, share_of_territory, territory_alone
from ui.work.weighing import MOST_FACTORS, Weighed, design_of, offered

PLACE = "coquelicot"
CONTACTS = "effects.contact_size"
DELAY = "wait_for_caseworker_days_mean"


def alone() -> Study:
    return scheme_study("somme").model_copy(update={"months": 12})


def largest() -> str:
    """The territory with most households."""
    scenario = reference_of(alone())
    places = scenario.base.labels("territories")
    return max(places, key=lambda place: households_of(scenario, (place,)))


def weighed(**changes: object) -> Weighed:
    known = {"study": alone(), "territory": PLACE, "outcome": DELAY, "factors": (POSTS, CONTACTS)}
    return Weighed.model_validate({**known, **changes})


def test_a_post_weighs_in_the_small_world_what_it_weighs_in_the_territory() -> None:
    place = largest()
    scenario = reference_of(alone())
    share = share_of_territory(scenario, place)
    path = f"territories.{place}.staff.social_worker.additional_fte"
    moved = territory_alone(scenario, place).with_changes({path: 10.0})
    real, rules = (one.parameters_on(one.start) for one in (moved, moved.scaled(share)))
    assert 0.0 < share < 0.5
    staff = f"territories.{place}.staff.social_worker.fte"
    assert rules.number(staff) == pytest.approx(share * real.number(staff), rel=0.05)
    assert rules.number(path) == pytest.approx(share * real.number(path), rel=0.05)


def test_levers_that_the_scenario_moves_itself_are_not_offered() -> None:
    before = {one.path for one in offered(reference_of(alone()), PLACE)}
    assert POSTS in before
    after = {one.path for one in offered(scenario_of_study(small_study()), PLACE)}
    assert before - after == {POSTS}


def test_hypotheses_from_studies_are_offered_with_a_name() -> None:
    found = [one for one in offered(reference_of(alone()), PLACE) if one.kind == "literature"]
    assert CONTACTS in {one.path for one in found}
    assert all("." not in one.name["fr"] for one in found)
    assert sum(one.is_usual for one in offered(reference_of(alone()), PLACE)) <= MOST_FACTORS


@pytest.mark.parametrize(
    "changes",
    [
        {"factors": ("population.adults_per_household",)},
        {"factors": ("../../etc/passwd",)},
        {"outcome": "caseload_households"},
    ],
)
def test_only_what_is_offered_is_weighed(changes: dict[str, object]) -> None:
    with pytest.raises((InputError, ValidationError)):
        design_of(weighed(**changes))


def test_levers_move_from_the_first_day_and_hypotheses_in_the_past_too() -> None:
    design = design_of(weighed())
    posts, contacts = design.factors
    assert (posts.paths, posts.is_always) == ((POSTS,), False)
    assert (contacts.paths, contacts.is_always) == ((CONTACTS,), True)
    assert (contacts.low, contacts.high) == (0.17, 0.99)
    assert design.plan.share < 1.0


def ask_and_run(asked: Asked) -> str:
    identity = identity_of_search(asked)
    want(identity, new_owner())
    write_search(identity, asked)
    write_state(identity, RunState("queued"))
    assert is_search(identity)
    assert job.run(identity, os.getppid()) == 0
    state = read_state(identity)
    assert state is not None
    assert state.status == "complete"
    return identity


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(small_world, "WANTED_HOUSEHOLDS", 150.0)
    monkeypatch.setattr(weighing, "SIZES", {"morris": (2, 2), "sobol": (2, 1)})


@pytest.mark.slow
@pytest.mark.parametrize("method", ["morris", "sobol"])
@pytest.mark.usefixtures("tiny")
def test_an_answer_has_its_words_its_table_and_its_bars(method: str) -> None:
    study = alone()
    asked = weighed(method=method, outcome="contacts_held_per_person", study=study)
    found = read_answer(ask_and_run(asked))
    assert found is not None
    for language in ("fr", "en"):
        assert found.title[language]
        assert found.findings[language]
        assert len(found.table[language]) == 3
    assert {str(bar["kind"]) for bar in found.bars} == {"choice", "literature"}
    sizes = [abs(float(str(bar["size"]))) for bar in found.bars]
    assert sizes == sorted(sizes, reverse=True)


def explore(study: Study) -> AppTest:
    return page("explore", study)


def of_page(study: Study) -> Weighed:
    """The question that the page asks at first."""
    factors = tuple(
        one.path for one in offered(reference_of(study), first_territory(study)) if one.is_usual
    )
    return Weighed(
        study=study,
        territory=first_territory(study),
        outcome=weighing.OUTCOMES[0],
        factors=factors,
    )


def first_territory(study: Study) -> str:
    return reference_of(study).base.labels("territories")[0]


@pytest.mark.slow
@pytest.mark.usefixtures("tiny")
def test_the_page_shows_progress_then_the_answer_with_its_basis() -> None:
    study = alone()
    asked = of_page(study)
    identity = identity_of_search(asked)
    want(identity, new_owner())
    write_search(identity, asked)
    write_state(identity, RunState("running", done=5, steps=10, process=os.getpid()))
    made = explore(study)
    assert not made.exception
    assert any(one.key == "cancel weigh" for one in made.button)
    assert text("weigh.running", count=5) in [one.proto.text for one in made.get("progress")]

    ask_and_run(asked)
    made = explore(study)
    assert not made.exception
    said = shown(made)
    assert "pèse" in said
    assert text("badge.literature") in said
    assert "réduite" in said
    (chart,) = made.get("plotly_chart")
    assert chart.proto.alt
    assert escape(text("weigh.kind_literature")) in said


def test_no_factor_and_too_many_factors_are_told() -> None:
    made = explore(alone())
    boxes = [one for one in made.checkbox if str(one.key).startswith("weigh ")]
    assert len(boxes) > MOST_FACTORS
    for one in boxes:
        one.uncheck()
    made.run()
    assert text("weigh.none") in [one.value for one in made.info]
    boxes = [one for one in made.checkbox if str(one.key).startswith("weigh ")]
    for one in boxes[: MOST_FACTORS + 1]:
        one.check()
    made.run()
    assert text("weigh.too_many", most=MOST_FACTORS) in [one.value for one in made.info]
    assert not any(one.key == "start weigh" for one in made.button)


def test_a_search_that_failed_is_told() -> None:
    study = alone().model_copy(update={"months": 13})
    identity = identity_of_search(of_page(study))
    write_search(identity, of_page(study))
    write_state(identity, RunState("failed"))
    made = explore(study)
    assert text("weigh.failed") in [one.value for one in made.warning]
