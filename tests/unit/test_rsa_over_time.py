"""The quarterly declaration, the return to work, sanctions and what is repaid."""

from __future__ import annotations

from datetime import date

import pytest

import sim
from sim.errors import InputError
from sim.money.law import counted_earnings_eur, reference_months, repaid_eur, rsa_quarter
from sim.parameters import load_department

SINGLE_2024, SINGLE_2025 = 635.71, 646.52


def month(year: int, number: int) -> date:
    return date(year, number, 1)


@pytest.mark.parametrize(
    ("review", "first", "last"),
    [
        (date(2019, 5, 1), date(2019, 2, 1), date(2019, 4, 1)),
        (date(2025, 2, 28), date(2024, 11, 1), date(2025, 1, 1)),
        (date(2025, 3, 1), date(2024, 11, 1), date(2025, 1, 1)),
        (date(2025, 6, 1), date(2025, 2, 1), date(2025, 4, 1)),
    ],
)
def test_the_reference_months_of_the_date(review: date, first: date, last: date) -> None:
    """M-3 to M-1 until February 2025, M-4 to M-2 from March 2025."""
    months = reference_months(review)
    assert len(months) == 3
    assert (months[0], months[-1]) == (first, last)


def test_a_job_begun_in_2024_lowers_the_allowance_by_thirds_from_the_next_review() -> None:
    """Paid whole until the review; then by the months worked among the three before it."""
    wages = {month(2024, number): 600.0 for number in (6, 7, 8, 9, 10, 11, 12)}
    assert rsa_quarter(month(2024, 4), 1, earnings_by_month=wages) == (SINGLE_2024,) * 3
    july = rsa_quarter(month(2024, 7), 1, earnings_by_month=wages)
    assert july == (pytest.approx(SINGLE_2024 - 200.0),) * 3
    october = rsa_quarter(month(2024, 10), 1, earnings_by_month=wages)
    assert october == (pytest.approx(SINGLE_2024 - 600.0),) * 3


def test_the_shift_of_2025_keeps_the_allowance_whole_a_month_longer() -> None:
    wages = {month(2025, number): 600.0 for number in range(6, 13)}
    july = rsa_quarter(month(2025, 7), 1, earnings_by_month=wages)
    assert july == (SINGLE_2025,) * 3
    october = rsa_quarter(month(2025, 10), 1, earnings_by_month=wages)
    assert october == (pytest.approx(SINGLE_2025 - 600.0),) * 3


def test_an_uprating_takes_effect_within_the_quarter() -> None:
    paid = rsa_quarter(month(2025, 3), 1, earnings_by_month={})
    assert paid == (SINGLE_2024, SINGLE_2025, SINGLE_2025)


def test_a_job_that_has_ended_for_certain_is_not_counted_unless_an_income_replaces_it() -> None:
    wages = {month(2024, number): 900.0 for number in (4, 5, 6)}
    review = month(2024, 7)
    assert counted_earnings_eur(review, wages) == 900.0
    assert counted_earnings_eur(review, wages, has_ended=True) == 0.0
    replaced = counted_earnings_eur(review, wages, has_ended=True, has_replacement_income=True)
    assert replaced == 900.0


def test_the_first_shifted_review_counts_the_lower_of_two_means() -> None:
    """The month that both ways of counting share is not held against the household twice."""
    review = month(2025, 3)
    early = {month(2024, 11): 300.0}
    late = {month(2025, 1): 300.0}
    assert counted_earnings_eur(review, early) == 100.0
    assert counted_earnings_eur(review, early, is_first_shifted_review=True) == 0.0
    assert counted_earnings_eur(review, late, is_first_shifted_review=True) == 100.0


@pytest.mark.parametrize(
    ("earnings", "field"),
    [
        ({date(2024, 5, 1): -1.0}, "earnings_by_month[2024-05-01]"),
        ({date(2024, 5, 2): 1.0}, "earnings_by_month[2024-05-02]"),
    ],
)
def test_a_faulty_declaration_is_named(earnings: dict[date, float], field: str) -> None:
    with pytest.raises(InputError) as caught:
        counted_earnings_eur(date(2024, 7, 1), earnings)
    assert caught.value.faults[0].field == field


@pytest.mark.parametrize(
    ("adults", "ages", "share", "part_paid"),
    [
        (1, (), 0.8, 0.2),
        (1, (), 1.0, 0.0),
        (2, (), 0.8, 0.5),
        (1, (8,), 1.0, 0.5),
        (2, (), 0.3, 0.7),
    ],
)
def test_a_sanction_withholds_its_share_at_most_half_of_a_family(
    adults: int, ages: tuple[int, ...], share: float, part_paid: float
) -> None:
    when = date(2025, 7, 1)
    whole = sim.rsa_amount(when, adults, ages)
    paid = sim.rsa_amount(when, adults, ages, withheld_share=share)
    assert paid == pytest.approx(whole * part_paid, abs=0.0051)


def test_withheld_sums_come_back_from_june_2025_on_and_three_months_at_most() -> None:
    before = {month(2025, 3): 100.0, month(2025, 4): 100.0}
    assert repaid_eur(before) == 0.0
    after = {month(2025, number): 10.0 * number for number in (6, 7, 8, 9)}
    assert repaid_eur({month(2025, 6): 60.0, month(2025, 7): 70.5}) == 130.5
    assert repaid_eur(after) == 70.0 + 80.0 + 90.0
    with pytest.raises(InputError, match="at least 0"):
        repaid_eur({month(2025, 7): -1.0})


def test_the_law_of_a_scenario_is_read_from_its_parameters() -> None:
    """The same functions serve a run whose amounts a scenario changes."""
    from sim.money.law import law_on

    parameters = load_department("somme")
    raised = parameters.patched({"allowance.minimum_paid_eur": 10.0}, "test")
    when = date(2025, 4, 1)
    assert law_on(when, parameters=parameters) == law_on(when)
    assert law_on(when, parameters=raised).minimum_paid_eur == 10.0
