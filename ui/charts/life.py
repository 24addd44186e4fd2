"""One simulated life as a timeline: on RSA, supported, in a job, and the contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from ui.charts.frame import INK, lay_out
from ui.plain_text import chart_text
from ui.reports.figure_frame import COLOURS
from ui.reports.story import Line
from ui.spoken import text

LANES = ("on_rsa", "supported", "in_job")
COLOUR_OF = {"on_rsa": COLOURS[5], "supported": COLOURS[1], "in_job": COLOURS[3]}
OPENS = {
    "first_entry": "on_rsa",
    "reentry": "on_rsa",
    "support_started": "supported",
    "job_started": "in_job",
}
CLOSES = {"exit": "on_rsa", "support_ended": "supported", "job_ended": "in_job"}
CONTACT_KINDS = ("contact_held", "contact_missed", "contact_postponed", "contact_never_held")
HEIGHT_OF_LANE = 0.55
DAYS_WITH_MONTHS = 550
"""A longer axis names years only: a telephone has no room for more."""


@dataclass(frozen=True)
class Bar:
    """A period of one lane."""

    lane: str
    since: str
    until: str


def bars_of(lines: Sequence[Line], first: date, last: date, lanes_open: set[str]) -> list[Bar]:
    """Periods by lane, from the lines of a story; ``lanes_open`` hold on the first day."""
    since = {lane: first.isoformat() for lane in lanes_open}
    bars = []
    for line in lines:
        kind = line.records[0]
        lane = CLOSES.get(kind)
        if lane is not None:
            bars.append(Bar(lane, since.pop(lane, first.isoformat()), line.date))
        lane = OPENS.get(kind)
        if lane is not None:
            since.setdefault(lane, line.date)
    bars += [Bar(lane, begun, last.isoformat()) for lane, begun in since.items()]
    return bars


def timeline(
    lives: Sequence[tuple[str, Sequence[Line], set[str]]], first: date, last: date
) -> go.Figure:
    """The lanes of each named life, the first one on top."""
    figure = go.Figure()
    rows = [_row(lane, name) for lane in LANES for name, _, _ in lives]
    for name, lines, lanes_open in lives:
        for bar in bars_of(lines, first, last, lanes_open):
            row = _row(bar.lane, name)
            days = (date.fromisoformat(bar.until) - date.fromisoformat(bar.since)).days
            figure.add_trace(
                go.Bar(
                    orientation="h",
                    y=[row],
                    base=[bar.since],
                    x=[days * 86_400_000],
                    width=HEIGHT_OF_LANE,
                    marker={"color": COLOUR_OF[bar.lane], "line": {"color": INK, "width": 0.6}},
                    hovertemplate=f"{row}<br>{bar.since} → {bar.until}<extra></extra>",
                    showlegend=False,
                )
            )
    is_long = (last - first).days > DAYS_WITH_MONTHS
    lay_out(figure, 110 + 38 * len(rows))
    figure.update_layout(barmode="overlay", hovermode="closest", bargap=0.3)
    figure.update_yaxes(
        categoryorder="array", categoryarray=rows, autorange="reversed", showgrid=False
    )
    figure.update_xaxes(
        type="date",
        range=[first.isoformat(), last.isoformat()],
        tickformat="%Y" if is_long else "%m/%Y",
        dtick="M12" if is_long else "M6",
        showgrid=True,
        gridcolor="#e6e6e6",
    )
    return figure


def _row(lane: str, name: str) -> str:
    return chart_text(f"{text(f'life.{lane}')} · {name}")
