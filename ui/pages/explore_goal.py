"""Goal-seek in plain words: how much of a lever reaches a target, and how sure that is."""

from __future__ import annotations

import streamlit as st

from sim.outcomes import outcome_definition
from ui.look import answer, table, typed
from ui.numbers import PER_CENT
from ui.outcome_words import Shown, label_of
from ui.pages.following import basis, follow, small_badges
from ui.study import departments
from ui.study.session import study
from ui.texts import language, text
from ui.work.seeking import LEVERS, TARGETS, Sought, question_of

USUAL_LIMITS = {"days": 15.0, "share": 80.0, "per_person_month": 1.0}
"""The number that is first proposed, by unit of the outcome, as it is written."""


def goal_section() -> None:
    """The question, its progress and its answer."""
    st.html(f'<p class="lead">{typed(text("goal.lead"))}</p>')
    sought = _question()
    found = follow(sought, lambda: question_of(sought), "goal")
    if found is None:
        return
    small_badges()
    spoken = language()
    answer([found.title[spoken], *found.findings[spoken]])
    heads, *rows = found.table[spoken]
    table(heads, rows, text("goal.table"))
    basis(found)


def _question() -> Sought:
    present = study()
    base = departments()[present.department]
    titles = [text("common.reference"), *(draft.title for draft in present.drafts)]
    places = {
        one: base.label_text("territories", one, language()) for one in base.labels("territories")
    }
    first, second = st.columns(2)
    with first:
        number = st.selectbox(
            text("goal.scenario"),
            range(len(titles)),
            format_func=lambda each: titles[each],
            key="goal scenario",
        )
        lever_names = {name: text(f"goal.lever_{name}") for name in LEVERS}
        lever = st.selectbox(
            text("goal.lever"), LEVERS, format_func=lambda each: lever_names[each], key="goal lever"
        )
        place = st.selectbox(
            text("scenario.territory"),
            list(places),
            format_func=lambda each: places[each],
            key="goal territory",
        )
    with second:
        outcomes = {name: label_of(name) for name in TARGETS}
        outcome = st.selectbox(
            text("goal.outcome"),
            list(outcomes),
            format_func=lambda each: outcomes[each],
            key="goal outcome",
        )
        shown = Shown.of(str(outcome))
        side = text(
            "goal.at_most" if TARGETS[str(outcome)] == "<=" else "goal.at_least", unit=shown.unit
        )
        unit = outcome_definition(str(outcome)).unit
        limit = st.number_input(
            side,
            0.0,
            1000.0,
            USUAL_LIMITS.get(unit, 1.0),
            step=1.0,
            format="%g",
            key=f"goal limit {outcome}",
        )
    drafts = present.drafts[number - 1 : number] if number else ()
    scale = PER_CENT if unit == "share" else 1.0
    return Sought(
        study=present.model_copy(update={"drafts": tuple(drafts)}),
        lever=str(lever),
        territory=str(place),
        outcome=str(outcome),
        limit=min(float(limit or 0.0), PER_CENT if unit == "share" else 1000.0) / scale,
    )
