"""What all pictures share: panels by territory, dates, legend, badge, French numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from sim.experiments.runner import Results
from sim.language import Language
from sim.outcomes.definitions import OutcomeDefinition
from sim.units import date_of, day_number, first_day_of_month, month_number
from ui.reports.picture_file import picture_file
from ui.reports.wording import month_text, number_text, territory_text, unit_named
from ui.texts import at, said
from ui.texts.figures import in_figures

COLOURS = ("#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Okabe and Ito: told apart with every common form of colour blindness; the reference is black."""
LINES = ("--", "-", "-", "-", "-.", "-.", ":")
FIGURES: Language = "fr"
"""The language of the figures."""
GREY = "#5a5a5a"
DOTS_PER_INCH = 130
MONTHS_BETWEEN_TICKS = 6


def panels_by_territory(
    results: Results, title: str, places: Sequence[str], kind: str
) -> tuple[Figure, list[Axes]]:
    """A figure with one panel per territory, each with its name."""
    width = 4.9 * len(places) + 1.2
    figure = Figure(figsize=(max(width, 7.0), 5.0), dpi=DOTS_PER_INCH)
    heading(figure, title, kind)
    panels = list(figure.subplots(1, len(places), squeeze=False)[0])
    for panel, territory in zip(panels, places, strict=True):
        name = territory_text(results.experiment.reference, territory, FIGURES)
        panel.set_title(name, fontsize=10, loc="left", color="#222222")
    return figure, panels


def heading(figure: Figure, title: str, subtitle: str) -> None:
    """Title and what is shown, top left."""
    figure.text(0.012, 0.975, title, fontsize=13, weight="bold", va="top")
    figure.text(0.012, 0.922, subtitle, fontsize=9, color=GREY, va="top")


def kind_text(definition: OutcomeDefinition) -> str:
    """Kind and population of an outcome."""
    kind = at("run_figure.kinds", FIGURES)[definition.kind]
    population = getattr(definition.population, FIGURES)
    return said("run_figure.kind", FIGURES, kind=kind, population=population)


def style(position: int) -> tuple[str, str]:
    """Colour and line of the scenario at a position; the reference is 0."""
    return COLOURS[position % len(COLOURS)], LINES[position % len(LINES)]


def dates(results: Results, kind: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Where months are drawn: stocks on their last day, the others in the middle."""
    found = []
    for label in results.replications[0].outcomes[0].axes.months:
        year, month = (int(part) for part in label.split("-"))
        following = date(year + month // 12, month % 12 + 1, 1)
        found.append(following - timedelta(days=1) if kind == "stock" else date(year, month, 15))
    return np.array([day_number(day) for day in found], dtype=np.float64)


def time_axis(results: Results, panel: Axes) -> None:
    """Real dates, the days on which something changes, sober lines."""
    first = month_number(results.experiment.reference.start)
    months = range(first, first + results.experiment.reference.months + 1, MONTHS_BETWEEN_TICKS)
    ticks = [first_day_of_month(month) for month in months]
    panel.set_xticks(ticks, [date_tick(tick) for tick in ticks])
    panel.yaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    days = {day for scenario in results.experiment.scenarios for day in scenario.days_of_change}
    for day in sorted(days):
        panel.axvline(day_number(day), color=GREY, linewidth=0.9, linestyle=":", zorder=1)
    plain(panel)
    panel.grid(axis="y", color="#e2e2e2", linewidth=0.7)


def plain(panel: Axes) -> None:
    """Sober axes."""
    panel.tick_params(labelsize=8)
    for side in ("top", "right"):
        panel.spines[side].set_visible(False)


def date_tick(tick: int) -> str:
    """A day of the axis as month and year."""
    day = date_of(tick)
    return month_text(day.year, day.month, FIGURES).replace(" ", "\n")


def tick(value: float) -> str:
    """A round number of an axis with as many digits as it needs."""
    return (
        number_text(value, "number", FIGURES)
        if value == int(value)
        else in_figures(f"{value:g}", FIGURES).replace("-", "\u2212")
    )


def axis_unit(unit: str) -> str:
    """The unit along an axis."""
    return unit_named(unit, FIGURES)


def wrapped(text: str, width: int = 46) -> str:
    """Text over several lines."""
    return textwrap.fill(text, width)


def finished(figure: Figure, panel: Axes, results: Results, band: str = "") -> bytes:
    """Legend, badge, picture."""
    handles, labels = panel.get_legend_handles_labels()
    columns = min(len(labels), 2)
    rows = -(-len(labels) // columns)
    height = 0.05 + 0.055 * rows
    figure.legend(
        handles,
        labels,
        loc="lower center",
        ncol=columns,
        fontsize=8.5,
        frameon=False,
        bbox_to_anchor=(0.5, 0.045),
    )
    figure.set_layout_engine("tight", rect=(0.0, 0.04 + height, 1.0, 0.885))
    badge(figure, results, band or said("run_figure.band", FIGURES))
    return picture_file(figure)


def badge(figure: Figure, results: Results, band: str) -> None:
    """What the picture is, and what its band means."""
    experiment = results.experiment
    count = len(results.replications)
    known = {"band": band, "count": count, "seed": experiment.seed}
    text = said("run_figure.basis_one" if count == 1 else "run_figure.basis", FIGURES, **known)
    if experiment.reference.share != 1.0:
        share = number_text(experiment.reference.share, "share", FIGURES)
        text = said("run_figure.part", FIGURES, basis=text, share=share)
    signed(figure, text)


def badge_text() -> str:
    """That a picture or a page is a projection."""
    return said("run_report.badge", FIGURES)


def signed(figure: Figure, text: str) -> None:
    """That the picture is a projection, bottom left, and what it rests on, bottom right."""
    figure.text(
        0.012,
        0.018,
        badge_text(),
        fontsize=7.5,
        weight="bold",
        color="white",
        bbox={"facecolor": "#5a5a5a", "edgecolor": "none", "pad": 3.0},
    )
    figure.text(0.988, 0.018, text, fontsize=7.5, color=GREY, ha="right")
