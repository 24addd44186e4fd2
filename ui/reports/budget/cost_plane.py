"""The plane of cost against effect: one point for each replication of each scenario."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from sim.money.budget.table import Budget
from sim.money.cost_effectiveness import CostEffectiveness
from sim.money.results_reached import JOB_YEARS
from ui.reports.budget.assumptions import drawn_text
from ui.reports.budget.views import scenario_title
from ui.reports.figure_frame import (
    BADGE,
    DOTS_PER_INCH,
    GREY,
    heading,
    plain,
    style,
    tick,
    wrapped,
)
from ui.reports.picture_file import picture_file

MILLION = 1e6


def cost_plane(budget: Budget, found: Sequence[CostEffectiveness]) -> bytes:
    """Years in a job more along, net cost without sanctions in millions of euro up; PNG."""
    figure = Figure(figsize=(8.6, 6.0), dpi=DOTS_PER_INCH)
    heading(
        figure,
        "Coût net et années d'emploi gagnées, par rapport à la référence",
        "un point par réplication · tous financeurs, hors sanctions · brut, avant déplacement",
    )
    panel = figure.subplots()
    panel.axhline(0.0, color="#000000", linewidth=0.9)
    panel.axvline(0.0, color="#000000", linewidth=0.9)
    for position, one in enumerate(found, start=1):
        colour, _ = style(position)
        effect, cost = one.samples[JOB_YEARS], one.samples["cost"] / MILLION
        panel.plot(effect, cost, "o", color=colour, alpha=0.45, markersize=5, zorder=3)
        panel.plot(
            [effect.mean()],
            [cost.mean()],
            "D",
            color=colour,
            markersize=9,
            markeredgecolor="white",
            label=wrapped(f"{scenario_title(budget, position)} (moyenne)"),
            zorder=4,
        )
    _widen(panel)
    panel.set_xlabel("années d'emploi de plus")
    panel.set_ylabel("coût net hors sanctions, M€")
    for axis in (panel.xaxis, panel.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    for across, up, text, side, height in (
        (0.99, 0.02, "moins cher, plus d'emploi", "right", "bottom"),
        (0.99, 0.98, "plus cher, plus d'emploi", "right", "top"),
        (0.01, 0.98, "plus cher, moins d'emploi", "left", "top"),
        (0.01, 0.02, "moins cher, moins d'emploi", "left", "bottom"),
    ):
        panel.text(
            across, up, text, transform=panel.transAxes, color=GREY, fontsize=8, ha=side, va=height
        )
    plain(panel)
    panel.grid(color="#e2e2e2", linewidth=0.7)
    figure.legend(loc="lower center", fontsize=8.5, frameon=False, bbox_to_anchor=(0.5, 0.045))
    figure.set_layout_engine("tight", rect=(0.0, 0.08 + 0.03 * len(found), 1.0, 0.89))
    _foot(figure, budget)
    return picture_file(figure)


def _widen(panel: Axes) -> None:
    """Room on each side of the two axes, so that all four quarters are seen."""
    for low, high, set_limits in (
        (*panel.get_xlim(), panel.set_xlim),
        (*panel.get_ylim(), panel.set_ylim),
    ):
        low, high = min(low, 0.0), max(high, 0.0)
        room = 0.12 * (high - low)
        set_limits(low - room, high + room)


def _foot(figure: Figure, budget: Budget) -> None:
    figure.text(
        0.012, 0.018, BADGE, fontsize=7.5, weight="bold", color="white",
        bbox={"facecolor": GREY, "edgecolor": "none", "pad": 3.0},
    )  # fmt: skip
    experiment = budget.runs.experiment
    text = f"{budget.replications} réplications, graine {experiment.seed}"
    text += f" · {drawn_text(budget)}"
    figure.text(0.988, 0.018, text, fontsize=7.5, color=GREY, ha="right")
