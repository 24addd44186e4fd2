"""Pictures of a forecast, labelled in French: level, differences, where the doubt comes from."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from brought.series import Floats
from forecast.level import VERIFIED_MONTHS
from forecast.outcome import (
    DIFFERENCE,
    FANS,
    LEVEL,
    PARTS,
    QUANTILES,
    SCENARIO,
    Outlook,
    Path,
)
from forecast.variance import Variance
from sim.language import Language
from ui.reports.figure_frame import (
    COLOURS,
    DOTS_PER_INCH,
    GREY,
    heading,
    plain,
    tick,
    wrapped,
)
from ui.reports.wording import label_text
from ui.texts import at, said

SHOWN_PAST = 36
MONTHS_BETWEEN_TICKS, MOST_TICKS = 6, 14
FAN_ALPHAS = (0.30, 0.18, 0.10)
FADED = 0.45
DOTTED = (0, (1, 1.6))
"""Lines of scenarios, so that the level below them stays visible."""
Line = str | tuple[float, tuple[float, ...]]
PAGE: Language = "fr"
"""The language of the page and its figures."""
PART_COLOURS: Mapping[str, str] = {
    "seeds": "#56B4E9",
    "data": "#009E73",
    "literature": "#E69F00",
    "discrepancy": "#8a8f94",
}


def figures(outlook: Outlook, place: str) -> dict[str, Figure]:
    """The pictures by name; ``place`` is the department as a title says it."""
    found = {"forecast": _level_figure(outlook, place)}
    if outlook.simulated is not None:
        found["difference"] = _difference_figure(outlook, place)
        found["variance"] = _variance_figure(outlook, place)
    return found


def _level_figure(outlook: Outlook, place: str) -> Figure:
    figure = Figure(figsize=(10.5, 6.0), dpi=DOTS_PER_INCH)
    last = label_text(outlook.months[-1], PAGE)
    heading(
        figure,
        forecast_word("level_title", place=place, last=last),
        forecast_word("level_basis"),
    )
    panel = figure.subplots()
    known = outlook.level.known
    past = known.households[-SHOWN_PAST:]
    when = known.months[-SHOWN_PAST:] - known.last_month
    observed = forecast_word("observed")
    panel.plot(when, past, ".-", color=COLOURS[0], linewidth=1.7, markersize=4, label=observed)
    (level,) = outlook.chosen(LEVEL)
    start = float(past[-1])
    _draw_fan(panel, level, COLOURS[1], start, forecast_word("unchanged"))
    for position, path in enumerate(outlook.chosen(SCENARIO), start=2):
        assert path.scenario is not None
        colour = COLOURS[position % len(COLOURS)]
        _draw_median(
            panel, path, colour, start, wrapped(getattr(path.scenario.title, PAGE)), DOTTED
        )
    panel.set_ylabel(forecast_word("households"), fontsize=9)
    _time_axis(outlook, panel, 1 - int(when[0]))
    _mark_today(panel, outlook.level.months_over)
    return _finished(figure, panel, _doubt(outlook))


def _difference_figure(outlook: Outlook, place: str) -> Figure:
    paths = outlook.chosen(DIFFERENCE)
    figure = Figure(figsize=(max(5.2 * len(paths), 8.5), 5.6), dpi=DOTS_PER_INCH)
    heading(
        figure,
        forecast_word("difference_title", place=place),
        forecast_word("difference_basis"),
    )
    panels = list(figure.subplots(1, len(paths), squeeze=False, sharey=True)[0])
    for position, (panel, path) in enumerate(zip(panels, paths, strict=True), start=2):
        assert path.scenario is not None
        panel.set_title(wrapped(getattr(path.scenario.title, PAGE)), fontsize=10, loc="left")
        panel.axhline(0.0, color=COLOURS[0], linewidth=1.0, linestyle="--")
        _draw_fan(panel, path, COLOURS[position % len(COLOURS)], 0.0, forecast_word("difference"))
        _time_axis(outlook, panel, 1)
    panels[0].set_ylabel(forecast_word("households"), fontsize=9)
    assert outlook.simulated is not None
    count = len(outlook.simulated.draws)
    return _finished(figure, None, forecast_word("draws", count=count))


def _variance_figure(outlook: Outlook, place: str) -> Figure:
    shown = [(forecast_word("the_level"), outlook.chosen(LEVEL)[0].variance)]
    shown += [
        (forecast_word("the_difference", title=getattr(path.scenario.title, PAGE)), path.variance)
        for path in outlook.chosen(DIFFERENCE)
        if path.scenario is not None
    ]
    figure = Figure(figsize=(max(4.6 * len(shown), 9.0), 5.6), dpi=DOTS_PER_INCH)
    heading(
        figure,
        forecast_word("variance_title", place=place),
        forecast_word("variance_basis"),
    )
    panels = list(figure.subplots(1, len(shown), squeeze=False, sharey=True)[0])
    for panel, (title, variance) in zip(panels, shown, strict=True):
        panel.set_title(wrapped(title, 44), fontsize=10, loc="left")
        _draw_parts(panel, variance)
        panel.set_xlabel(forecast_word("months_ahead"), fontsize=8)
    panels[0].set_ylabel(forecast_word("of_variance"), fontsize=9)
    return _finished(figure, panels[0], forecast_word("nested"))


def _draw_parts(panel: Axes, variance: Variance) -> None:
    shares = variance.shares()
    months = np.arange(1, len(variance.seeds) + 1)
    panel.stackplot(
        months,
        [100.0 * shares[part] for part in PARTS],
        labels=[part_label(part) for part in PARTS],
        colors=[PART_COLOURS[part] for part in PARTS],
        linewidth=0,
    )
    panel.set_ylim(0.0, 100.0)
    panel.set_xlim(1, max(len(months), 2))
    _mark_end_of_verified(panel, len(months))
    plain(panel)


def _draw_fan(panel: Axes, path: Path, colour: str, start: float, label: str) -> None:
    """Fans and median from the last known month on; fainter and dashed where not verified."""
    quantiles = np.concatenate([np.full((len(QUANTILES), 1), start), path.quantiles], axis=1)
    ahead = np.arange(quantiles.shape[1])
    for fan, alpha in zip(FANS, FAN_ALPHAS, strict=True):
        low = quantiles[QUANTILES.index(round(0.5 - fan / 200.0, 2))]
        high = quantiles[QUANTILES.index(round(0.5 + fan / 200.0, 2))]
        for part, strength in ((ahead <= VERIFIED_MONTHS, 1.0), (ahead >= VERIFIED_MONTHS, FADED)):
            panel.fill_between(
                ahead[part], low[part], high[part], color=colour, alpha=alpha * strength,
                linewidth=0,
            )  # fmt: skip
    _draw_median(panel, path, colour, start, label, "-")


def _draw_median(
    panel: Axes, path: Path, colour: str, start: float, label: str, line: Line
) -> None:
    median: Floats = np.append(start, path.quantiles[QUANTILES.index(0.5)])
    ahead = np.arange(len(median))
    near, far = ahead <= VERIFIED_MONTHS, ahead >= VERIFIED_MONTHS
    panel.plot(ahead[near], median[near], linestyle=line, color=colour, linewidth=1.8, label=label)
    if far.sum() > 1:
        panel.plot(ahead[far], median[far], "--", color=colour, linewidth=1.8)


def _time_axis(outlook: Outlook, panel: Axes, past: int) -> None:
    """Months as dates, a line at the last known month, French numbers."""
    first, span = outlook.level.first_month, range(1 - past, outlook.level.months + 1)
    between = MONTHS_BETWEEN_TICKS * -(-len(span) // (MONTHS_BETWEEN_TICKS * MOST_TICKS))
    positions = [ahead for ahead in span if (first + ahead - 1) % between == 0]
    labels = []
    for ahead in positions:
        month = first + ahead - 1
        text = label_text(f"{month // 12:04d}-{month % 12 + 1:02d}", PAGE)
        labels.append(text.replace(" ", "\n"))
    panel.set_xticks(positions, labels)
    panel.axvline(0, color=GREY, linewidth=0.9, linestyle=":", zorder=1)
    _mark_end_of_verified(panel, outlook.level.months)
    panel.yaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    plain(panel)
    panel.grid(axis="y", color="#e2e2e2", linewidth=0.7)


def _mark_end_of_verified(panel: Axes, months: int) -> None:
    if months <= VERIFIED_MONTHS:
        return
    panel.axvline(VERIFIED_MONTHS, color=GREY, linewidth=0.9, linestyle="--", zorder=1)
    panel.text(
        VERIFIED_MONTHS + 0.4, 0.02, forecast_word("not_verified"),
        transform=panel.get_xaxis_transform(),
        fontsize=8, color=GREY, style="italic", va="bottom",
    )  # fmt: skip


def _mark_today(panel: Axes, over: int) -> None:
    """Months that are over lie left of a line: they are estimates of what is not observed here."""
    if not over:
        return
    panel.axvspan(0, over, color=GREY, alpha=0.08, linewidth=0, zorder=0)
    panel.text(
        over / 2.0, 0.98, forecast_word("not_observed"), transform=panel.get_xaxis_transform(),
        fontsize=8, color=GREY, style="italic", va="top", ha="center",
    )  # fmt: skip


def _doubt(outlook: Outlook) -> str:
    last = label_text(f"{np.datetime64(0, 'M') + outlook.level.first_month - 1 - 12 * 1970}", PAGE)
    return forecast_word("doubt", last=last)


def _finished(figure: Figure, panel: Axes | None, doubt: str) -> Figure:
    """Legend, source, and what the fans hold."""
    room = 0.05
    if panel is not None:
        handles, labels = panel.get_legend_handles_labels()
        columns = min(len(labels), 2)
        room += 0.045 * -(-len(labels) // columns)
        figure.legend(
            handles, labels, loc="lower center", ncol=columns, fontsize=8.5, frameon=False,
            bbox_to_anchor=(0.5, 0.06),
        )  # fmt: skip
    figure.set_layout_engine("tight", rect=(0.0, 0.03 + room, 1.0, 0.885))
    figure.text(0.012, 0.035, forecast_word("source"), fontsize=7.5, color=GREY)
    figure.text(0.012, 0.010, doubt, fontsize=7.5, color=GREY)
    return figure


def forecast_word(key: str, /, **words: object) -> str:
    """A text of the page or its figures."""
    return said(f"forecast_report.{key}", PAGE, **words)


def part_label(part: str) -> str:
    """The name of a part of the variance."""
    return str(at("forecast_report.parts", PAGE)[part])
