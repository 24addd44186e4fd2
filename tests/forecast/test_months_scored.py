"""Scores by months: the old origins are as good as they were, a fresh series is held as it says."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from brought.series import Series, month_of
from forecast.backtest import HORIZON, ORIGINS, model_forecasts
from forecast.family_funds import la_reunion
from forecast.panel import shipped_panel
from forecast.scores import Scores, score
from forecast.single_series import forecast_series
from forecast.spread_check import learned
from ui.reports.forecast.scoreboard import GOAL_MAPE_CHOSEN, LATE
from ui.reports.forecast.scoreboard_dated import FIRST_FUNDS, GOAL_FUNDS
from ui.reports.forecast.scoreboard_text import GOAL_HIGH, GOAL_LOW

pytestmark = pytest.mark.slow

BETWEEN = 3
"""Every third month is an origin: neighbouring ones share eleven of their twelve months."""


def test_the_three_old_origins_are_not_worse_than_they_were() -> None:
    panel = shipped_panel()
    errors: dict[bool, list[float]] = {True: [], False: []}
    for origin in map(month_of, ORIGINS):
        made = model_forecasts(learned(panel.until(origin), HORIZON), HORIZON)
        for code in panel.departments:
            series = panel.series(code)
            came = series.households[series.months > origin][:HORIZON]
            errors[code in LATE].append(float(np.mean(score(made[code], came).absolute)))
    assert np.mean(errors[False]) <= GOAL_MAPE_CHOSEN
    # Departments that nobody had seen are forecast as well.
    assert np.mean(errors[True]) <= GOAL_MAPE_CHOSEN


@cache
def scored(origin: int) -> Scores:
    """La Réunion one year ahead from what was known at an origin."""
    panel, series = shipped_panel(), la_reunion()
    count = origin - series.first_month + 1
    past = Series(series.department, series.first_month, series.households[:count])
    dynamics = learned(panel.until(min(origin, panel.last_month)), HORIZON)
    came = series.households[count : count + HORIZON]
    return score(forecast_series(dynamics, past, HORIZON), came)


def test_la_reunion_by_month_is_near_and_inside_as_often_as_said() -> None:
    series = la_reunion()
    last = series.last_month - HORIZON
    every = [scored(origin) for origin in range(month_of(FIRST_FUNDS), last + 1, BETWEEN)]
    inside = float(np.mean([one.covered for one in every]))
    assert GOAL_LOW <= inside <= GOAL_HIGH
    recent = [scored(last - before) for before in (0, 6, 12)]
    assert np.mean([one.absolute for one in recent]) <= GOAL_FUNDS


def test_the_months_of_la_reunion_are_those_of_the_department_but_for_another_fund() -> None:
    """Growth of both counts from 2017 to October 2020: the farmers' fund pays few households."""
    own, panel = la_reunion(), shipped_panel().series("974")
    _, left, right = np.intersect1d(own.months, panel.months, return_indices=True)
    assert len(left) == len(panel.households)
    ratio = own.households[left] / panel.households[right]
    assert ((ratio > 0.99) & (ratio < 1.005)).all()
