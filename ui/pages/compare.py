"""Compare: the options in a table, why, differences as curves, flows, queues, the same people."""

from __future__ import annotations

from sim.errors import InputError
from ui import elements as st
from ui.answers import drawn_sentence
from ui.look import answer, heading, limits_line
from ui.options_words import answer_told, options_text, summary_of
from ui.pages.asked import indicator_field, place_field, scenario_field
from ui.pages.compare_charts import curves, flows, queues
from ui.pages.compare_first import first_results
from ui.pages.compare_options import options_table
from ui.pages.compare_people import same_people
from ui.pages.compare_why import why_it_is_so
from ui.pages.moving import lacks_scenarios
from ui.pages.running import input_remarks, kind_badges, run_panel
from ui.pages.take_away import take_away
from ui.pages.worth import worth
from ui.spoken import text
from ui.study.question import INDICATORS
from ui.study.session import study
from ui.work.options import options_of, outcome_line
from ui.work.results import FullRun
from ui.work.shared import results_of


def compare_page() -> None:
    """Draw the page."""
    heading(text("compare.title"), text("compare.lead"))
    if lacks_scenarios():
        return
    run_panel(study(), first_results)
    try:
        found = results_of(study())
    except InputError:
        return
    if found is None:
        return
    _show(found)


def _show(found: FullRun) -> None:
    top = st.container()
    first, second, third = st.columns(3)
    with first:
        scenario = scenario_field(found, "compared")
    with second:
        outcome = indicator_field(INDICATORS)
    with third:
        place = place_field(found)
    options = options_of(found, place)
    sentences = answer_told(found, outcome_line(found, outcome, place), scenario)
    with top:
        kind_badges(found)
        answer([*sentences, summary_of(found, options, scenario)])
    options_table(options_text(found, options))
    st.caption(drawn_sentence(found))
    input_remarks(found)
    limits_line("limits.compare")
    why_it_is_so(found, scenario, place)
    curves(found, outcome, place, sentences)
    flows(found, scenario, place)
    queues(found, place)
    same_people(found, scenario, place)
    worth(found, scenario, place)
    take_away(found, scenario, outcome, place)
