"""Covariance of the monthly growth of a caseload: what persists, what returns, what is noise.

Growth is 100 × the difference of the logarithm of households, so about a percentage. It is the sum
of independent Gaussian parts: a constant drift, a slow part that returns to the drift, a season
that changes slowly from year to year, shocks that stay in the level, noise of the level that is
gone the next month, and what emergencies bring, which fades (`forecast.emergencies`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from brought.series import Floats, Whole
from forecast.emergencies import emergency_covariance

YEAR = 12


@dataclass(frozen=True)
class GrowthPrior:
    """A positive parameter of the growth: median, and spread of its logarithm."""

    name: str
    unit: str
    median: float
    log_sd: float
    note: str


PRIORS = (
    GrowthPrior("shock_sd", "percent", 0.15, 1.0, "shocks that stay in the level"),
    GrowthPrior(
        "level_noise_sd", "percent", 0.10, 1.0, "rounding and late decisions, gone next month"
    ),
    GrowthPrior("slow_sd", "percent per month", 0.15, 0.7, "slow part: about 1.5 % a year"),
    GrowthPrior("slow_half_life", "months", 12.0, 0.7, "how fast the slow part returns"),
    GrowthPrior("drift_sd", "percent per month", 0.05, 1.0, "lasting difference of trends"),
    GrowthPrior("season_sd", "percent", 0.35, 0.7, "size of the season in a month's growth"),
    GrowthPrior(
        "season_smoothness", "1", 1.0, 0.5, "small: neighbouring months are unlike each other"
    ),
    GrowthPrior("season_memory", "years", 5.0, 1.0, "how long a season keeps its shape"),
    GrowthPrior("emergency_sd", "percent", 1.0, 1.0, "what a month of an emergency brings"),
    GrowthPrior("emergency_half_life", "months", 12.0, 0.7, "how fast that fades"),
)
"""Weak priors (assumptions, widths of a factor 2 to 3): the data of the panel outweigh them for
the departments; for the common growth, one short series, they matter."""

MEDIANS = np.log([prior.median for prior in PRIORS])
LOG_SDS = np.array([prior.log_sd for prior in PRIORS])


def growth_covariance(logs: Floats, months: Whole, until: int) -> Floats:
    """Covariance of the growth into each of these consecutive months, percent².

    ``logs`` are the logarithms of the parameters in the order of `PRIORS`. ``until`` is the last
    month that is known: of an emergency no more is used than it had brought by then.
    """
    shock, noise, slow, half_life, drift, season, smoothness, memory, jump, fading = np.exp(logs)
    apart = np.abs(np.subtract.outer(months, months))
    here = apart == 0
    calendar = months % YEAR
    shape = _season_shape(smoothness)[np.ix_(calendar, calendar)]
    found: Floats = (
        shock**2 * here
        + noise**2 * (2.0 * here - (apart == 1))
        + slow**2 * 0.5 ** (apart / half_life)
        + drift**2
        + season**2 * shape * np.exp(-apart / (YEAR * memory))
        + jump**2 * emergency_covariance(fading, months, until)
    )
    return found


def _season_shape(smoothness: float) -> Floats:
    """Covariance between calendar months: mean variance 1, and a year adds up to nothing."""
    angle = np.pi * np.subtract.outer(np.arange(YEAR), np.arange(YEAR)) / YEAR
    raw = np.exp(-2.0 * np.sin(angle) ** 2 / smoothness**2)
    centre = np.eye(YEAR) - 1.0 / YEAR
    shape: Floats = centre @ raw @ centre
    return shape / np.mean(np.diag(shape))


def sums_over(levels: Sequence[int] | Whole, months: Whole) -> Floats:
    """Rows that add up monthly growth between consecutive known levels.

    ``months`` are consecutive and start after the first level.
    """
    rows = np.zeros((len(levels) - 1, len(months)))
    for row, start, end in zip(rows, levels[:-1], levels[1:], strict=True):
        row[(months > start) & (months <= end)] = 1.0
    return rows


def log_growth(levels: Floats) -> Floats:
    """Percent growth between neighbouring columns, not a number where one is missing."""
    return 100.0 * np.diff(np.log(levels), axis=-1)
