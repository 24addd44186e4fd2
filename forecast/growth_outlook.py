"""What the shared dynamics say of the growth to come, department by department."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brought.series import Floats, Whole
from forecast.common_path import common_path, recent_path
from forecast.growth import YEAR, covariances_by_fading, growth_covariance
from forecast.known import averaged, conditioned
from forecast.panel import Panel
from forecast.shared_dynamics import Dynamics, deviations_known, months_of_growth


@dataclass(frozen=True)
class GrowthOutlook:
    """Forecast of the growth since a date, percent of the logarithm: one row per department.

    ``common`` is the covariance between months ahead of the mean over departments, shared by them;
    ``own``, one matrix per department, that around this mean.
    """

    mean: Floats
    common: Floats
    own: Floats

    @property
    def common_variance(self) -> Floats:
        """Variance of the mean over departments, by month ahead."""
        return np.diag(self.common)

    @property
    def own_variance(self) -> Floats:
        """Variance around that mean, one row per department."""
        return np.diagonal(self.own, axis1=1, axis2=2)


def outlook(
    dynamics: Dynamics, horizon: int, panel: Panel | None = None, start: int | None = None
) -> GrowthOutlook:
    """Growth of every department since ``start``, 1 … ``horizon`` months on, given all of a panel.

    Without ``start`` it is the panel's last date. Another ``panel`` (an earlier state of the same)
    is forecast with the same parameters.
    """
    panel = dynamics.panel if panel is None else panel
    start = panel.last_month if start is None else start
    months = months_of_growth(panel, start + horizon)
    adding = sums_since(start, horizon, months)
    growth = growth_covariance(dynamics.own, months, panel.last_month)
    mean = np.empty((len(panel.departments), horizon))
    own = np.empty((*mean.shape, horizon))
    for one in deviations_known(panel, common_path(panel, dynamics.weights), months):
        gain, left = conditioned(growth, one.sums, adding)
        mean[one.rows] = one.values @ gain
        around = np.maximum(dynamics.spreads[one.rows] - dynamics.mean_spread, 0.0)
        own[one.rows] = around[:, None, None] * left
    middle, common = common_outlook(dynamics, horizon, panel, start)
    return GrowthOutlook(
        mean + middle, scaled(common, dynamics.common_scale), scaled(own, dynamics.own_scale)
    )


def common_outlook(
    dynamics: Dynamics, horizon: int, panel: Panel, start: int
) -> tuple[Floats, Floats]:
    """The growth since ``start`` of the mean over departments: forecast and covariance, unscaled.

    That mean holds the mean of their deviations, which goes on too.
    """
    path = recent_path(panel, dynamics.weights)
    months = np.arange(int(path.months[0]) + 1, max(panel.last_month, start + horizon) + 1)
    sums = np.concatenate([path.sums(months), sums_since(start, horizon, months)])
    own = growth_covariance(dynamics.own, months, panel.last_month)
    noise = dynamics.mean_spread * (sums @ own @ sums.T)
    every = np.eye(len(sums))
    known, asked = every[:-horizon], every[-horizon:]
    means, lefts = [], []
    for common in covariances_by_fading(
        dynamics.common, dynamics.fadings, months, panel.last_month, sums
    ):
        gain, left = conditioned(common + noise, known, asked)
        means.append(path.growth @ gain)
        lefts.append(left)
    return averaged(np.array(means), np.array(lefts), dynamics.chances)


def sums_since(start: int, horizon: int, months: Whole) -> Floats:
    """Rows that add up growth by month to the growth since a date, 1 … ``horizon`` months on."""
    ends = start + np.arange(1, horizon + 1)[:, None]
    found: Floats = ((months > start) & (months <= ends)).astype(np.float64)
    return found


def not_narrowing(spread: Floats) -> Floats:
    """Spreads by month ahead (the last axis) that do not shrink beyond two years.

    There the factors rest on three or four paths, which is no reason to be surer.
    """
    found = spread.copy()
    late = slice(2 * YEAR - 1, None)
    found[..., late] = np.maximum.accumulate(found[..., late], axis=-1)
    return found


def scaled(covariance: Floats, scale: Floats) -> Floats:
    """Covariances between months ahead (the last two axes) with standard deviations × ``scale``."""
    months = covariance.shape[-1]
    factors = np.append(scale, np.full(months, scale[-1]))[:months]
    found: Floats = covariance * np.outer(factors, factors)
    return found
