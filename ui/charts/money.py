"""Charts of the budget: why the allowance differs (waterfall), and where spending goes (fan)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ui.charts.frame import GREY, INK, band, lay_out, month_axis, style
from ui.numbers import euros
from ui.plain_text import chart_text
from ui.reports.figure_frame import COLOURS
from ui.spoken import text
from ui.work.results import spread

Numbers = NDArray[np.float64]
MILLION = 1e6
ROOM, SMALLEST_ROOM = 0.3, 0.1
"""Beside the bars, for their amounts: a part of the axis, or millions when nothing differs."""
ROW_HEIGHT, NAME_ABOVE_PIXELS = 56, 21
SAVES, COSTS = COLOURS[3], COLOURS[2]


def waterfall(steps: Sequence[tuple[str, float]], total: str) -> go.Figure:
    """Euro by cause, one after the other, and their sum."""
    values = [value / MILLION for _, value in steps]
    rows = [chart_text(name) for name in (*(name for name, _ in steps), total)]
    figure = go.Figure(
        go.Waterfall(
            orientation="h",
            y=rows,
            x=[*values, None],
            measure=["relative"] * len(steps) + ["total"],
            text=[euros(value, is_signed=True) for _, value in steps]
            + [euros(sum(value for _, value in steps), is_signed=True)],
            textposition="outside",
            cliponaxis=False,
            decreasing={"marker": {"color": SAVES}},
            increasing={"marker": {"color": COSTS}},
            totals={"marker": {"color": COLOURS[0]}},
            connector={"line": {"color": GREY, "width": 1, "dash": "dot"}},
            hovertemplate="%{y} : %{text}<extra></extra>",
        )
    )
    for name in rows:
        figure.add_annotation(
            x=0.0,
            xref="paper",
            y=name,
            yshift=NAME_ABOVE_PIXELS,
            text=name,
            showarrow=False,
            xanchor="left",
            font={"size": 13, "color": INK},
        )
    lay_out(figure, 90 + ROW_HEIGHT * len(rows))
    figure.update_layout(hovermode="closest", showlegend=False, waterfallgap=0.55)
    figure.update_yaxes(range=[len(rows) - 0.5, -0.8], showgrid=False, showticklabels=False)
    figure.update_xaxes(
        title_text=text("budget.millions"),
        range=_range([value / MILLION for _, value in steps]),
        showgrid=True,
        gridcolor="#e6e6e6",
        nticks=4,
        zeroline=True,
        zerolinecolor="#161616",
    )
    return figure


def _range(values: Sequence[float]) -> list[float]:
    """The axis of a waterfall with room for the words beside the bars."""
    ends = [0.0, *np.cumsum(values).tolist()]
    room = ROOM * (max(ends) - min(ends)) or SMALLEST_ROOM
    return [min(ends) - room, max(ends) + room]


def fan(months: Sequence[str], lines: Sequence[tuple[str, Numbers]]) -> go.Figure:
    """Cumulated differences to the reference: euro by (replication, month) of each scenario."""
    figure = go.Figure()
    for position, (_, values) in enumerate(lines, start=1):
        low, high = spread(values / MILLION)
        band(figure, months, low, high, style(position)[0])
    for position, (name, values) in enumerate(lines, start=1):
        colour, dash = style(position)
        mean = values.mean(axis=0)
        figure.add_trace(
            go.Scatter(
                x=list(months),
                y=(mean / MILLION).tolist(),
                mode="lines",
                name=chart_text(name),
                line={"color": colour, "width": 2.6, "dash": dash},
                customdata=[[euros(float(value), is_signed=True)] for value in mean],
                hovertemplate=f"%{{customdata[0]}}<extra>{chart_text(name)}</extra>",
            )
        )
    figure.add_hline(y=0, line={"color": INK, "width": 1, "dash": "dash"})
    lay_out(figure)
    month_axis(figure, months)
    figure.update_yaxes(title_text=text("budget.millions"), tickformat=",~r")
    return figure
