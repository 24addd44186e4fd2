"""The mean amount of a household as a ratio to the base amount, and how it drifts.

Its logarithm is a path common to all departments plus a deviation of each. The common path is a
constant, a drift and a random walk, known from the accounts of departments by year and from the
Decembers of the whole country, whose level is another one (who is paid late, claimed back or paid
by the farmers' fund is counted otherwise). A deviation is a constant, a random walk and noise of a
single year (bills that fall into the next one); the size of the three is learnt from all
departments, each of which has a spread drawn from one distribution.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import minimize

from brought.series import Floats, Whole
from forecast.benchmarks import YEAR
from forecast.known import Known, conditioned, log_density, rows_alike, spreads_of
from forecast.spending.accounts import Accounts
from forecast.spending.base_amounts import Upratings
from forecast.spending.passage import Passage
from sim.errors import Fault, InputError

MEDIANS = np.log([0.04, 0.01, 0.01, 4.0])
"""Prior medians: lasting differences, walk in a year, noise of a year, degrees of freedom."""
LOG_SDS = np.array([0.7, 0.7, 0.7, 1.0])
DRIFT_SD = 0.003
"""Prior size of the common drift in a year: from 2010 to 2019 the ratio lost 1.3 % in all."""
MEDIAN_ERROR = 0.002
"""Error of a year's median over departments: they differ by 2 % from year to year, and are 90."""
UNKNOWN = 10.0
"""Prior size of a constant that only data tell."""
PAID_LATER = 1
"""The allowance of a month is paid at the beginning of the next one."""


@dataclass(frozen=True)
class Ratio:
    """Logarithm of the ratio in each month ahead, and the covariance of its error."""

    log_mean: Floats
    covariance: Floats


@dataclass(frozen=True)
class Decembers:
    """Months, and the mean amount of a household of the whole country in each, euro."""

    months: Whole
    eur: Floats

    def until(self, month: int) -> Decembers:
        """Those up to a month."""
        is_known = self.months <= month
        return Decembers(self.months[is_known], self.eur[is_known])


