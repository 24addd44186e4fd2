"""One simulated year as bars that move from week to week, scenario below reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ui.charts.frame import GREY, INK, lay_out
from ui.numbers import day_text, number
from ui.plain_text import chart_text
from ui.reports.figure_frame import COLOURS
from ui.spoken import text

HALF_SECOND = 500
"""How long the animated picture stays on a week, milliseconds."""
ROW_HEIGHT, FOOT_HEIGHT = 66, 60
BAR_WIDTH = 0.24
REFERENCE_AT, SCENARIO_AT, NAME_AT = 0.0, 0.27, -0.17
"""Upper edge of the bars and middle of the name within a row of height one, downwards."""
BUTTONS_BELOW, CONTROLS_HEIGHT = 96, 110
"""Pixels from the bars to the buttons, which stand below the slider, and of both together."""
ROOM = 1.16
"""The axis beside the longest bar, for its number."""
SPACE = "\u00a0"
UNSEEN = "rgba(0, 0, 0, 0)"


@dataclass(frozen=True)
class Row:
    """A place to stand: its name, and persons by week under the reference and the scenario."""

    name: str
    reference: NDArray[np.int64]
    scenario: NDArray[np.int64]


def still(rows: Sequence[Row], week: int, names: tuple[str, str]) -> go.Figure:
    """One week; ``names`` are those of the reference and of the scenario."""
    figure = go.Figure(_bars(rows, week, names))
    tallest = max((int(max(one.reference.max(), one.scenario.max())) for one in rows), default=1)
    for place, row in enumerate(rows):
        figure.add_annotation(
            x=0.0,
            y=place + NAME_AT,
            text=chart_text(row.name),
            showarrow=False,
            xanchor="left",
            yanchor="middle",
            font={"size": 13, "color": INK},
        )
    lay_out(figure, ROW_HEIGHT * len(rows) + FOOT_HEIGHT)
    figure.update_layout(barmode="overlay", hovermode="closest")
    figure.update_xaxes(range=[0.0, ROOM * max(tallest, 1)], visible=False)
    figure.update_yaxes(range=[len(rows) - 0.3, -0.4], visible=False)
    return figure


def moving(rows: Sequence[Row], days: Sequence[date], names: tuple[str, str]) -> go.Figure:
    """All weeks, moved by a slider or, once asked to, by themselves; it stands still at first."""
    figure = still(rows, 0, names)
    written = [day_text(day) for day in days]
    figure.frames = [
        go.Frame(name=str(week), data=_bars(rows, week, names)) for week in range(len(days))
    ]
    at_once = {"mode": "immediate", "transition": {"duration": 0}}
    step = {**at_once, "frame": {"duration": 0, "redraw": True}}
    play = {**step, "frame": {"duration": HALF_SECOND, "redraw": True}, "fromcurrent": True}
    figure.update_layout(
        sliders=[
            {
                "active": 0,
                "x": 0.0,
                "len": 1.0,
                "y": 0.0,
                "yanchor": "top",
                "pad": {"t": 34, "b": 8},
                "ticklen": 0,
                "minorticklen": 0,
                "font": {"size": 1, "color": UNSEEN},
                "currentvalue": {
                    "prefix": text("year.choose") + SPACE,
                    "font": {"size": 15, "color": INK},
                    "xanchor": "left",
                },
                "steps": [
                    {"label": label, "method": "animate", "args": [[str(week)], step]}
                    for week, label in enumerate(written)
                ],
            }
        ],
        updatemenus=[
            {
                "type": "buttons",
                "direction": "right",
                "showactive": False,
                "x": 0.0,
                "xanchor": "left",
                "y": 0.0,
                "yanchor": "top",
                "pad": {"t": BUTTONS_BELOW},
                "buttons": [
                    {"label": text("year.play"), "method": "animate", "args": [None, play]},
                    {"label": text("year.pause"), "method": "animate", "args": [[None], step]},
                ],
            }
        ],
        height=figure.layout.height + CONTROLS_HEIGHT,
    )
    return figure


def _bars(rows: Sequence[Row], week: int, names: tuple[str, str]) -> list[go.Bar]:
    """The reference dotted, the scenario full: told apart without colour."""
    places = list(range(len(rows)))
    sides = (
        (names[0], [row.reference for row in rows], REFERENCE_AT),
        (names[1], [row.scenario for row in rows], SCENARIO_AT),
    )
    found = []
    for position, (name, series, offset) in enumerate(sides):
        values = [int(one[week]) for one in series]
        marker: dict[str, object] = {"color": COLOURS[position], "line": {"width": 0}}
        if position == 0:
            dots = {"shape": ".", "size": 6, "solidity": 0.55, "fgcolor": INK, "bgcolor": "#fff"}
            marker = {"pattern": dots, "color": INK, "line": {"color": GREY, "width": 1}}
        found.append(
            go.Bar(
                orientation="h",
                y=places,
                x=values,
                offset=offset,
                width=BAR_WIDTH,
                name=chart_text(name),
                marker=marker,
                text=[number(value) for value in values],
                textposition="outside",
                textfont={"size": 12, "color": INK},
                cliponaxis=False,
                customdata=[chart_text(row.name) for row in rows],
                hovertemplate="%{customdata} : %{text}<extra>%{fullData.name}</extra>",
            )
        )
    return found
