"""What a household and its adults carry when they first open rights to the RSA."""

from __future__ import annotations

import math

from sim.compiled import rule
from sim.randomness import standard_normal
from sim.units import DAYS_PER_YEAR
from sim.vocabulary import MEMBER_BITS

REFRESH_PHASES = 28
NEIGHBOURS_BITS = 6


@rule
def entry_age_years(
    group: float,
    within: float,
    under_25_share: float,
    at_25_share: float,
    youngest: float,
    older_mean_years: float,
    oldest: float,
) -> float:
    """Age at first entry, years, from two uniforms.

    A share enters before 25, a share at the 25th birthday (the age at which the right opens),
    the rest at 26 plus an exponential time cut at ``oldest`` (structure of the prototype fit).
    """
    if group < under_25_share:
        return youngest + within * (25.0 - youngest)
    if group < under_25_share + at_25_share:
        return 25.0 + within
    span = oldest - 26.0
    kept = -math.expm1(-span / older_mean_years)
    return 26.0 - older_mean_years * math.log1p(-within * kept)


@rule
def pension_age_years(u: float, low: float, high: float) -> float:
    """Age at which a household leaves for a pension, uniform between two ages."""
    return low + u * (high - low)


@rule
def frailty(u: float, log_sd: float) -> float:
    """Unobserved factor of a person's job finding: log-normal with mean 1."""
    return math.exp(log_sd * standard_normal(u) - 0.5 * log_sd * log_sd)


@rule
def power(positive: float, exponent: float) -> float:
    """``positive`` to the power ``exponent``, written with the functions that agree to the bit."""
    return math.exp(exponent * math.log(positive))


@rule
def birth_day(entry_time: float, age_years: float) -> int:
    """Day of birth of somebody who is ``age_years`` old at ``entry_time`` (days)."""
    return int(math.floor(entry_time - age_years * DAYS_PER_YEAR))


@rule
def latent_class(u: float, classes: int) -> int:
    """Class (equal shares) of the latent factor that correlates a person's barriers."""
    found = int(u * classes)
    return found if found < classes else classes - 1


@rule
def refresh_phase(household: int) -> int:
    """Offset of a household on the grid of slow factors, from its identity.

    64 neighbouring numbers share it: they lie next to each other in memory, so that one day's
    refreshes read whole blocks.
    """
    return (household >> (MEMBER_BITS + NEIGHBOURS_BITS)) % REFRESH_PHASES
