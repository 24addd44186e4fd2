"""Family benefits counted on average, where only the number of children of a household is known.

The model has types of households, not ages of children. The mean over ages is exact for the
three classes of age that the law tells apart: each number of children by class is computed by the
law and weighted by its probability.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations_with_replacement
from math import factorial, prod

import numpy as np

from sim.money.law.allowance import has_increased_amount
from sim.money.law.family_benefits import counted_benefits_eur
from sim.money.law.households import Flags, Floats, households_of
from sim.money.law.in_force import Law

AGE_OF_CLASS = (1.0, 9.0, 22.0)
"""An age in years of each class: below 3, from 3 to 19, from 20 to 24."""


@lru_cache(maxsize=4096)
def mean_counted_benefits_eur(
    law: Law,
    adults: int,
    children: int,
    age_shares: tuple[float, ...],
    *,
    is_increased: bool,
) -> float:
    """Mean family benefits that the law counts for a type of household, euro a month.

    ``age_shares``: shares of children by class of age (``family_benefits.age_shares``), taken as
    independent between the children of a household. ``is_increased``: a household on the
    increased amount. A lone parent of a child below 3 always has it, so the ages are drawn given
    that; where no draw fits (a separated parent, if no child may be that young), given nothing.
    """
    if children == 0:
        return 0.0
    draws = list(combinations_with_replacement(range(len(AGE_OF_CLASS)), children))
    weights = np.array([_probability(draw, age_shares) for draw in draws])
    households = households_of(
        [adults] * len(draws),
        [[AGE_OF_CLASS[place] for place in draw] for draw in draws],
        dependant_age_limit=law.dependant_age_limit,
    )
    benefits = counted_benefits_eur(law, households)
    if adults > 1:
        return _mean(benefits, weights)
    fits = has_increased_amount(law, households) == is_increased
    return _mean(benefits, _given(weights, fits))


def _probability(draw: tuple[int, ...], age_shares: tuple[float, ...]) -> float:
    """Of children with these classes of age, in whatever order they come."""
    orders = factorial(len(draw))
    for place in set(draw):
        orders //= factorial(draw.count(place))
    return orders * prod(age_shares[place] for place in draw)


def _given(weights: Floats, fits: Flags) -> Floats:
    chosen = np.where(fits, weights, 0.0)
    return chosen if chosen.sum() > 0 else weights


def _mean(values: Floats, weights: Floats) -> float:
    return float((values * weights).sum() / weights.sum())
