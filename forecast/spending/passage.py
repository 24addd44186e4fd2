"""How an uprating passes into the mean amount, as one monthly series shows it.

The base amount rises on a day; the mean amount that the statistics show follows over some months,
as households declare again. Of La Réunion, which is published by month, the monthly change of the
mean amount is a weighted sum of the changes of the base amount now and in the months before, plus a
season and noise. The weights add up to 1: what the base amount gains arrives in the end, and what
does not is a movement of the ratio.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from brought.series import Floats, Whole
from forecast.benchmarks import YEAR
from forecast.family_funds import la_reunion_amounts
from forecast.spending.base_amounts import Upratings, last_day

MONTHS = 5
"""Months over which an uprating passes: later ones add nothing (0.01 with an error of 0.05)."""
WEIGHT_SD = 0.15
"""Prior error of each weight around an even passage."""
SEASON_SD = 0.003
"""Prior size of what a calendar month changes, of the logarithm."""
NOISE_SD = 0.003
"""Prior size of the noise of a month, worth `PRIOR_MONTHS` months."""
PRIOR_MONTHS = 6.0
PASSES = 3


@dataclass(frozen=True)
class Passage:
    """Shares of an uprating that arrive in each month from its own on, and the season.

    ``errors`` is the covariance of the shares; ``season`` the logarithm of a month's mean amount
    above that of the year, January first; ``noise`` the standard deviation of a monthly change.
    """

    shares: Floats
    errors: Floats
    season: Floats
    noise: float

    def passed(self, months: Whole, law: Upratings, shares: Floats | None = None) -> Floats:
        """Logarithm of the base amount as far as it has arrived in each month, with the season."""
        weights = self.shares if shares is None else shares
        first = int(months[0]) - len(weights) + 1
        logs = law.log_base(np.arange(first, int(months[-1]) + 1))
        every = sum(
            weight * logs[len(weights) - 1 - lag : len(logs) - lag]
            for lag, weight in enumerate(weights)
        )
        found: Floats = np.asarray(every)[months - int(months[0])] + self.season[months % YEAR]
        return found


@lru_cache(maxsize=32)
def passage(until: int) -> Passage:
    """The passage learnt from the months of La Réunion up to one; the prior when there are few."""
    months, amounts = la_reunion_amounts()
    is_known = months <= until
    months, logs = months[is_known], np.log(amounts[is_known])
    law = Upratings(last_day(until), 0.0, 0.0)
    changes = np.diff(logs)
    design = np.zeros((len(changes), MONTHS + YEAR + 1))
    for lag in range(MONTHS if len(changes) else 0):
        now = law.log_base(months[1:] - lag)
        design[:, lag] = now - law.log_base(months[1:] - lag - 1)
    rows = np.arange(len(changes))
    design[rows, MONTHS + months[1:] % YEAR] += 1.0
    design[rows, MONTHS + months[:-1] % YEAR] -= 1.0
    design[:, -1] = 1.0
    prior = np.concatenate([np.full(MONTHS, 1.0 / MONTHS), np.zeros(YEAR + 1)])
    sds = np.concatenate([np.full(MONTHS, WEIGHT_SD), np.full(YEAR, SEASON_SD), [NOISE_SD / YEAR]])
    # Both sums are known: all of an uprating arrives, a season cancels out over the year.
    whole = np.zeros((2, MONTHS + YEAR + 1))
    whole[0, :MONTHS], whole[1, MONTHS:-1] = 1.0, 1.0
    covariance = _given(np.diag(sds**2), whole)
    noise = NOISE_SD
    for _ in range(PASSES):
        total = design @ covariance @ design.T + noise**2 * np.eye(len(changes))
        gain = np.linalg.solve(total, design @ covariance).T
        found = prior + gain @ (changes - design @ prior)
        left = covariance - gain @ design @ covariance
        squares = float(np.sum((changes - design @ found) ** 2))
        noise = np.sqrt((PRIOR_MONTHS * NOISE_SD**2 + squares) / (PRIOR_MONTHS + len(changes)))
    return Passage(found[:MONTHS], left[:MONTHS, :MONTHS], found[MONTHS:-1], float(noise))


def _given(covariance: Floats, sums: Floats) -> Floats:
    """The covariance of quantities whose sums are known."""
    across = covariance @ sums.T
    found: Floats = covariance - across @ np.linalg.solve(sums @ across, across.T)
    return found
