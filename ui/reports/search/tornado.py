"""The tornado of a sensitivity study: the factors by weight, with French labels."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from sim.language import Language
from sim.search.sensitivity import LEVEL, Sensitivity
from sim.search.study import SensitivityStudy, label_of
from ui.reports.figure_frame import (
    COLOURS,
    DOTS_PER_INCH,
    heading,
    plain,
    signed,
    tick,
    wrapped,
)
from ui.reports.picture_file import picture_file
from ui.reports.search.wording import lever_number, lever_text, per_cent, place_text
from ui.reports.wording import difference_unit_text
from ui.texts import said

FIGURE: Language = "fr"
"""The language of the figure."""
MOST_SHOWN = 20
PERCENT = 100.0
BLUE, ORANGE = COLOURS[1], COLOURS[2]


def tornado_figure(study: SensitivityStudy, found: Sensitivity) -> bytes:
    """One bar for each factor (the first twenty), the one that matters most on top."""
    definition = study.outcome.definition
    order = found.order[:MOST_SHOWN]
    figure = Figure(figsize=(9.6, 2.6 + 0.5 * len(order)), dpi=DOTS_PER_INCH)
    place = place_text(study.plan.experiment.reference, study.outcome.territory, FIGURE)
    name = getattr(definition.label, FIGURE)
    heading(figure, said("study.figure", FIGURE, name=name), place)
    panel = figure.subplots()
    is_morris = found.method == "morris"
    scale = PERCENT if not is_morris or definition.unit == "share" else 1.0
    for height, position in enumerate(order):
        effect = found.effects[position]
        value = scale * (effect.mean if is_morris else effect.size)
        low, high = (scale * end for end in (effect.low, effect.high))
        panel.barh(-height, value, height=0.62, color=BLUE if value >= 0.0 else ORANGE, alpha=0.75)
        if not is_morris:
            panel.barh(-height, scale * max(0.0, effect.mean), height=0.62, color=BLUE)
        if low == low and high == high:
            panel.plot([low, high], [-height, -height], color=COLOURS[0], linewidth=1.3)
    panel.axvline(0.0, color=COLOURS[0], linewidth=1.0)
    panel.set_yticks([-height for height in range(len(order))])
    panel.set_yticklabels([_name(study, position) for position in order], fontsize=8)
    panel.set_ylim(-len(order) + 0.4, 0.6)
    panel.set_axisbelow(True)
    unit = difference_unit_text(definition.unit, FIGURE)
    panel.set_xlabel(said(f"study.{found.method}_axis", FIGURE, unit=unit), fontsize=9)
    panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    plain(panel)
    panel.grid(axis="x", color="#e2e2e2", linewidth=0.7)
    figure.set_layout_engine("tight", rect=(0.0, 0.07, 1.0, 0.88))
    known = {"points": found.points, "each": found.simulations}
    seed, level = study.plan.experiment.seed, per_cent(LEVEL, FIGURE)
    signed(figure, said("study.figure_basis", FIGURE, level=level, seed=seed, **known))
    return picture_file(figure)


def tornado_caption(found: Sensitivity) -> str:
    """What the figure shows, for a reader."""
    return said(f"study.{found.method}_caption", FIGURE)


def _name(study: SensitivityStudy, position: int) -> str:
    factor = study.factors[position]
    low, high = (
        lever_number(factor.low, factor.unit, FIGURE),
        lever_text(factor.high, factor.unit, FIGURE),
    )
    span = said("study.range", FIGURE, low=low, high=high)
    return f"{wrapped(label_of(study, factor, FIGURE), 44)}\n{span}"
