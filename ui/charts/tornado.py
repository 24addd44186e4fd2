"""The tornado of a weighing: factors by weight, the heaviest one on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import plotly.graph_objects as go

from ui.charts.frame import GRID, INK, lay_out
from ui.plain_text import chart_text
from ui.reports.figure_frame import COLOURS

ROW_HEIGHT, FRAME_HEIGHT = 88, 110
NAME_ABOVE_PIXELS = 12
LETTERS_IN_A_LINE = 44
"""What a telephone shows of a name without cutting it."""
LEVER, FROM_STUDIES = COLOURS[1], COLOURS[2]


@dataclass(frozen=True)
class Bar:
    """One factor: its name and range, its value with the ends of its interval, its kind."""

    name: str
    span: str
    value: float
    low: float
    high: float
    written: str
    is_literature: bool


def tornado(bars: Sequence[Bar], axis: str, names: tuple[str, str]) -> go.Figure:
    """Bars of levers and of hypotheses from studies (``names`` of both, for the legend).

    Hypotheses also differ by their stripes, for those who cannot tell the colours apart. Names
    stand above their bars, so that a telephone has room for both.
    """
    figure = go.Figure()
    rows = list(range(len(bars)))
    for is_literature, name in zip((False, True), names, strict=True):
        chosen = [place for place, bar in enumerate(bars) if bar.is_literature == is_literature]
        if not chosen:
            continue
        figure.add_trace(
            go.Bar(
                orientation="h",
                name=chart_text(name),
                y=chosen,
                x=[bars[place].value for place in chosen],
                marker={
                    "color": FROM_STUDIES if is_literature else LEVER,
                    "pattern": {"shape": "/" if is_literature else "", "fgopacity": 0.5},
                },
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [bars[place].high - bars[place].value for place in chosen],
                    "arrayminus": [bars[place].value - bars[place].low for place in chosen],
                    "color": INK,
                    "thickness": 1.4,
                    "width": 4,
                },
                customdata=[[chart_text(bars[place].written)] for place in chosen],
                hovertemplate="%{customdata[0]}<extra></extra>",
            )
        )
    for row, bar in zip(rows, bars, strict=True):
        figure.add_annotation(
            x=0.0,
            xref="paper",
            y=row,
            yshift=NAME_ABOVE_PIXELS,
            text=f"<b>{_lines(bar.name)}</b><br>{chart_text(bar.span)}",
            showarrow=False,
            align="left",
            xanchor="left",
            yanchor="bottom",
            font={"size": 12, "color": INK},
        )
    lay_out(figure, FRAME_HEIGHT + ROW_HEIGHT * len(bars))
    figure.update_layout(hovermode="closest", bargap=0.78)
    figure.update_yaxes(range=[len(bars) - 0.7, -0.85], showgrid=False, showticklabels=False)
    figure.update_xaxes(
        title_text=axis, showgrid=True, gridcolor=GRID, zeroline=True, zerolinecolor=INK
    )
    return figure


def _lines(name: str) -> str:
    return "<br>".join(map(chart_text, wrap(name, LETTERS_IN_A_LINE)))
