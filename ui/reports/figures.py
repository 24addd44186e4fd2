"""Pictures of an experiment, with French labels: what a leader looks at first."""

from __future__ import annotations

import textwrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from sim.experiments.comparison import compare, estimate
from sim.experiments.headlines import headline_rows, territories_shown
from sim.experiments.intervals import LEVEL
from sim.experiments.runner import Results
from sim.experiments.tables import HIGH_QUANTILE, LOW_QUANTILE, values_of
from sim.outcomes.definitions import OutcomeDefinition, outcome_definition
from ui.reports.figure_frame import (
    COLOURS,
    DOTS_PER_INCH,
    FIGURES,
    axis_unit,
    badge,
    dates,
    finished,
    heading,
    kind_text,
    panels_by_territory,
    plain,
    style,
    tick,
    time_axis,
    wrapped,
)
from ui.reports.picture_file import picture_file
from ui.reports.wording import difference_unit_text, ends_text, territory_text
from ui.texts import said

CURVES: tuple[str, ...] = (
    "caseload_households",
    "wait_for_orientation_days_mean",
    "wait_for_caseworker_days_mean",
    "waiting_for_caseworker",
    "contacts_achieved_share",
    "contacts_held_per_person",
    "entrants_job_within_6m_share",
)
DIFFERENCES: tuple[str, ...] = (
    "caseload_households",
    "wait_for_orientation_days_mean",
    "wait_for_caseworker_days_mean",
    "stock_job_within_12m_share",
    "entrants_job_within_12m_share",
    "jobs_started",
)
OF_ENTRANTS = ("entrants_job_within_6m_share",)
ENTRIES = "first_entries"
SMALLEST_COHORT = 20
"""Fewer entrants than this, as a mean over replications, are not drawn: their share jumps."""
LABEL_WIDTH = 34
NOTE_WIDTH = 28
FROM_ZERO = ("days", "share", "per_person_month")


def draw_figures(results: Results) -> dict[str, bytes]:
    """PNG pictures by file name; none without a finished replication."""
    if not results.replications:
        return {}
    pictures = {name: _curves(results, outcome_definition(name)) for name in CURVES}
    if len(results.experiment.scenarios) > 1:
        pictures["difference_caseload"] = _difference(results, "caseload_households")
        pictures["differences"] = _forest(results)
    return pictures


def _curves(results: Results, definition: OutcomeDefinition) -> bytes:
    """Median and band over replications by month, one panel per territory."""
    places = territories_shown(results.experiment)
    kind = kind_text(definition)
    if definition.name in OF_ENTRANTS:
        kind = said("run_figure.small_left_out", FIGURES, kind=kind, least=SMALLEST_COHORT)
    figure, panels = panels_by_territory(results, getattr(definition.label, FIGURES), places, kind)
    days = dates(results, definition.kind)
    scale = 100.0 if definition.unit == "share" else 1.0
    for panel, territory in zip(panels, places, strict=True):
        for position, name in enumerate(results.experiment.names):
            values = scale * values_of(results, position, definition.name, territory)
            if definition.name in OF_ENTRANTS:
                entries = values_of(results, position, ENTRIES, territory)
                values[:, entries.mean(axis=0) < SMALLEST_COHORT] = np.nan
            low, middle, high = np.quantile(values, [LOW_QUANTILE, 0.5, HIGH_QUANTILE], axis=0)
            colour, line = style(position)
            label = getattr(results.experiment.scenarios[position].title, FIGURES) or name
            panel.fill_between(days, low, high, color=colour, alpha=0.13, linewidth=0)
            panel.plot(
                days,
                middle,
                line,
                color=colour,
                label=wrapped(label),
                linewidth=1.7,
                zorder=3 if position else 4,
            )
        panel.set_ylabel(axis_unit(definition.unit))
        if definition.unit in FROM_ZERO:
            panel.set_ylim(bottom=0.0)
        time_axis(results, panel)
    return finished(figure, panels[0], results)


