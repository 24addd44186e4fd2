"""What a planner is told of a spending outlook: years, months, and how the ratio drifts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brought.series import Floats, Whole, month_text
from forecast.benchmarks import YEAR
from forecast.spending.ahead import QUANTILES, SpendingOutlook
from forecast.spending.ratio import PAID_LATER, Ratios

PAID, ACCOUNT, OVER, TO_COME = "paid", "account", "over", "to_come"
"""What a month of payment is: given by the user, in a year with a published account, over but not
given (estimated), or to come."""


@dataclass(frozen=True, slots=True)
class SpendingYear:
    """A calendar year of payments, gross euro of all funders.

    ``quantiles_eur`` are those of `QUANTILES`. Of a year without ``account_eur`` the expected
    spending is ``paid_eur`` + ``missing_eur`` + ``to_pay_eur``; ``missing`` are the months that are
    over or lie before the first one paid, and are estimated. ``exceeded_eur`` is the appropriation
    that the year exceeds with the probability that was asked.
    """

    year: int
    expected_eur: float
    quantiles_eur: tuple[float, ...]
    account_eur: float | None
    months_paid: int
    paid_eur: float
    missing: tuple[str, ...]
    missing_eur: float
    months_to_pay: int
    to_pay_eur: float
    exceeded_eur: float


@dataclass(frozen=True, slots=True)
class SpendingMonth:
    """A month of payment: what it is, households and euro of the month of right before it."""

    month: str
    month_of_right: str
    state: str
    households: float
    mean_amount_eur: float
    expected_eur: float
    quantiles_eur: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """How the ratio common to departments moves in a year ahead, and its standard deviation."""

    share_a_year: float
    sd: float


def states(outlook: SpendingOutlook) -> list[str]:
    """What each month of the outlook is; without a present month no month given is over."""
    today = outlook.level.today
    found = []
    for month in map(int, outlook.months):
        if month in outlook.paid:
            found.append(PAID)
        elif month // YEAR in outlook.accounts:
            found.append(ACCOUNT)
        elif month in outlook.missing or (today is not None and month < today):
            found.append(OVER)
        else:
            found.append(TO_COME)
    return found


def spending_years(outlook: SpendingOutlook, probability: float) -> list[SpendingYear]:
    """Every whole calendar year; ``probability``: that of exceeding `SpendingYear.exceeded_eur`."""
    state, means = np.array(states(outlook)), outlook.eur.mean(axis=0)
    years = []
    for year in outlook.years:
        of_year = outlook.months // YEAR == year
        parts = {one: of_year & (state == one) for one in (PAID, OVER, TO_COME)}
        sums = {one: float(means[months].sum()) for one, months in parts.items()}
        years.append(
            SpendingYear(
                year=year,
                expected_eur=outlook.expected(year),
                quantiles_eur=_floats(outlook.quantiles(year)),
                account_eur=outlook.accounts.get(year),
                months_paid=int(parts[PAID].sum()),
                paid_eur=sums[PAID],
                missing=tuple(month_text(int(month)) for month in outlook.months[parts[OVER]]),
                missing_eur=sums[OVER],
                months_to_pay=int(parts[TO_COME].sum()),
                to_pay_eur=sums[TO_COME],
                exceeded_eur=outlook.appropriation(year, probability),
            )
        )
    return years


def spending_months(outlook: SpendingOutlook) -> list[SpendingMonth]:
    """Every month of payment."""
    quantiles = np.quantile(outlook.eur, QUANTILES, axis=0, method="inverted_cdf").T
    means, households = outlook.eur.mean(axis=0), outlook.households.mean(axis=0)
    return [
        SpendingMonth(
            month=month_text(int(month)),
            month_of_right=month_text(int(month) - PAID_LATER),
            state=state,
            households=float(count),
            mean_amount_eur=float(eur / count),
            expected_eur=float(eur),
            quantiles_eur=_floats(of_month),
        )
        for month, state, count, eur, of_month in zip(
            outlook.months, states(outlook), households, means, quantiles, strict=True
        )
    ]


def drift_ahead(ratios: Ratios, months: Whole) -> Drift:
    """The common ratio's mean yearly movement over months of payment, with its error."""
    ends = np.array([months[0], months[-1]]) - PAID_LATER
    mean, covariance = ratios.common(ends)
    years = float(ends[1] - ends[0]) / YEAR
    variance = covariance[0, 0] + covariance[1, 1] - 2.0 * covariance[0, 1]
    share = float(np.expm1((mean[1] - mean[0]) / years))
    return Drift(share, float(np.sqrt(max(variance, 0.0))) / years)


def _floats(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
