"""The mean amount that a household costs, beyond what the law's upratings explain.

Its logarithm is a path common to all departments plus a deviation of each: a constant, a random
walk, and noise of a single year (bills that fall into the next one). The size of the three is
learnt from all departments; each has a spread, drawn from one distribution.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.optimize import minimize

from brought.series import Floats, Whole
from forecast.known import Known, conditioned, log_density, rows_alike, spreads_of
from forecast.spending.accounts import (
    Accounts,
    mean_base,
    yearly_upratings,
)

MEDIANS = np.log([0.04, 0.01, 0.01, 4.0])
"""Prior medians: lasting differences, walk in a year, noise of a year, degrees of freedom."""
LOG_SDS = np.array([0.7, 0.7, 0.7, 1.0])
UPRATING_SHARE = 9 / 12
"""Part of a year that comes after the yearly uprating of 1 April."""


@dataclass(frozen=True)
class AmountForecast:
    """Logarithm of the mean yearly amount of a household, euro, and its variance, by department."""

    log_mean: Floats
    variance: Floats


def forecast_amount(accounts: Accounts, year: int, known: date) -> AmountForecast:
    """The amount of a year from accounts that end before it, and the law known on a day."""
    counts = accounts.mean_households()
    years = accounts.years[1:]
    legal = np.log([mean_base(int(one), known) for one in years])
    real = np.log(accounts.eur[:, 1:] / counts) - legal
    common = np.nanmedian(real, axis=0)
    deviation, own_variance = _own(real - common, years, year)
    ahead = year - int(years[-1])
    steps = np.diff(common)
    expected, uprating_variance = _uprating(known)
    log_mean = common[-1] + deviation + np.log(mean_base(year, known)) + expected
    common_variance = ahead * float(np.mean(steps**2))
    return AmountForecast(log_mean, own_variance + common_variance + uprating_variance)


def _uprating(known: date) -> tuple[float, float]:
    """What the next yearly uprating adds to the mean of the year: expectation and variance.

    The law uprates by past inflation: the last yearly uprating is expected again, and its change
    from year to year says how far that may be off.
    """
    rates = yearly_upratings(known)
    expected = UPRATING_SHARE * float(np.log1p(rates[-1]))
    return expected, UPRATING_SHARE**2 * float(np.mean(np.diff(rates) ** 2))


def _own(deviations: Floats, years: Whole, year: int) -> tuple[Floats, Floats]:
    """Deviation of a later year by department, and its variance."""
    known = [
        Known(rows, deviations[np.ix_(rows, columns)], np.eye(len(years))[columns])
        for rows, columns in rows_alike(deviations)
    ]

    def loss(logs: Floats) -> float:
        fit = log_density(_covariance(logs, years), float(np.exp(logs[3])), known)
        return 0.5 * float(np.sum(((logs - MEDIANS) / LOG_SDS) ** 2)) - fit

    logs = minimize(loss, MEDIANS, method="L-BFGS-B").x
    spreads = spreads_of(_covariance(logs, years), float(np.exp(logs[3])), known, len(deviations))
    whole = _covariance(logs, np.append(years, year))
    mean, variance = np.empty(len(deviations)), np.empty(len(deviations))
    for one in known:
        before = np.pad(one.sums, ((0, 0), (0, 1)))
        gain, left = conditioned(whole, before, np.eye(len(whole))[-1:])
        mean[one.rows] = (one.values @ gain)[:, 0]
        variance[one.rows] = spreads[one.rows] * left[0, 0]
    return mean, variance


def _covariance(logs: Floats, years: Whole) -> Floats:
    lasting, walk, noise, _ = np.exp(logs)
    since = years - years[0]
    found: Floats = (
        lasting**2 + walk**2 * np.minimum.outer(since, since) + noise**2 * np.eye(len(years))
    )
    return found
