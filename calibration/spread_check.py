"""Calibration of the forecasts' spread on origins before the origin.

The shared parameters say how far a department strays from the common path; earlier origins, whose
outcome was known at the origin, say how far departments did stray.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from calibration.growth import log_growth
from calibration.panel import LEAST_MONTHS, Panel
from calibration.shared_dynamics import Dynamics, fit_dynamics, outlook

LEVEL = 0.90
NORMAL_90 = 1.6448536269514722
NARROWEST, WIDEST = 0.7, 1.5
PULL = 1
"""Origins' worth of trust in the parameters themselves: the 90 % quantile of 76 departments is
known to about 10 %, and so far are fitted spreads assumed to be off."""


def learned(panel: Panel, horizon: int) -> Dynamics:
    """Parameters fitted on a panel, with the spread calibrated on its own earlier origins."""
    dynamics = fit_dynamics(panel)
    return replace(dynamics, own_scale=own_scale(dynamics, horizon))


def own_scale(dynamics: Dynamics, horizon: int) -> float:
    """By how much 90 % of the departments strayed, against what the parameters say.

    Each earlier origin counts as one, for its months ahead are one path; the mean of the logarithm
    over origins is shrunk to no change.
    """
    panel = dynamics.panel
    first = panel.first_monthly + LEAST_MONTHS - 1
    ratios = [_ratio(dynamics, month, horizon) for month in range(first, panel.last_month)]
    shrunk = float(np.exp(np.sum(np.log(ratios)) / (len(ratios) + PULL))) if ratios else 1.0
    return float(np.clip(shrunk, NARROWEST, WIDEST))


def _ratio(dynamics: Dynamics, origin: int, horizon: int) -> float:
    panel = dynamics.panel
    ahead = min(horizon, panel.last_month - origin)
    found = outlook(replace(dynamics, own_scale=1.0), ahead, panel.until(origin))
    start = int(np.searchsorted(panel.months, origin))
    levels = panel.households[:, start : start + ahead + 1]
    deviations = np.cumsum(log_growth(levels), axis=1) - found.mean
    deviations -= np.average(deviations, axis=0, weights=dynamics.weights)
    distances = np.abs(deviations) / np.sqrt(found.own_variance)
    return float(np.nanquantile(distances, LEVEL)) / NORMAL_90
