"""Calibration of the forecasts' spread on origins before the origin: the discrepancy.

The fitted parameters say how far the departments' common path strays from its forecast, and how far
a department strays from the common path. Earlier origins, whose outcome was known at the origin,
say how far they did stray, month ahead by month ahead.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from brought.series import Floats
from forecast.growth import log_growth
from forecast.panel import LEAST_MONTHS, Panel
from forecast.shared_dynamics import Dynamics, fit_dynamics, outlook

LEVEL = 0.90
NORMAL_90 = 1.6448536269514722
NARROWEST, WIDEST = 0.7, 1.5
OWN_PULL = 1.0
"""Origins' worth of trust in the fitted spread of departments: the 90 % quantile of 76 departments
is known to about 10 %, and so far are fitted spreads assumed to be off."""
COMMON_PULL = 5.5
"""The same for the common path: its standard deviation is known from n errors to 1 / √(2n), and
fitted ones are assumed to be off by about 30 %."""


def learned(panel: Panel, horizon: int) -> Dynamics:
    """Parameters fitted on a panel, with the spread calibrated on its own earlier origins."""
    dynamics = fit_dynamics(panel)
    own, common = scales(dynamics, horizon)
    return replace(dynamics, own_scale=own, common_scale=common)


def scales(dynamics: Dynamics, horizon: int) -> tuple[Floats, Floats]:
    """How far departments and their common path strayed, against what the parameters say.

    One factor per month ahead, as far as it was seen, shrunk to no change by the number of origins
    that do not overlap: paths of h months that begin each month count as 1 + (origins - 1) / h.
    Of the departments the logarithm of the factor is shrunk. Of the common path the variance is:
    the mean of an inverse gamma distribution, so that one error near nothing proves little.
    """
    panel = dynamics.panel
    plain = replace(dynamics, own_scale=np.ones(1), common_scale=np.ones(1))
    origins = range(panel.first_monthly + LEAST_MONTHS - 1, panel.last_month)
    if not origins:
        return np.ones(1), np.ones(1)
    longest = min(horizon, len(origins))
    own = np.full((len(origins), longest), np.nan)
    common = np.full_like(own, np.nan)
    for row, origin in enumerate(origins):
        ahead = min(longest, panel.last_month - origin)
        own[row, :ahead], common[row, :ahead] = _strayed(plain, origin, ahead)
    seen = np.isfinite(own).sum(axis=0)
    apart = 1.0 + (seen - 1.0) / np.arange(1.0, longest + 1.0)
    own_scale = np.exp(np.nanmean(np.log(own), axis=0) * apart / (apart + OWN_PULL))
    squares = apart * np.nanmean(common**2, axis=0)
    common_scale = np.sqrt((COMMON_PULL + squares) / (COMMON_PULL + apart))
    return np.clip(own_scale, NARROWEST, WIDEST), np.clip(common_scale, NARROWEST, WIDEST)


def _strayed(dynamics: Dynamics, origin: int, ahead: int) -> tuple[Floats, Floats]:
    """By month ahead: 90 % quantile of the departments' distances, and the common path's error.

    The first is in units of what a normal distribution gives, the second in standard deviations.
    """
    panel = dynamics.panel
    found = outlook(dynamics, ahead, panel.until(origin))
    start = int(np.searchsorted(panel.months, origin))
    levels = panel.households[:, start : start + ahead + 1]
    errors = np.cumsum(log_growth(levels), axis=1) - found.mean
    common = np.average(errors, axis=0, weights=dynamics.weights)
    distances = np.abs(errors - common) / np.sqrt(found.own_variance)
    own = np.nanquantile(distances, LEVEL, axis=0) / NORMAL_90
    return own, np.abs(common) / np.sqrt(found.common_variance)