@dataclass(frozen=True)
class Ratios:
    """What accounts and the country's Decembers, read under one law, say of every department.

    Times are years: an account is known at the middle of its year, a December at its end.
    """

    accounts: Accounts
    decembers: Decembers
    law: Upratings
    passage: Passage

    @cached_property
    def real(self) -> Floats:
        """Logarithm of the ratio by department and year of accounts but the first."""
        passed = [
            np.mean(np.exp(self.passage.passed(rights_of(int(year)), self.law)))
            for year in self.accounts.years[1:]
        ]
        monthly = self.accounts.eur[:, 1:] / self.accounts.mean_households() / YEAR
        found: Floats = np.log(monthly) - np.log(passed)
        return found

    @cached_property
    def years(self) -> Whole:
        """Years in which accounts of departments are known."""
        found: Whole = self.accounts.years[1:][np.isfinite(self.real).any(axis=0)]
        return found

    @cached_property
    def medians(self) -> Floats:
        """The median over departments in each of `years`."""
        found: Floats = np.nanmedian(self.known, axis=0)
        return found

    @cached_property
    def known(self) -> Floats:
        """`real` in `years`."""
        found: Floats = self.real[:, np.isfinite(self.real).any(axis=0)]
        return found

    @cached_property
    def walk(self) -> float:
        """Size of the common walk in a year: how the median changed between years in a row."""
        steps = np.diff(self.medians)[np.diff(self.years) == 1]
        return float(np.sqrt(np.mean(steps**2)))

    @cached_property
    def logs(self) -> Floats:
        """Fitted logarithms of the sizes in a deviation, and of the degrees of freedom."""

        def loss(logs: Floats) -> float:
            fit = log_density(_covariance(logs, self.years), float(np.exp(logs[3])), self._rows)
            return 0.5 * float(np.sum(((logs - MEDIANS) / LOG_SDS) ** 2)) - fit

        return np.asarray(minimize(loss, MEDIANS, method="L-BFGS-B").x)

    @cached_property
    def spreads(self) -> Floats:
        """Spread of each department's deviation."""
        tail = float(np.exp(self.logs[3]))
        covariance = _covariance(self.logs, self.years)
        return spreads_of(covariance, tail, self._rows, len(self.real))

    @cached_property
    def _rows(self) -> list[Known]:
        deviations = self.known - self.medians
        return [
            Known(rows, deviations[np.ix_(rows, columns)], np.eye(len(self.years))[columns])
            for rows, columns in rows_alike(deviations)
            if columns.any()
        ]

    @cached_property
    def _december_ratios(self) -> Floats:
        if not len(self.decembers.months):
            return np.empty(0)
        found: Floats = np.log(self.decembers.eur) - self.law.log_base(self.decembers.months)
        return found

    def common(self, months: Whole) -> tuple[Floats, Floats]:
        """The common path in months of right, and its covariance."""
        return self._path(_times(months), of_country=False)

    def country(self, months: Whole) -> tuple[Floats, Floats]:
        """Logarithm of the country's mean amount over the base amount in later Decembers.

        With the covariance of its error as it is observed.
        """
        mean, left = self._path(_december_times(months), of_country=True)
        return mean, left + MEDIAN_ERROR**2 * np.eye(len(months))

    def _path(self, asked: Floats, of_country: bool) -> tuple[Floats, Floats]:
        values = np.concatenate([self.medians, self._december_ratios])
        known = np.concatenate([self.years + 0.5, _december_times(self.decembers.months)])
        is_country = np.arange(len(values)) >= len(self.medians)
        is_country = np.append(is_country, np.full(len(asked), of_country))
        times = np.concatenate([known, asked])
        start = known.min()
        after = times - start
        whole = (
            UNKNOWN**2
            + DRIFT_SD**2 * np.outer(after, after)
            + self.walk**2 * np.minimum.outer(after, after)
            + UNKNOWN**2 * np.outer(is_country, is_country)
        )
        whole[: len(known), : len(known)] += MEDIAN_ERROR**2 * np.eye(len(known))
        every = np.eye(len(times))
        gain, left = conditioned(whole, every[: len(known)], every[len(known) :])
        return values @ gain, left

    def of(self, department: str, months: Whole) -> Ratio:
        """The ratio of one department in months of right.

        Raises `InputError` where no account of the department was ever published.
        """
        if department not in self.accounts.departments:
            accepted = "a department whose accounts are published"
            raise InputError([Fault("forecast", "department", department, accepted)])
        mean, covariance = self.common(months)
        row = self.accounts.departments.index(department)
        group = next((one for one in self._rows if row in one.rows), None)
        times = np.concatenate([self.years + 0.5, _times(months)])
        paid_in = np.concatenate([self.years, (months + PAID_LATER) // YEAR])
        whole = _covariance(self.logs, times, paid_in)
        own = whole[len(self.years) :, len(self.years) :]
        if group is None:
            return Ratio(mean, covariance + own)
        before = np.pad(group.sums, ((0, 0), (0, len(months))))
        asked = np.pad(np.eye(len(months)), ((0, 0), (len(self.years), 0)))
        gain, left = conditioned(whole, before, asked)
        values = group.values[list(group.rows).index(row)]
        return Ratio(mean + values @ gain, covariance + self.spreads[row] * left)


def rights_of(year: int) -> Whole:
    """The months of right that are paid in a calendar year."""
    return np.asarray(YEAR * year - PAID_LATER + np.arange(YEAR))


def _times(months: Whole) -> Floats:
    found: Floats = (months + PAID_LATER + 0.5) / YEAR
    return found


def _december_times(months: Whole) -> Floats:
    """The ends of Decembers."""
    found: Floats = (months + 1) / YEAR
    return found


def _covariance(logs: Floats, times: Floats | Whole, years: Whole | None = None) -> Floats:
    """Covariance of a deviation between times; the noise is that of a year."""
    lasting, walk, noise, _ = np.exp(logs)
    since = times - times[0]
    of_year = times if years is None else years
    found: Floats = (
        lasting**2
        + walk**2 * np.minimum.outer(since, since)
        + noise**2 * (of_year[:, None] == of_year)
    )
    return found
