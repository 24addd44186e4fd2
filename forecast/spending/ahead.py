"""Spending on the allowance by month of payment: households × mean amount, drawn together.

Households come from the level's forecast; the mean amount is the base amount as far as it has
arrived, times a ratio with its own drift. Months already paid stand as they were paid and set the
level of both. A path holds one fate of households, ratio, upratings and passage over all months, so
that sums over a year keep what errors have in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from brought.series import SHORTEST_MONTHS, Floats, Series, Whole, month_of, month_text
from forecast.benchmarks import YEAR
from forecast.joint import normal_paths, paths
from forecast.level import Level, begun_again, level_of_department, level_of_series
from forecast.panel import Figures, Panel
from forecast.scores import Forecast
from forecast.spending.base_amounts import Upratings
from forecast.spending.passage import Passage
from forecast.spending.ratio import DRIFT_SD, PAID_LATER, UNKNOWN, Ratios
from sim.errors import Fault, InputError
from sim.money.budget.level import QUANTILES
from sim.money.costs.entered import PaidMonth

LONGEST_YEARS = 11
PATHS = 1_000
SEED = 1
OWN_ERROR = 0.002
"""Error of a month's own ratio, of the logarithm: payments swing around the month's rights."""
WALK_MONTHS = 12.0
"""Months' worth of trust in the monthly walk of the department that is published by month."""
MISSING_ERROR = 0.01
"""Error of a month before the first one given, of the logarithm (an assumption)."""
ACCOUNT_ERROR = 0.003
"""Error of an account, of the logarithm: months of payment that fall into the next year."""
_HOUSEHOLDS, _RATIO, _LAW, _PASSAGE, _MISSING, _ACCOUNT = range(6)


