"""A statistical forecaster of the caseload that shares information between departments.

The growth of a department is the common growth plus its own deviation. Both are Gaussian processes
of the same kind (`forecast.growth`): the common one has its own parameters, the deviations of
all departments share theirs and differ by one spread each. The spreads come from one distribution,
so that a short or calm series is not trusted too much. Parameters are the maximum of the posterior
density, fitted on what was known at the origin and on nothing else.

This is no simulation: it knows nothing of support, staff or rules. It forecasts the level of an
unchanged world, with its uncertainty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.linalg import cho_factor, cho_solve, solve_triangular
from scipy.optimize import minimize
from scipy.special import gammaln
from threadpoolctl import threadpool_limits

from brought.series import Floats, Whole
from forecast.growth import LOG_SDS, MEDIANS, growth_covariance, log_growth, sums_over
from forecast.panel import Panel

TAIL_MEDIAN, TAIL_LOG_SD = 4.0, 1.0
"""Prior of the degrees of freedom of the departments' spreads."""
PASSES = 2
STEPS = 60


@dataclass(frozen=True)
class Dynamics:
    """What was learnt from a panel up to its last month.

    ``spreads`` multiply the covariance of the deviations, one per department; ``weights`` make the
    common growth from the departments' ones. ``own_scale`` and ``common_scale`` calibrate the
    standard deviations of the deviations and of the common growth on earlier origins, by month
    ahead; the last value holds for all later months (1 before it was done).
    """

    panel: Panel
    common: Floats
    own: Floats
    tail: float
    spreads: Floats
    weights: Floats
    own_scale: Floats = field(default_factory=lambda: np.ones(1))
    common_scale: Floats = field(default_factory=lambda: np.ones(1))

    @property
    def mean_spread(self) -> float:
        """Spread of the weighted mean of the deviations."""
        return float(np.sum(self.weights**2 * self.spreads))


@dataclass(frozen=True)
class GrowthOutlook:
    """Forecast of the growth since the origin, percent of the logarithm: one row per department.

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


def fit_dynamics(panel: Panel) -> Dynamics:
    """Learn the parameters from every month of a panel.

    On one thread: the matrices are small, and more threads would only wait for each other.
    """
    with threadpool_limits(limits=1):
        return _fit(panel)


def _fit(panel: Panel) -> Dynamics:
    growth = log_growth(panel.households)
    months, sums = _axes(panel, 0)
    spreads = np.ones(len(growth))
    own = np.append(MEDIANS, np.log(TAIL_MEDIAN))
    centre, width = own.copy(), np.append(LOG_SDS, TAIL_LOG_SD)
    for _ in range(PASSES):
        weights = 1.0 / spreads
        deviations = growth - _weighted(growth, weights)
        patterns = patterns_of(deviations)

        def loss(
            logs: Floats, deviations: Floats = deviations, patterns: Patterns = patterns
        ) -> float:
            covariance = sums @ growth_covariance(logs[:-1], months) @ sums.T
            fit = log_density(covariance, float(np.exp(logs[-1])), deviations, patterns)
            return 0.5 * float(np.sum(((logs - centre) / width) ** 2)) - fit

        own = minimize(loss, own, method="L-BFGS-B", options={"maxiter": STEPS}).x
        covariance = sums @ growth_covariance(own[:-1], months) @ sums.T
        tail = float(np.exp(own[-1]))
        spreads = spreads_of(covariance, tail, deviations, patterns)
    weights = (1.0 / spreads) / np.sum(1.0 / spreads)
    dynamics = Dynamics(panel, MEDIANS, own[:-1], tail, spreads, weights)
    return replace(dynamics, common=_fit_common(dynamics))


def _fit_common(dynamics: Dynamics) -> Floats:
    """Parameters of the common growth, from its monthly part alone.

    Earlier years were another regime: a crisis, then the reform of January 2016.
    """
    common, months = common_growth(dynamics.panel, dynamics.weights)
    noise = dynamics.mean_spread * growth_covariance(dynamics.own, months)

    def loss(logs: Floats) -> float:
        factor = np.linalg.cholesky(growth_covariance(logs, months) + noise)
        scaled = solve_triangular(factor, common, lower=True)
        density = 0.5 * scaled @ scaled + np.sum(np.log(np.diag(factor)))
        return float(density + 0.5 * np.sum(((logs - MEDIANS) / LOG_SDS) ** 2))

    found: Floats = minimize(loss, MEDIANS, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return found


def common_growth(panel: Panel, weights: Floats) -> tuple[Floats, Whole]:
    """The weighted mean growth over departments and the months into which it leads."""
    is_monthly = np.diff(panel.months) == 1
    growth = log_growth(panel.households)
    return _weighted(growth, weights)[is_monthly], panel.months[1:][is_monthly]


def outlook(dynamics: Dynamics, horizon: int, panel: Panel | None = None) -> GrowthOutlook:
    """Growth of every department of the panel since its last month, 1 … ``horizon`` months on.

    Another ``panel`` (an earlier state of the same) is forecast with the same parameters.
    """
    panel = dynamics.panel if panel is None else panel
    growth = log_growth(panel.households)
    deviations = growth - _weighted(growth, dynamics.weights)
    months, sums = _axes(panel, horizon)
    known = len(deviations[0])
    covariance = sums @ growth_covariance(dynamics.own, months) @ sums.T
    adding = np.tril(np.ones((horizon, horizon)))
    mean = np.empty((len(growth), horizon))
    own = np.empty((*mean.shape, horizon))
    for rows, columns in patterns_of(deviations):
        gain, left = conditioned(covariance, np.append(columns, np.zeros(horizon, bool)), known)
        mean[rows] = deviations[np.ix_(rows, columns)] @ gain @ adding.T
        around = np.maximum(dynamics.spreads[rows] - dynamics.mean_spread, 0.0)
        own[rows] = around[:, None, None] * (adding @ left @ adding.T)
    common, into = common_growth(panel, dynamics.weights)
    ahead = np.append(into, panel.last_month + np.arange(1, horizon + 1))
    # The mean over departments holds the mean of their deviations, which goes on too.
    joint = growth_covariance(dynamics.common, ahead)
    joint += dynamics.mean_spread * growth_covariance(dynamics.own, ahead)
    is_past = np.arange(len(ahead)) < len(into)
    gain, left = conditioned(joint, is_past, len(into))
    return GrowthOutlook(
        mean + common @ gain @ adding.T,
        scaled(adding @ left @ adding.T, dynamics.common_scale),
        scaled(own, dynamics.own_scale),
    )


def scaled(covariance: Floats, scale: Floats) -> Floats:
    """Covariances between months ahead (the last two axes) with standard deviations × ``scale``."""
    months = covariance.shape[-1]
    factors = np.append(scale, np.full(months, scale[-1]))[:months]
    found: Floats = covariance * np.outer(factors, factors)
    return found


Patterns = Sequence[tuple[Whole, np.ndarray[tuple[int], np.dtype[np.bool_]]]]
"""Departments that are known in the same columns: their rows, and those columns."""


def _axes(panel: Panel, horizon: int) -> tuple[Whole, Floats]:
    """The months of growth from the panel's start on, and the sums that lead to its levels."""
    levels = np.append(panel.months, panel.last_month + np.arange(1, horizon + 1))
    months = np.arange(levels[0] + 1, levels[-1] + 1)
    return months, sums_over(levels, months)


