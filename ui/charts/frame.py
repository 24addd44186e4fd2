"""What all charts share: colours and dashes that everybody can tell apart, axes, the frame."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ui import elements as st
from ui.numbers import short_month_text
from ui.plain_text import chart_text
from ui.reports.figure_frame import COLOURS
from ui.spoken import language

DASHES = ("dash", "solid", "dot", "dashdot", "longdash")
"""By position of the scenario; the reference is black and dashed."""
FONT = "Marianne, 'Liberation Sans', Arial, 'DejaVu Sans', sans-serif"
INK, GREY, GRID = "#161616", "#585858", "#e6e6e6"
BAND_OPACITY = 0.15
MOST_TICKS = 7
LEGEND_CHARACTERS = 36
CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def style(position: int) -> tuple[str, str]:
    """Colour and dash of the scenario at a position; the reference is 0."""
    return COLOURS[position % len(COLOURS)], DASHES[position % len(DASHES)]


def legend_text(name: str) -> str:
    """A name in a legend, on as many lines as a narrow screen needs."""
    return "<br>".join(chart_text(line) for line in wrap(name, LEGEND_CHARACTERS)) or " "


def translucent(colour: str, opacity: float = BAND_OPACITY) -> str:
    """A colour such as ``#0072B2`` with an opacity."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"


def band(
    figure: go.Figure,
    months: Sequence[str],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    colour: str,
) -> None:
    """A shaded band between two lines, where both are known."""
    is_known = ~(np.isnan(low) | np.isnan(high))
    if not is_known.any():
        return
    known = [month for month, one in zip(months, is_known, strict=True) if one]
    figure.add_trace(
        go.Scatter(
            x=[*known, *reversed(known)],
            y=[*high[is_known].tolist(), *reversed(low[is_known].tolist())],
            fill="toself",
            fillcolor=translucent(colour),
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
            showlegend=False,
        )
    )


def lay_out(figure: go.Figure, height: int = 380) -> go.Figure:
    """Sober frame, numbers in the visitor's language, legend above."""
    figure.update_layout(
        height=height,
        separators=", " if language() == "fr" else ".,",
        font={"family": FONT, "size": 14, "color": INK},
        margin={"l": 8, "r": 12, "t": 12, "b": 8},
        plot_bgcolor="#ffffff",
        paper_bgcolor="#ffffff",
        hovermode="x unified",
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"size": 13}},
        dragmode=False,
    )
    figure.update_xaxes(showgrid=False, linecolor="#929292", tickangle=0, automargin=True)
    figure.update_yaxes(gridcolor=GRID, zeroline=False, automargin=True)
    return figure


def month_axis(figure: go.Figure, months: Sequence[str]) -> None:
    """Real months along the axis, a few of them named."""
    step = max(1, -(-len(months) // MOST_TICKS))
    step = next((nice for nice in (1, 2, 3, 6, 12, 24) if nice >= step), 24)
    ticks = [month for month in months if (int(month[5:7]) - 1) % step == 0]
    figure.update_xaxes(
        type="category",
        categoryorder="array",
        categoryarray=list(months),
        tickvals=ticks,
        ticktext=[short_month_text(month).replace(" ", "<br>") for month in ticks],
        range=[-0.5, len(months) - 0.5],
    )


def vertical_line(
    figure: go.Figure, months: Sequence[str], month: str, words: str, *, is_end: bool = False
) -> None:
    """A dotted line in a month, with a word after it; before it where something ends there."""
    if month not in months:
        return
    figure.add_vline(x=list(months).index(month), line={"color": GREY, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=list(months).index(month),
        y=1.0,
        yref="paper",
        text=chart_text(words),
        showarrow=False,
        xanchor="right" if is_end else "left",
        yanchor="top",
        xshift=-4 if is_end else 4,
        font={"size": 12, "color": GREY},
    )


def show(figure: go.Figure, key: str, alternative: str) -> None:
    """Draw a chart with its text alternative."""
    st.plotly_chart(figure, config=CONFIG, key=key, alt=alternative, theme=None)
