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

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from scipy.linalg import cho_solve
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

from brought.series import Floats, Whole
from forecast.common_path import CommonPath, common_path, deviations, recent_path
from forecast.growth import (
    LOG_SDS,
    MEDIANS,
    PRIORS,
    covariance_and_slopes,
    growth_covariance,
    sums_over,
)
from forecast.known import Known, log_density_and_slopes, rows_alike, spreads_of
from forecast.panel import Panel

TAIL_MEDIAN, TAIL_LOG_SD = 4.0, 1.0
"""Prior of the degrees of freedom of the departments' spreads."""
FADING = [prior.name for prior in PRIORS].index("emergency_half_life")
FADING_STEPS = np.linspace(-2.0, 2.0, 9)
"""Half-lives of emergencies that a forecast averages over, in standard deviations of the prior."""
PASSES = 2
KEPT_FITS = 32
"""Of 100 kB each: forecasts of one panel over several horizons learn once."""
STEPS = 60


@dataclass(frozen=True)
class Dynamics:
    """What was learnt from a panel up to its last month.

    ``spreads`` multiply the covariance of the deviations, one per department; ``weights`` make the
    common growth from the departments' ones. ``own_scale`` and ``common_scale`` calibrate the
    standard deviations of the deviations and of the common growth on earlier origins, by month
    ahead; the last value holds for all later months (1 before it was done). ``fadings`` are
    logarithms of half-lives of emergencies (months), ``chances`` how probable each of them is.
    """

    panel: Panel
    common: Floats
    own: Floats
    tail: float
    spreads: Floats
    weights: Floats
    fadings: Floats = field(default_factory=lambda: MEDIANS[[FADING]])
    chances: Floats = field(default_factory=lambda: np.ones(1))
    own_scale: Floats = field(default_factory=lambda: np.ones(1))
    common_scale: Floats = field(default_factory=lambda: np.ones(1))

    @property
    def mean_spread(self) -> float:
        """Spread of the weighted mean of the deviations."""
        return float(np.sum(self.weights**2 * self.spreads))


@dataclass(frozen=True)
class _Held:
    """A panel, equal to others that hold the same."""

    content: Hashable
    panel: Panel = field(compare=False)


def fit_dynamics(panel: Panel) -> Dynamics:
    """Learn the parameters from every month of a panel; what was learnt last is kept.

    On one thread: the matrices are small, and more threads would only wait for each other.
    """
    return replace(_fitted(_Held(panel.content, panel)), panel=panel)


@lru_cache(maxsize=KEPT_FITS)
def _fitted(held: _Held) -> Dynamics:
    with threadpool_limits(limits=1):
        return _fit(held.panel)


def _fit(panel: Panel) -> Dynamics:
    months = months_of_growth(panel, 0)
    spreads = np.ones(len(panel.departments))
    own = np.append(MEDIANS, np.log(TAIL_MEDIAN))
    centre, width = own.copy(), np.append(LOG_SDS, TAIL_LOG_SD)
    for _ in range(PASSES):
        weights = 1.0 / spreads
        known = deviations_known(panel, common_path(panel, weights), months)

        def loss(logs: Floats, known: Sequence[Known] = known) -> tuple[float, Floats]:
            tail = float(np.exp(logs[-1]))
            covariance, slopes = covariance_and_slopes(logs[:-1], months, panel.last_month)
            fit, by_covariance, by_tail = log_density_and_slopes(covariance, tail, known)
            by_logs = np.append(np.tensordot(slopes, by_covariance, 2), tail * by_tail)
            off = (logs - centre) / width
            return 0.5 * float(off @ off) - fit, off / width - by_logs

        own = minimize(loss, own, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
        covariance = growth_covariance(own[:-1], months, panel.last_month)
        spreads = spreads_of(covariance, float(np.exp(own[-1])), known, len(spreads))
    weights = (1.0 / spreads) / np.sum(1.0 / spreads)
    dynamics = Dynamics(panel, MEDIANS, own[:-1], float(np.exp(own[-1])), spreads, weights)
    return _with_common(dynamics)


def _with_common(dynamics: Dynamics) -> Dynamics:
    """Parameters of the common growth, and how probable each speed of fading is."""
    panel = dynamics.panel
    path = recent_path(panel, dynamics.weights)
    months = np.arange(int(path.months[0]) + 1, panel.last_month + 1)
    sums = path.sums(months)
    noise = dynamics.mean_spread * growth_covariance(dynamics.own, months, panel.last_month)

    def loss(logs: Floats) -> tuple[float, Floats]:
        covariance, slopes = covariance_and_slopes(logs, months, panel.last_month)
        factor = np.linalg.cholesky(sums @ (covariance + noise) @ sums.T)
        inverse = cho_solve((factor, True), np.eye(len(factor)))
        pulled = inverse @ path.growth
        density = 0.5 * path.growth @ pulled + np.sum(np.log(np.diag(factor)))
        by_covariance = 0.5 * (sums.T @ (inverse - np.outer(pulled, pulled)) @ sums)
        off = (logs - MEDIANS) / LOG_SDS
        by_logs: Floats = np.tensordot(slopes, by_covariance, 2) + off / LOG_SDS
        return float(density + 0.5 * off @ off), by_logs

    found: Floats = minimize(
        loss, MEDIANS, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}
    ).x
    tried = MEDIANS[FADING] + LOG_SDS[FADING] * FADING_STEPS
    losses = np.array([loss(with_fading(found, fading))[0] for fading in tried])
    chances = np.exp(losses.min() - losses)
    return replace(dynamics, common=found, fadings=tried, chances=chances / chances.sum())


def with_fading(logs: Floats, fading: float) -> Floats:
    """The same parameters with another logarithm of the half-life of emergencies."""
    found = logs.copy()
    found[FADING] = fading
    return found


def months_of_growth(panel: Panel, last: int) -> Whole:
    """The months of growth from the panel's first date to its last one, or to a later month."""
    return np.arange(int(panel.months[0]) + 1, max(panel.last_month, last) + 1)


def deviations_known(panel: Panel, path: CommonPath, months: Whole) -> list[Known]:
    """Growth of the departments less the common one, between the dates at which both are known."""
    levels = deviations(panel, path)
    return [
        Known(
            rows,
            np.diff(levels[np.ix_(rows, columns)], axis=1),
            sums_over(panel.months[columns], months),
        )
        for rows, columns in rows_alike(levels)
    ]
