"""The shared dynamics applied to one series that need not belong to the panel.

The series says how the department moves, the panel how departments move together: season, reversion
and the common growth of the months that both know. How far forecasts of the series strayed at its
own earlier months corrects the spread that the panel gives it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import cho_factor, cho_solve, solve_triangular
from scipy.optimize import minimize_scalar

from brought.series import SHORTEST_MONTHS, Floats, Series
from forecast.common_path import recent_path
from forecast.growth import covariances_by_fading, growth_covariance, log_growth, sums_over
from forecast.growth_outlook import common_outlook, not_narrowing, scaled, sums_since
from forecast.known import Flags, averaged
from forecast.panel import LEAST_MONTHS
from forecast.scores import Forecast, heavy_tailed_forecast
from forecast.shared_dynamics import FADING, Dynamics
from forecast.spread_check import paths_apart, student_scale

SERIES_PULL = 1.0
"""Paths' worth of trust in the spread that the departments give a series."""
WIDEST = 5.0
"""Largest logarithm of a department's spread that is tried."""


def forecast_series(dynamics: Dynamics, series: Series, horizon: int) -> Forecast:
    """Households in the months after the series' last one."""
    spread = spread_of_series(dynamics, series)
    mean, sd = growth_of_series(dynamics, series, horizon, spread)
    sd = not_narrowing(sd * _strayed(dynamics, series, horizon, spread))
    return heavy_tailed_forecast(np.log(series.households[-1]) + mean / 100.0, sd / 100.0)


def growth_of_series(
    dynamics: Dynamics, series: Series, horizon: int, spread: float
) -> tuple[Floats, Floats]:
    """Growth since the last month by month ahead, percent of the logarithm: mean and error.

    The error is what the panel says of a department of this spread.
    """
    means, lefts = [], []
    for joint in _joints(dynamics, series, horizon):
        total = joint.covariance(spread)
        known = len(joint.growth)
        across = total[:known, known:]
        gain = cho_solve(cho_factor(total[:known, :known]), across)
        means.append(joint.growth @ gain)
        lefts.append(total[known:, known:] - across.T @ gain)
    mean, together = averaged(np.array(means), np.array(lefts), dynamics.chances)
    _, common = common_outlook(dynamics, horizon, dynamics.panel, series.last_month)
    shared = np.minimum(np.diag(together), np.diag(common))
    own = np.diag(together) - shared
    variance = scaled(np.diag(shared), dynamics.common_scale)
    variance += scaled(np.diag(own), dynamics.own_scale)
    return mean, np.sqrt(np.diag(variance))


def _strayed(dynamics: Dynamics, series: Series, horizon: int, spread: float) -> Floats:
    """How far earlier forecasts of this series strayed, against what was said, by month ahead.

    Shrunk to 1 by the number of earlier paths that do not overlap.
    """
    panel = dynamics.panel
    first = max(series.first_month + SHORTEST_MONTHS, panel.first_monthly + LEAST_MONTHS) - 1
    origins = np.arange(first, series.last_month)
    if not len(origins):
        return np.ones(1)
    longest = min(horizon, len(origins))
    found = np.full((len(origins), longest), np.nan)
    logs = 100.0 * np.log(series.households)
    for row, origin in enumerate(origins):
        ahead = min(longest, series.last_month - int(origin))
        count = int(origin) - series.first_month + 1
        past = Series(series.department, series.first_month, series.households[:count])
        known = replace(dynamics, panel=panel.until(min(int(origin), panel.last_month)))
        mean, sd = growth_of_series(known, past, ahead, spread)
        found[row, :ahead] = (logs[count : count + ahead] - logs[count - 1] - mean) / sd
    scale = student_scale(found, paths_apart(found, origins), SERIES_PULL)
    return np.append(scale, np.full(horizon - longest, scale[-1]))


@dataclass(frozen=True)
class _Joint:
    """The panel's common growth, the series' growth and its sums ahead, in this order.

    ``common`` and ``own`` are their covariances, the latter for a spread of 1; ``growth`` is what
    is known; ``is_panel`` tells the rows of the panel.
    """

    growth: Floats
    common: Floats
    own: Floats
    is_panel: Flags

    def covariance(self, spread: float) -> Floats:
        """The whole covariance for a spread of the department."""
        factor = np.where(self.is_panel, 1.0, np.sqrt(spread))
        found: Floats = self.common + self.own * np.outer(factor, factor)
        return found


def _joint(dynamics: Dynamics, series: Series, horizon: int) -> _Joint:
    """With the most probable parameters."""
    return _joints(replace(dynamics, fadings=dynamics.common[[FADING]]), series, horizon)[0]


def _joints(dynamics: Dynamics, series: Series, horizon: int) -> list[_Joint]:
    """With each half-life of emergencies that is averaged over."""
    panel = dynamics.panel
    path = recent_path(panel, dynamics.weights)
    first = min(int(path.months[0]), series.first_month)
    until = max(panel.last_month, series.last_month)
    months = np.arange(first + 1, max(until, series.last_month + horizon) + 1)
    rows = [
        path.sums(months),
        sums_over(series.months, months),
        sums_since(series.last_month, horizon, months),
    ]
    is_panel = np.arange(sum(map(len, rows))) < len(rows[0])
    adding = np.concatenate(rows)
    own = adding @ growth_covariance(dynamics.own, months, until) @ adding.T
    own[np.ix_(is_panel, is_panel)] *= dynamics.mean_spread
    own[np.ix_(is_panel, ~is_panel)] = own[np.ix_(~is_panel, is_panel)] = 0.0
    growth = np.concatenate([path.growth, log_growth(series.households)])
    commons = covariances_by_fading(dynamics.common, dynamics.fadings, months, until, adding)
    return [_Joint(growth, common, own, is_panel) for common in commons]


def spread_of_series(dynamics: Dynamics, series: Series) -> float:
    """The most probable spread of this department, with the departments' one as prior."""
    joint = _joint(dynamics, series, 1)
    known = len(joint.growth)
    half = dynamics.tail / 2

    def loss(log_spread: float) -> float:
        root = np.linalg.cholesky(joint.covariance(float(np.exp(log_spread)))[:known, :known])
        scaled = solve_triangular(root, joint.growth, lower=True)
        density = 0.5 * scaled @ scaled + np.sum(np.log(np.diag(root)))
        return float(density + half * (log_spread + np.exp(-log_spread)))

    found = minimize_scalar(loss, bounds=(-WIDEST, WIDEST), method="bounded")
    return float(np.exp(found.x))
