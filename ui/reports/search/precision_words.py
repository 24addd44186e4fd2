"""Why replications ended, in words."""

from __future__ import annotations

import math

from sim.experiments.intervals import LEVEL
from sim.search.naming import PERCENT
from sim.search.precision import Stop
from ui.reports.wording import difference_unit_text, number_text


def stop_text(stop: Stop) -> str:
    """Why replications ended, in a sentence."""
    precision, unit = stop.precision, stop.precision.outcome.definition.unit
    name = precision.outcome.definition.label.en
    widest = max(stop.half_widths, default=math.nan)
    reached = f"{number_text(widest, unit)} {difference_unit_text(unit)}".strip()
    if not math.isfinite(widest):
        reached = "unknown (too few replications have a value, or differ)"
    wanted = f"{number_text(precision.half_width, unit)} {difference_unit_text(unit)}".strip()
    if precision.is_relative:
        wanted = f"{precision.half_width * PERCENT:g} % of the mean"
    what = f"{name} ({precision.outcome.territory}): half-width of the {LEVEL:.0%} interval"
    if stop.enough is None:
        return f"{what} {reached}; {wanted} was asked for and not reached: allow more replications."
    return (
        f"{what} {reached}, at most {wanted} from {stop.enough} replications on "
        "(rule of Hoad, Robinson and Davies)."
    )
