"""Pictures of searches, with French labels: the curve of a goal-seek, the leads of a race."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from sim.experiments.tables import HIGH_QUANTILE, LOW_QUANTILE
from sim.language import Language
from sim.search.question import Question
from sim.search.seeking import SeekAnswer
from sim.search.selecting import Podium
from ui.reports.figure_frame import (
    COLOURS,
    DOTS_PER_INCH,
    GREY,
    axis_unit,
    heading,
    plain,
    signed,
    tick,
    wrapped,
)
from ui.reports.picture_file import picture_file
from ui.reports.search.seek_words import lever_name
from ui.reports.search.wording import (
    per_cent,
    period_text,
    place_text,
    simulations_text,
)
from ui.reports.wording import difference_unit_text, unit_named
from ui.texts import said

FIGURE: Language = "fr"
"""The language of the figures."""
BLUE, ORANGE = COLOURS[1], COLOURS[2]
PERCENT = 100.0
AROUND = 0.8
"""Part of the distance between what is marked that is shown on both sides of it."""


def seek_figure(question: Question, answer: SeekAnswer) -> bytes:
    """How often the target is reached, and the outcome itself, by value of the lever."""
    definition = question.outcome.definition
    figure = Figure(figsize=(9.2, 7.0), dpi=DOTS_PER_INCH)
    place = place_text(question.scenario, question.outcome.territory, FIGURE)
    heading(
        figure,
        said(
            "seek.figure",
            FIGURE,
            outcome=getattr(definition.label, FIGURE),
            lever=question.lever.label[FIGURE],
        ),
        f"{place} · {period_text(question.month, question.since, FIGURE)}",
    )
    often, level = figure.subplots(2, 1, sharex=True)
    points = answer.points
    values = np.array([point.value for point in points]) * _scale(question.lever.unit)
    shares = PERCENT * np.array([point.reached / point.simulations for point in points])
    ends = PERCENT * np.array([point.interval(answer.demand.confidence) for point in points])
    often.vlines(values, ends[:, 0], ends[:, 1], color=BLUE, linewidth=1.6, alpha=0.6)
    often.plot(values, shares, "o", color=BLUE, markersize=5)
    often.axhline(PERCENT * answer.demand.share, color=COLOURS[0], linewidth=1.0, linestyle="--")
    often.set_ylabel(said("seek.figure_axis", FIGURE), fontsize=9)
    often.set_ylim(-4.0, 104.0)
    scale = _scale(definition.unit)
    outcomes = [scale * point.outcomes[~np.isnan(point.outcomes)] for point in points]
    known = [position for position, found in enumerate(outcomes) if len(found)]
    spread = np.array(
        [np.quantile(outcomes[position], [LOW_QUANTILE, HIGH_QUANTILE]) for position in known]
    ).reshape(len(known), 2)
    means = [float(np.mean(outcomes[position])) for position in known]
    level.vlines(values[known], spread[:, 0], spread[:, 1], color=BLUE, linewidth=1.6, alpha=0.6)
    level.plot(values[known], means, "o", color=BLUE, markersize=5)
    level.axhline(scale * question.target.limit, color=COLOURS[0], linewidth=1.0, linestyle="--")
    level.set_ylabel(axis_unit(definition.unit), fontsize=9)
    level.set_xlabel(wrapped(f"{lever_name(question, FIGURE)} ({_unit(question)})", 80), fontsize=9)
    for panel in (often, level):
        _mark(panel, question, answer)
    low, high = level.get_xlim()
    is_seen = (values[known] >= low) & (values[known] <= high)
    if is_seen.any():
        shown = np.append(spread[is_seen].ravel(), scale * question.target.limit)
        margin = 0.06 * (float(np.ptp(shown)) or 1.0)
        level.set_ylim(shown.min() - margin, shown.max() + margin)
    figure.set_layout_engine("tight", rect=(0.0, 0.05, 1.0, 0.91))
    most = max(point.simulations for point in points)
    level_text = per_cent(answer.demand.confidence, FIGURE)
    words = {"level": level_text, "most": most, "seed": question.seed}
    signed(figure, said("seek.figure_basis", FIGURE, **words))
    return picture_file(figure)


def _mark(panel: Axes, question: Question, answer: SeekAnswer) -> None:
    """The interval of each threshold, the present value, and a range that shows them well."""
    scale = _scale(question.lever.unit)
    marked: list[float] = []
    for threshold in answer.thresholds:
        ends = [end * scale for end in (threshold.missed, threshold.reached) if end is not None]
        marked += ends
        if len(ends) == 2:
            panel.axvspan(min(ends), max(ends), color=ORANGE, alpha=0.16, linewidth=0)
    present = question.lever.present
    if present is not None:
        panel.axvline(scale * present, color=GREY, linewidth=1.0, linestyle=":")
        marked.append(scale * present)
    if answer.thresholds and len(set(marked)) > 1:
        margin = AROUND * (max(marked) - min(marked))
        bounds = question.lever.bounds
        low = max(min(marked) - margin, scale * bounds.low - 0.02 * margin)
        panel.set_xlim(low, min(max(marked) + margin, scale * bounds.high + 0.02 * margin))
    for axis in (panel.xaxis, panel.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    plain(panel)
    panel.grid(axis="y", color="#e2e2e2", linewidth=0.7)


def seek_caption(answer: SeekAnswer) -> str:
    """What the figure shows, for a reader."""
    often = simulations_text(answer.demand.share, FIGURE)
    return said("seek.caption", FIGURE, often=often)


def race_figure(
    podium: Podium, titles: Sequence[str], outcome: str, unit: str, place: str, basis: str
) -> bytes:
    """By how much the best scenario is better than each other one."""
    others = [entrant.position for entrant in podium.entrants if entrant.position != podium.best]
    figure = Figure(figsize=(9.2, 2.4 + 0.55 * len(others)), dpi=DOTS_PER_INCH)
    title = said("race.figure", FIGURE, outcome=outcome, title=titles[podium.best])
    heading(figure, title, place)
    panel = figure.subplots()
    panel.axvline(0.0, color=COLOURS[0], linewidth=1.0, linestyle="--")
    scale = _scale(unit)
    for height, position in enumerate(others):
        mean, ends = podium.lead(position)
        low, high = scale * ends.low, scale * ends.high
        colour = ORANGE if position in podium.leaders else BLUE
        panel.plot([low, high], [-height, -height], color=colour, linewidth=2.2)
        panel.plot(scale * mean, -height, "o", color=colour, markersize=6)
    panel.set_yticks([-height for height in range(len(others))])
    panel.set_yticklabels([wrapped(titles[position], 34) for position in others], fontsize=8.5)
    panel.set_ylim(-len(others) + 0.4, 0.6)
    axis = said("race.figure_axis", FIGURE, unit=difference_unit_text(unit, FIGURE))
    panel.set_xlabel(axis, fontsize=9)
    panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    plain(panel)
    panel.grid(axis="x", color="#e2e2e2", linewidth=0.7)
    figure.set_layout_engine("tight", rect=(0.0, 0.08, 1.0, 0.86))
    signed(figure, basis)
    return picture_file(figure)


def _scale(unit: str) -> float:
    return PERCENT if unit == "share" else 1.0


def _unit(question: Question) -> str:
    return unit_named(question.lever.unit, FIGURE)
