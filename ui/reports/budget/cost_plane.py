"""The plane of cost against effect: one point for each replication of each scenario."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from sim.language import Language
from sim.money.budget.table import Budget
from sim.money.cost_effectiveness import CostEffectiveness
from sim.money.results_reached import JOB_YEARS
from ui.reports.budget.assumptions import drawn_text
from ui.reports.budget.views import scenario_title
from ui.reports.figure_frame import (
    DOTS_PER_INCH,
    GREY,
    badge_text,
    heading,
    plain,
    style,
    tick,
    wrapped,
)
from ui.reports.picture_file import picture_file
from ui.texts import at, said

MILLION = 1e6
FIGURE: Language = "fr"
"""The language of the figure."""
CORNERS = (
    (0.99, 0.02, "right", "bottom"),
    (0.99, 0.98, "right", "top"),
    (0.01, 0.98, "left", "top"),
    (0.01, 0.02, "left", "bottom"),
)
"""Where the name of each quarter stands: lower right first, then against the clock."""


def cost_plane(budget: Budget, found: Sequence[CostEffectiveness]) -> bytes:
    """Years in a job more along, net cost without sanctions in millions of euro up; PNG."""
    figure = Figure(figsize=(8.6, 6.0), dpi=DOTS_PER_INCH)
    heading(
        figure,
        said("budget_book.figure_title", FIGURE),
        said("budget_book.figure_basis", FIGURE),
    )
    panel = figure.subplots()
    panel.axhline(0.0, color="#000000", linewidth=0.9)
    panel.axvline(0.0, color="#000000", linewidth=0.9)
    for position, one in enumerate(found, start=1):
        colour, _ = style(position)
        title = scenario_title(budget, position, FIGURE)
        effect, cost = one.samples[JOB_YEARS], one.samples["cost"] / MILLION
        panel.plot(effect, cost, "o", color=colour, alpha=0.45, markersize=5, zorder=3)
        panel.plot(
            [effect.mean()],
            [cost.mean()],
            "D",
            color=colour,
            markersize=9,
            markeredgecolor="white",
            label=wrapped(said("budget_book.mean_of", FIGURE, title=title)),
            zorder=4,
        )
    _widen(panel)
    panel.set_xlabel(said("budget_book.job_years", FIGURE))
    panel.set_ylabel(said("budget_book.net_cost_millions", FIGURE))
    for axis in (panel.xaxis, panel.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    quarters = zip(at("budget_book.quarters", FIGURE), CORNERS, strict=True)
    for text, (across, up, side, height) in quarters:
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
        0.012, 0.018, badge_text(), fontsize=7.5, weight="bold", color="white",
        bbox={"facecolor": GREY, "edgecolor": "none", "pad": 3.0},
    )  # fmt: skip
    experiment = budget.runs.experiment
    known = {"count": budget.replications, "seed": experiment.seed}
    text = said("budget_book.foot", FIGURE, drawn=drawn_text(budget, FIGURE), **known)
    figure.text(0.988, 0.018, text, fontsize=7.5, color=GREY, ha="right")