@dataclass(frozen=True)
class SpendingOutlook:
    """Euro of the allowance by month of payment, gross, all funders: (path, month).

    ``months`` follow each other. Those of ``paid`` have the same euro in each path, those of
    ``missing`` lie before the first one paid in its year and are estimated; ``accounts`` are years
    whose account is published, which the paths follow. ``households`` are those of the months of
    right.
    """

    department: str
    months: Whole
    eur: Floats
    households: Floats
    paid: Mapping[int, float]
    missing: tuple[int, ...]
    accounts: Mapping[int, float]
    level: Level
    law: Upratings

    @property
    def years(self) -> tuple[int, ...]:
        """Calendar years of which every month is there."""
        years, counts = np.unique(self.months // YEAR, return_counts=True)
        return tuple(int(year) for year in years[counts == YEAR])

    def points(self, year: int) -> Floats:
        """Equally likely spending of a year, euro; raises `InputError` on another year."""
        if year not in self.years:
            accepted = ", ".join(map(str, self.years)) or "a longer forecast"
            raise InputError([Fault("forecast", "year", str(year), accepted)])
        found: Floats = self.eur[:, self.months // YEAR == year].sum(axis=1)
        return found

    def expected(self, year: int) -> float:
        """Mean spending of a year, euro."""
        return float(self.points(year).mean())

    def quantiles(self, year: int) -> Floats:
        """Spending of a year at `QUANTILES`, euro."""
        found: Floats = np.quantile(self.points(year), QUANTILES, method="inverted_cdf")
        return found

    def exceeds(self, year: int, appropriation_eur: float) -> float:
        """Probability that a year costs more than an appropriation."""
        return float(np.mean(self.points(year) > appropriation_eur))

    def appropriation(self, year: int, probability: float) -> float:
        """The appropriation that a year exceeds with a probability, euro."""
        return float(np.quantile(self.points(year), 1.0 - probability, method="inverted_cdf"))


def spending_of_department(
    panel: Panel,
    ratios: Ratios,
    department: str,
    law: Upratings,
    paid: Sequence[PaidMonth] = (),
    today: int | None = None,
    own: Figures | None = None,
) -> SpendingOutlook:
    """The spending of a department from its last known figure on, `LONGEST_YEARS` ahead.

    Always as far, so that a year has the same euro in every answer, however far that answer looks.
    ``paid``: months already paid, without a gap; households of a month paid are those of the month
    of right before it. ``own``: households that the department counted by month; those of months
    paid follow them, and stand for the same months. Raises `InputError` when the months given are
    older than what is published.
    """
    last = panel.figures(department).last_month
    until = YEAR * (last // YEAR + LONGEST_YEARS + 1) - 1 - PAID_LATER
    level = level_of_department(panel, department, until - last, today)
    if paid:
        own = _counted(department, paid, own)
    if own is not None:
        level = restarted(panel, level, own, until, today)
    return spending_of_level(level, ratios, law, paid)


def _counted(department: str, paid: Sequence[PaidMonth], own: Figures | None) -> Figures:
    """The households of the months paid, after those counted before them without a gap."""
    rights, counts = rights_paid(paid), np.array([one.households for one in paid])
    if own is not None and own.last_month >= rights[0] - 1:
        is_before = own.months < rights[0]
        rights = np.concatenate([own.months[is_before], rights])
        counts = np.concatenate([own.households[is_before], counts])
    return Figures(department, rights, counts)


def restarted(panel: Panel, level: Level, own: Figures, until: int, today: int | None) -> Level:
    """The level from a department's own households by month of right on, without a gap, to a month.

    Of a year or more they are a series of their own. Fewer move the department's forecast: its
    growth from their last month on, with the error of a forecast that begins there.
    """
    counts, last = own.households, own.last_month
    if last >= until:
        accepted = f"months before {month_text(until)}"
        raise InputError([Fault("actuals", "month", month_text(last), accepted)])
    ahead = until - last
    code = level.known.department
    if len(counts) >= SHORTEST_MONTHS:
        return level_of_series(panel, Series(code, int(own.months[0]), counts), ahead, today)
    passed = last - level.known.last_month
    if passed < 0:
        accepted = f"months after {month_text(level.known.last_month)}, or twelve of them"
        raise InputError([Fault("actuals", "month", month_text(last), accepted)])
    every = np.append(level.known.households[-1], level.forecast.central)
    central = counts[-1] * every[passed + 1 :][:ahead] / every[passed]
    spread = level.forecast.points[: len(central)] / level.forecast.central[: len(central), None]
    correlation = level.correlation
    assert correlation is not None
    ends = len(central)
    again = Forecast(central, central[:, None] * spread)
    return begun_again(level, own, again, correlation[:ends, :ends])


def spending_of_level(
    level: Level, ratios: Ratios, law: Upratings, paid: Sequence[PaidMonth] = ()
) -> SpendingOutlook:
    """Spending from the payment of the last known month of right on, or from the first one paid."""
    code = level.known.department
    last = level.known.last_month
    rights = last + np.arange(level.months + 1)
    households = np.column_stack(
        [np.full(PATHS, level.known.households[-1]), paths(level, PATHS, SEED + _HOUSEHOLDS)]
    )
    known = {month_of(one.month): one.allowance_eur for one in paid}
    own = rights_paid(paid)
    before = _before(own)
    months = np.unique(np.concatenate([before, own, rights]))
    mean, covariance = _ratio(ratios, code, months, paid)
    amounts = np.exp(
        mean + normal_paths(covariance, PATHS, SEED + _RATIO) + _passed(ratios.passage, law, months)
    )
    counts = np.empty((PATHS, len(months)))
    counts[:, np.searchsorted(months, rights)] = households
    for one, right in zip(paid, own, strict=True):
        counts[:, np.searchsorted(months, right)] = one.households
    if len(before):
        off = np.random.default_rng(SEED + _MISSING).standard_normal((PATHS, len(before)))
        counts[:, : len(before)] = paid[0].households * np.exp(MISSING_ERROR * off)
    eur = counts * amounts
    for month, amount in known.items():
        eur[:, np.searchsorted(months, month - PAID_LATER)] = amount
    missing = tuple(int(month) + PAID_LATER for month in before)
    outlook = SpendingOutlook(
        code, months + PAID_LATER, eur, counts, known, missing, {}, level, law
    )
    return outlook if paid else _told_by_accounts(outlook, ratios)


def _told_by_accounts(outlook: SpendingOutlook, ratios: Ratios) -> SpendingOutlook:
    """The paths moved so that years with a published account have its euro.

    Each month moves as far as its logarithm goes with that of the year's sum, over the paths.
    """
    books = ratios.accounts
    row = books.eur[books.departments.index(outlook.department)]
    known = {
        int(year): float(eur)
        for year, eur in zip(books.years, row, strict=True)
        if int(year) in outlook.years and np.isfinite(eur)
    }
    eur = outlook.eur
    for year, account in known.items():
        logs = np.log(eur)
        sums = np.log(eur[:, outlook.months // YEAR == year].sum(axis=1))
        around = sums - sums.mean()
        variance = float(np.mean(around**2)) + ACCOUNT_ERROR**2
        gain = around @ (logs - logs.mean(axis=0)) / len(logs) / variance
        off = np.random.default_rng(SEED + _ACCOUNT + year).standard_normal(len(logs))
        eur = np.exp(logs + np.outer(np.log(account) + ACCOUNT_ERROR * off - sums, gain))
    return replace(outlook, eur=eur, accounts=known)


def rights_paid(paid: Sequence[PaidMonth]) -> Whole:
    """The months of right of months of payment."""
    return np.array([month_of(one.month) - PAID_LATER for one in paid], dtype=np.int64)


def _before(own: Whole) -> Whole:
    """Months of right of the first paid year before the first one paid."""
    if not len(own):
        return own
    first = int(own[0]) + PAID_LATER
    return np.arange(first - first % YEAR, first) - PAID_LATER


def _ratio(
    ratios: Ratios, code: str, months: Whole, paid: Sequence[PaidMonth]
) -> tuple[Floats, Floats]:
    """Logarithm of the ratio and covariance of its error, told by the months paid.

    They tell the level, and how far it walks in a month; the drift stays that of all departments.
    """
    found = ratios.of(code, months)
    if not paid:
        return found.log_mean, found.covariance
    own = rights_paid(paid)
    at = np.searchsorted(months, own)
    logs = np.log([one.allowance_eur / one.households for one in paid])
    seen = logs - ratios.passage.passed(own, ratios.law)
    squares = float(np.sum(np.diff(seen) ** 2))
    usual = ratios.passage.noise**2
    walk = (WALK_MONTHS * usual + squares) / (WALK_MONTHS + len(own) - 1)
    after = (months - months[0]).astype(np.float64)
    whole = (
        UNKNOWN**2
        + (DRIFT_SD / YEAR) ** 2 * np.outer(after, after)
        + walk * np.minimum.outer(after, after)
    )
    known = whole[np.ix_(at, at)] + OWN_ERROR**2 * np.eye(len(at))
    gain = np.linalg.solve(known, whole[at]).T
    mean = found.log_mean + gain @ (seen - found.log_mean[at])
    return mean, whole - gain @ whole[at]


def _passed(passage: Passage, law: Upratings, months: Whole) -> Floats:
    """Logarithm of the base amount that has arrived, (path, month): Aprils and passage drawn."""
    shares = passage.shares + normal_paths(passage.errors, PATHS, SEED + _PASSAGE)
    lags = np.arange(shares.shape[1])
    every = np.arange(int(months[0]) - lags[-1], int(months[-1]) + 1)
    aprils = law.aprils(every).astype(int)
    steps = np.random.default_rng(SEED + _LAW).standard_normal((PATHS // 2, aprils.max() + 1))
    moved = law.sd * np.cumsum(np.concatenate([steps, -steps]) * (np.arange(steps.shape[1]) > 0), 1)
    logs = law.log_base(every) + moved[:, aprils]
    at = months - every[0]
    arrived = sum(shares[:, lag, None] * logs[:, at - lag] for lag in lags)
    return np.asarray(arrived) + passage.season[months % YEAR]
