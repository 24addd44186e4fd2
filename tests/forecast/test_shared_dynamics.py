"""The forecaster that learns from many departments: no look-ahead, exact, calibrated on its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from brought.series import Series, month_of
from forecast.backtest import MODEL, backtest_panel, backtest_series, model_forecasts
from forecast.common_path import common_path
from forecast.growth import MEDIANS, covariance_and_slopes, growth_covariance, sums_over
from forecast.growth_outlook import outlook
from forecast.known import log_density, log_density_and_slopes
from forecast.panel import Panel, shipped_panel
from forecast.scores import HEAVY_POINTS
from forecast.shared_dynamics import (
    Dynamics,
    deviations_known,
    fit_dynamics,
    months_of_growth,
)
from forecast.single_series import growth_of_series, spread_of_series
from sim.errors import InputError

pytestmark = pytest.mark.slow

ORIGIN = month_of("2018-06")
CALM = month_of("2019-12")
"""A month before every emergency."""


def small_panel(count: int = 12) -> Panel:
    panel = shipped_panel()
    return replace(
        panel, departments=panel.departments[:count], households=panel.households[:count].copy()
    )


def disturbed(panel: Panel, where: np.ndarray) -> Panel:
    noise = np.exp(np.random.default_rng(3).normal(0.0, 0.2, panel.households.shape))
    return replace(panel, households=np.where(where, panel.households * noise, panel.households))


def test_later_months_never_change_a_forecast() -> None:
    panel = small_panel()
    later = disturbed(panel, panel.months > ORIGIN)
    earlier = disturbed(panel, panel.months == ORIGIN - 1)
    as_it_was, with_later, with_earlier = (
        backtest_panel(one, [ORIGIN], 6, panel.departments[:3]) for one in (panel, later, earlier)
    )
    assert {row.method for row in as_it_was} >= {MODEL, "ets", "arima", "combination"}
    for row, other in zip(as_it_was, with_later, strict=True):
        assert np.array_equal(row.forecast.points, other.forecast.points), row.method
        assert np.array_equal(row.forecast.central, other.forecast.central), row.method
        assert not np.array_equal(row.observed, other.observed)
    for row, other in zip(as_it_was, with_earlier, strict=True):
        if row.method == MODEL:
            assert not np.array_equal(row.forecast.central, other.forecast.central)


@pytest.mark.slow
def test_later_months_never_change_a_forecast_of_a_file() -> None:
    panel = small_panel()
    series = panel.series(panel.departments[0])
    changed = Series(
        series.department,
        series.first_month,
        np.where(series.months > ORIGIN, 1.3 * series.households, series.households),
    )
    later = disturbed(panel, panel.months > ORIGIN)
    rows, _ = backtest_series(panel, series, [ORIGIN], 6)
    others, _ = backtest_series(later, changed, [ORIGIN], 6)
    for row, other in zip(rows, others, strict=True):
        assert np.array_equal(row.forecast.points, other.forecast.points), row.method


def test_an_origin_needs_a_year_before_it_and_what_came_after_it() -> None:
    panel = small_panel()
    with pytest.raises(InputError, match="2018-01 or later"):
        backtest_panel(panel, [month_of("2017-12")], 6)
    with pytest.raises(InputError, match="2019-10 or earlier"):
        backtest_panel(panel, [month_of("2019-11")], 12)


def test_the_season_adds_up_to_nothing_over_a_year() -> None:
    logs = np.log([1e-6, 1e-6, 1e-6, 12.0, 1e-6, 0.4, 0.8, 1e6, 1.0, 12.0])
    months = np.arange(24)
    covariance = growth_covariance(logs, months, CALM)
    year = sums_over([-1, 11, 23], months)
    assert year @ covariance @ year.T == pytest.approx(np.zeros((2, 2)), abs=1e-5)
    assert np.mean(np.diag(covariance)) == pytest.approx(0.16, rel=1e-6)


def test_covariances_are_positive_and_persist_as_said() -> None:
    months = np.arange(60)
    covariance = growth_covariance(MEDIANS, months, CALM)
    assert np.linalg.eigvalsh(covariance).min() > 0
    slow = np.log([1e-9, 1e-9, 0.2, 12.0, 1e-9, 1e-9, 1.0, 5.0, 1.0, 12.0])
    row = growth_covariance(slow, months, CALM)[0]
    assert row[[0, 12, 24]] == pytest.approx([0.04, 0.02, 0.01])


def simulated(rng: np.random.Generator, departments: int, months: int) -> tuple[Panel, Dynamics]:
    """A panel that follows the model with the medians of the priors."""
    first = month_of("2017-01")
    when = np.arange(first, first + months)
    root = np.linalg.cholesky(growth_covariance(MEDIANS, when[1:], CALM))
    spreads = 2.0 / rng.chisquare(4.0, departments) * 2.0
    own = rng.normal(size=(departments, months - 1)) @ root.T * np.sqrt(spreads)[:, None]
    growth = own + root @ rng.normal(size=months - 1)
    levels = np.cumsum(np.hstack([np.zeros((departments, 1)), growth]), axis=1)
    names = tuple(f"{number:02d}" for number in range(departments))
    panel = Panel(names, when, 10_000.0 * np.exp(levels / 100.0), first)
    weights = (1.0 / spreads) / np.sum(1.0 / spreads)
    return panel, Dynamics(panel, MEDIANS, MEDIANS, 4.0, spreads, weights)


def test_a_forecast_is_the_conditional_mean_of_the_whole_panel() -> None:
    """Against one Gaussian of all departments and months at once, without the shortcut."""
    panel, truth = simulated(np.random.default_rng(5), 4, 16)
    horizon = 3
    when = np.append(panel.months[1:], panel.last_month + np.arange(1, horizon + 1))
    kernel = growth_covariance(MEDIANS, when, CALM)
    whole = np.kron(np.ones((4, 4)) + np.diag(truth.spreads), kernel)
    is_known = np.tile(np.arange(len(when)) < 15, 4)
    growth = 100.0 * np.diff(np.log(panel.households), axis=1).ravel()
    across = whole[np.ix_(is_known, ~is_known)]
    gain = np.linalg.solve(whole[np.ix_(is_known, is_known)], across)
    exact = np.cumsum((growth @ gain).reshape(4, horizon), axis=1)
    left = whole[np.ix_(~is_known, ~is_known)] - across.T @ gain
    adding = np.kron(np.eye(4), np.tril(np.ones((horizon, horizon))))
    variance = np.diag(adding @ left @ adding.T).reshape(4, horizon)
    found = outlook(truth, horizon)
    assert found.mean == pytest.approx(exact, abs=1e-6)
    assert found.common_variance + found.own_variance == pytest.approx(variance, rel=1e-6)


def test_intervals_hold_what_the_model_itself_brings() -> None:
    inside = []
    for seed in range(8):
        panel, _ = simulated(np.random.default_rng(seed), 30, 32)
        known = panel.until(int(panel.months[-7]))
        forecasts = model_forecasts(fit_dynamics(known), 6)
        for row, name in enumerate(panel.departments):
            low, high = forecasts[name].interval()
            came = panel.households[row, -1]
            inside.append(float(low[-1] <= came <= high[-1]))
    # 8 worlds × 30 departments, but one common path per world: the standard error is that of
    # between 8 and 240 draws; the mean over worlds measures it.
    worlds = np.mean(np.reshape(inside, (8, 30)), axis=1)
    error = max(float(np.std(worlds, ddof=1)) / np.sqrt(8), np.sqrt(0.09 / 240))
    assert abs(np.mean(inside) - 0.90) < 3 * error


def test_a_file_of_a_member_is_forecast_as_the_member() -> None:
    panel = shipped_panel().until(ORIGIN)
    dynamics = fit_dynamics(panel)
    every = model_forecasts(dynamics, 12)
    apart = []
    for name in panel.departments[::8]:
        series = panel.series(name)
        spread = spread_of_series(dynamics, series)
        mean, sd = growth_of_series(dynamics, series, 12, spread)
        logs = 100.0 * np.log(every[name].points / series.households[-1])
        width = np.std(logs, axis=-1) / np.std(HEAVY_POINTS)
        apart.append(np.max(np.abs(mean - np.median(logs, axis=-1)) / width))
        assert sd == pytest.approx(width, rel=0.35)
    # Ends of year before 2017 are known for members only.
    assert np.median(apart) < 0.35


def test_slopes_are_what_a_small_step_brings() -> None:
    """Of the covariance and of the density by each parameter, across the epidemic of 2020."""
    panel = small_panel(5).until(month_of("2020-10"))
    months, step = months_of_growth(panel, 0), 1e-5
    known = deviations_known(panel, common_path(panel, np.ones(5)), months)
    logs = MEDIANS + np.linspace(-0.3, 0.3, len(MEDIANS))

    def density(at: np.ndarray, tail: float) -> float:
        return log_density(growth_covariance(at, months, panel.last_month), tail, known)

    covariance, slopes = covariance_and_slopes(logs, months, panel.last_month)
    found, by_covariance, by_tail = log_density_and_slopes(covariance, 4.0, known)
    assert found == density(logs, 4.0)
    for place, slope in enumerate(slopes):
        ends = [logs + sign * step * (np.arange(len(logs)) == place) for sign in (1.0, -1.0)]
        before, after = (growth_covariance(end, months, panel.last_month) for end in ends)
        assert slope == pytest.approx((before - after) / (2 * step), abs=1e-8)
        upper, lower = (density(end, 4.0) for end in ends)
        moved = np.sum(slope * by_covariance)
        assert moved == pytest.approx((upper - lower) / (2 * step), rel=1e-5, abs=1e-4)
    change = (density(logs, 4.0 + step) - density(logs, 4.0 - step)) / (2 * step)
    assert by_tail == pytest.approx(change, rel=1e-5)
