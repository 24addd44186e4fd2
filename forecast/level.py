"""The level of a caseload in the coming months, with the distribution of its error.

The level comes from the statistical forecast that the scoreboard scores (`forecast.backtest`),
because the simulation does not forecast levels better than simple benchmarks. The simulation keeps
the differences between scenarios.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from brought.series import Floats, Series, month_text
from forecast.backtest import model_forecasts
from forecast.benchmarks import YEAR
from forecast.december_backtest import LONGEST_YEARS
from forecast.family_funds import FUNDS_FILE, la_reunion
from forecast.growth_outlook import outlook
from forecast.panel import Figures, Panel
from forecast.scores import Forecast
from forecast.shared_dynamics import Dynamics
from forecast.single_series import forecast_series
from forecast.spread_check import learned
from sim.errors import Fault, InputError
from sim.remarks import Remark, remarked

VERIFIED_MONTHS = YEAR * LONGEST_YEARS
"""Months ahead that were scored on the past; what lies beyond is drawn dashed."""
TWO_YEARS = 24
METHOD = Remark("level_method")


@dataclass(frozen=True)
class Level:
    """Households at the end of the months after the last known figure.

    ``known`` is the past; ``forecast`` has one row of equally likely points per month ahead.
    ``today`` is the month in which it is asked: months before it are over, though what they brought
    is not known here. Without it no month counts as over. ``correlation`` is that of the errors
    between months ahead.
    """

    known: Series | Figures
    forecast: Forecast
    notes: tuple[Remark, ...]
    today: int | None = None
    correlation: Floats | None = None

    @property
    def months(self) -> int:
        """How many months ahead."""
        return len(self.forecast.central)

    @property
    def first_month(self) -> int:
        """The first month ahead."""
        return self.known.last_month + 1

    @property
    def age_months(self) -> int | None:
        """How old the last known figure is; None when nobody said what day it is."""
        return None if self.today is None else max(self.today - self.known.last_month, 0)

    @property
    def months_over(self) -> int:
        """How many of the months ahead are over, though not observed here."""
        return min(max((self.age_months or 0) - 1, 0), self.months)

    @property
    def variance(self) -> Floats:
        """Variance of the error by month ahead, households²: the discrepancy of the level."""
        found: Floats = np.var(self.forecast.points, axis=-1)
        return found


def usual_months(last_month: int, today: int | None) -> int:
    """Months ahead that answer: two years, and a year from today when the last figure is old."""
    return TWO_YEARS if today is None else max(TWO_YEARS, today - last_month + YEAR)


def level_of_department(
    panel: Panel, department: str, months: int | None = None, today: int | None = None
) -> Level:
    """The level of one department of the panel, from its last known figure, whatever its date."""
    known = panel.figures(department)
    months = months or usual_months(known.last_month, today)
    dynamics = learned(panel, min(months, VERIFIED_MONTHS))
    forecast = model_forecasts(dynamics, months)[department]
    level = _level(known, forecast, (METHOD, *_notes_of_funds(known)), today)
    return replace(level, correlation=_correlation(dynamics, months, department))


def level_of_series(
    panel: Panel, series: Series, months: int | None = None, today: int | None = None
) -> Level:
    """The level of a user's own series, which the panel helps; says what it cannot give."""
    months = months or usual_months(series.last_month, today)
    known = panel.until(min(series.last_month, panel.last_month))
    dynamics = learned(known, min(months, VERIFIED_MONTHS))
    forecast = forecast_series(dynamics, series, months)
    notes = (METHOD, *_notes_of_length(series), *_notes_of_panel(panel, series))
    level = _level(series, forecast, notes, today)
    return replace(level, correlation=_correlation(dynamics, months, series.department))


def begun_again(level: Level, known: Figures, forecast: Forecast, correlation: Floats) -> Level:
    """A department's level that begins at figures of its own, with what is to be said of it."""
    again = _level(known, forecast, (METHOD,), level.today)
    return replace(again, correlation=correlation)


def _level(
    known: Series | Figures, forecast: Forecast, notes: tuple[Remark, ...], today: int | None
) -> Level:
    level = Level(known, forecast, notes, today)
    return replace(level, notes=(*notes, *_notes_of_months(level.months), *_notes_of_age(level)))


def _correlation(dynamics: Dynamics, months: int, department: str | None) -> Floats:
    """Correlation of errors between months ahead: of a department, else of one with a usual spread.

    A series of a user's own moves as the departments do; its size is that of its own errors.
    """
    ahead = outlook(dynamics, months)
    codes = dynamics.panel.departments
    own = ahead.own[codes.index(department)] if department in codes else ahead.own.mean(axis=0)
    covariance = ahead.common + own
    sd = np.sqrt(np.diag(covariance))
    found: Floats = covariance / np.outer(sd, sd)
    return found


def check_department(panel: Panel, code: str) -> None:
    """Refuse a department without a monthly series; raises `InputError`."""
    if code not in panel.departments:
        accepted = f"one of {', '.join(panel.departments)}, or --series with its own file"
        raise InputError([Fault("panel", "department", repr(code), accepted)])


def _notes_of_length(series: Series) -> list[Remark]:
    count = len(series.households)
    if count >= TWO_YEARS:
        return []
    return [remarked("short_series", count=count, two_years=TWO_YEARS)]


def beyond_verified() -> Remark:
    """That months ahead were not verified on the past."""
    return remarked("beyond_verified", months=VERIFIED_MONTHS)


def _notes_of_months(months: int) -> list[Remark]:
    if months <= VERIFIED_MONTHS:
        return []
    return [beyond_verified()]


def _notes_of_funds(known: Figures) -> list[Remark]:
    funds = la_reunion()
    if known.department != funds.department or known.last_month >= funds.last_month:
        return []
    return [remarked("fresher_series", last=month_text(funds.last_month), file=str(FUNDS_FILE))]


def _notes_of_age(level: Level) -> list[Remark]:
    over = level.months_over
    if not over:
        return []
    last = month_text(level.known.last_month + over)
    if over < level.months:
        return [remarked("months_over", count=over, last=last)]
    enough = usual_months(level.known.last_month, level.today)
    return [remarked("every_month_over", count=over, last=last, enough=enough)]


def _notes_of_panel(panel: Panel, series: Series) -> list[Remark]:
    late = series.last_month - panel.last_month
    if late <= 0:
        return []
    return [remarked("panel_ends", last=month_text(panel.last_month), late=late)]
