"""What a planner is told of a spending outlook: years, months, and how the ratio drifts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brought.series import Floats, Whole, month_text
from forecast.benchmarks import YEAR
from forecast.spending.ahead import SpendingOutlook
from forecast.spending.ratio import PAID_LATER, Ratios
from sim.errors import Fault, InputError
from sim.money.budget.level import QUANTILES

PAID, ACCOUNT, MISSING, OVER, LEFT = "paid", "account", "missing", "over", "left"
"""What a month of payment is: given by the user, in a year with a published account, missing before
the first one given in its year (estimated), over but not known here, or left to pay."""


@dataclass(frozen=True, slots=True)
class SpendingYear:
    """A calendar year of payments, gross euro of all funders.

    ``quantiles_eur`` are those of `QUANTILES`. Of a year without ``account_eur`` the expected
    spending is ``paid_eur`` + ``missing_eur`` + ``to_pay_eur``. ``missing`` are the months before
    the first one paid, which are estimated; all after the last one is left to pay.
    ``exceeded_eur`` is the appropriation that the year exceeds with the probability that was asked.
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
    """What each month of the outlook is; without a present month none counts as over."""
    today = outlook.level.today
    found = []
    for month in map(int, outlook.months):
        if month in outlook.paid:
            found.append(PAID)
        elif month // YEAR in outlook.accounts:
            found.append(ACCOUNT)
        elif month in outlook.missing:
            found.append(MISSING)
        else:
            found.append(OVER if today is not None and month < today else LEFT)
    return found


def spending_years(
    outlook: SpendingOutlook, until_year: int, probability: float
) -> list[SpendingYear]:
    """Every whole calendar year until one.

    ``probability`` is that of exceeding `SpendingYear.exceeded_eur`. Raises `InputError` where no
    whole year is forecast until then.
    """
    state, means = np.array(states(outlook)), outlook.eur.mean(axis=0)
    years = []
    for year in _until(outlook, until_year):
        of_year = outlook.months // YEAR == year
        parts = {one: of_year & (state == one) for one in (PAID, MISSING)}
        parts[LEFT] = of_year & np.isin(state, (OVER, LEFT))
        sums = {one: float(means[months].sum()) for one, months in parts.items()}
        years.append(
            SpendingYear(
                year=year,
                expected_eur=outlook.expected(year),
                quantiles_eur=_floats(outlook.quantiles(year)),
                account_eur=outlook.accounts.get(year),
                months_paid=int(parts[PAID].sum()),
                paid_eur=sums[PAID],
                missing=tuple(month_text(int(month)) for month in outlook.months[parts[MISSING]]),
                missing_eur=sums[MISSING],
                months_to_pay=int(parts[LEFT].sum()),
                to_pay_eur=sums[LEFT],
                exceeded_eur=outlook.appropriation(year, probability),
            )
        )
    return years


def spending_months(outlook: SpendingOutlook, until_year: int) -> list[SpendingMonth]:
    """Every month of payment until the end of a year."""
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
        if month // YEAR <= until_year
    ]


def drift_ahead(ratios: Ratios, months: Whole) -> Drift:
    """The common ratio's mean yearly movement over months of payment, with its error."""
    ends = np.array([months[0], months[-1]]) - PAID_LATER
    mean, covariance = ratios.common(ends)
    years = float(ends[1] - ends[0]) / YEAR
    variance = covariance[0, 0] + covariance[1, 1] - 2.0 * covariance[0, 1]
    share = float(np.expm1((mean[1] - mean[0]) / years))
    return Drift(share, float(np.sqrt(max(variance, 0.0))) / years)


def _until(outlook: SpendingOutlook, until_year: int) -> list[int]:
    found = [year for year in outlook.years if year <= until_year]
    if not found or until_year > outlook.years[-1]:
        accepted = f"{outlook.years[0]} to {outlook.years[-1]}"
        raise InputError([Fault("forecast", "until_year", str(until_year), accepted)])
    return found


def _floats(values: Floats) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
