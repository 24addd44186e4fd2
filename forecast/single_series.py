"""The shared dynamics applied to one series that need not belong to the panel.

The series says how the department moves, the panel how departments move together: season, reversion
and the common growth of the months that both know.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.linalg import cho_factor, cho_solve, solve_triangular
from scipy.optimize import minimize_scalar

from brought.series import Floats, Series
from forecast.growth import growth_covariance, log_growth
from forecast.scores import Forecast, log_normal_forecast
from forecast.shared_dynamics import Dynamics, common_growth, outlook, scaled

WIDEST = 5.0
"""Largest logarithm of a department's spread that is tried."""


def forecast_series(dynamics: Dynamics, series: Series, horizon: int) -> Forecast:
    """Households in the months after the series' last one."""
    common, into = common_growth(dynamics.panel, dynamics.weights)
    growth = log_growth(series.households)
    ahead = series.last_month + np.arange(1, horizon + 1)
    months = np.concatenate([into, series.months[1:], ahead])
    is_panel = np.arange(len(months)) < len(into)
    known = len(into) + len(growth)
    joint = growth_covariance(dynamics.common, months)
    own = growth_covariance(dynamics.own, months)
    own[np.ix_(is_panel, is_panel)] *= dynamics.mean_spread
    own[np.ix_(is_panel, ~is_panel)] = own[np.ix_(~is_panel, is_panel)] = 0.0
    values = np.concatenate([common, growth])
    spread = _spread(dynamics, joint, own, values, is_panel)
    is_past = np.arange(len(months)) < known
    factor = np.where(is_panel, 1.0, np.sqrt(spread))
    total = joint + own * np.outer(factor, factor)
    across = total[np.ix_(is_past, ~is_past)]
    gain = cho_solve(cho_factor(total[np.ix_(is_past, is_past)]), across)
    left = total[np.ix_(~is_past, ~is_past)] - across.T @ gain
    adding = np.tril(np.ones((horizon, horizon)))
    mean = values @ gain @ adding.T
    together = adding @ left @ adding.T
    plain = replace(dynamics, common_scale=np.ones(1))
    shared = np.minimum(np.diag(together), outlook(plain, horizon).common_variance)
    own = np.diag(together) - shared
    variance = np.diag(scaled(np.diag(shared), dynamics.common_scale))
    sd = np.sqrt(variance + np.diag(scaled(np.diag(own), dynamics.own_scale)))
    start = np.log(series.households[-1])
    return log_normal_forecast(start + mean / 100.0, sd / 100.0)


def _spread(
    dynamics: Dynamics, joint: Floats, own: Floats, values: Floats,
    is_panel: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> float:  # fmt: skip
    """The most probable spread of this department, with the departments' one as prior."""
    known = len(values)
    half = dynamics.tail / 2

    def loss(log_spread: float) -> float:
        factor = np.where(is_panel, 1.0, np.exp(log_spread / 2))[:known]
        total = joint[:known, :known] + own[:known, :known] * np.outer(factor, factor)
        root = np.linalg.cholesky(total)
        scaled = solve_triangular(root, values, lower=True)
        density = 0.5 * scaled @ scaled + np.sum(np.log(np.diag(root)))
        return float(density + half * (log_spread + np.exp(-log_spread)))

    found = minimize_scalar(loss, bounds=(-WIDEST, WIDEST), method="bounded")
    return float(np.exp(found.x))
