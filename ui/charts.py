"""The picture of a comparison: two curves with their bands, and the difference below."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from ui.numbers import number, short_month_text, signed
from ui.results import Comparison
from ui.texts import text

REFERENCE_COLOUR = "#5f6368"
SCENARIO_COLOUR = "#000091"
DIFFERENCE_COLOUR = "#b34000"
BAND_OPACITY = 0.16
TICK_MONTHS = ("01", "07")
MOST_TICKS = 9
HEIGHT = 620
FONT = "Marianne, 'Source Sans Pro', 'DejaVu Sans', sans-serif"


def comparison_figure(
    found: Comparison,
    unit: str,
    difference_unit: str,
    decimals: int,
    scale: float,
    effect_month: str,
) -> go.Figure:
    """Curves above, difference below. ``scale`` multiplies values (100 for shares)."""
    figure = make_subplots(
        rows=2,
        cols=1,
        shared_xaxes=True,
        row_heights=[0.62, 0.38],
        vertical_spacing=0.14,
    )
    lines = (
        (found.reference, found.reference_spread, "chart.reference", REFERENCE_COLOUR, "dash"),
        (found.value, found.value_spread, "chart.scenario", SCENARIO_COLOUR, "solid"),
    )
    for _, spread, _, colour, _ in lines:
        _band(figure, found, spread[0] * scale, spread[1] * scale, colour, row=1)
    for values, _, name, colour, dash in lines:
        _line(figure, found, values * scale, text(name), colour, dash, decimals, unit, row=1)
    _band(figure, found, found.low * scale, found.high * scale, DIFFERENCE_COLOUR, row=2)
    _line(
        figure,
        found,
        found.difference * scale,
        text("chart.difference"),
        DIFFERENCE_COLOUR,
        "solid",
        decimals,
        difference_unit,
        row=2,
        is_difference=True,
    )
    figure.add_hline(y=0, line={"color": "#161616", "width": 1}, row=2, col=1)
    if effect_month in found.months:
        for row in (1, 2):
            figure.add_vline(
                x=effect_month,
                line={"color": "#929292", "width": 1, "dash": "dot"},
                row=row,
                col=1,
            )
        figure.add_annotation(
            x=effect_month,
            y=1.0,
            yref="y domain",
            text=text("chart.effect"),
            showarrow=False,
            xanchor="left",
            xshift=5,
            yanchor="bottom",
            font={"size": 12, "color": "#5f6368"},
        )
    figure.add_annotation(
        x=0,
        y=1,
        xref="x2 domain",
        yref="y2 domain",
        text=f"<b>{text('chart.difference')}</b>",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        yshift=6,
    )
    _lay_out(figure, found)
    figure.update_yaxes(title_text=unit, row=1, col=1)
    figure.update_yaxes(title_text=difference_unit, row=2, col=1)
    return figure


def _line(
    figure: go.Figure,
    found: Comparison,
    values: NDArray[np.float64],
    name: str,
    colour: str,
    dash: str,
    decimals: int,
    unit: str,
    *,
    row: int,
    is_difference: bool = False,
) -> None:
    write = signed if is_difference else number
    figure.add_trace(
        go.Scatter(
            x=list(found.months),
            y=values,
            mode="lines",
            name=name,
            line={"color": colour, "width": 2.5, "dash": dash},
            customdata=[
                [short_month_text(month), write(float(value), decimals)]
                for month, value in zip(found.months, values, strict=True)
            ],
            hovertemplate=f"%{{customdata[0]}} : %{{customdata[1]}} {unit}<extra>{name}</extra>",
            showlegend=not is_difference,
        ),
        row=row,
        col=1,
    )


def _band(
    figure: go.Figure,
    found: Comparison,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    colour: str,
    *,
    row: int,
) -> None:
    is_known = ~(np.isnan(low) | np.isnan(high))
    if not is_known.any():
        return
    months = [month for month, known in zip(found.months, is_known, strict=True) if known]
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    figure.add_trace(
        go.Scatter(
            x=[*months, *reversed(months)],
            y=[*high[is_known], *reversed(low[is_known])],
            fill="toself",
            fillcolor=f"rgba({red}, {green}, {blue}, {BAND_OPACITY})",
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
            showlegend=False,
        ),
        row=row,
        col=1,
    )


def _lay_out(figure: go.Figure, found: Comparison) -> None:
    ticks = [month for month in found.months if month[-2:] in TICK_MONTHS]
    if len(ticks) < 3:
        ticks = list(found.months)[::2]
    elif len(ticks) > MOST_TICKS:
        ticks = [month for month in ticks if month.endswith("-01")]
    figure.update_layout(
        height=HEIGHT,
        separators=", ",
        font={"family": FONT, "size": 14, "color": "#161616"},
        margin={"l": 10, "r": 10, "t": 50, "b": 10},
        plot_bgcolor="#ffffff",
        paper_bgcolor="#ffffff",
        hovermode="x",
        legend={"orientation": "h", "x": 0, "y": 1.12, "yanchor": "top"},
        dragmode=False,
    )
    figure.update_xaxes(
        type="category",
        categoryorder="array",
        categoryarray=list(found.months),
        tickvals=ticks,
        ticktext=[short_month_text(month) for month in ticks],
        showgrid=False,
        linecolor="#929292",
        tickangle=0,
    )
    figure.update_yaxes(gridcolor="#eeeeee", tickformat=",~r", zeroline=False)
