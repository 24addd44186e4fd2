"""What achieved contacts and activity do to hazards. Sizes are literature priors, never fitted."""

from __future__ import annotations

import math

from sim.compiled import rule
from sim.units import DAYS_PER_MONTH

LOG_2 = math.log(2.0)


@rule
def decayed_level(level: float, days: float, half_life_days: float) -> float:
    """Exponentially weighted contacts per month, ``days`` after it was ``level``."""
    return level * math.exp(-LOG_2 * days / half_life_days)


@rule
def raised_level(level: float, weight: float, half_life_days: float) -> float:
    """The level after one more contact; a steady rhythm of c a month settles around c."""
    return level + weight * DAYS_PER_MONTH * LOG_2 / half_life_days


@rule
def saturation(quantity: float, scale: float) -> float:
    """Share of the full effect reached: 1 - exp(-quantity / scale)."""
    return -math.expm1(-quantity / scale)


@rule
def most_helpful_saturation(size: float) -> float:
    """The saturation at which an effect of ``size`` raises a hazard most."""
    return 1.0 if size > 0.0 else 0.0


@rule
def relative_effect(size: float, reached: float) -> float:
    """Multiplier 1 + size x share reached."""
    return 1.0 + size * reached


@rule
def ramped_hours(target_hours: float, days_since_start: float, ramp_days: float) -> float:
    """Weekly hours of activity reached progressively from the first day of the activity."""
    if days_since_start >= ramp_days:
        return target_hours
    if days_since_start <= 0.0:
        return 0.0
    return target_hours * days_since_start / ramp_days
