"""Landings and yearly spending replayed on the one department that is known by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from brought.series import Floats, month_text
from forecast.benchmarks import YEAR
from forecast.family_funds import la_reunion, la_reunion_amounts
from forecast.level import level_of_department
from forecast.panel import Figures, Panel
from forecast.spending.accounts import Accounts
from forecast.spending.ahead import restarted, spending_of_level
from forecast.spending.base_amounts import expected_again, last_day
from forecast.spending.ratio import PAID_LATER
from forecast.spending.scored import ratios_known
from sim.money.costs.entered import PaidMonth

MONTHS_KNOWN = 9
YEARS = (2018, 2019, 2020, 2021, 2022, 2023, 2024)
MONTHS_BEFORE = 3
AHEAD = YEARS[1:]
"""Two years are known before the origin of the first one."""
ACCOUNT_AGE_YEARS = 2
"""Accounts until two years before that of the origin are known in it."""


@dataclass(frozen=True)
class LandingRow:
    """A year forecast, euro, with its 90 % interval, and what came.

    ``rule``: for a landing the same months of last year times the growth so far.
    """

    year: int
    landing: float
    low: float
    high: float
    rule: float
    came: float

    @property
    def error_percent(self) -> float:
        """Forecast minus what came, percent of it."""
        return 100.0 * (self.landing / self.came - 1.0)

    @property
    def rule_error_percent(self) -> float:
        """The same for the rule."""
        return 100.0 * (self.rule / self.came - 1.0)

    @property
    def is_covered(self) -> bool:
        """Whether the interval holds what came."""
        return self.low <= self.came <= self.high


def replayed(
    panel: Panel,
    accounts: Accounts,
    years: Sequence[int] = YEARS,
    known: int = MONTHS_KNOWN,
) -> list[LandingRow]:
    """Each year with its first months known: months of right, as the statistics count them."""
    return [landed(panel, accounts, year, known) for year in years]


def landed(panel: Panel, accounts: Accounts, year: int, known: int) -> LandingRow:
    """One year with so many of its months known, and what was known in the last of them."""
    this, last = (_spent(one) for one in (year, year - 1))
    so_far = this[:known].sum()
    rule = so_far + last[known:].sum() * so_far / last[:known].sum()
    return _row(panel, accounts, year, YEAR * year + known - 1, float(rule))


def foreseen(panel: Panel, accounts: Accounts, years: Sequence[int] = AHEAD) -> list[LandingRow]:
    """Each year forecast in the October before, when September is the last month known.

    ``rule``: the last twelve months times their growth over the twelve before.
    """
    rows = []
    for year in years:
        origin = YEAR * year - MONTHS_BEFORE - 1
        last, before = (_spent_until(one) for one in (origin, origin - YEAR))
        rows.append(_row(panel, accounts, year, origin, last * last / before))
    return rows


def _row(panel: Panel, accounts: Accounts, year: int, origin: int, rule: float) -> LandingRow:
    """A year forecast with what was known in a month."""
    series = la_reunion()
    months, _ = la_reunion_amounts()
    is_past = months <= origin
    paid = [
        PaidMonth(month_text(int(month) + PAID_LATER), float(count), float(euro))
        for month, count, euro in zip(
            months[is_past], series.households[is_past], _eur()[is_past], strict=True
        )
    ]
    own = Figures(series.department, months[is_past], series.households[is_past])
    past = panel.until(min(origin, panel.last_month))
    law = expected_again(last_day(origin))
    ratios = ratios_known(accounts.until(origin // YEAR - ACCOUNT_AGE_YEARS), law, origin)
    level = restarted(
        past, level_of_department(past, series.department, 1), own, YEAR * (year + 1), None
    )
    outlook = spending_of_level(level, ratios, law, paid)
    points = outlook.eur[:, (outlook.months - PAID_LATER) // YEAR == year].sum(axis=1)
    low, high = np.quantile(points, [0.05, 0.95], method="inverted_cdf")
    came = float(_spent(year).sum())
    return LandingRow(year, float(points.mean()), float(low), float(high), rule, came)


def _eur() -> Floats:
    """Euro by month of right."""
    _, amounts = la_reunion_amounts()
    found: Floats = la_reunion().households * amounts
    return found


def _spent(year: int) -> Floats:
    """Euro by month of right of a year."""
    months, _ = la_reunion_amounts()
    found: Floats = _eur()[months // YEAR == year]
    return found


def _spent_until(last: int) -> float:
    """Euro of twelve months up to one."""
    months, _ = la_reunion_amounts()
    return float(_eur()[(months > last - YEAR) & (months <= last)].sum())
