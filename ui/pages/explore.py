"""Explore: how good the model is, what was run before, and what drives the results."""

from __future__ import annotations

from datetime import date, datetime

from sim.parameters.sources import published_figures
from ui import elements as st
from ui.look import badge, heading, limits, table, typed
from ui.numbers import PER_CENT, day_text, number, plain_number, signed
from ui.pages.explore_batches import batches_section
from ui.pages.explore_goal import goal_section
from ui.pages.explore_weigh import weigh_section
from ui.pages.moving import go_to, link_to
from ui.pages.paging import one_page
from ui.scoreboard import scoreboard
from ui.sources import source_text
from ui.spoken import text
from ui.study import departments
from ui.study.session import keep, study
from ui.visitor import visitor
from ui.work.extras import PUBLISHED_ROWS
from ui.work.history import PastRun, forget_run, history
from ui.work.shared import reference_run, server

TABS = ("goal", "weigh", "quality", "batches", "history")


def explore_page() -> None:
    """Draw the page."""
    heading(text("explore.title"), text("explore.lead"))
    goal, weigh, quality, batches, past = st.tabs([text(f"explore.tab_{name}") for name in TABS])
    with goal:
        goal_section()
    with weigh:
        weigh_section()
    with quality:
        _observed()
        _scores()
        limits("limits.explore")
    with batches:
        batches_section()
    with past:
        _history()


def _observed() -> None:
    """What published statistics say, beside what they would see in the simulated department."""
    label = departments()[study().department].label
    st.header(text("explore.observed", department=label), anchor=False)
    found = reference_run(study())
    if found is None or not found.observed:
        st.html(f'<p class="field" style="margin:0">{typed(text("explore.no_run"))}</p>')
        if study().drafts:
            link_to("compare", text("scenario.to_compare"), ":material/compare_arrows:")
        elif st.button(text("own.run"), icon=":material/play_arrow:"):
            server().start(study().model_copy(update={"drafts": ()}), visitor())
            st.rerun()
        return
    figures = published_figures()
    rows = []
    for name, row in PUBLISHED_ROWS.items():
        if name not in found.observed:
            continue
        published = float(figures[row].value)
        simulated = PER_CENT * found.observed[name]
        rows.append(
            [
                text(f"explore.{name}"),
                f"{plain_number(published)} %",
                f"{number(simulated, 1)} %",
                signed(simulated - published, 1),
                source_text(row),
            ]
        )
    st.html(badge("data"))
    heads = [
        text(f"explore.head_{name}")
        for name in ("statistic", "published", "simulated", "gap", "source")
    ]
    table(heads, rows, text("explore.observed_caption"), is_text=True)


def _scores() -> None:
    """How forecasts of the past did: the statistical forecast and the simple methods."""
    st.header(text("explore.scores"), anchor=False)
    found = scoreboard()
    if found is None:
        st.html(f'<p class="field" style="margin:0">{typed(text("explore.no_scores"))}</p>')
        return
    st.html(f'<p class="field" style="margin:0 0 .4rem">{typed(text("explore.scores_words"))}</p>')
    rows = [
        [
            text(f"method_name.{score.method}"),
            number(score.error, 2),
            signed(score.bias, 2),
            number(score.crps, 2),
            number(score.inside, 1),
        ]
        for score in found.scores
    ]
    heads = [
        text(f"explore.score_{name}") for name in ("method", "error", "bias", "crps", "inside")
    ]
    table(heads, rows, text("explore.scores_caption", day=day_text(date.fromisoformat(found.day))))


def _history() -> None:
    """The runs of this visitor, to open again or to take out."""
    past = history(visitor())
    if not past:
        st.html(f'<p class="field" style="margin:0">{typed(text("explore.no_history"))}</p>')
        return
    st.caption(text("explore.history_help"))
    for one in one_page(past, "history"):
        _past_row(one)


def _past_row(one: PastRun) -> None:
    department = departments()[one.study.department].label
    names = ", ".join(f"« {draft.title} »" for draft in one.study.drafts)
    status = text(f"explore.status_{one.state.status if one.state else 'gone'}")
    when = datetime.fromtimestamp(one.when).strftime("%d/%m/%Y %H:%M")
    with st.container(border=True, key=f"past {one.identity}"):
        left, first, second = st.columns([4, 1, 1], vertical_alignment="center")
        words = text(
            "explore.past",
            when=when,
            department=department,
            count=one.study.replications,
            months=one.study.months,
            status=status,
        )
        left.html(f"<strong>{typed(names)}</strong><br>{typed(words)}")
        with first:
            is_opened = st.button(text("files.open"), key=f"open {one.identity}", width="stretch")
        with second:
            is_forgotten = st.button(
                text("files.forget"), key=f"forget run {one.identity}", width="stretch"
            )
        if is_opened:
            keep(one.study)
            go_to("compare")
        if is_forgotten:
            forget_run(visitor(), one.identity)
            st.rerun()
