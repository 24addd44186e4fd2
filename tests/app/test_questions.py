"""The questions of the first page: where each opens, and with which value."""

from __future__ import annotations

from datetime import date

import pytest
from app_worlds import page, scheme_study, shown
from streamlit.testing.v1 import AppTest

from ui.entry.front_door import SCRIPT
from ui.pages.home import GOALS, QUESTIONS
from ui.spoken import text
from ui.study import Draft
from ui.study.first_values import with_first_value
from ui.study.session import KEY
from ui.visitor import KEY as VISITOR
from ui.work.last_department import last_department, remember_department
from ui.work.money import years_ahead
from ui.work.places import new_owner
from ui.work.seeking import TARGETS


def opened(key: str) -> AppTest:
    made = page("home", scheme_study("somme"))
    return next(one for one in made.button if one.key == f"open {key}").click().run()


def test_the_four_questions_stand_on_the_first_page() -> None:
    said = shown(page("home", scheme_study("somme")))
    for key in QUESTIONS:
        assert text(f"question.{key}").removesuffix(" ?") in said


def test_a_question_about_portfolios_opens_with_a_value() -> None:
    (draft,) = opened("portfolios").session_state[KEY].drafts
    ((path, value),) = draft.values.items()
    assert path.endswith("portfolio_cap")
    assert 10.0 <= float(value) < 200.0
    assert not draft.is_idle("somme_reference")


def test_a_blank_sheet_stays_blank() -> None:
    (draft,) = opened("blank").session_state[KEY].drafts
    assert draft.values == {}
    assert with_first_value(Draft.model_validate({**draft.model_dump(), "focus": ""})) == draft


@pytest.mark.parametrize("key", GOALS)
def test_a_target_is_sought_from_a_first_value(key: str) -> None:
    made = opened(key)
    assert not made.session_state[KEY].drafts
    for name, value in GOALS[key].items():
        assert made.session_state[name] == value
    assert GOALS[key]["goal outcome"] in TARGETS


def test_the_department_of_the_last_visit_is_opened() -> None:
    owner = new_owner()
    assert last_department(owner) is None
    remember_department(owner, "doubs")
    assert last_department(owner) == "doubs"
    made = AppTest.from_file(str(SCRIPT), default_timeout=120)
    made.session_state[VISITOR] = owner
    made.run()
    assert not made.exception
    assert made.session_state[KEY].department == "doubs"


def test_the_budget_tells_this_year_and_the_next_before_anything_is_run() -> None:
    made = page("budget", scheme_study("somme"))
    assert not made.exception
    said = shown(made).replace("\u00a0", " ").replace("\u202f", " ")
    this, following = years_ahead("80", date.today())
    for one in (this, following):
        assert one.low_eur < one.expected_eur < one.high_eur
        assert f"En {one.year}, l’allocation RSA versée coûterait" in said
    assert "8 chances sur 10" in said
    assert "Dernier nombre de foyers connu" in said


def test_a_department_without_published_spending_has_no_sentence() -> None:
    assert years_ahead("00", date(2026, 6, 1)) == ()
