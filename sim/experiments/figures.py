"""Pictures of an experiment, with French labels: what a leader looks at first."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from sim.experiments.comparison import LEVEL, compare, estimate
from sim.experiments.headlines import headline_rows, territories_shown, territory_text
from sim.experiments.runner import Results
from sim.experiments.tables import HIGH_QUANTILE, LOW_QUANTILE, values_of
from sim.experiments.wording import difference_unit_text, month_text, number_text, unit_text
from sim.outcomes import OutcomeDefinition, outcome_definition
from sim.units import date_of, day_number, first_day_of_month, month_number

COLOURS = ("#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Okabe and Ito: told apart with every common form of colour blindness; the reference is black."""
LINES = ("--", "-", "-", "-", "-.", "-.", ":")
CURVES: tuple[str, ...] = (
    "caseload_households",
    "wait_for_orientation_days_mean",
    "wait_for_caseworker_days_mean",
    "waiting_for_caseworker",
    "contacts_achieved_share",
    "contacts_held_per_person",
    "job_rate_6m",
)
DIFFERENCES: tuple[str, ...] = (
    "caseload_households",
    "wait_for_orientation_days_mean",
    "wait_for_caseworker_days_mean",
    "job_rate_6m",
    "durable_job_rate_6m",
    "jobs_started",
)
KINDS = {
    "stock": "stock en fin de mois",
    "flow": "flux du mois",
    "cohort": "cohorte d'entrée du mois",
}
BADGE = "PROJECTION SOUS HYPOTHÈSES"
MEAN_BAND = f"écart moyen, intervalle de Monte-Carlo à {100 * LEVEL:.0f} %"
GREY = "#5a5a5a"
DOTS_PER_INCH = 130
MONTHS_BETWEEN_TICKS = 6
LABEL_WIDTH = 34
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
    figure, panels = _panels(results, definition.label.fr, places, _kind_text(definition))
    days = _dates(results, definition.kind)
    scale = 100.0 if definition.unit == "share" else 1.0
    for panel, territory in zip(panels, places, strict=True):
        for position, name in enumerate(results.experiment.names):
            values = scale * values_of(results, position, definition.name, territory)
            is_known = ~np.isnan(values).any(axis=0)
            low, middle, high = np.quantile(
                values[:, is_known], [LOW_QUANTILE, 0.5, HIGH_QUANTILE], axis=0
            )
            colour, line = _style(position)
            label = results.experiment.scenarios[position].title.fr or name
            known = days[is_known]
            panel.fill_between(known, low, high, color=colour, alpha=0.13, linewidth=0)
            panel.plot(
                known,
                middle,
                line,
                color=colour,
                label=_wrapped(label),
                linewidth=1.7,
                zorder=3 if position else 4,
            )
        panel.set_ylabel(_unit_text(definition.unit))
        if definition.unit in FROM_ZERO:
            panel.set_ylim(bottom=0.0)
        _time_axis(results, panel)
    return _finished(figure, panels[0], results)


def _difference(results: Results, outcome: str) -> bytes:
    """Mean paired difference by month with its Monte-Carlo interval."""
    definition = outcome_definition(outcome)
    places = territories_shown(results.experiment)
    title = f"{definition.label.fr} : écart à la référence"
    figure, panels = _panels(results, title, places, _kind_text(definition))
    days = _dates(results, definition.kind)
    for panel, territory in zip(panels, places, strict=True):
        before = values_of(results, 0, outcome, territory)
        panel.axhline(0.0, color=COLOURS[0], linewidth=1.0, linestyle="--")
        for position, scenario in enumerate(results.experiment.scenarios[1:], start=1):
            found = estimate(before, values_of(results, position, outcome, territory))
            is_known = ~np.isnan(found.difference)
            colour, line = _style(position)
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
                label=_wrapped(scenario.title.fr),
            )
        panel.set_ylabel(_unit_text(definition.unit))
        _time_axis(results, panel)
    return _finished(figure, panels[0], results, MEAN_BAND)


def _forest(results: Results) -> bytes:
    """Differences of the whole period in the first territory shown, one panel per outcome."""
    experiment = results.experiment
    territory = territories_shown(experiment)[0]
    rows = headline_rows(compare(results))
    figure = Figure(figsize=(11, 6.2), dpi=DOTS_PER_INCH)
    place = territory_text(experiment.reference, territory, "fr")
    _title(figure, "Écarts à la référence sur toute la période", place)
    axes = figure.subplots(2, 3, sharey=True)
    names = experiment.names[1:]
    for panel, outcome in zip(axes.flat, DIFFERENCES, strict=True):
        definition = outcome_definition(outcome)
        scale = 100.0 if definition.unit == "share" else 1.0
        panel.axvline(0.0, color=COLOURS[0], linewidth=1.0, linestyle="--")
        for height, name in enumerate(names):
            row = rows.get((territory, outcome, name))
            if row is None:
                continue
            colour, _ = _style(height + 1)
            panel.plot(scale * row.difference, -height, "o", color=colour, markersize=6)
            panel.plot(
                [scale * row.low, scale * row.high], [-height, -height], color=colour, linewidth=2.2
            )
        panel.set_title(textwrap.fill(definition.label.fr, LABEL_WIDTH), fontsize=9, loc="left")
        panel.set_xlabel(f"écart en {difference_unit_text(definition.unit, 'fr')}", fontsize=8)
        panel.set_ylim(-len(names) + 0.4, 0.6)
        panel.set_yticks([-height for height in range(len(names))])
        panel.set_yticklabels([_wrapped(s.title.fr, 24) for s in experiment.scenarios[1:]])
        panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value)))
        _plain(panel)
        panel.grid(axis="x", color="#e2e2e2", linewidth=0.7)
    figure.tight_layout(rect=(0.0, 0.05, 1.0, 0.91))
    _badge(figure, results, MEAN_BAND)
    return _png(figure)


