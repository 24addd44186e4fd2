"""The page that compares a scenario of the Somme with its reference."""

from __future__ import annotations

import logging

import streamlit as st

from sim.policy import Scenario
from ui.comparison_results import ENOUGH_REPLICATIONS, show_results
from ui.numbers import day_text, plain_number
from ui.results import Replications, ResultStore
from ui.settings import (
    CAP,
    POSTS,
    REFERENCE,
    Checked,
    Field,
    checked,
    day_of_effect,
    fields_of,
    scenario,
    scenario_names,
    territories_of,
)
from ui.texts import text

LOG = logging.getLogger(__name__)
REPLICATIONS = (4, 12, 24)
SHORTEST, LONGEST = 6, 60
STAGES = 2


@st.cache_resource(show_spinner=False)
def result_store() -> ResultStore:
    """The results of this server."""
    return ResultStore()


def comparison_page() -> None:
    """Draw the page: settings at the side, then what they change."""
    st.title(text("comparison.title"))
    st.markdown(text("comparison.lead"))
    with st.sidebar:
        chosen = _scenario_choice()
        territory = _territory_choice(chosen)
        result, months, replications = _settings(chosen, territory)
    if result.faults:
        faults = "\n".join(f"- {fault}" for fault in result.faults)
        st.error(f"{text('error.heading')}\n{faults}", icon=":material/edit:")
    for remark in result.remarks:
        st.warning(remark, icon=":material/info:")
    if result.scenario is None:
        return
    reference = scenario(REFERENCE).with_months(months)
    found = _simulated(reference, result.scenario, replications)
    if found is not None:
        show_results(found[0], found[1], result.scenario, territory)


def _scenario_choice() -> Scenario:
    name = st.selectbox(
        text("comparison.scenario"),
        scenario_names(),
        format_func=lambda each: scenario(each).title.fr,
        help=text("comparison.scenario_help"),
        key="scenario",
    )
    st.caption(scenario(name).description.fr)
    return scenario(name)


def _territory_choice(chosen: Scenario) -> str:
    label: str = st.selectbox(
        text("comparison.territory"),
        territories_of(chosen),
        format_func=lambda each: chosen.base.label_text("territories", each, "fr"),
        help=text("comparison.territory_help"),
        key=f"territory of {chosen.name}",
    )
    return label


def _settings(chosen: Scenario, territory: str) -> tuple[Checked, int, int]:
    """The form: what was chosen, the months, the replications."""
    posts = fields_of(chosen, territory, POSTS)
    caps = fields_of(chosen, territory, CAP)
    with st.form("settings", border=False):
        values: dict[str, float | None] = {}
        st.markdown(f"**{text('comparison.posts_heading')}**")
        for field in posts:
            values[field.lever.path] = _posts_slider(chosen, territory, field)
        st.markdown(f"**{text('comparison.portfolios_heading')}**")
        for field in caps:
            values[field.lever.path] = _cap_input(chosen, field)
        months = st.slider(
            text("comparison.months"), SHORTEST, LONGEST, chosen.months, step=6, key="months"
        )
        replications = st.radio(
            text("comparison.replications"),
            REPLICATIONS,
            format_func=lambda each: (
                text("comparison.preview", count=each) if each < ENOUGH_REPLICATIONS else str(each)
            ),
            horizontal=True,
            help=text("comparison.replications_help"),
            key="replications",
        )
        st.form_submit_button(text("comparison.run"), type="primary", width="stretch")
    st.caption(
        text(
            "comparison.effect_date",
            day=day_text(day_of_effect(chosen, territory)),
            days=plain_number(chosen.base.number("staffing.recruitment_delay_days")),
        )
    )
    return checked(chosen, territory, months, (*posts, *caps), values), months, replications


def _posts_slider(chosen: Scenario, territory: str, field: Field) -> float:
    lever = field.lever
    present = chosen.base.number(lever.path.replace(POSTS, "fte"))
    value: float = st.slider(
        field.role,
        float(lever.low),
        float(max(lever.high, field.value)),
        float(field.value),
        step=float(lever.step),
        format="%g",
        help=text(
            "comparison.posts_help",
            present=plain_number(present),
            low=plain_number(lever.low),
            high=plain_number(lever.high),
        ),
        key=f"{chosen.name} {lever.path}",
    )
    return value


def _cap_input(chosen: Scenario, field: Field) -> float | None:
    lever = field.lever
    value: float | None = st.number_input(
        field.role,
        value=field.value,
        step=float(lever.step),
        format="%g",
        help=text(
            "comparison.portfolio_help",
            low=plain_number(lever.low),
            high=plain_number(lever.high),
            reference=plain_number(field.reference),
        ),
        key=f"{chosen.name} {lever.path}",
    )
    return value


def _simulated(
    reference: Scenario, made: Scenario, replications: int
) -> tuple[Replications, Replications] | None:
    """Both results, with a progress bar while they are made; None when that failed."""
    store = result_store()
    place = st.empty()
    is_first = not store
    try:
        stages = (
            ("comparison.stage_reference", reference),
            ("comparison.stage_scenario", made),
        )
        found = []
        for position, (stage, one) in enumerate(stages):

            def report(done: int, steps: int, position: int = position, stage: str = stage) -> None:
                words = text("comparison.progress", stage=text(stage), done=done, total=steps)
                if is_first:
                    words = f"{words}. {text('comparison.first_time')}"
                place.progress((position + done / max(steps, 1)) / STAGES, words)

            found.append(store.get(one, replications, report))
    except Exception:
        LOG.exception("a simulation of the app failed")
        place.error(text("comparison.failed"), icon=":material/error:")
        return None
    place.empty()
    return found[0], found[1]
