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
from forecast.emergencies import emergency_covariance, emergency_effects, emergency_slope

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


@dataclass(frozen=True)
class _Parts:
    """The parts but for emergencies, and how far months lie apart.

    Shock to drift and the memory of a season by distance in months, the season whole.
    """

    apart: Whole
    shock: Floats
    noise: Floats
    slow: Floats
    drift: Floats
    memory: Floats
    season: Floats

    @property
    def total(self) -> Floats:
        """All of them together."""
        found: Floats = (self.shock + self.noise + self.slow + self.drift)[self.apart] + self.season
        return found


def _parts(logs: Floats, months: Whole) -> _Parts:
    shock, noise, slow, half_life, drift, season, smoothness, memory, _, _ = np.exp(logs)
    lags = np.arange(len(months))
    here = lags == 0
    apart = np.abs(np.subtract.outer(lags, lags))
    calendar = months % YEAR
    kept = np.exp(-lags / (YEAR * memory))
    shape = _season_shape(smoothness)[np.ix_(calendar, calendar)]
    return _Parts(
        apart,
        shock**2 * here,
        noise**2 * (2.0 * here - (lags == 1)),
        slow**2 * 0.5 ** (lags / half_life),
        np.full(len(lags), drift**2),
        kept,
        season**2 * shape * kept[apart],
    )


def growth_covariance(logs: Floats, months: Whole, until: int) -> Floats:
    """Covariance of the growth into each of these consecutive months, percent².

    ``logs`` are the logarithms of the parameters in the order of `PRIORS`. ``until`` is the last
    month that is known: of an emergency no more is used than it had brought by then.
    """
    jump, fading = np.exp(logs[-2:])
    emergency = jump**2 * emergency_covariance(fading, months, until)
    found: Floats = _parts(logs, months).total + emergency
    return found


def covariances_by_fading(
    logs: Floats, fadings: Floats, months: Whole, until: int, sums: Floats
) -> list[Floats]:
    """Covariance of sums of the growth with each of these logarithms of the half-life.

    ``sums`` has a row for each of them; the other parameters are those of ``logs``.
    """
    steady = sums @ _parts(logs, months).total @ sums.T
    jump = np.exp(logs[-2])
    effects = (jump * sums @ emergency_effects(np.exp(one), months, until) for one in fadings)
    return [steady + one @ one.T for one in effects]


def covariance_and_slopes(logs: Floats, months: Whole, until: int) -> tuple[Floats, Floats]:
    """`growth_covariance`, and its derivative by each of ``logs``: (parameter, month, month)."""
    parts = _parts(logs, months)
    _, _, _, half_life, _, season, smoothness, memory, jump, fading = np.exp(logs)
    lags, apart, calendar = np.arange(len(months)), parts.apart, months % YEAR
    emergency = jump**2 * emergency_covariance(fading, months, until)
    by_distance = (
        2.0 * parts.shock,
        2.0 * parts.noise,
        2.0 * parts.slow,
        parts.slow * np.log(2.0) * lags / half_life,
        2.0 * parts.drift,
    )
    bent = _season_slope(smoothness)[np.ix_(calendar, calendar)]
    slopes = np.stack(
        [
            *(one[apart] for one in by_distance),
            2.0 * parts.season,
            season**2 * bent * parts.memory[apart],
            parts.season * apart / (YEAR * memory),
            2.0 * emergency,
            jump**2 * emergency_slope(fading, months, until),
        ]
    )
    return parts.total + emergency, slopes


_ANGLES = np.pi * np.subtract.outer(np.arange(YEAR), np.arange(YEAR)) / YEAR
_ROUGHNESS = 2.0 * np.sin(_ANGLES) ** 2
_CENTRE = np.eye(YEAR) - 1.0 / YEAR


def _season_shape(smoothness: float) -> Floats:
    """Covariance between calendar months: mean variance 1, and a year adds up to nothing."""
    shape: Floats = _CENTRE @ np.exp(-_ROUGHNESS / smoothness**2) @ _CENTRE
    return shape / np.mean(np.diag(shape))


def _season_slope(smoothness: float) -> Floats:
    """Derivative of `_season_shape` by the logarithm of the smoothness."""
    rough = _ROUGHNESS / smoothness**2
    shape = _CENTRE @ np.exp(-rough) @ _CENTRE
    slope = _CENTRE @ (2.0 * rough * np.exp(-rough)) @ _CENTRE
    size = np.mean(np.diag(shape))
    found: Floats = slope / size - shape * np.mean(np.diag(slope)) / size**2
    return found


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