def _difference(results: Results, outcome: str) -> bytes:
    """Mean paired difference by month with its Monte-Carlo interval."""
    definition = outcome_definition(outcome)
    places = territories_shown(results.experiment)
    title = said("run_figure.difference", FIGURES, outcome=getattr(definition.label, FIGURES))
    figure, panels = panels_by_territory(results, title, places, kind_text(definition))
    days = dates(results, definition.kind)
    for panel, territory in zip(panels, places, strict=True):
        before = values_of(results, 0, outcome, territory)
        panel.axhline(0.0, color=COLOURS[0], linewidth=1.0, linestyle="--")
        for position, scenario in enumerate(results.experiment.scenarios[1:], start=1):
            after = values_of(results, position, outcome, territory)
            found = estimate(before, after, definition.fewest_replications)
            is_known = ~np.isnan(found.difference)
            colour, line = style(position)
            known = days[is_known]
            panel.fill_between(
                known,
                found.low[is_known],
                found.high[is_known],
                color=colour,
                alpha=0.18,
                linewidth=0,
            )
            panel.plot(
                known,
                found.difference[is_known],
                line,
                color=colour,
                linewidth=1.7,
                label=wrapped(getattr(scenario.title, FIGURES)),
            )
        panel.set_ylabel(axis_unit(definition.unit))
        time_axis(results, panel)
    return finished(figure, panels[0], results, _mean_band())


def _forest(results: Results) -> bytes:
    """Differences of the whole period in the first territory shown, one panel per outcome."""
    experiment = results.experiment
    territory = territories_shown(experiment)[0]
    rows = headline_rows(compare(results))
    figure = Figure(figsize=(11, 6.2), dpi=DOTS_PER_INCH)
    place = territory_text(experiment.reference, territory, FIGURES)
    heading(figure, said("run_figure.differences", FIGURES), place)
    axes = figure.subplots(2, 3, sharey=True)
    names = experiment.names[1:]
    for panel, outcome in zip(axes.flat, DIFFERENCES, strict=True):
        definition = outcome_definition(outcome)
        scale = 100.0 if definition.unit == "share" else 1.0
        panel.axvline(0.0, color=COLOURS[0], linewidth=1.0, linestyle="--")
        drawn = {
            height: rows[territory, outcome, name]
            for height, name in enumerate(names)
            if (territory, outcome, name) in rows
        }
        for height, row in drawn.items():
            colour, _ = style(height + 1)
            panel.plot(scale * row.difference, -height, "o", color=colour, markersize=6)
            panel.plot(
                [scale * row.low, scale * row.high], [-height, -height], color=colour, linewidth=2.2
            )
        for height, row in drawn.items():
            if not row.ends.is_known:
                words = wrapped(ends_text(row.ends, row.unit, FIGURES), NOTE_WIDTH)
                _note(panel, words, (scale * row.difference, -height), style(height + 1)[0])
        label = textwrap.fill(getattr(definition.label, FIGURES), LABEL_WIDTH)
        panel.set_title(label, fontsize=9, loc="left")
        unit = difference_unit_text(definition.unit, FIGURES)
        panel.set_xlabel(said("run_figure.difference_axis", FIGURES, unit=unit), fontsize=8)
        panel.set_ylim(-len(names) + 0.4, 0.6)
        panel.set_yticks([-height for height in range(len(names))])
        titles = (getattr(one.title, FIGURES) for one in experiment.scenarios[1:])
        panel.set_yticklabels([wrapped(title, 24) for title in titles])
        panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
        plain(panel)
        panel.grid(axis="x", color="#e2e2e2", linewidth=0.7)
    figure.set_layout_engine("tight", rect=(0.0, 0.05, 1.0, 0.91))
    badge(figure, results, _mean_band())
    return picture_file(figure)


def _mean_band() -> str:
    return said("run_figure.mean_band", FIGURES, level=f"{100 * LEVEL:.0f}")


def _note(panel: Axes, words: str, place: tuple[float, float], colour: str) -> None:
    """Words above a point, on the side of it where the panel has room."""
    left, right = panel.get_xlim()
    part = (place[0] - left) / (right - left)
    side = "left" if part < 1 / 3 else "right" if part > 2 / 3 else "center"
    panel.annotate(
        words, place, (0, 6), fontsize=6.5, textcoords="offset points", ha=side, color=colour
    )
