"""The RSA by the law: known households to the cent, properties, named errors."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.errors import InputError
from sim.money.law.allowance import entitlements, scale_coefficients
from sim.money.law.family_benefits import family_allowances_eur
from sim.money.law.households import households_of
from sim.money.law.in_force import law_on
from sim.processes import allowance as rules

APRIL_2025 = date(2025, 4, 1)
MINIMUM = 6.0


@pytest.mark.parametrize(
    ("adults", "children_ages", "paid", "paid_with_housing"),
    [
        (1, (), 646.52, 568.94),
        (1, (8,), 863.05, 707.88),
        (2, (8, 8), 1205.89, 1013.88),
    ],
)
def test_known_households_of_april_2025(
    adults: int, children_ages: tuple[int, ...], paid: float, paid_with_housing: float
) -> None:
    assert sim.rsa_amount(APRIL_2025, adults, children_ages) == paid
    housed = sim.rsa_amount(APRIL_2025, adults, children_ages, has_housing_support=True)
    assert housed == paid_with_housing


@pytest.mark.parametrize(
    ("when", "single"),
    [
        (date(2018, 4, 1), 550.93),
        (date(2019, 12, 31), 559.74),
        (date(2020, 4, 1), 564.78),
        (date(2021, 4, 1), 565.34),
        (date(2022, 6, 30), 575.52),
        (date(2022, 7, 1), 598.54),
        (date(2023, 4, 1), 607.75),
        (date(2024, 4, 1), 635.71),
        (date(2025, 3, 31), 635.71),
        (date(2026, 4, 1), 651.69),
        (date(2027, 3, 31), 651.69),
    ],
)
def test_the_amount_of_a_single_person_at_each_date(when: date, single: float) -> None:
    assert sim.rsa_amount(when, 1) == single


def test_family_allowances_leave_out_the_increase_for_age_and_the_child_of_twenty() -> None:
    """R262-11: neither the increase for a child of 14 or more nor the flat allowance counts."""
    law = law_on(APRIL_2025)
    ages = ((8, 8), (8, 15), (8, 20), (8,), (8, 8, 8), (1, 2, 3, 4))
    households = households_of([2] * len(ages), ages, dependant_age_limit=25)
    base = law.family_base_eur
    expected = [0.32 * base, 0.32 * base, 0.0, 0.0, 0.73 * base, 1.14 * base]
    assert family_allowances_eur(law, households) == pytest.approx(expected, abs=0.005)


def test_a_young_child_brings_the_increased_amount_and_the_early_childhood_allowance() -> None:
    """646.52 × 1.71216 less 22.5 % and 41.65 % of 474.37."""
    assert sim.rsa_amount(APRIL_2025, 1, (1,)) == pytest.approx(802.64, abs=0.005)
    assert sim.rsa_amount(APRIL_2025, 1, (8,), is_recently_isolated=True) == pytest.approx(
        1106.95 - 106.73, abs=0.015
    )
    assert sim.rsa_amount(APRIL_2025, 1, is_pregnant=True) == 830.21
    assert sim.rsa_amount(APRIL_2025, 2, is_pregnant=True) == sim.rsa_amount(APRIL_2025, 2)


def test_the_family_supplement_never_comes_beside_the_early_childhood_allowance() -> None:
    counted = [
        entitlements(
            law_on(APRIL_2025), households_of(2, ages, is_one=True, dependant_age_limit=25)
        ).family_benefits_eur[0]
        for ages in ((4, 8, 12), (1, 8, 12), (1, 4, 8, 12), (8, 12, 22))
    ]
    supplement = early = 0.4165 * 474.37
    assert counted == pytest.approx(
        [0.73 * 474.37 + supplement, 0.73 * 474.37 + early, 1.14 * 474.37 + early, 0.32 * 474.37],
        abs=0.006,
    )


def test_children_born_before_april_2018_keep_the_frozen_allowance_until_april_2021() -> None:
    def counted(when: date, age: float) -> float:
        household = households_of(2, (age,), is_one=True, dependant_age_limit=25)
        return float(entitlements(law_on(when), household).family_benefits_eur[0])

    assert counted(date(2019, 6, 1), 2) == 185.54
    assert counted(date(2019, 6, 1), 0) == pytest.approx(0.4165 * 413.16)
    assert counted(date(2021, 4, 1), 2.99) == pytest.approx(0.4165 * 414.81)


def test_maintenance_takes_the_place_of_family_support() -> None:
    """What is received counts whole; family support is paid up to 42.2 % of the base."""
    without = sim.rsa_amount(APRIL_2025, 1, (8,))
    support, counted = 0.422 * 474.37, 0.225 * 474.37
    for maintenance in (50.0, 120.0, 150.0, 190.0, 250.0):
        left = support - maintenance
        beside = min(counted, left) if left > 15 else 0.0
        paid = sim.rsa_amount(APRIL_2025, 1, (8,), maintenance_eur=maintenance)
        assert paid == pytest.approx(without + counted - beside - maintenance, abs=0.011)


@pytest.mark.parametrize(
    ("earnings", "paid"), [(0, 646.52), (300, 346.52), (640.52, 6.0), (640.53, 0.0), (5000, 0.0)]
)
def test_earnings_are_withdrawn_euro_for_euro_down_to_the_minimum_paid(
    earnings: float, paid: float
) -> None:
    assert sim.rsa_amount(APRIL_2025, 1, earnings_eur=earnings) == paid
    assert sim.rsa_amount(APRIL_2025, 1, other_resources_eur=earnings) == paid


households = st.fixed_dictionaries(
    {
        "date": st.dates(date(2018, 4, 1), date(2027, 3, 31)),
        "adults": st.integers(1, 2),
        "children_ages": st.lists(st.integers(0, 24), max_size=7),
        "has_housing_support": st.booleans(),
        "is_recently_isolated": st.booleans(),
        "is_pregnant": st.booleans(),
    }
)


@settings(deadline=None)
@given(household=households, earnings=st.floats(0, 3000), more=st.floats(0, 1000))
def test_more_earnings_never_pay_more_and_small_amounts_are_not_paid(
    household: dict[str, Any], earnings: float, more: float
) -> None:
    paid = sim.rsa_amount(**household, earnings_eur=earnings)
    less = sim.rsa_amount(**household, earnings_eur=earnings + more)
    assert 0 <= less <= paid
    assert paid - less <= more + MINIMUM + 0.01
    for amount in (paid, less):
        assert amount == 0 or amount >= MINIMUM
        assert round(amount, 2) == amount


@settings(deadline=None)
@given(household=households)
def test_the_housing_deduction_and_a_further_adult_move_the_amount_the_right_way(
    household: dict[str, Any],
) -> None:
    household.pop("has_housing_support")
    housed = sim.rsa_amount(**household, has_housing_support=True)
    assert housed < sim.rsa_amount(**household, has_housing_support=False)
    if household["adults"] == 1 and not household["children_ages"]:
        alone = {**household, "is_pregnant": False}
        assert sim.rsa_amount(**{**alone, "adults": 2}) > sim.rsa_amount(**alone)


@settings(deadline=None)
@given(rows=st.lists(households, min_size=1, max_size=6), earnings=st.floats(0, 1500))
def test_many_households_at_once_are_those_one_by_one(
    rows: list[dict[str, Any]], earnings: float
) -> None:
    when = rows[0]["date"]
    columns = {name: [row[name] for row in rows] for name in rows[0] if name != "date"}
    together = sim.rsa_amounts(when, **columns, earnings_eur=earnings)
    one_by_one = [sim.rsa_amount(**{**row, "date": when}, earnings_eur=earnings) for row in rows]
    assert together.tolist() == one_by_one


def test_rows_of_an_array_are_filled_up_with_nan() -> None:
    ages = np.array([[np.nan, np.nan], [8, np.nan], [8, 8]])
    paid = sim.rsa_amounts(APRIL_2025, np.array([1, 1, 2]), ages)
    assert paid.tolist() == [646.52, 863.05, 1205.89]
    assert sim.rsa_amounts(APRIL_2025, [], []).tolist() == []


@pytest.mark.parametrize("adults", [1, 2])
@pytest.mark.parametrize("children", [0, 1, 2, 3, 4, 8])
@pytest.mark.parametrize("is_increased", [False, True])
def test_the_scale_is_that_of_the_rules_of_the_engine(
    adults: int, children: int, is_increased: bool
) -> None:
    law = law_on(APRIL_2025)
    is_increased = is_increased and adults == 1 and children > 0
    household = households_of(
        adults,
        [8] * children,
        is_one=True,
        dependant_age_limit=law.dependant_age_limit,
        is_recently_isolated=is_increased,
    )
    expected = rules.scale_coefficient(
        adults,
        children,
        is_increased,
        law.second_person,
        law.child,
        law.third_child,
        law.increased_base,
        law.increased_child,
    )
    assert scale_coefficients(law, household)[0] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("arguments", "field", "found"),
    [
        ({"adults": 0}, "adults", "0"),
        ({"adults": 3}, "adults", "3"),
        ({"adults": 1.5}, "adults", "1.5"),
        ({"adults": True}, "adults", "true"),
        ({"children_ages": (8, 40)}, "children_ages", "40"),
        ({"children_ages": (-1,)}, "children_ages", "-1"),
        ({"children_ages": (25,)}, "children_ages", "25"),
        ({"children_ages": 8}, "children_ages", "8"),
        ({"children_ages": ("8",)}, "children_ages", "the text '8'"),
        ({"children_ages": (float("nan"),)}, "children_ages", "nan"),
        ({"earnings_eur": -0.01}, "earnings_eur", "-0.01"),
        ({"earnings_eur": float("inf")}, "earnings_eur", "inf"),
        ({"earnings_eur": "300"}, "earnings_eur", "the text '300'"),
        ({"earnings_eur": [1, 2]}, "earnings_eur", "2 values"),
        ({"other_resources_eur": -1}, "other_resources_eur", "-1"),
        ({"maintenance_eur": None}, "maintenance_eur", "nothing"),
        ({"has_housing_support": 1}, "has_housing_support", "1"),
        ({"withheld_share": 1.2}, "withheld_share", "1.2"),
        ({"date": date(2018, 3, 31)}, "date", "2018-03-31"),
        ({"date": date(2027, 4, 1)}, "date", "2027-04-01"),
        ({"date": "next year"}, "date", "the text 'next year'"),
    ],
)
def test_bad_input_is_named(arguments: dict[str, Any], field: str, found: str) -> None:
    with pytest.raises(InputError) as caught:
        sim.rsa_amount(**{"date": APRIL_2025, "adults": 1, "children_ages": (), **arguments})
    (fault,) = caught.value.faults
    assert (fault.field, fault.found) == (field, found)
    assert fault.accepted


def test_every_fault_of_many_households_is_named_with_its_row() -> None:
    with pytest.raises(InputError) as caught:
        sim.rsa_amounts(APRIL_2025, [1, 0], [(), (40,)], earnings_eur=[-1, 0])
    fields = {fault.field for fault in caught.value.faults}
    assert fields == {"adults[1]", "children_ages[1]", "earnings_eur[0]"}


def test_stated_upratings_carry_the_law_beyond_the_tables() -> None:
    stated = {date(2027, 4, 1): 0.01, date(2028, 4, 1): 0.02}
    assert sim.rsa_amount(date(2027, 4, 1), 1, upratings=stated) == 658.21
    assert sim.rsa_amount(date(2028, 4, 1), 1, upratings=stated) == 671.37
    assert sim.rsa_amount(date(2026, 4, 1), 1, upratings=stated) == 651.69
    law = law_on(date(2027, 4, 1), upratings=stated)
    assert law.family_base_eur == pytest.approx(478.16 * 1.01, abs=0.005)


@pytest.mark.parametrize(
    ("upratings", "problem"),
    [
        ({date(2027, 4, 1): -0.11}, "-0.11"),
        ({date(2027, 4, 1): 0.21}, "0.21"),
        ({date(2027, 4, 1): float("nan")}, "nan"),
        ({date(2025, 4, 1): 0.01}, "a day with a published amount"),
        ({date(2028, 4, 1): 0.01}, "no uprating on 2027-04-01"),
    ],
)
def test_upratings_that_cannot_be_are_refused(upratings: dict[date, float], problem: str) -> None:
    with pytest.raises(InputError, match=re.escape(problem)):
        sim.rsa_amount(APRIL_2025, 1, upratings=upratings)
