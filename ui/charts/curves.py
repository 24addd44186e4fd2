"""Curves of an outcome by scenario with their bands, and the differences to the reference."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ui.charts.frame import (
    INK,
    band,
    lay_out,
    legend_text,
    month_axis,
    style,
    vertical_line,
)
from ui.numbers import number, signed
from ui.outcome_words import Shown
from ui.plain_text import chart_text
from ui.spoken import text
from ui.work.results import Comparison, spread

WIDTH = 2.6


def level_chart(
    found: Sequence[tuple[str, Comparison]], shown: Shown, effect_month: str, last_month: str = ""
) -> go.Figure:
    """Means with the band of eight simulations in ten: the reference first, then each scenario.

    ``last_month``: where the curves end before the simulation does.
    """
    first = found[0][1]
    lines = [
        (text("common.reference"), first.reference),
        *((name, one.value) for name, one in found),
    ]
    figure = go.Figure()
    for position, (_, values) in enumerate(lines):
        low, high = spread(values * shown.scale)
        band(figure, first.months, low, high, style(position)[0])
    for position, (name, values) in enumerate(lines):
        mean = _mean(values) * shown.scale
        _line(figure, first.months, mean, name, position, shown, is_difference=False)
    lay_out(figure)
    month_axis(figure, first.months)
    vertical_line(figure, first.months, effect_month, text("chart.effect"))
    vertical_line(figure, first.months, last_month, text("chart.end"), is_end=True)
    figure.update_yaxes(title_text=shown.axis, tickformat=",~r")
    if shown.from_zero:
        figure.update_yaxes(rangemode="tozero")
    return figure


def difference_chart(
    found: Sequence[tuple[str, Comparison]], shown: Shown, effect_month: str, last_month: str = ""
) -> go.Figure:
    """Mean paired differences with the band of eight simulations in ten, to ``last_month``."""
    months = found[0][1].months
    figure = go.Figure()
    for position, (_, one) in enumerate(found, start=1):
        low, high = spread(one.difference * shown.scale)
        band(figure, months, low, high, style(position)[0])
    for position, (name, one) in enumerate(found, start=1):
        mean = _mean(one.difference) * shown.scale
        _line(figure, months, mean, name, position, shown, is_difference=True)
    figure.add_hline(y=0, line={"color": INK, "width": 1, "dash": "dash"})
    lay_out(figure, 320)
    month_axis(figure, months)
    vertical_line(figure, months, effect_month, text("chart.effect"))
    vertical_line(figure, months, last_month, text("chart.end"), is_end=True)
    figure.update_yaxes(title_text=shown.difference_axis, tickformat=",~r")
    return figure


def _mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
    is_known = ~np.isnan(values).any(axis=0)
    mean = np.full(values.shape[1], np.nan)
    mean[is_known] = values[:, is_known].mean(axis=0)
    return mean


def _line(
    figure: go.Figure,
    months: Sequence[str],
    values: NDArray[np.float64],
    name: str,
    position: int,
    shown: Shown,
    *,
    is_difference: bool,
) -> None:
    colour, dash = style(position)
    write, unit = (signed, shown.difference_unit) if is_difference else (number, shown.unit)
    figure.add_trace(
        go.Scatter(
            x=list(months),
            y=values.tolist(),
            mode="lines",
            name=legend_text(name),
            line={"color": colour, "width": WIDTH, "dash": dash},
            customdata=[[write(float(value), shown.decimals)] for value in values],
            hovertemplate=f"%{{customdata[0]}} {unit}<extra>{chart_text(name)}</extra>",
        )
    )
