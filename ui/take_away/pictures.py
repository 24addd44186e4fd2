"""The curves of an indicator as a file: PNG for slides, SVG for print."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from sim.outcomes.table import ALL
from ui.curve_ends import curve_ends, effect_month
from ui.numbers import number, plain_number, short_month_text
from ui.outcome_words import Shown, place_text
from ui.reports.figure_frame import GREY, plain, style
from ui.reports.picture_file import picture_file
from ui.spoken import text
from ui.work.results import FullRun, spread

DOTS_PER_INCH = 160
TICKS = 6
NAMES_IN_A_ROW = 2
LONGEST_NAME = 60
"""A longer name in the legend takes a whole row."""
ROW_INCHES = 0.2
"""Height of a row of the legend."""
SIGNS_IN_AN_INCH = 16
SMALL = 7.5
"""Size of the words below the legend, in points; ``SIGNS_IN_AN_INCH`` fit at this size."""
LINE_INCHES = 0.15
FOOT_INCHES = 0.29
"""Height of the line of words at the foot."""
GAP_INCHES = 0.16
"""Between the legend and the panels."""


def picture(
    found: FullRun,
    outcome: str,
    place: str = ALL,
    kind: Literal["png", "svg"] = "png",
    size: tuple[float, float] = (9.0, 6.4),
) -> bytes:
    """The curves as a file."""
    return picture_file(figure_of(found, outcome, place, size), kind)


def figure_of(found: FullRun, outcome: str, place: str, size: tuple[float, float]) -> Figure:
    """Levels above, differences to the reference below, with what they are; inches."""
    shown = Shown.of(outcome)
    figure = Figure(figsize=size, dpi=DOTS_PER_INCH)
    top, bottom = figure.subplots(2, 1, sharex=True, height_ratios=[1.5, 1.0])
    months = found.axes.months[1:]
    places = np.arange(len(months))
    titles = [text("common.reference"), *(draft.title for draft in found.study.drafts)]
    before = found.values(0, outcome, place) * shown.scale
    for arm, title in enumerate(titles):
        values = found.values(arm, outcome, place) * shown.scale
        colour, line = style(arm)
        low, high = spread(values)
        top.fill_between(places, low, high, color=colour, alpha=0.13, linewidth=0)
        top.plot(places, _mean(values), line, color=colour, linewidth=1.9, label=title)
        if arm:
            low, high = spread(values - before)
            bottom.fill_between(places, low, high, color=colour, alpha=0.15, linewidth=0)
            bottom.plot(places, _mean(values - before), line, color=colour, linewidth=1.9)
    bottom.axhline(0.0, color="#161616", linewidth=1.0, linestyle="--")
    if all(np.isnan(_mean(found.values(arm, outcome, place))).all() for arm in range(len(titles))):
        words, middle = text("chart.no_values"), {"ha": "center", "va": "center"}
        top.text(0.5, 0.5, words, transform=top.transAxes, color=GREY, **middle)
    where = place_text(found.experiment.reference.base, place)
    top.set_title(f"{shown.label} — {where}", loc="left", fontsize=11, weight="bold")
    top.set_ylabel(shown.axis, fontsize=9)
    bottom.set_ylabel(shown.difference_axis, fontsize=9)
    step = max(1, len(months) // TICKS)
    bottom.set_xticks(places[::step], [short_month_text(month) for month in months[::step]])
    ends = curve_ends(found, outcome, place)
    _mark(top, months, effect_month(found), text("chart.effect"))
    _mark(top, months, ends.last_month, text("chart.end"), is_end=True)
    for month in (effect_month(found), ends.last_month):
        _mark(bottom, months, month)
    for panel in (top, bottom):
        plain(panel)
        panel.grid(axis="y", color="#e2e2e2", linewidth=0.7)
        panel.yaxis.set_major_formatter(FuncFormatter(lambda value, _: plain_number(value)))
    columns = names_in_a_row(titles)
    told = wrap(" ".join(ends.sentences), int(SIGNS_IN_AN_INCH * size[0]))
    above_foot = FOOT_INCHES + LINE_INCHES * len(told)
    figure.text(0.01, above_foot / size[1], "\n".join(told), fontsize=SMALL, color=GREY, va="top")
    figure.legend(
        *top.get_legend_handles_labels(),
        frameon=False,
        fontsize=8.5,
        loc="lower left",
        bbox_to_anchor=(0.0, above_foot / size[1]),
        ncols=columns,
        handlelength=2.6,
        columnspacing=1.6,
    )
    figure.text(
        0.01,
        0.012,
        text("app.projection").upper(),
        fontsize=SMALL,
        weight="bold",
        color="white",
        bbox={"facecolor": "#3a3a3a", "edgecolor": "none", "pad": 3.0},
    )
    has_draws = found.experiment.draws is not None
    doubt = text("doubt.short_drawn") if has_draws else text("doubt.short_central")
    note = text("export.picture_note", count=number(found.count), doubt=doubt)
    figure.text(0.99, 0.012, note, fontsize=SMALL, color=GREY, ha="right")
    below = above_foot + GAP_INCHES + ROW_INCHES * -(-len(titles) // columns)
    figure.set_layout_engine("tight", rect=(0.0, below / size[1], 1.0, 1.0))
    return figure


def _mark(
    panel: Axes, months: Sequence[str], month: str, words: str = "", *, is_end: bool = False
) -> None:
    """A dotted line in a month, with a word after it; before it where something ends there."""
    if month not in months:
        return
    where = months.index(month)
    panel.axvline(where, color=GREY, linewidth=0.9, linestyle=":", zorder=1)
    panel.annotate(
        words,
        (where, 1.0),
        (-3 if is_end else 3, -2),
        xycoords=panel.get_xaxis_transform(),
        textcoords="offset points",
        fontsize=SMALL,
        color=GREY,
        ha="right" if is_end else "left",
        va="top",
    )


def names_in_a_row(titles: Sequence[str]) -> int:
    """So many names stand side by side in the legend that none has to be cut."""
    return 1 if any(len(title) > LONGEST_NAME for title in titles) else NAMES_IN_A_ROW


def _mean(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[float]:
    return [float(np.mean(values[:, row])) for row in range(values.shape[1])]
