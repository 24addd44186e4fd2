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

FOUND_A_JOB = "job_within_12m"
JOB_YEARS = "job_years"
HOUSEHOLD_YEARS = "household_years_avoided"
EFFECTS = (FOUND_A_JOB, JOB_YEARS, HOUSEHOLD_YEARS)


def known_effects(pairs: Pairs, since: int) -> dict[str, Floats]:
    """By name, the effects that runs of this length can show."""
    found = {name: effect_of(name, pairs, since) for name in EFFECTS}
    return {name: effect for name, effect in found.items() if not np.isnan(effect).any()}


def effect_of(name: str, pairs: Pairs, since: int) -> Floats:
    """One effect by replication, from month ``since`` of the run on."""
    measure = {
        FOUND_A_JOB: _found_a_job,
        JOB_YEARS: _job_years,
        HOUSEHOLD_YEARS: _household_years,
    }[name]
    return np.array([measure(before, after, since) for before, after in pairs])


def _found_a_job(without: PricedRun, under: PricedRun, since: int) -> float:
    """Persons more with a job within a year, those who gained one less those who lost one.

    The same people on both sides: on RSA at the first change, or there for the first time later.
    """
    return under.effects.with_job - without.effects.with_job


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
