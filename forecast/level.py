"""The level of a caseload in the coming months, with the distribution of its error.

The level comes from the statistical forecast that the scoreboard scores (`forecast.backtest`),
because the simulation does not forecast levels better than simple benchmarks. The simulation keeps
the differences between scenarios.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brought.series import Floats, Series, month_text
from forecast.backtest import LONGEST_HORIZON, model_forecasts
from forecast.panel import Panel
from forecast.scores import Forecast
from forecast.single_series import forecast_series
from forecast.spread_check import learned
from sim.errors import Fault, InputError
from sim.remarks import Remark, remarked

VERIFIED_MONTHS = LONGEST_HORIZON
"""Months ahead that were scored on the past; what lies beyond is drawn dashed."""
TWO_YEARS = 24
METHOD = Remark("level_method")


@dataclass(frozen=True)
class Level:
    """Households at the end of the months after the last known one.

    ``known`` is the past; ``forecast`` has one row of equally likely points per month ahead.
    """

    known: Series
    forecast: Forecast
    notes: tuple[Remark, ...]

    @property
    def months(self) -> int:
        """How many months ahead."""
        return len(self.forecast.central)

    @property
    def first_month(self) -> int:
        """The first month ahead."""
        return self.known.last_month + 1

    @property
    def variance(self) -> Floats:
        """Variance of the error by month ahead, households²: the discrepancy of the level."""
        found: Floats = np.var(self.forecast.points, axis=-1)
        return found


def level_of_department(panel: Panel, department: str, months: int) -> Level:
    """The level of one department of the panel."""
    dynamics = learned(panel, min(months, VERIFIED_MONTHS))
    forecast = model_forecasts(dynamics, months)[department]
    return Level(panel.series(department), forecast, (METHOD, *_notes_of_months(months)))


def level_of_series(panel: Panel, series: Series, months: int) -> Level:
    """The level of a user's own series, which the panel helps; says what it cannot give."""
    known = panel.until(min(series.last_month, panel.last_month))
    dynamics = learned(known, min(months, VERIFIED_MONTHS))
    forecast = forecast_series(dynamics, series, months)
    notes = (METHOD, *_notes_of_length(series), *_notes_of_months(months))
    return Level(series, forecast, (*notes, *_notes_of_panel(panel, series)))


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


def _notes_of_months(months: int) -> list[Remark]:
    if months <= VERIFIED_MONTHS:
        return []
    return [remarked("beyond_verified", months=VERIFIED_MONTHS)]


def _notes_of_panel(panel: Panel, series: Series) -> list[Remark]:
    late = series.last_month - panel.last_month
    if late <= 0:
        return []
    return [remarked("panel_ends", last=month_text(panel.last_month), late=late)]
