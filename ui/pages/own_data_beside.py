"""The model beside a department's own series: a chart, a table and the mean gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from sim.money.costs.spending import ALLOWANCE_LINES
from ui import elements as st
from ui.charts.frame import band, lay_out, month_axis, show, style
from ui.look import table, typed
from ui.numbers import PER_CENT, counted, month_text, number, plain_number, signed
from ui.outcome_words import label_of
from ui.own_data.figures import role_meant
from ui.own_data.monthly import Monthly, Said, beside_the_model, by_month, mean_gap
from ui.own_data.store import OwnSeries
from ui.spoken import language, text
from ui.study.references import reference_of
from ui.study.session import study
from ui.visitor import visitor
from ui.work.money import monthly
from ui.work.results import FullRun, spread
from ui.work.run_files import UNFINISHED
from ui.work.shared import reference_run, reference_state, server

OUTCOME_OF = {
    "households": "caseload_households",
    "adults": "caseload_persons",
    "orientation_days": "wait_for_orientation_days_mean",
    "caseworker_days": "wait_for_caseworker_days_mean",
}
"""Columns with an outcome that counts the same thing."""
MOST_MONTHS_NAMED = 6


@dataclass(frozen=True)
class Pairing:
    """A column of the own series with what the model gives for the same months."""

    column: str
    label: str
    own: Monthly
    model: NDArray[np.float64]
    """By (replication, month); NaN outside the run."""

    @property
    def mean(self) -> NDArray[np.float64]:
        """The model's mean by month."""
        return np.array([float(np.mean(column)) for column in self.model.T])


def beside(one: OwnSeries) -> None:
    """Show one kept file; says what is missing when the model cannot be laid beside it."""
    if one.kind == "posts":
        _posts(one)
        return
    own = {name: by_month(one.rows, name) for name in _compared(one)}
    _say({said: None for monthly in own.values() for said in monthly.said})
    found = reference_run(study())
    if found is None:
        _offer(one)
        return
    pairings = [
        pairing
        for name, values in own.items()
        if (pairing := _pairing(found, name, values)) is not None
    ]
    if not pairings:
        st.info(text("own.nothing_to_compare"), icon=":material/info:")
        return
    for pairing in pairings:
        _chart(one, pairing)


def _offer(one: OwnSeries) -> None:
    state = reference_state(study())
    if state is not None and state.status in UNFINISHED:
        st.info(text("own.running"), icon=":material/hourglass_empty:")
        st.button(text("own.refresh"), key=f"refresh {one.key}")
        return
    st.html(f'<p class="field" style="margin:0">{typed(text("own.no_run"))}</p>')
    if st.button(text("own.run"), key=f"run {one.key}", icon=":material/play_arrow:"):
        server().start(study().model_copy(update={"drafts": ()}), visitor())
        st.rerun()


def _compared(one: OwnSeries) -> list[str]:
    """The columns that the model has too."""
    columns = dict.fromkeys(name for row in one.rows for name in row)
    return [
        name
        for name in columns
        if name in OUTCOME_OF or (one.kind == "spending" and name == "allowance")
    ]


def _pairing(found: FullRun, column: str, own: Monthly) -> Pairing | None:
    known = found.axes.months[1:]
    if not set(own.months) & set(known):
        return None
    if column == "allowance":
        values, label = monthly(found, 0, ALLOWANCE_LINES), text("budget_line.net_allowance")
    else:
        values, label = found.values(0, OUTCOME_OF[column]), label_of(OUTCOME_OF[column])
    model = np.full((found.count, len(own.months)), np.nan)
    for place, month in enumerate(own.months):
        if month in known:
            model[:, place] = values[:, known.index(month)]
    return Pairing(column, label, own, model)


def _say(said: Iterable[Said]) -> None:
    """What has to be known of a series, above its charts."""
    lines = [
        text(
            f"own.said_{one.name}",
            months=", ".join(month_text(month) for month in one.months[:MOST_MONTHS_NAMED]),
            more=_more(len(one.months) - MOST_MONTHS_NAMED),
        )
        for one in said
    ]
    if lines:
        listed = "".join(f"<li>{typed(line)}</li>" for line in lines)
        title = typed(text("limits.remarks"))
        st.html(f'<div class="limits"><p>{title}</p><ul>{listed}</ul></div>')


def _more(count: int) -> str:
    return counted("own.said_more", count) if count > 0 else ""


def _chart(one: OwnSeries, pairing: Pairing) -> None:
    _say(beside_the_model(pairing.column, pairing.own.values, pairing.mean))
    figure = go.Figure()
    low, high = spread(pairing.model)
    band(figure, pairing.own.months, low, high, style(1)[0])
    months, own, mean = pairing.own.months, pairing.own.values, pairing.mean
    for position, (name, values) in enumerate(
        ((text("own.observed"), own), (text("own.model"), mean))
    ):
        colour, dash = style(position)
        figure.add_trace(
            go.Scatter(
                x=list(months),
                y=[float(value) if np.isfinite(value) else None for value in values],
                mode="lines+markers",
                name=name,
                line={"color": colour, "dash": dash, "width": 2.4},
                marker={"size": 5},
                customdata=[[number(float(value), 1)] for value in values],
                hovertemplate=f"%{{customdata[0]}}<extra>{name}</extra>",
            )
        )
    lay_out(figure, 340)
    month_axis(figure, months)
    gap, count = mean_gap(own, mean)
    words = (
        counted("own.gap", count, label=pairing.label, percent=number(PER_CENT * gap, 1))
        if count
        else text("own.no_gap", label=pairing.label)
    )
    st.strong(pairing.label)
    show(figure, f"own {one.key} {pairing.column}", text("own.alternative", words=words))
    st.html(f'<p class="field" style="margin:0">{typed(words)}</p>')
    rows = [
        [
            month_text(month),
            number(float(observed)),
            number(float(model)),
            signed(PER_CENT * (float(model) / float(observed) - 1.0), 1)
            if np.isfinite(model) and observed > 0.0
            else "–",
        ]
        for month, observed, model in zip(months, own, mean, strict=True)
    ]
    with st.expander(text("common.table"), icon=":material/table:"):
        table(
            [
                text("common.month"),
                text("own.observed"),
                text("own.model"),
                text("own.gap_percent"),
            ],
            rows,
            pairing.label,
            is_tall=True,
        )


def _posts(one: OwnSeries) -> None:
    """Own posts by role beside those of the model, for the whole department."""
    own: dict[str, float] = defaultdict(float)
    base = reference_of(study()).base
    roles = base.labels("roles")
    for row in one.rows:
        written = str(row["role"])
        role = role_meant(written, base, roles)
        name = written if role is None else base.label_text("roles", role, language())
        own[name] += float(row["fte"])
    model = {
        base.label_text("roles", role, language()): sum(
            base.number(f"territories.{place}.staff.{role}.fte")
            for place in base.labels("territories")
        )
        for role in roles
    }
    names = dict.fromkeys((*own, *(name for name, fte in model.items() if fte)))
    sides = (own, model)
    rows = [
        [name, *(plain_number(side[name]) if name in side else "–" for side in sides)]
        for name in names
    ]
    rows.append([text("own.all_posts"), *(plain_number(sum(side.values())) for side in sides)])
    table(
        [text("own.column_role"), text("own.observed"), text("own.model")],
        rows,
        text("own.posts_caption"),
        strong=(len(rows) - 1,),
    )
