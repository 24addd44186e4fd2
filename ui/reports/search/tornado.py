"""The tornado of a sensitivity study: the factors by weight, with French labels."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

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

MOST_SHOWN = 20
PERCENT = 100.0
BLUE, ORANGE = COLOURS[1], COLOURS[2]


def tornado_figure(study: SensitivityStudy, found: Sensitivity) -> bytes:
    """One bar for each factor (the first twenty), the one that matters most on top."""
    definition = study.outcome.definition
    order = found.order[:MOST_SHOWN]
    figure = Figure(figsize=(9.6, 2.6 + 0.5 * len(order)), dpi=DOTS_PER_INCH)
    place = place_text(study.plan.experiment.reference, study.outcome.territory, "fr")
    heading(figure, f"Ce qui pèse sur « {definition.label.fr} »", place)
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
    panel.set_xlabel(
        f"effet moyen du passage de la valeur basse à la valeur haute, en "
        f"{difference_unit_text(definition.unit, 'fr')}"
        if is_morris
        else "part de la variance expliquée (%) : seul (foncé), avec interactions (clair)",
        fontsize=9,
    )
    panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    plain(panel)
    panel.grid(axis="x", color="#e2e2e2", linewidth=0.7)
    figure.set_layout_engine("tight", rect=(0.0, 0.07, 1.0, 0.88))
    signed(
        figure,
        f"trait : intervalle à {per_cent(LEVEL, 'fr')} · {found.points} combinaisons × "
        f"{found.simulations} simulations, graine {study.plan.experiment.seed}",
    )
    return picture_file(figure)


def tornado_caption(found: Sensitivity) -> str:
    """What the figure shows, for a reader."""
    if found.method == "morris":
        return (
            "Chaque barre : de combien l'indicateur change en moyenne quand le facteur passe de sa "
            "valeur basse à sa valeur haute, les autres variant aussi. Bleu : hausse ; orange : "
            "baisse ; trait : ce que le hasard des simulations laisse ouvert."
        )
    return (
        "Chaque barre : part de la variance de l'indicateur que le facteur explique, seul (foncé) "
        "et avec ses interactions (clair)."
    )


def _name(study: SensitivityStudy, position: int) -> str:
    factor = study.factors[position]
    low, high = (
        lever_number(factor.low, factor.unit, "fr"),
        lever_text(factor.high, factor.unit, "fr"),
    )
    return f"{wrapped(label_of(study, factor, 'fr'), 44)}\n{low} à {high}"
