"""Goal-seek in plain words: how much of a lever reaches a target, and how sure that is."""

from __future__ import annotations

from sim.outcomes.definitions import outcome_definition
from ui import elements as st
from ui.look import answer, table, typed
from ui.numbers import PER_CENT
from ui.outcome_words import Shown, label_of
from ui.pages.choosing import choose_scenario, choose_territory
from ui.pages.following import basis, follow, small_badges
from ui.spoken import language, text
from ui.study.session import study
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
    first, second = st.columns(2)
    with first:
        _, asked = choose_scenario(present, "goal")
        lever_names = {name: text(f"goal.lever_{name}") for name in LEVERS}
        lever = st.selectbox(
            text("goal.lever"), LEVERS, format_func=lambda each: lever_names[each], key="goal lever"
        )
        place = choose_territory(present, "goal")
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
    scale = PER_CENT if unit == "share" else 1.0
    return Sought(
        study=asked,
        lever=str(lever),
        territory=place,
        outcome=str(outcome),
        limit=min(float(limit or 0.0), PER_CENT if unit == "share" else 1000.0) / scale,
    )
