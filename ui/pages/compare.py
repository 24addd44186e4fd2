"""Compare: one sentence, four cards, curves, differences, flows, queues, and what to take away."""

from __future__ import annotations

from sim.errors import InputError
from sim.outcomes.table import ALL
from ui import elements as st
from ui.answers import drawn_sentence, reasons_told, sentences_of
from ui.look import answer, heading, limits
from ui.outcome_words import label_of, place_text
from ui.pages.compare_cards import four_cards
from ui.pages.compare_charts import curves, flows, queues
from ui.pages.compare_people import same_people
from ui.pages.moving import lacks_scenarios
from ui.pages.running import result_badges, run_panel
from ui.pages.take_away import take_away
from ui.pages.worth import worth
from ui.spoken import text
from ui.study.session import study
from ui.work.results import FullRun
from ui.work.shared import results_of

INDICATORS = (
    "caseload_households",
    "caseload_persons",
    "wait_for_orientation_days_mean",
    "wait_for_caseworker_days_mean",
    "oriented_within_15_days_share",
    "oriented_within_30_days_share",
    "contacts_achieved_share",
    "contacts_held_per_person",
    "entrants_job_within_6m_share",
    "entrants_job_within_12m_share",
    "entrants_lasting_job_within_12m_share",
    "in_job_six_months_later",
    "ruptures_within_6m_share",
    "jobs_started",
    "exits_work",
    "reentries",
)


def compare_page() -> None:
    """Draw the page."""
    heading(text("compare.title"), text("compare.lead"))
    if lacks_scenarios():
        return
    run_panel(study())
    try:
        found = results_of(study())
    except InputError:
        return
    if found is None:
        return
    _show(found)


def _show(found: FullRun) -> None:
    base = found.experiment.reference.base
    titles = [draft.title for draft in found.study.drafts]
    changed = found.experiment.changed_territories
    first, second, third = st.columns(3)
    with first:
        position = st.selectbox(
            text("compare.scenario"),
            range(len(titles)),
            format_func=lambda each: titles[each],
            key=f"compared {'-'.join(draft.key for draft in found.study.drafts)}",
        )
    with second:
        outcome = st.selectbox(
            text("compare.indicator"),
            INDICATORS,
            format_func=label_of,
            key="indicateur",
            bind="query-params",
        )
    with third:
        place = st.selectbox(
            text("compare.place"),
            (ALL, *changed, *(one for one in base.labels("territories") if one not in changed)),
            format_func=lambda each: place_text(base, each),
            key=f"place {found.study.department}",
            persist_state="session",
        )
    scenario = int(position) + 1
    result_badges(found)
    sentences = sentences_of(found, scenario, outcome, place)
    reasons = reasons_told(found, scenario, place)
    answer([*sentences, *reasons, drawn_sentence(found)])
    four_cards(found, scenario, place)
    same_people(found, scenario, place)
    limits("limits.compare")
    worth(found, scenario, place)
    curves(found, outcome, place, sentences)
    flows(found, scenario, place)
    queues(found, place)
    take_away(found, scenario, outcome, place)
