"""Scores and benchmarks against computations by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from forecast.benchmarks import (
    BENCHMARKS,
    COMBINATION,
    COMBINED,
    arima,
    benchmark_forecasts,
    drift,
    ets,
    last_value,
    seasonal_naive,
)
from forecast.scores import (
    POINTS,
    Forecast,
    log_normal_forecast,
    normal_forecast,
    pooled,
    score,
)

pytestmark = pytest.mark.slow

TWO_YEARS = 1000.0 + 10.0 * np.arange(24) + 30.0 * np.sin(np.pi * np.arange(24) / 6)


@pytest.mark.slow
def test_scores_by_hand() -> None:
    points = np.array([[90.0, 110.0], [200.0, 240.0]])
    scores = score(Forecast(np.array([100.0, 220.0]), points), np.array([100.0, 200.0]))
    assert scores.error == pytest.approx([0.0, 10.0])
    assert scores.absolute == pytest.approx([0.0, 10.0])
    # Mean distance to the points, less half the mean distance between two draws of them.
    assert scores.crps == pytest.approx([10.0 - 5.0, (20.0 - 10.0) / 200.0 * 100.0])
    assert list(scores.covered) == [1.0, 1.0]
    missed = score(Forecast(np.array([100.0]), points[:1]), np.array([111.0]))
    assert list(missed.covered) == [0.0]


@pytest.mark.parametrize("observed", [80.0, 100.0, 104.0, 130.0])
def test_points_of_a_normal_score_as_the_normal(observed: float) -> None:
    sd = 10.0
    scores = score(normal_forecast(np.array([100.0]), np.array([sd])), np.array([observed]))
    z = (observed - 100.0) / sd
    density = math.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    below = 0.5 * (1 + math.erf(z / math.sqrt(2)))
    exact = sd * (z * (2 * below - 1) + 2 * density - 1 / math.sqrt(math.pi))
    # Equally likely points in place of the distribution are off by less than sd / points.
    assert scores.crps[0] == pytest.approx(
        exact / observed * 100.0, abs=100 / observed * sd / POINTS
    )


def test_the_interval_is_the_central_ninety_percent() -> None:
    low, high = normal_forecast(np.array([0.0]), np.array([1.0])).interval()
    assert (low[0], high[0]) == pytest.approx((-1.645, 1.645), abs=0.01)


def test_simple_benchmarks_by_hand() -> None:
    households = np.array([100.0, 104.0, 102.0, 106.0])
    changes = np.array([4.0, -2.0, 4.0])
    still = last_value(households, 4)
    assert list(still.central) == [106.0] * 4
    assert spread_of(still, 3) == pytest.approx(2 * math.sqrt(np.mean(changes**2)), rel=0.01)
    going = drift(households, 4)
    assert going.central == pytest.approx([108.0, 110.0, 112.0, 114.0])
    own = np.std(changes, ddof=1)
    assert spread_of(going, 3) == pytest.approx(own * math.sqrt(4 * (1 + 4 / 3)), rel=0.01)


def test_seasonal_naive_repeats_the_last_year_twice() -> None:
    repeated = seasonal_naive(TWO_YEARS, 24)
    assert list(repeated.central) == [*TWO_YEARS[12:], *TWO_YEARS[12:]]
    assert spread_of(repeated, 0) == pytest.approx(120.0, rel=0.01)
    assert spread_of(repeated, 23) == pytest.approx(120.0 * math.sqrt(2), rel=0.01)


def test_the_combination_is_the_mean_of_the_three_and_their_mixture() -> None:
    found = benchmark_forecasts(TWO_YEARS, 12)
    parts = [found[name] for name in COMBINED]
    central = np.mean([part.central for part in parts], axis=0)
    assert found[COMBINATION].central == pytest.approx(central)
    assert found[COMBINATION].points.shape == (12, 3 * POINTS)
    wide = pooled([normal_forecast(np.array([mean]), np.array([1.0])) for mean in (-3.0, 3.0)])
    assert spread_of(wide, 0) == pytest.approx(math.sqrt(1 + 9), rel=0.01)


def test_short_series_have_the_benchmarks_they_allow() -> None:
    assert set(benchmark_forecasts(TWO_YEARS[:12], 12)) == {
        *(set(BENCHMARKS) - {"seasonal_naive"}),
        COMBINATION,
    }


@pytest.mark.parametrize("method", [ets, arima])
def test_fitted_benchmarks_widen_and_do_not_jump(method: object) -> None:
    walk = 10_000.0 * np.exp(np.cumsum(np.random.default_rng(4).normal(0.0, 0.01, 48)))
    forecast = method(walk, 12)  # type: ignore[operator]
    spreads = [spread_of(forecast, ahead) for ahead in range(12)]
    assert spreads == sorted(spreads)
    # The sd of a month's shock is known to about sd / √(2 × 47), 10 %; allow three times that.
    assert spreads[0] / walk[-1] == pytest.approx(0.01, rel=0.31)
    assert abs(forecast.central[0] / walk[-1] - 1) < 0.02


def spread_of(forecast: Forecast, ahead: int) -> float:
    return float(np.std(forecast.points[ahead]))


def test_the_centre_of_a_log_normal_is_its_median() -> None:
    forecast = log_normal_forecast(np.array([7.0]), np.array([0.1]))
    assert np.median(forecast.points[0]) == pytest.approx(forecast.central[0], rel=1e-3)
