"""The spending of a year, forecast in the October before by several methods, and scored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from brought.series import Floats, Whole
from forecast.family_funds import december_amounts
from forecast.growth_outlook import outlook
from forecast.panel import Panel
from forecast.scores import Forecast, crps, log_normal_forecast
from forecast.spending.accounts import MONTHS_OF_YEAR, Accounts
from forecast.spending.base_amounts import Upratings, expected_again, mean_base
from forecast.spending.passage import passage
from forecast.spending.ratio import Decembers, Ratios, rights_of
from forecast.spread_check import learned

YEARS = (2018, 2019, 2024, 2025)
MODEL, PLANNER, NO_TREND = "model", "planner", "planner_without_trend"
LAST_ACCOUNT, LAST_YEAR = "last_account", "last_year"
METHODS = (MODEL, PLANNER, NO_TREND, LAST_ACCOUNT, LAST_YEAR)
DELAY_MONTHS = 3
"""Households of the end of July are the last that are published on 31 October (an assumption)."""
ACCOUNT_DELAY_YEARS = 2
"""On 31 October the accounts of the year before are the last complete ones."""
LEAST_MONTHS = 7
PERCENT = 100.0


@dataclass(frozen=True)
class SpendingRow:
    """One forecast of one department's year, euro; ``points`` is None where there is no doubt."""

    department: str
    year: int
    method: str
    forecast: float
    points: Floats | None
    observed: float

    @property
    def error_eur(self) -> float:
        """Forecast minus observed."""
        return self.forecast - self.observed

    @property
    def error_percent(self) -> float:
        """Forecast minus observed, percent of the observed."""
        return PERCENT * self.error_eur / self.observed

    @property
    def crps_percent(self) -> float:
        """CRPS, percent of the observed: for a single number its absolute error."""
        if self.points is None:
            return abs(self.error_percent)
        found = crps(np.array([self.observed]), self.points[None])
        return PERCENT * float(found[0]) / self.observed

    @property
    def interval(self) -> tuple[float, float] | None:
        """The central 90 % interval, euro."""
        if self.points is None:
            return None
        low, high = Forecast(np.array([self.forecast]), self.points[None]).interval()
        return float(low[0]), float(high[0])

    @property
    def is_covered(self) -> bool | None:
        """Whether the interval holds the observed value."""
        ends = self.interval
        return None if ends is None else ends[0] <= self.observed <= ends[1]

    def record(self) -> dict[str, object]:
        """The row as plain numbers."""
        ends = self.interval
        return {
            "department": self.department,
            "year": self.year,
            "method": self.method,
            "forecast_eur": round(self.forecast),
            "low_90_eur": None if ends is None else round(ends[0]),
            "high_90_eur": None if ends is None else round(ends[1]),
            "observed_eur": round(self.observed),
            "error_eur": round(self.error_eur),
            "error_percent": round(self.error_percent, 3),
            "crps_percent": round(self.crps_percent, 3),
            "is_inside_90": self.is_covered,
        }


def score_spending(
    panel: Panel,
    accounts: Accounts,
    years: Sequence[int] = YEARS,
    departments: Iterable[str] | None = None,
) -> list[SpendingRow]:
    """Every department with a monthly series and accounts, each year by every method.

    Later data than a method may know never enter it; `LAST_YEAR` alone looks beyond October.
    """
    codes = [code for code in panel.departments if code in accounts.departments]
    chosen = set(codes if departments is None else departments)
    rows: list[SpendingRow] = []
    for year in years:
        came = _by_code(accounts, accounts.of(year))
        known = date(year - 1, 10, 31)
        last_month = MONTHS_OF_YEAR * (year - 1) + 10 - DELAY_MONTHS - 1
        past = panel.until(last_month, LEAST_MONTHS)
        books = accounts.until(year - ACCOUNT_DELAY_YEARS)
        model = forecast_spending(past, books, year, known)
        latest = {code: eur for code, (_, eur) in latest_account(books).items()}
        points: dict[str, dict[str, float]] = {
            PLANNER: planner_rule(past, books, year, known),
            NO_TREND: planner_rule(past, books, year, known, has_trend=False),
            LAST_ACCOUNT: latest,
            LAST_YEAR: _by_code(accounts, accounts.of(year - 1)),
        }
        for code in codes:
            if code in chosen and code in model and code in latest and np.isfinite(came[code]):
                rows.append(SpendingRow(code, year, MODEL, *model[code], came[code]))
                rows += [
                    SpendingRow(code, year, method, value[code], None, came[code])
                    for method, value in points.items()
                    if np.isfinite(value[code])
                ]
    return rows


