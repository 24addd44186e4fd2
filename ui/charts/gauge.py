"""What is asked of each limit of the offices, in per cent of what is there, by scenario."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from ui.charts.frame import INK, lay_out, style
from ui.numbers import PER_CENT, number
from ui.plain_text import chart_text
from ui.spoken import text

BAR_HEIGHT, GROUP_HEIGHT, FRAME_HEIGHT = 24, 44, 110
FULL = 100.0
LARGEST = 300.0
"""Bars end here, in per cent: beyond, how far no longer matters."""
ROOM = 1.45
"""The axis beside the longest bar, for its words."""


@dataclass(frozen=True)
class Gauge:
    """One limit: its name, and by scenario what is asked for each one that is there and in words.

    ``ratios`` may be infinite (something is asked of nothing).
    """

    name: str
    ratios: tuple[float, ...]
    told: tuple[str, ...]


def gauge_chart(limits: Sequence[Gauge], scenarios: Sequence[str]) -> go.Figure:
    """Bars by limit, one for each scenario, the reference first; a line where nothing is left."""
    figure = go.Figure()
    rows = list(range(len(limits)))
    longest = max(_shown(ratio) for one in limits for ratio in one.ratios)
    for position, name in enumerate(scenarios):
        shown = [_shown(one.ratios[position]) for one in limits]
        figure.add_trace(
            go.Bar(
                orientation="h",
                y=rows,
                x=shown,
                name=chart_text(name),
                marker={"color": style(position)[0]},
                text=[chart_text(f" {one.told[position]}") for one in limits],
                textposition="outside",
                textfont={"size": 13, "color": INK},
                cliponaxis=False,
                hovertemplate="%{text}<extra></extra>",
            )
        )
    for row, one in enumerate(limits):
        figure.add_annotation(
            x=0.0,
            xref="paper",
            y=row - 0.5,
            text=f"<b>{chart_text(one.name)}</b>",
            showarrow=False,
            xanchor="left",
            yanchor="middle",
            font={"size": 13, "color": INK},
        )
    each = GROUP_HEIGHT + BAR_HEIGHT * len(scenarios)
    lay_out(figure, FRAME_HEIGHT + each * len(limits))
    gap = GROUP_HEIGHT / each
    figure.update_layout(barmode="group", bargap=gap, bargroupgap=0.12, hovermode="closest")
    figure.add_vline(x=FULL, line={"color": INK, "width": 1.5, "dash": "dash"})
    figure.update_yaxes(
        range=[len(limits) - 0.5, -0.75], showgrid=False, showticklabels=False, fixedrange=True
    )
    ticks = [tick for tick in (0, 50, 100, 150, 200, 250, 300) if tick <= longest * ROOM]
    figure.update_xaxes(
        title_text=text("gauge.axis"),
        range=[0.0, max(longest, FULL) * ROOM],
        tickvals=ticks,
        ticktext=[f"{number(tick)} %" for tick in ticks],
        fixedrange=True,
    )
    return figure


def _shown(ratio: float) -> float:
    return min(PER_CENT * ratio, LARGEST) if math.isfinite(ratio) else LARGEST
