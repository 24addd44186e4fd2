"""The hazard of finding an occupation (a job of any length, or a training), per month."""

from __future__ import annotations

import math

from sim.compiled import rule


@rule
def age_factor(
    age_years: float, decline_after_30: float, decline_after_50: float, decline_after_60: float
) -> float:
    """Multiplier by age: log-linear decline, steeper after 50 and again after 60."""
    slope = decline_after_30 * max(age_years - 30.0, 0.0)
    slope += decline_after_50 * max(age_years - 50.0, 0.0)
    slope += decline_after_60 * max(age_years - 60.0, 0.0)
    return math.exp(-slope)


@rule
def recent_job_factor(boost: float, days_since_job: float, decay_days: float) -> float:
    """Multiplier 1 + boost x exp(-time since the last job / decay)."""
    return 1.0 + boost * math.exp(-days_since_job / decay_days)


@rule
def job_finding_hazard(
    base_hazard: float,
    market: float,
    season: float,
    personal: float,
    barriers: float,
    support: float,
) -> float:
    """Product of the base hazard and its factors, while on RSA.

    ``market`` is level x dated events of the territory; ``personal`` is age x education x
    household x frailty x class x recent job; ``support`` is contacts x activity x sanction,
    relative to the reference intensity.
    """
    return base_hazard * market * season * personal * barriers * support
