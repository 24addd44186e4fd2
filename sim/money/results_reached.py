"""What a scenario reaches beyond the reference, run by run: work, and households away.

Pairs are (reference, scenario) of the same replication. People are the same on both sides: on RSA
at the first change (stock), or there for the first time later (entrants). Who loses what is
counted is taken off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.money.costs.causes import STRUCK_OFF
from sim.money.priced_runs import (
    MONTHS_WORKED,
    POPULATIONS,
    WINDOWS,
    WITH_JOB,
    WITH_LASTING_JOB,
    PricedRun,
)

Floats = NDArray[np.float64]
Pairs = Sequence[tuple[PricedRun, PricedRun]]
MONTHS_PER_YEAR = 12

FOUND_A_JOB = "job_within_12m"
LASTING_JOB = "lasting_job"
JOB_MONTHS = "job_months"
HOUSEHOLD_MONTHS = "household_months_avoided"
JOB_YEARS = "job_years"
"""Of everybody that a run follows: the plane of cost against effect, no price."""
READ_AS: Mapping[str, str] = {
    FOUND_A_JOB: WITH_JOB,
    LASTING_JOB: WITH_LASTING_JOB,
    JOB_MONTHS: MONTHS_WORKED,
}
"""Results of the same people and what is read of them, in the order of an answer."""
EFFECTS = (*READ_AS, HOUSEHOLD_MONTHS)
"""Everything that has a price."""


def known_effects(pairs: Pairs, since: int) -> dict[str, Floats]:
    """By name, the effects that runs of this length can show, from month ``since`` on."""
    found = {
        name: np.sum([of_population(name, one, pairs) for one in POPULATIONS], axis=0)
        for name in READ_AS
    }
    found[HOUSEHOLD_MONTHS] = np.array([_household_months(b, a, since) for b, a in pairs])
    return {name: effect for name, effect in found.items() if not np.isnan(effect).any()}


def of_population(name: str, population: str, pairs: Pairs) -> Floats:
    """One result of one of the populations by replication; NaN where a run does not tell it."""
    place = POPULATIONS.index(population), tuple(WINDOWS).index(READ_AS[name])
    return np.array(
        [
            after.effects.same_people[place] - before.effects.same_people[place]
            for before, after in pairs
        ]
    )


def job_years_of_all(pairs: Pairs, since: int) -> Floats:
    """Years in a job more by replication, over all the people that the run follows."""
    return np.array(
        [
            (after.effects.in_job - before.effects.in_job)[since:].sum() / MONTHS_PER_YEAR
            for before, after in pairs
        ]
    )


def _household_months(without: PricedRun, under: PricedRun, since: int) -> float:
    """Months of households on the benefit less, those struck off by a sanction not counted."""
    away = without.effects.households - under.effects.households
    struck_off = struck_off_years(without, under, since) * MONTHS_PER_YEAR
    return float(away[since:].sum()) - struck_off


def struck_off_years(without: PricedRun, under: PricedRun, since: int) -> float:
    """Years more of households away because they were struck off."""
    away = under.flows.out[STRUCK_OFF] - without.flows.out[STRUCK_OFF]
    return float(away[since:].sum() / MONTHS_PER_YEAR)
