"""What the engine pays to households without earnings, against the law and published amounts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine.packed import pack
from sim.engine.packed_numbers import Packed
from sim.money.law import rsa_amount
from sim.money.law.in_force import law_on
from sim.parameters import Parameters, load_department
from sim.processes.allowance import amount_paid_cents, break_even_cents, scale_coefficient

APRIL_2025 = date(2025, 4, 1)
MINIMUM = 600
ALONE, PARENT_1, PARENT_2, PARENT_3 = "single", "lone_parent_1", "lone_parent_2", "lone_parent_3"


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load_department("somme")


@pytest.fixture(scope="module")
def packed(parameters: Parameters) -> Packed:
    return pack(parameters, APRIL_2025, seed=1)


def euros(
    parameters: Parameters,
    packed: Packed,
    household: str,
    *,
    is_housed: bool = False,
    is_increased: bool = False,
) -> float:
    """Amount of a household without resources, euro a month."""
    kind = parameters.labels("household_types").index(household)
    return int(packed.national[0]["break_even"][kind, int(is_housed), int(is_increased)]) / 100


def test_single_person_of_april_2025(parameters: Parameters, packed: Packed) -> None:
    assert euros(parameters, packed, ALONE) == 646.52
    assert euros(parameters, packed, ALONE, is_housed=True) == 568.94


@pytest.mark.parametrize("is_housed", [False, True])
@pytest.mark.parametrize(
    ("household", "adults", "children", "is_increased"),
    [
        (PARENT_1, 1, 1, False),
        (PARENT_2, 1, 2, False),
        (PARENT_3, 1, 3, False),
        (PARENT_1, 1, 1, True),
        (PARENT_2, 1, 2, True),
        ("couple_0", 2, 0, False),
        ("couple_1", 2, 1, False),
        ("couple_2", 2, 2, False),
        ("couple_3", 2, 3, False),
    ],
)
def test_families_have_what_the_law_computes(
    parameters: Parameters,
    household: str,
    adults: int,
    children: int,
    is_increased: bool,
    is_housed: bool,
) -> None:
    """The engine's amount for children of one class of age is that of the law, to the cent."""
    of_school_age = parameters.patched({"family_benefits.age_shares": [0.0, 1.0, 0.0]}, "test")
    packed = pack(of_school_age, APRIL_2025, seed=1)
    found = euros(parameters, packed, household, is_housed=is_housed, is_increased=is_increased)
    expected = rsa_amount(
        APRIL_2025,
        adults,
        [9] * children,
        has_housing_support=is_housed,
        is_recently_isolated=is_increased,
    )
    assert found == pytest.approx(expected, abs=0.0151)


def test_ages_of_children_are_averaged(parameters: Parameters, packed: Packed) -> None:
    """A couple's benefits differ by the age of its child: the amount lies between both."""
    with_baby = rsa_amount(APRIL_2025, 2, [1])
    with_pupil = rsa_amount(APRIL_2025, 2, [9])
    assert with_baby < euros(parameters, packed, "couple_1") < with_pupil


def test_before_the_first_published_amount_the_first_one_holds(parameters: Parameters) -> None:
    first = pack(parameters, date(2018, 4, 1), seed=1)
    earlier = pack(parameters, date(2012, 1, 1), seed=1)
    assert (first.national[0]["break_even"] == earlier.national[0]["break_even"]).all()


@pytest.mark.parametrize(
    ("when", "single"),
    [
        (date(2022, 6, 30), 575.52),
        (date(2022, 7, 1), 598.54),
        (date(2023, 3, 31), 598.54),
        (date(2023, 4, 1), 607.75),
        (date(2024, 4, 1), 635.71),
        (date(2026, 4, 1), 651.69),
    ],
)
def test_the_amount_in_force_at_the_date(parameters: Parameters, when: date, single: float) -> None:
    assert euros(parameters, pack(parameters, when, seed=1), ALONE) == single


def test_published_amount_of_a_lone_parent_of_2021(parameters: Parameters) -> None:
    """F0385: 848.01 euro for an isolated person with one child, before family support."""
    when = APRIL_2025.replace(year=2021)
    law = law_on(when)
    of_school_age = parameters.patched({"family_benefits.age_shares": [0.0, 1.0, 0.0]}, "test")
    amount = euros(parameters, pack(of_school_age, when, seed=1), PARENT_1)
    assert amount + law.family_base_eur * law.support_counted == pytest.approx(848.01, abs=0.0051)


@pytest.mark.parametrize(
    ("resources", "withheld", "paid"),
    [
        (0, 0, 64_652),
        (30_000, 0, 34_652),
        (64_052, 0, 600),
        (64_053, 0, 0),
        (64_652, 0, 0),
        (200_000, 0, 0),
        (0, 800, 12_931),
        (0, 1000, 0),
        (30_000, 500, 17_326),
    ],
)
def test_resources_and_suspension_are_taken_off(resources: int, withheld: int, paid: int) -> None:
    """Nothing is paid below 6 euro; a suspension takes its share of what would be paid."""
    assert amount_paid_cents(64_652, resources, withheld, MINIMUM) == paid


@given(
    resources=st.integers(0, 300_000),
    more=st.integers(0, 50_000),
    withheld=st.integers(0, 1000),
)
def test_more_resources_never_pay_more(resources: int, more: int, withheld: int) -> None:
    amount = amount_paid_cents(64_652, resources, withheld, MINIMUM)
    assert 0 <= amount_paid_cents(64_652, resources + more, withheld, MINIMUM) <= amount <= 64_652


@settings(deadline=None)
@given(adults=st.integers(1, 2), children=st.integers(0, 8), is_increased=st.booleans())
def test_each_further_child_adds(adults: int, children: int, is_increased: bool) -> None:
    def coefficient(number: int) -> float:
        return float(
            scale_coefficient(adults, number, is_increased, 0.5, 0.3, 0.4, 1.28412, 0.42804)
        )

    assert coefficient(children + 1) - coefficient(children) >= 0.3 - 1e-12
    assert break_even_cents(64_652.0, coefficient(children), 0.0) >= 64_652
