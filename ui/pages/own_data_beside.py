"""The model beside a department's own series: a chart, a table and the mean gap."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
import streamlit as st
from numpy.typing import NDArray

from sim.budget.spending import ALLOWANCE_LINES
from ui.charts.frame import band, lay_out, month_axis, show, style
from ui.look import table, typed
from ui.numbers import PER_CENT, month_text, number, plain_number, signed
from ui.outcome_words import label_of
from ui.own_data.store import OwnSeries
from ui.study import departments
from ui.study.session import study
from ui.texts import language, text
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
ADDED_UP = ("households", "adults", "allowance")
"""Summed over territories; delays are averaged."""


@dataclass(frozen=True)
class Pairing:
    """A column of the own series with what the model gives for the same months."""

    column: str
    label: str
    months: tuple[str, ...]
    own: NDArray[np.float64]
    model: NDArray[np.float64]
    """By (replication, month); NaN outside the run."""


def beside(one: OwnSeries) -> None:
    """Show one kept file; says what is missing when the model cannot be laid beside it."""
    if one.kind == "posts":
        _posts(one)
        return
    found = reference_run(study())
    if found is None:
        _offer(one)
        return
    pairings = [pairing for pairing in _pairings(one, found) if pairing is not None]
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


def _pairings(one: OwnSeries, found: FullRun) -> list[Pairing | None]:
    columns = dict.fromkeys(name for row in one.rows for name in row)
    return [
        _pairing(one, found, name)
        for name in columns
        if name in OUTCOME_OF or (one.kind == "spending" and name == "allowance")
    ]


def _pairing(one: OwnSeries, found: FullRun, column: str) -> Pairing | None:
    own: dict[str, list[float]] = defaultdict(list)
    for row in one.rows:
        if isinstance(row.get(column), (int, float)):
            own[str(row["month"])].append(float(row[column]))
    months = tuple(sorted(own))
    known = found.axes.months[1:]
    if not set(months) & set(known):
        return None
    if column == "allowance":
        values, label = monthly(found, 0, ALLOWANCE_LINES), text("budget.line_net_allowance")
    else:
        values, label = found.values(0, OUTCOME_OF[column]), label_of(OUTCOME_OF[column])
    model = np.full((found.count, len(months)), np.nan)
    for place, month in enumerate(months):
        if month in known:
            model[:, place] = values[:, known.index(month)]
    add = np.sum if column in ADDED_UP else np.mean
    return Pairing(column, label, months, np.array([float(add(own[m])) for m in months]), model)


def _chart(one: OwnSeries, pairing: Pairing) -> None:
    figure = go.Figure()
    low, high = spread(pairing.model)
    band(figure, pairing.months, low, high, style(1)[0])
    mean = np.array([float(np.mean(column)) for column in pairing.model.T])
    for position, (name, values) in enumerate(
        ((text("own.observed"), pairing.own), (text("own.model"), mean))
    ):
        colour, dash = style(position)
        figure.add_trace(
            go.Scatter(
                x=list(pairing.months),
                y=values.tolist(),
                mode="lines+markers",
                name=name,
                line={"color": colour, "dash": dash, "width": 2.4},
                marker={"size": 5},
                customdata=[[number(float(value), 1)] for value in values],
                hovertemplate=f"%{{customdata[0]}}<extra>{name}</extra>",
            )
        )
    lay_out(figure, 340)
    month_axis(figure, pairing.months)
    is_both = ~np.isnan(mean)
    gap = PER_CENT * float(np.mean(np.abs(mean[is_both] / pairing.own[is_both] - 1.0)))
    words = text("own.gap", label=pairing.label, percent=number(gap, 1), months=int(is_both.sum()))
    st.markdown(f"**{pairing.label}**")
    show(figure, f"own {one.key} {pairing.column}", text("own.alternative", words=words))
    st.html(f'<p class="field" style="margin:0">{typed(words)}</p>')
    rows = [
        [
            month_text(month),
            number(float(own)),
            number(float(model)) if both else "–",
            signed(PER_CENT * (float(model) / float(own) - 1.0), 1) if both and own else "–",
        ]
        for month, own, model, both in zip(pairing.months, pairing.own, mean, is_both, strict=True)
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
    """Own posts by role beside those of the tables, for the whole department."""
    own: dict[str, float] = defaultdict(float)
    for row in one.rows:
        own[str(row["role"])] += float(row["fte"])
    base = departments()[study().department]
    model = {
        base.label_text("roles", role, language()): sum(
            base.number(f"territories.{place}.staff.{role}.fte")
            for place in base.labels("territories")
        )
        for role in base.labels("roles")
    }
    rows = [[role, plain_number(fte), "–"] for role, fte in own.items()]
    rows += [[role, "–", plain_number(fte)] for role, fte in model.items()]
    rows.append(
        [text("own.all_posts"), plain_number(sum(own.values())), plain_number(sum(model.values()))]
    )
    table(
        [text("own.column_role"), text("own.observed"), text("own.model")],
        rows,
        text("own.posts_caption"),
    )
