"""What a scenario reaches beyond the reference, run by run: jobs, and households away.

Pairs are (reference, scenario) of the same replication.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.money.costs.causes import STRUCK_OFF
from sim.money.priced_runs import PricedRun

Floats = NDArray[np.float64]
Pairs = Sequence[tuple[PricedRun, PricedRun]]
MONTHS_PER_YEAR = 12
SIX_MONTHS = 6

IN_JOB_LATER = "in_job_six_months_later"
JOB_YEARS = "job_years"
HOUSEHOLD_YEARS = "household_years_avoided"
EFFECTS = (IN_JOB_LATER, JOB_YEARS, HOUSEHOLD_YEARS)


def effect_of(name: str, pairs: Pairs, since: int) -> Floats:
    """One effect by replication, from month ``since`` of the run on."""
    measure = {
        IN_JOB_LATER: _later_in_job,
        JOB_YEARS: _job_years,
        HOUSEHOLD_YEARS: _household_years,
    }[name]
    return np.array([measure(before, after, since) for before, after in pairs])


def _later_in_job(without: PricedRun, under: PricedRun, since: int) -> float:
    """Persons: gain of the share in a job six months after entry, among entrants of the reference.

    Entrants of the months from ``since`` on; the number of entrants is that of the reference, so
    that a scenario which takes more people in is not credited with them here.
    """
    before, after = without.effects, under.effects
    first = since + SIX_MONTHS
    entrants = before.later[first:].sum()
    own = after.later[first:].sum()
    if entrants == 0.0 or own == 0.0:
        return 0.0
    gain = after.later_in_job[first:].sum() / own - before.later_in_job[first:].sum() / entrants
    return float(gain * entrants)


def _job_years(without: PricedRun, under: PricedRun, since: int) -> float:
    """Years in a job more, over all the people that the run follows."""
    gain = under.effects.in_job - without.effects.in_job
    return float(gain[since:].sum() / MONTHS_PER_YEAR)


def _household_years(without: PricedRun, under: PricedRun, since: int) -> float:
    """Years of households on the benefit less, those struck off by a sanction not counted."""
    away = without.effects.households - under.effects.households
    return float(away[since:].sum() / MONTHS_PER_YEAR) - struck_off_years(without, under, since)


def struck_off_years(without: PricedRun, under: PricedRun, since: int) -> float:
    """Years more of households away because they were struck off."""
    away = under.flows.out[STRUCK_OFF] - without.flows.out[STRUCK_OFF]
    return float(away[since:].sum() / MONTHS_PER_YEAR)
