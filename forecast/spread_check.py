"""Calibration of the forecasts' spread on origins before the origin: the discrepancy.

The fitted parameters say how far the departments' common path strays from its forecast, and how far
a department strays from the common path. Earlier origins, whose outcome was known at the origin,
say how far they did stray, month ahead by month ahead: every month of the monthly series and every
December after it is an origin, and what came is any later date that was published.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from brought.series import Floats, Whole
from forecast.growth_outlook import outlook
from forecast.panel import LEAST_MONTHS, Panel
from forecast.scores import TAILS
from forecast.shared_dynamics import Dynamics, fit_dynamics

LEVEL = 0.90
NORMAL_90 = 1.6448536269514722
NARROWEST, WIDEST = 0.7, 1.5
OWN_PULL = 1.0
"""Origins' worth of trust in the fitted spread of departments: the 90 % quantile of a hundred
departments is known to about 10 %, and so far are fitted spreads assumed to be off."""
COMMON_PULL = 5.5
"""The same for the common path: its standard deviation is known from n errors to 1 / √(2n), and
fitted ones are assumed to be off by about 30 %."""
SCALE_STEPS = 50


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
    first = panel.first_monthly + LEAST_MONTHS - 1
    origins = panel.months[(panel.months >= first) & (panel.months < panel.last_month)]
    if not len(origins):
        return np.ones(1), np.ones(1)
    longest = min(horizon, panel.last_month - int(origins[0]))
    own = np.full((len(origins), longest), np.nan)
    common = np.full_like(own, np.nan)
    for row, origin in enumerate(origins):
        ahead = min(longest, panel.last_month - int(origin))
        own[row, :ahead], common[row, :ahead] = _strayed(plain, int(origin), ahead)
    apart = paths_apart(own, origins)
    own_scale = np.exp(_mean(np.log(own)) * apart / (apart + OWN_PULL))
    squares = apart * _mean(common**2)
    common_scale = np.sqrt((COMMON_PULL + squares) / (COMMON_PULL + apart))
    every = (_filled(np.clip(scale, NARROWEST, WIDEST)) for scale in (own_scale, common_scale))
    own_scale, common_scale = every
    return own_scale, common_scale


def paths_apart(found: Floats, origins: Whole) -> Floats:
    """How many paths do not overlap among those that were seen, by month ahead (columns)."""
    apart = np.zeros(found.shape[1])
    for column, is_seen in enumerate(np.isfinite(found).T):
        seen = origins[is_seen]
        if len(seen):
            apart[column] = 1.0 + min(len(seen) - 1, (seen[-1] - seen[0]) / (column + 1.0))
    return apart


def student_scale(distances: Floats, apart: Floats, pull: float) -> Floats:
    """Scale by column of errors (in stated standard deviations) that have heavy tails.

    ``apart`` says how many of the rows count as separate, ``pull`` how many more would say 1.
    """
    squares = distances**2
    scale = np.ones(distances.shape[1])
    for _ in range(SCALE_STEPS):
        weights = (TAILS + 1.0) / (TAILS + squares / scale)
        scale = (pull + apart * _mean(weights * squares)) / (pull + apart)
    found: Floats = np.sqrt(scale)
    return found


def _mean(table: Floats) -> Floats:
    """Mean of each column over the rows that are known; unknown where none is."""
    is_known = np.isfinite(table)
    count = is_known.sum(axis=0)
    total = np.where(is_known, table, 0.0).sum(axis=0)
    found: Floats = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return found


def _filled(scale: Floats) -> Floats:
    """The months ahead that were never seen lie between those that were."""
    months, is_seen = np.arange(len(scale)), np.isfinite(scale)
    found: Floats = np.interp(months, months[is_seen], scale[is_seen])
    return found


def _strayed(dynamics: Dynamics, origin: int, ahead: int) -> tuple[Floats, Floats]:
    """By month ahead: 90 % quantile of the departments' distances, and the common path's error.

    The first is in units of what a normal distribution gives, the second in standard deviations.
    """
    panel = dynamics.panel
    found = outlook(dynamics, ahead, panel.until(origin))
    start = int(np.searchsorted(panel.months, origin))
    dates = panel.months[(panel.months > origin) & (panel.months <= origin + ahead)]
    logs = 100.0 * np.log(panel.households)
    own, strayed = np.full(ahead, np.nan), np.full(ahead, np.nan)
    for column, month in enumerate(dates, start + 1):
        came = month - origin - 1
        errors = logs[:, column] - logs[:, start] - found.mean[:, came]
        is_known = np.isfinite(errors)
        if not is_known.any():
            continue
        common = np.average(errors[is_known], weights=dynamics.weights[is_known])
        distances = np.abs(errors - common) / np.sqrt(found.own_variance[:, came])
        own[came] = np.nanquantile(distances, LEVEL) / NORMAL_90
        strayed[came] = abs(common) / np.sqrt(found.common_variance[came])
    return own, strayed