def forecast_spending(
    panel: Panel, accounts: Accounts, year: int, known: date
) -> dict[str, tuple[float, Floats]]:
    """The model: households at both ends of the year times the mean amount, with their doubt."""
    first = MONTHS_OF_YEAR * year - 1 - panel.last_month
    horizon = first + MONTHS_OF_YEAR
    dynamics = learned(panel, horizon)
    ahead = outlook(dynamics, horizon)
    ends = np.array([first - 1, horizon - 1])
    logs = np.log(panel.households[:, -1:]) + ahead.mean[:, ends] / PERCENT
    covariance = (ahead.common + ahead.own)[:, ends[:, None], ends] / PERCENT**2
    variance = covariance.mean(axis=(1, 2))
    households = dict(
        zip(panel.departments, zip(np.log(np.exp(logs).mean(axis=1)), variance, strict=True),
            strict=True)
    )  # fmt: skip
    ratios = ratios_known(accounts, expected_again(known), panel.last_month)
    months = rights_of(year)
    log_paid, uprating_variance = _year_paid(ratios, months)
    found = {}
    for code in accounts.departments:
        if code in households and np.isfinite(households[code][0]):
            log_count, count_variance = households[code]
            ratio = ratios.of(code, months)
            log_amount = log_paid + float(ratio.log_mean.mean())
            amount_variance = float(ratio.covariance.mean()) + uprating_variance
            doubt = np.sqrt(count_variance + amount_variance)
            spread = log_normal_forecast(np.array([log_count + log_amount]), np.array([doubt]))
            found[code] = float(spread.central[0]), spread.points[0]
    return found


def ratios_known(accounts: Accounts, law: Upratings, month: int) -> Ratios:
    """The ratios under a law, with the country's Decembers and the passage known in a month."""
    return Ratios(accounts, Decembers(*december_amounts()).until(month), law, passage(month))


def _year_paid(ratios: Ratios, months: Whole) -> tuple[float, float]:
    """Logarithm of the base amount that arrives in a year, summed; variance of the upratings."""
    logs = ratios.passage.passed(months, ratios.law)
    one_more = replace(ratios.law, share=ratios.law.share + ratios.law.sd)
    step = ratios.passage.passed(months, one_more) - logs
    return float(np.log(np.exp(logs).sum())), float(step.mean() ** 2)


def planner_rule(
    panel: Panel, accounts: Accounts, year: int, known: date, has_trend: bool = True
) -> dict[str, float]:
    """The spreadsheet: latest households with their trend × mean amount × uprating.

    The trend is the mean monthly change over the last twelve months, as far as they are known; it
    is carried to the middle of the forecast year, or left out without ``has_trend``. The mean
    amount is the last complete account over the mean households of its year (of its two ends where
    its months are not known); the upratings are those in force on the day.
    """
    latest = latest_account(accounts)
    counts = _households_of(panel, accounts)
    span = panel.months >= max(panel.last_month - MONTHS_OF_YEAR, panel.first_monthly)
    levels, months = panel.households[:, span], panel.months[span]
    change = (levels[:, -1] - levels[:, 0]) / (months[-1] - months[0]) * has_trend
    middle = MONTHS_OF_YEAR * year + (MONTHS_OF_YEAR - 1) / 2.0 - panel.last_month
    households = dict(zip(panel.departments, levels[:, -1] + middle * change, strict=True))
    return {
        code: households[code]
        * latest[code][1]
        / counts[code]
        * mean_base(year, known)
        / mean_base(latest[code][0], known)
        for code in panel.departments
        if code in latest
    }


def latest_account(accounts: Accounts) -> dict[str, tuple[int, float]]:
    """The last year with an account, and its euro, by department that has one."""
    found = {}
    for code, row in zip(accounts.departments, accounts.eur, strict=True):
        known = np.flatnonzero(np.isfinite(row))
        if len(known):
            found[code] = int(accounts.years[known[-1]]), float(row[known[-1]])
    return found


def _households_of(panel: Panel, accounts: Accounts) -> dict[str, float]:
    """Mean households of the year of the last account: of its months, else of its two ends."""
    ends = accounts.mean_households()
    found = {}
    for code, (year, _) in latest_account(accounts).items():
        of_year = (panel.months // MONTHS_OF_YEAR == year) & (panel.months >= panel.first_monthly)
        if of_year.sum() == MONTHS_OF_YEAR and code in panel.departments:
            found[code] = float(panel.households[panel.departments.index(code), of_year].mean())
        else:
            row = accounts.departments.index(code)
            found[code] = float(ends[row, int(np.searchsorted(accounts.years, year)) - 1])
    return found


def _by_code(accounts: Accounts, values: Floats) -> dict[str, float]:
    return dict(zip(accounts.departments, map(float, values), strict=True))
