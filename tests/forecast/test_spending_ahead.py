"""Spending ahead: passage, ratio, joint paths, paid months and accounts, against known truths."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

import forecast.spending.passage as passage_module
from forecast.joint import joined, normal_paths
from forecast.panel import shipped_panel
from forecast.scores import LEVELS, log_normal_forecast
from forecast.spending.accounts import Accounts, shipped_accounts
from forecast.spending.ahead import (
    ACCOUNT_ERROR,
    PATHS,
    QUANTILES,
    SpendingOutlook,
    spending_of_department,
)
from forecast.spending.base_amounts import Upratings, last_day, stated
from forecast.spending.passage import MONTHS, WEIGHT_SD, Passage, passage
from forecast.spending.ratio import DRIFT_SD, PAID_LATER, Decembers, Ratios
from forecast.spending.scored import ratios_known
from forecast.spending.told import LEFT, MISSING, PAID, spending_months, spending_years, states
from sim.errors import InputError
from sim.money.costs.entered import PaidMonth
from sim.parameters.national import load_tables

pytestmark = pytest.mark.slow

CODE, TODAY = "80", 12 * 2026 + 9
PAID_MONTHS = tuple(PaidMonth(f"2026-{month:02d}", 15_900.0, 8.6e6 + month) for month in (3, 4, 5))


@pytest.fixture(scope="module")
def ratios() -> Ratios:
    return ratios_known(shipped_accounts(), stated(), 12 * 2025 + 2)


@pytest.fixture(scope="module")
def outlook(ratios: Ratios) -> SpendingOutlook:
    return spending_of_department(shipped_panel(), ratios, CODE, stated(), today=TODAY)


@pytest.fixture(scope="module")
def told(ratios: Ratios) -> SpendingOutlook:
    return spending_of_department(shipped_panel(), ratios, CODE, stated(), PAID_MONTHS, TODAY)


@pytest.fixture
def made_up_months(monkeypatch: pytest.MonkeyPatch) -> tuple[list[float], float]:
    """Nine years of mean amounts: base amounts that pass by known weights, and a little noise."""
    weights, noise = [0.4, 0.3, 0.1, 0.1, 0.1], 0.0005
    months = np.arange(12 * 2016, 12 * 2025)
    law = Upratings(last_day(int(months[-1])), 0.0, 0.0)
    logs = Passage(np.array(weights), np.zeros((MONTHS, MONTHS)), np.zeros(12), 0.0).passed(
        months, law
    )
    logs += np.random.default_rng(5).normal(0.0, noise, len(months)).cumsum()
    monkeypatch.setattr(passage_module, "la_reunion_amounts", lambda: (months, np.exp(logs)))
    passage.cache_clear()
    return weights, noise


@pytest.fixture(autouse=True)
def kept_passages_are_true() -> None:
    passage.cache_clear()


def test_the_passage_recovers_known_weights(made_up_months: tuple[list[float], float]) -> None:
    weights, _ = made_up_months
    found = passage(12 * 2025 - 1)
    errors = np.sqrt(np.diag(found.errors))
    # Five weights: a joint bound of 1 in 1,000 is 3.7 of each one's own stated error.
    assert np.all(np.abs(found.shares - weights) < 3.7 * errors)
    assert np.all(errors < WEIGHT_SD / 3.0)
    assert found.shares.sum() == pytest.approx(1.0)
    assert found.season.sum() == pytest.approx(0.0, abs=1e-12)
    assert np.all(np.linalg.eigvalsh(found.errors) > -1e-12)


def test_without_months_the_passage_is_even() -> None:
    found = passage(12 * 2016)
    assert found.shares == pytest.approx(np.full(MONTHS, 1.0 / MONTHS))


def test_what_has_passed_is_a_weighted_base_amount() -> None:
    """April 2025: the amount of one person rises from 635.71 to 646.52 euro."""
    law = Upratings(date(2025, 12, 31), 0.0, 0.0)
    flat = Passage(np.array([0.25, 0.75]), np.zeros((2, 2)), np.zeros(12), 0.0)
    april = 12 * 2025 + 3
    before, now, after = flat.passed(np.array([april - 1, april, april + 1]), law)
    low, high = law.log_base(np.array([april - 1, april]))
    assert (before, after) == pytest.approx((low, high))
    assert now == pytest.approx(0.75 * low + 0.25 * high)


def made_up_ratios(drift: float, years: list[int], decembers: list[int]) -> Ratios:
    """Thirty departments whose ratio drifts exactly, and Decembers ten percent below them."""
    law = Upratings(date.max, 0.0, 0.0)
    even = passage(12 * 2016)
    every = np.arange(2010, 2026)
    own = np.random.default_rng(1).normal(0.0, 0.02, 30)
    eur = np.full((30, len(every)), np.nan)
    for column, year in enumerate(every):
        if int(year) in years:
            months = 12 * year - 1 + np.arange(12)
            base = np.exp(even.passed(months, law)).mean() * 12
            eur[:, column] = 1000.0 * base * 0.9 * np.exp(own + drift * (year + 0.5 - 2010.0))
    codes = tuple(f"{place:02d}" for place in range(30))
    books = Accounts(codes, every, eur, np.full((30, len(every)), 1000.0))
    at = np.array([12 * year + 11 for year in decembers], dtype=np.int64)
    logs = law.log_base(at) if len(at) else np.empty(0)
    amounts = 0.81 * np.exp(logs + drift * ((at + 1) / 12 - 2010.0))
    return Ratios(books, Decembers(at, amounts), law, even)


def test_the_common_path_goes_over_a_gap_with_the_countrys_decembers() -> None:
    """Accounts stop in 2019: Decembers carry the drift on, at their own level."""
    drift, asked = -0.006, np.array([12 * 2024 + 5])
    until_2019 = list(range(2011, 2020))
    with_decembers = made_up_ratios(drift, until_2019, [2020, 2021, 2022, 2023, 2024])
    without = made_up_ratios(drift, until_2019, [])
    truth = np.median(with_decembers.real[:, 0]) + drift * ((asked[0] + 1.5) / 12 - 2011.5)
    (mean,), ((variance,),) = with_decembers.common(asked)
    (alone,), ((more,),) = without.common(asked)
    assert abs(mean - truth) < 3.0 * np.sqrt(variance)
    assert abs(alone - truth) < 3.0 * np.sqrt(more)
    assert variance < more
    (country,), ((seen,),) = with_decembers.country(np.array([12 * 2025 + 11]))
    assert abs(country - np.log(0.81) - drift * 16.0) < 3.0 * np.sqrt(seen)
    assert seen >= with_decembers.walk**2


def test_a_department_without_accounts_is_refused(ratios: Ratios) -> None:
    with pytest.raises(InputError, match="whose accounts are published"):
        ratios.of("2A", np.array([12 * 2026]))


def test_joint_paths_keep_each_month_and_the_correlation() -> None:
    count, rho = 4_000, 0.8
    spread = log_normal_forecast(np.log([1000.0, 1100.0]), np.array([0.02, 0.05]))
    found = joined(spread, np.array([[1.0, rho], [rho, 1.0]]), count, seed=2)
    for column, points in zip(found.T, spread.points, strict=True):
        exact = np.interp((np.arange(count) + 0.5) / count, LEVELS, np.sort(points))
        assert np.sort(column) == pytest.approx(exact)
    got = np.corrcoef(np.log(found).T)[0, 1]
    # The error of a correlation is (1 - r²) / √n; half as many draws are independent.
    assert got == pytest.approx(rho, abs=4.0 * (1 - rho**2) / np.sqrt(count / 2) + 0.005)


def test_normal_paths_have_their_covariance_and_no_mean() -> None:
    covariance = np.array([[4.0, 1.0], [1.0, 1.0]])
    found = normal_paths(covariance, 20_000, seed=3)
    assert found.mean(axis=0) == pytest.approx([0.0, 0.0], abs=1e-12)
    assert np.cov(found.T) == pytest.approx(covariance, abs=4.5 * 4.0 * np.sqrt(2 / 10_000))


def test_paid_months_have_their_euro_in_each_path(told: SpendingOutlook) -> None:
    for one in PAID_MONTHS:
        month = 12 * 2026 + int(one.month[-2:]) - 1
        column = told.eur[:, told.months == month]
        assert np.all(column == one.allowance_eur)
        assert np.all(told.households[:, told.months == month] == one.households)
    assert told.missing == (12 * 2026, 12 * 2026 + 1)
    state = dict(zip(told.months.tolist(), states(told), strict=True))
    first = [state[12 * 2026 + month] for month in range(5)]
    assert first == [MISSING, MISSING, PAID, PAID, PAID]
    (year,) = [one for one in spending_years(told, 2026, 0.1) if one.year == 2026]
    assert year.paid_eur == pytest.approx(sum(one.allowance_eur for one in PAID_MONTHS))
    assert year.paid_eur + year.missing_eur + year.to_pay_eur == pytest.approx(year.expected_eur)
    assert (year.months_paid, year.missing, year.months_to_pay) == (3, ("2026-01", "2026-02"), 7)


def test_a_longer_forecast_does_not_change_a_year(told: SpendingOutlook) -> None:
    short, long = spending_years(told, 2026, 0.1), spending_years(told, 2029, 0.1)
    assert short == long[:1]
    months = spending_months(told, 2026)
    assert [one.month for one in months] == [f"2026-{month:02d}" for month in range(1, 13)]
    assert months[-1].state == LEFT
    with pytest.raises(InputError):
        spending_years(told, 2025, 0.1)


def test_accounts_move_a_year_onto_themselves(outlook: SpendingOutlook) -> None:
    (year,) = outlook.accounts
    account = shipped_accounts().of(year)[shipped_accounts().departments.index(CODE)]
    logs = np.log(outlook.points(year) / account)
    assert outlook.accounts[year] == account
    # A year's sum keeps the account's own error: of 1,000 paths its size is known to a tenth.
    assert np.std(logs) == pytest.approx(ACCOUNT_ERROR, rel=0.15)
    # What was forecast without it keeps its weight, the smaller the less it knew.
    assert np.mean(logs) == pytest.approx(0.0, abs=ACCOUNT_ERROR)


def test_quantiles_are_ordered_and_odds_are_the_inverse_of_sums(outlook: SpendingOutlook) -> None:
    for year in outlook.years:
        quantiles = outlook.quantiles(year)
        assert np.all(np.diff(quantiles) > 0.0)
        assert quantiles[0] < outlook.expected(year) < quantiles[-1]
        for probability in (0.05, 0.1, 0.5, 0.9):
            eur = outlook.appropriation(year, probability)
            assert outlook.exceeds(year, eur) == pytest.approx(probability, abs=1.5 / PATHS)
        assert outlook.appropriation(year, 0.1) == pytest.approx(quantiles[QUANTILES.index(0.9)])
    with pytest.raises(InputError):
        outlook.points(2019)


def test_a_stated_uprating_is_not_drawn_and_moves_the_years(ratios: Ratios) -> None:
    panel = shipped_panel()
    found = {}
    for share in (0.0, 0.03):
        law = stated(share)
        own = replace(ratios, law=law)
        found[share] = spending_of_department(panel, own, CODE, law, today=TODAY)
    # April 2027 is paid from May on; it arrives over five months.
    growth = found[0.03].expected(2027) / found[0.0].expected(2027) - 1.0
    assert 0.03 * 3 / 12 < growth < 0.03 * 8 / 12
    assert found[0.03].expected(2026) == pytest.approx(found[0.0].expected(2026))
    assert found[0.03].expected(2028) / found[0.0].expected(2028) > 1.03 + 0.25 * 0.03


def test_the_drift_is_small_beside_its_prior(ratios: Ratios) -> None:
    mean, covariance = ratios.common(np.array([12 * 2026, 12 * 2027]))
    assert abs(mean[1] - mean[0]) < 3.0 * DRIFT_SD
    assert covariance[1, 1] > covariance[0, 0]


def test_payments_follow_rights_as_the_tables_say() -> None:
    assert load_tables().entries["costs.payment_lag_months"].value == PAID_LATER
