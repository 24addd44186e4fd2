"""Scores of a forecast against what came: all in percent of what came.

A forecast is a central path and equally likely points of each month's distribution.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtrit

from brought.series import Floats

POINTS = 200
LEVELS = (np.arange(POINTS) + 0.5) / POINTS
NORMAL_POINTS: Floats = np.asarray(ndtri(LEVELS))
LOW, HIGH = 0.05, 0.95
TAILS = 5.0
"""Degrees of freedom of errors with heavy tails: 4 to 6 serve equally, normal errors hold too much
in the middle half and too little in the outer hundredths (scored in docs/backtest.md)."""
NORMAL_TO_HEAVY = float(ndtri(HIGH) / stdtrit(TAILS, HIGH))
HEAVY_POINTS: Floats = np.asarray(stdtrit(TAILS, LEVELS), dtype=np.float64) * NORMAL_TO_HEAVY
"""Student's distribution that has the 90 % interval of the normal one."""


@dataclass(frozen=True)
class Forecast:
    """Households by month ahead: ``central`` and, in the last axis of ``points``, a distribution.

    Leading axes (departments, if any) and the axis of months are the same in both.
    """

    central: Floats
    points: Floats

    def interval(self) -> tuple[Floats, Floats]:
        """The central 90 % interval."""
        low, high = np.quantile(self.points, [LOW, HIGH], axis=-1, method="hazen")
        return low, high


@dataclass(frozen=True)
class Scores:
    """By month ahead, percent of the observed households: forecast minus observed, its size, CRPS.

    ``covered`` is 1 where the central 90 % interval holds the observed value, else 0.
    """

    error: Floats
    absolute: Floats
    crps: Floats
    covered: Floats


def normal_forecast(central: Floats, sd: Floats) -> Forecast:
    """A forecast with normal errors, households."""
    return Forecast(central, central[..., None] + sd[..., None] * NORMAL_POINTS)


def log_normal_forecast(log_central: Floats, log_sd: Floats) -> Forecast:
    """A forecast with normal errors of the logarithm; its centre is the median."""
    points = np.exp(log_central[..., None] + log_sd[..., None] * NORMAL_POINTS)
    return Forecast(np.exp(log_central), points)


def heavy_tailed_forecast(log_central: Floats, log_spread: Floats) -> Forecast:
    """A forecast with Student errors of the logarithm; its centre is the median.

    ``log_spread`` is the standard deviation of the normal errors with the same 90 % interval, which
    is what the spread is calibrated on.
    """
    points = np.exp(log_central[..., None] + log_spread[..., None] * HEAVY_POINTS)
    return Forecast(np.exp(log_central), points)


def pooled(forecasts: list[Forecast]) -> Forecast:
    """Equal weights: the mean of the central paths, and the mixture of the distributions."""
    central = np.mean([one.central for one in forecasts], axis=0)
    return Forecast(central, np.concatenate([one.points for one in forecasts], axis=-1))


def crps(observed: Floats, points: Floats) -> Floats:
    """The CRPS of equally likely ``points`` (last axis), in their unit.

    The library compiles its kernels when it is imported, several seconds: only who scores waits.
    """
    import scoringrules

    return np.asarray(scoringrules.crps_ensemble(observed, points))


def score(forecast: Forecast, observed: Floats) -> Scores:
    """Scores of every month that was observed."""
    low, high = forecast.interval()
    error = 100.0 * (forecast.central - observed) / observed
    distance = crps(observed, forecast.points) / observed * 100.0
    covered = ((low <= observed) & (observed <= high)).astype(np.float64)
    return Scores(error, np.abs(error), distance, covered)