def _weighted(growth: Floats, weights: Floats) -> Floats:
    """Mean over the departments that are known, by column."""
    is_known = np.isfinite(growth)
    shares = is_known * weights[:, None]
    mean: Floats = np.sum(np.where(is_known, growth, 0.0) * shares, axis=0) / shares.sum(axis=0)
    return mean


def patterns_of(deviations: Floats) -> Patterns:
    """The departments (rows) that are known in the same columns."""
    found: dict[bytes, list[int]] = {}
    is_known = np.isfinite(deviations)
    for row, columns in enumerate(is_known):
        found.setdefault(columns.tobytes(), []).append(row)
    return [(np.array(rows), is_known[rows[0]]) for rows in found.values()]


def log_density(covariance: Floats, tail: float, deviations: Floats, patterns: Patterns) -> float:
    """Log density of all deviations: multivariate Student, whose spread is integrated out."""
    total = 0.0
    for rows, columns in patterns:
        count = int(columns.sum())
        factor = np.linalg.cholesky(covariance[np.ix_(columns, columns)])
        scaled = solve_triangular(factor, deviations[np.ix_(rows, columns)].T, lower=True)
        distance = np.sum(scaled**2, axis=0)
        constant = gammaln((tail + count) / 2) - gammaln(tail / 2) - count / 2 * np.log(tail)
        total += len(rows) * (constant - np.sum(np.log(np.diag(factor))))
        total -= float(np.sum((tail + count) / 2 * np.log1p(distance / tail)))
    return float(total)


def spreads_of(covariance: Floats, tail: float, deviations: Floats, patterns: Patterns) -> Floats:
    """Spread of each department, shrunk to 1 the more the less is known of it."""
    spreads = np.ones(len(deviations))
    for rows, columns in patterns:
        known = deviations[np.ix_(rows, columns)].T
        factor = cho_factor(covariance[np.ix_(columns, columns)])
        distance = np.sum(known * cho_solve(factor, known), axis=0)
        spreads[rows] = (tail + distance) / (tail + columns.sum())
    return spreads


def conditioned(
    covariance: Floats, is_known: np.ndarray[tuple[int], np.dtype[np.bool_]], start: int
) -> tuple[Floats, Floats]:
    """What the known columns say of those from ``start`` on: gain, and covariance that is left."""
    ahead = np.arange(len(covariance)) >= start
    across = covariance[np.ix_(is_known, ahead)]
    gain: Floats = cho_solve(cho_factor(covariance[np.ix_(is_known, is_known)]), across)
    left: Floats = covariance[np.ix_(ahead, ahead)] - across.T @ gain
    return gain, left
