"""The legal scale of the RSA against known households.

The scale is the ceiling of a household without other resources. Family benefits and other
income that the law deducts from it (family allowances from the second child on, family support
allowance of a lone parent, maintenance) are not deducted: amounts of families are those before
them.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.packed import Packed, pack
from sim.parameters import Parameters, load_department
from sim.processes.allowance import amount_paid_cents, break_even_cents, scale_coefficient

APRIL_2025 = date(2025, 4, 1)
BASE_2025 = 646.52
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


@pytest.mark.parametrize(
    ("household", "coefficient"),
    [
        (PARENT_1, 1.5),
        (PARENT_2, 1.8),
        (PARENT_3, 2.2),
        ("couple_0", 1.5),
        ("couple_1", 1.8),
        ("couple_2", 2.1),
        ("couple_3", 2.5),
        ("couple_4", 2.9),
    ],
)
def test_families_of_april_2025_before_family_benefits(
    parameters: Parameters, packed: Packed, household: str, coefficient: float
) -> None:
    """The legal coefficients: 50 % for the second person, 30 % for the next two, then 40 %."""
    expected = round(BASE_2025 * coefficient, 2)
    assert euros(parameters, packed, household) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(
    ("household", "coefficient"), [(PARENT_1, 1.71216), (PARENT_2, 2.1402), (PARENT_3, 2.56824)]
)
def test_increased_amount_of_lone_parents(
    parameters: Parameters, packed: Packed, household: str, coefficient: float
) -> None:
    expected = round(BASE_2025 * coefficient, 2)
    amount = euros(parameters, packed, household, is_increased=True)
    assert amount == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(
    ("household", "coefficient", "deducted"),
    [
        (PARENT_1, 1.5, 0.16 * 1.5),
        ("couple_0", 1.5, 0.16 * 1.5),
        (PARENT_2, 1.8, 0.165 * 1.8),
        ("couple_4", 2.9, 0.165 * 1.8),
    ],
)
def test_housing_deduction_of_families(
    parameters: Parameters, packed: Packed, household: str, coefficient: float, deducted: float
) -> None:
    """16 % of the amount for two persons; 16.5 % of that for three, however many more."""
    expected = BASE_2025 * (coefficient - deducted)
    amount = euros(parameters, packed, household, is_housed=True)
    assert amount == pytest.approx(expected, abs=0.0051)


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
    """F0385: 848.01 euro for an isolated person with one child in April 2021."""
    amount = euros(parameters, pack(parameters, APRIL_2025.replace(year=2021), seed=1), PARENT_1)
    assert amount == 848.01


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


@given(adults=st.integers(1, 2), children=st.integers(0, 8), is_increased=st.booleans())
def test_each_further_child_adds(adults: int, children: int, is_increased: bool) -> None:
    def coefficient(number: int) -> float:
        return float(
            scale_coefficient(adults, number, is_increased, 0.5, 0.3, 0.4, 1.28412, 0.42804)
        )

    assert coefficient(children + 1) - coefficient(children) >= 0.3 - 1e-12
    assert break_even_cents(64_652.0, coefficient(children), 0.0) >= 64_652
