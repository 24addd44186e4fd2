"""The mean amount of the country's households, forecast from one December to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from forecast.benchmarks import YEAR
from forecast.family_funds import december_amounts
from forecast.scores import log_normal_forecast
from forecast.spending.accounts import Accounts
from forecast.spending.base_amounts import Upratings, expected_again, last_day
from forecast.spending.ratio import Decembers
from forecast.spending.scored import ratios_known

YEARS = (2021, 2022, 2023, 2024)
PERCENT = 100.0


@dataclass(frozen=True)
class DecemberRow:
    """The mean amount of a December, euro: forecast a year before with its 90 % interval, and seen.

    ``told``: the forecast with the base amounts that came, which were known only later;
    ``one_to_one``: the last one times what the base amount gained, known as late; ``unchanged``:
    the last one.
    """

    year: int
    forecast: float
    low: float
    high: float
    told: float
    one_to_one: float
    unchanged: float
    came: float

    @property
    def errors_percent(self) -> tuple[float, ...]:
        """Forecast, told, one to one and unchanged: their errors, percent of what came."""
        found = (self.forecast, self.told, self.one_to_one, self.unchanged)
        return tuple(PERCENT * (one / self.came - 1.0) for one in found)

    @property
    def is_covered(self) -> bool:
        """Whether the interval holds what came."""
        return self.low <= self.came <= self.high


def replayed_decembers(
    accounts: Accounts, years: Sequence[int] = YEARS, known: Decembers | None = None
) -> list[DecemberRow]:
    """Each December with what was known in the one before: accounts until the year before that."""
    seen = known or Decembers(*december_amounts())
    return [_forecast(accounts, year, seen) for year in years]


def _forecast(accounts: Accounts, year: int, seen: Decembers) -> DecemberRow:
    last, asked = (np.array([YEAR * one + YEAR - 1]) for one in (year - 1, year))
    origin = int(last[0])
    law = expected_again(last_day(origin))
    ratios = ratios_known(accounts.until(year - 2), law, origin)
    ratios = replace(ratios, decembers=seen.until(origin))
    mean, left = ratios.country(asked)
    sd = np.sqrt(left[0, 0] + (law.sd / (1.0 + law.share)) ** 2)
    spread = log_normal_forecast(mean + law.log_base(asked), np.array([sd]))
    low, high = spread.interval()
    before, came = (float(seen.eur[seen.months == month][0]) for month in (origin, int(asked[0])))
    came_of_law = Upratings(date.max, 0.0, 0.0)
    gained = came_of_law.log_base(asked) - came_of_law.log_base(last)
    told = np.exp(mean + came_of_law.log_base(asked))
    return DecemberRow(
        year, float(spread.central[0]), float(low[0]), float(high[0]), float(told[0]),
        before * float(np.exp(gained[0])), before, came,
    )  # fmt: skip
