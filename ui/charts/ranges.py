"""Means of several scenarios by month with the band of eight simulations in ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from ui.charts.frame import band, lay_out, month_axis, style
from ui.numbers import number
from ui.plain_text import chart_text

WIDTH = 2.6


@dataclass(frozen=True)
class NamedRange:
    """One scenario by month, in the unit that is shown."""

    name: str
    months: tuple[str, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def range_chart(
    found: Sequence[NamedRange], axis: str, unit: str, decimals: int, *, from_zero: bool
) -> go.Figure:
    """Lines with bands; the first scenario is the reference."""
    months = sorted({month for one in found for month in one.months})
    figure = go.Figure()
    for position, one in enumerate(found):
        band(figure, one.months, np.array(one.low), np.array(one.high), style(position)[0])
    for position, one in enumerate(found):
        colour, dash = style(position)
        figure.add_trace(
            go.Scatter(
                x=list(one.months),
                y=list(one.mean),
                mode="lines",
                name=chart_text(one.name),
                line={"color": colour, "width": WIDTH, "dash": dash},
                customdata=[[number(value, decimals)] for value in one.mean],
                hovertemplate=f"%{{customdata[0]}} {unit}<extra>{chart_text(one.name)}</extra>",
            )
        )
    lay_out(figure)
    month_axis(figure, months)
    figure.update_yaxes(title_text=axis, tickformat=",~r")
    if from_zero:
        figure.update_yaxes(rangemode="tozero")
    return figure