def _panels(
    results: Results, title: str, places: Sequence[str], kind: str
) -> tuple[Figure, list[Axes]]:
    """A figure with one panel per territory, each with its name."""
    width = 4.9 * len(places) + 1.2
    figure = Figure(figsize=(max(width, 7.0), 5.0), dpi=DOTS_PER_INCH)
    _title(figure, title, kind)
    panels = list(figure.subplots(1, len(places), squeeze=False)[0])
    for panel, territory in zip(panels, places, strict=True):
        name = territory_text(results.experiment.reference, territory, "fr")
        panel.set_title(name, fontsize=10, loc="left", color="#222222")
    return figure, panels


def _title(figure: Figure, title: str, subtitle: str) -> None:
    figure.text(0.012, 0.975, title, fontsize=13, weight="bold", va="top")
    figure.text(0.012, 0.922, subtitle, fontsize=9, color=GREY, va="top")


def _kind_text(definition: OutcomeDefinition) -> str:
    return f"{KINDS[definition.kind]} · {definition.population.fr}"


def _style(position: int) -> tuple[str, str]:
    return COLOURS[position % len(COLOURS)], LINES[position % len(LINES)]


def _dates(results: Results, kind: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Where months are drawn: stocks on their last day, the others in the middle."""
    found = []
    for label in results.replications[0].outcomes[0].axes.months:
        year, month = (int(part) for part in label.split("-"))
        following = date(year + month // 12, month % 12 + 1, 1)
        found.append(following - timedelta(days=1) if kind == "stock" else date(year, month, 15))
    return np.array([day_number(day) for day in found], dtype=np.float64)


def _time_axis(results: Results, panel: Axes) -> None:
    """Real dates, the days on which something changes, sober lines."""
    first = month_number(results.experiment.reference.start)
    months = range(first, first + results.experiment.reference.months + 1, MONTHS_BETWEEN_TICKS)
    ticks = [first_day_of_month(month) for month in months]
    panel.set_xticks(ticks, [_date_tick(tick) for tick in ticks])
    panel.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _tick(value)))
    days = {day for scenario in results.experiment.scenarios for day in scenario.days_of_change}
    for day in sorted(days):
        panel.axvline(day_number(day), color=GREY, linewidth=0.9, linestyle=":", zorder=1)
    _plain(panel)
    panel.grid(axis="y", color="#e2e2e2", linewidth=0.7)


def _plain(panel: Axes) -> None:
    panel.tick_params(labelsize=8)
    for side in ("top", "right"):
        panel.spines[side].set_visible(False)


def _date_tick(tick: int) -> str:
    day = date_of(tick)
    return month_text(day.year, day.month, "fr").replace(" ", "\n")


def _tick(value: float) -> str:
    """A round number of an axis with as many digits as it needs."""
    return (
        number_text(value, "number", "fr")
        if value == int(value)
        else f"{value:g}".replace(".", ",").replace("-", "\u2212")
    )


def _unit_text(unit: str) -> str:
    return unit_text(unit, "fr")


def _wrapped(text: str, width: int = 46) -> str:
    return textwrap.fill(text, width)


def _finished(figure: Figure, panel: Axes, results: Results, band: str = "") -> bytes:
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
    figure.tight_layout(rect=(0.0, 0.04 + height, 1.0, 0.885))
    _badge(figure, results, band or "médiane, 5e–95e centiles")
    return _png(figure)


def _badge(figure: Figure, results: Results, band: str) -> None:
    """What the picture is, and what its band means."""
    experiment = results.experiment
    count = len(results.replications)
    repeated = "réplication" if count == 1 else "réplications"
    text = f"{band} · {count} {repeated}, graine {experiment.seed}"
    text += " · incertitude des paramètres exclue"
    if experiment.reference.share != 1.0:
        share = number_text(experiment.reference.share, "share", "fr")
        text += f" · département réduit à {share} %"
    figure.text(
        0.012,
        0.018,
        BADGE,
        fontsize=7.5,
        weight="bold",
        color="white",
        bbox={"facecolor": "#5a5a5a", "edgecolor": "none", "pad": 3.0},
    )
    figure.text(0.988, 0.018, text, fontsize=7.5, color=GREY, ha="right")


def _png(figure: Figure) -> bytes:
    FigureCanvasAgg(figure)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()
