"""One simulated year, week by week: the queue made visible, for one replication, said to be one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sim.errors import InputError
from sim.experiments.weeks import IN_WORK, QUEUED, STANDINGS, SUPPORTED, WAITING, YearOfWeeks
from ui import elements as st
from ui.charts.frame import show
from ui.charts.weeks import Row, moving, still
from ui.look import heading, table, typed
from ui.numbers import day_text, number
from ui.outcome_words import place_text
from ui.pages.asked import place_field, scenario_field
from ui.pages.moving import lacks_scenarios
from ui.pages.running import result_badges, run_panel
from ui.reports.remarks import BETWEEN
from ui.spoken import language, text
from ui.study import Study
from ui.study.session import study
from ui.work.results import FullRun
from ui.work.shared import results_of
from ui.work.year import persons, rows_of, year_of

MOST_YEARS = 4
TOLD = (WAITING, QUEUED, SUPPORTED, IN_WORK)
WEEKS_BETWEEN_ROWS = 4


@st.cache_resource(show_spinner=False, max_entries=MOST_YEARS)
def _years(study_json: str, scenario: int) -> tuple[YearOfWeeks, YearOfWeeks]:
    asked = Study.model_validate_json(study_json)
    return year_of(asked, asked.drafts[scenario - 1])


def year_page() -> None:
    """Draw the page."""
    heading(text("year.title"), text("year.lead"))
    if lacks_scenarios():
        return
    run_panel(study())
    try:
        found = results_of(study())
    except InputError:
        return
    if found is not None:
        _show(found)


def _show(found: FullRun) -> None:
    answered = st.container()
    base = found.experiment.reference.base
    left, right = st.columns(2)
    with left:
        scenario = scenario_field(found)
    with right:
        place = place_field(found)
    result_badges(found)
    with st.container(), st.spinner(text("year.running")):
        before, after = _years(found.study.model_dump_json(), scenario)
    name, where = found.study.drafts[scenario - 1].title, place_text(base, place)
    end = _end(before, after, place, where, name)
    with answered:
        items = "".join(f"<li>{typed(one)}</li>" for one in end[1:])
        st.html(f'<div class="answer"><p>{typed(end[0])}</p><ul>{items}</ul></div>')
        banner = text("year.banner", count=number(found.study.replications))
        st.html(f'<div class="banner" role="note">{typed(banner)}</div>')
    _pictures(rows_of(before, after, base, place), before.days, end, name, where)


def _pictures(
    rows: Sequence[Row], days: Sequence[date], end: Sequence[str], name: str, where: str
) -> None:
    """The moving picture, a still of a chosen week, and the numbers."""
    names = text("common.reference"), name
    first, second, third = st.tabs([text(f"year.{one}") for one in ("moving", "still", "table")])
    with first, st.container(key="moving"):
        words = text(
            "year.alternative", name=name, end=f"{end[0]} {BETWEEN[language()].join(end[1:])}."
        )
        show(moving(rows, days, names), f"year {name} {where}", words)
        st.caption(text("year.caption"))
    with second:
        week = st.select_slider(
            text("year.choose"),
            range(len(days)),
            len(days) - 1,
            format_func=lambda each: day_text(days[each]),
            key="week shown",
        )
        words = text("year.still_alternative", name=name, day=day_text(days[week]))
        show(still(rows, week, names), f"week {name} {where}", words)
        st.caption(text("year.caption"))
    with third:
        _table(rows, days, where)


def _end(before: YearOfWeeks, after: YearOfWeeks, place: str, where: str, name: str) -> list[str]:
    """Where people stand in the last week: a head, and a line for each standing."""
    last = len(before.days) - 1
    told = [
        text(
            "year.told",
            standing=text(f"year.{STANDINGS[standing]}"),
            name=name,
            before=number(persons(before, place, standing, last)),
            after=number(persons(after, place, standing, last)),
        )
        for standing in TOLD
    ]
    return [text("year.end", day=day_text(before.days[last]), weeks=last, place=where), *told]


def _table(rows: Sequence[Row], days: Sequence[date], where: str) -> None:
    heads = [text("year.choose")]
    for row in rows:
        heads += [text("year.head_reference", name=row.name)]
        heads += [text("year.head_scenario", name=row.name)]
    lines = [
        [
            day_text(days[week]),
            *(number(int(one[week])) for row in rows for one in (row.reference, row.scenario)),
        ]
        for week in range(0, len(days), WEEKS_BETWEEN_ROWS)
    ]
    table(heads, lines, text("year.table_caption", place=where), is_tall=True)
