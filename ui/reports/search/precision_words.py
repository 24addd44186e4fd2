"""Why replications ended, in words."""

from __future__ import annotations

import math

from sim.experiments.intervals import LEVEL
from sim.language import Language
from sim.search.naming import PERCENT
from sim.search.precision import Stop
from ui.reports.wording import difference_unit_text, number_text
from ui.texts import said
from ui.texts.figures import in_figures


def stop_text(stop: Stop, language: Language = "en") -> str:
    """Why replications ended, in a sentence."""
    precision, unit = stop.precision, stop.precision.outcome.definition.unit

    def width_text(width: float) -> str:
        unit_shown = difference_unit_text(unit, language)
        return f"{number_text(width, unit, language)} {unit_shown}".strip()

    widest = max(stop.half_widths, default=math.nan)
    reached = said("precision.unknown", language)
    if math.isfinite(widest):
        reached = width_text(widest)
    wanted = width_text(precision.half_width)
    if precision.is_relative:
        share = in_figures(f"{precision.half_width * PERCENT:g}", language)
        wanted = said("precision.of_mean", language, share=share)
    words = {
        "name": getattr(precision.outcome.definition.label, language),
        "territory": precision.outcome.territory,
        "level": f"{LEVEL * PERCENT:.0f}",
        "reached": reached,
        "wanted": wanted,
    }
    if stop.enough is None:
        return said("precision.not_reached", language, **words)
    return said("precision.reached", language, enough=stop.enough, **words)
