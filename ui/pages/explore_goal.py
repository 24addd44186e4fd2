"""Goal-seek in plain words: how much of a lever reaches a target, and how sure that is."""

from __future__ import annotations

import streamlit as st

from sim.errors import InputError
from sim.outcomes import outcome_definition
from ui.look import answer, badge, table, typed
from ui.numbers import PER_CENT
from ui.outcome_words import Shown, label_of
from ui.study import departments
from ui.study.session import study
from ui.texts import language, text
from ui.visitor import visitor
from ui.work.run_files import UNFINISHED, read_state
from ui.work.seeking import (
    LEVERS,
    TARGETS,
    Sought,
    identity_of_search,
    question_of,
    read_answer,
)
from ui.work.shared import server

POLL_SECONDS = 0.5
USUAL_LIMITS = {"days": 15.0, "share": 80.0, "per_person_month": 1.0}
"""The number that is first proposed, by unit of the outcome, as it is written."""


def goal_section() -> None:
    """The question, its progress and its answer."""
    st.html(f'<p class="lead">{typed(text("goal.lead"))}</p>')
    sought = _question()
    identity = identity_of_search(sought)
    state = read_state(identity)
    if state is not None and state.status in UNFINISHED:
        _progress(identity)
        return
    found = read_answer(identity)
    if found is None:
        if state is not None and state.status == "failed":
            st.warning(text("goal.failed"), icon=":material/error:")
        if st.button(text("goal.start"), type="primary", icon=":material/search:"):
            _start(sought)
        return
    spoken = language()
    st.html(badge("preview", text("goal.small")) + badge("literature"))
    answer([found.title[spoken], *found.findings[spoken]])
    heads, *rows = found.table[spoken]
    table(heads, rows, text("goal.table"))
    items = "".join(f"<li>{typed(one)}</li>" for one in found.basis[spoken])
    st.html(f'<div class="limits"><p>{typed(text("goal.basis"))}</p><ul>{items}</ul></div>')


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


def _start(sought: Sought) -> None:
    try:
        question_of(sought)
    except InputError as error:
        listed = "\n".join(f"- {fault.field} : {fault.found}" for fault in error.faults[:4])
        st.error(f"{text('goal.impossible')}\n{listed}", icon=":material/edit:")
        return
    server().search(sought, visitor())
    st.rerun()


@st.fragment(run_every=POLL_SECONDS)
def _progress(identity: str) -> None:
    state = read_state(identity)
    if state is None or state.status not in UNFINISHED:
        st.rerun()
        return
    st.progress(state.share, text=text("goal.running", count=state.done))
    if st.button(text("goal.stop"), icon=":material/stop:", key="cancel search"):
        server().cancel(identity, visitor())
