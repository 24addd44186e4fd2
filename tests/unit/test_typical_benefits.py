"""Family benefits counted on average for a type of household."""

from __future__ import annotations

from datetime import date
from itertools import product
from math import prod

import pytest

from sim.errors import InputError
from sim.money.law import law_on, mean_counted_benefits_eur
from sim.money.law.allowance import has_increased_amount
from sim.money.law.family_benefits import counted_benefits_eur
from sim.money.law.households import households_of
from sim.money.law.typical import AGE_OF_CLASS
from sim.parameters import Parameters

LAW = law_on(date(2025, 4, 1))
BASE = 474.37
ALL_OF_SCHOOL_AGE = (0.0, 1.0, 0.0)
SHARES = (0.2, 0.7, 0.1)


@pytest.mark.parametrize(
    ("adults", "children", "expected"),
    [
        (1, 0, 0.0),
        (1, 1, 0.225),
        (1, 2, 0.32 + 2 * 0.225),
        (2, 1, 0.0),
        (2, 2, 0.32),
        (2, 3, 0.73 + 0.4165),
        (2, 4, 1.14 + 0.4165),
    ],
)
def test_children_of_school_age_alone_bring_what_the_law_counts(
    adults: int, children: int, expected: float
) -> None:
    mean = mean_counted_benefits_eur(LAW, adults, children, ALL_OF_SCHOOL_AGE, is_increased=False)
    assert mean == pytest.approx(BASE * expected, abs=0.006)


def test_the_mean_of_two_children_of_a_couple_is_that_of_their_ages() -> None:
    """Both below 20 with probability 0.81; one below 3 with probability 1 - 0.64."""
    mean = mean_counted_benefits_eur(LAW, 2, 2, SHARES, is_increased=False)
    assert mean == pytest.approx(BASE * (0.81 * 0.32 + 0.36 * 0.4165), abs=0.006)


def test_the_increased_amount_of_a_lone_parent_tells_that_a_child_is_young() -> None:
    young = mean_counted_benefits_eur(LAW, 1, 1, SHARES, is_increased=True)
    assert young == pytest.approx(BASE * (0.225 + 0.4165))
    older = mean_counted_benefits_eur(LAW, 1, 1, SHARES, is_increased=False)
    assert older == pytest.approx(BASE * 0.225 * 0.7 / 0.8)
    no_young = mean_counted_benefits_eur(LAW, 1, 1, ALL_OF_SCHOOL_AGE, is_increased=True)
    assert no_young == pytest.approx(BASE * 0.225)


@pytest.mark.parametrize("is_increased", [False, True])
@pytest.mark.parametrize("adults", [1, 2])
@pytest.mark.parametrize("children", [1, 2, 3, 4, 6])
def test_the_mean_is_that_over_the_classes_of_each_child_in_turn(
    adults: int, children: int, is_increased: bool
) -> None:
    total = weights = 0.0
    for draw in product(range(len(SHARES)), repeat=children):
        home = households_of(
            adults,
            [AGE_OF_CLASS[place] for place in draw],
            dependant_age_limit=LAW.dependant_age_limit,
            is_one=True,
        )
        if adults == 1 and bool(has_increased_amount(LAW, home)[0]) != is_increased:
            continue
        weight = prod(SHARES[place] for place in draw)
        total += weight * float(counted_benefits_eur(LAW, home)[0])
        weights += weight
    mean = mean_counted_benefits_eur(LAW, adults, children, SHARES, is_increased=is_increased)
    assert mean == pytest.approx(total / weights, rel=1e-12)


def test_a_large_family_takes_no_time() -> None:
    """Of 30 children there are 496 numbers by class, and 200 million million orders."""
    mean = mean_counted_benefits_eur(LAW, 2, 30, SHARES, is_increased=False)
    assert mean > mean_counted_benefits_eur(LAW, 2, 12, SHARES, is_increased=False)


def test_shares_of_ages_sum_to_one(somme: Parameters) -> None:
    with pytest.raises(InputError, match=r"family_benefits\.age_shares"):
        somme.patched({"family_benefits.age_shares": [0.2, 0.7, 0.2]}, "test")
