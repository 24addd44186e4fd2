"""Intervals of the mean of few simulations: they hold, or say that there are too few."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.experiments.comparison import estimate
from sim.experiments.intervals import (
    ENOUGH_OF_A_MIXTURE,
    FEWEST,
    FEWEST_FOR_EVENTS,
    Ends,
    half_width,
    interval_of,
    mean_interval,
)
from ui.reports.wording import ends_text

GROUPS = 4000
LOWEST, HIGHEST = 0.85, 0.95


def skewed_queue(chance: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """A wait that is short in most runs and long where a queue forms."""
    return np.round(chance.gamma(0.7, 20.0, shape), 3) + 0.001


def rare_exits(chance: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """One household more or less in a run of four."""
    gained, lost = chance.poisson(0.22, shape), chance.poisson(0.05, shape)
    return (gained - lost).astype(np.float64)


def rare_waits(chance: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """No difference in most runs, and any size in the others."""
    return np.where(chance.random(shape) < 0.7, 0.0, -chance.lognormal(1.0, 1.0, shape))


def half_of_runs(chance: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Persons who lost a job, some in about half of the runs."""
    return chance.poisson(0.55, shape).astype(np.float64)


def most_runs(chance: np.random.Generator, shape: tuple[int, int]) -> np.ndarray:
    """Persons who gained a job, a few in nearly every run."""
    return chance.poisson(3.0, shape).astype(np.float64)


@pytest.mark.parametrize(
    ("draw", "count", "mean"),
    [
        (skewed_queue, 6, 14.001),
        (skewed_queue, 12, 14.001),
        (skewed_queue, 50, 14.001),
        (rare_exits, 20, 0.17),
        (rare_exits, 50, 0.17),
        (rare_waits, 75, -0.3 * math.exp(1.0 + 0.5)),
        (rare_waits, 100, -0.3 * math.exp(1.0 + 0.5)),
        (half_of_runs, FEWEST_FOR_EVENTS, 0.55),
        (half_of_runs, 30, 0.55),
        (half_of_runs, 50, 0.55),
        (most_runs, 12, 3.0),
        (most_runs, 20, 3.0),
    ],
)
def test_nine_in_ten_intervals_hold_the_mean(draw: object, count: int, mean: float) -> None:
    values = draw(np.random.default_rng(count), (count, GROUPS))  # type: ignore[operator]
    found = mean_interval(values, FEWEST)
    given = ~np.isnan(found.low)
    assert given.mean() > 0.4
    holds = (found.low <= mean) & (mean <= found.high)
    assert LOWEST <= holds[given].mean() <= HIGHEST


@pytest.mark.parametrize("count", [8, 12, FEWEST_FOR_EVENTS - 1])
def test_single_events_of_few_simulations_have_no_interval(count: int) -> None:
    values = half_of_runs(np.random.default_rng(count), (count, GROUPS))
    values = values[:, (values != 0.0).sum(axis=0) * 2 <= count]
    found = mean_interval(values, FEWEST)
    assert np.isnan(found.low).all()
    assert (found.needed >= FEWEST_FOR_EVENTS).all()


@pytest.mark.parametrize("differing", range(4, FEWEST_FOR_EVENTS + 1))
def test_no_number_of_values_that_differ_is_without_interval(differing: int) -> None:
    values = np.zeros(FEWEST_FOR_EVENTS)
    values[:differing] = 1.0 + np.arange(differing) % 3
    assert interval_of(values, FEWEST).is_known


def test_normal_values_have_students_interval_or_a_little_more() -> None:
    values = np.random.default_rng(5).normal(3.0, 2.0, (12, GROUPS))
    found = mean_interval(values, FEWEST)
    low, high = stats.t.interval(0.9, 11, loc=values.mean(axis=0), scale=stats.sem(values))
    assert (found.low <= low + 1e-9).all()
    assert (found.high >= high - 1e-9).all()
    assert np.median((found.high - found.low) / (high - low)) < 1.1


def test_values_that_are_all_the_same_have_no_interval() -> None:
    for value in (0.0, -2.0, 0.125):
        found = interval_of(np.full(6, value), FEWEST)
        assert math.isnan(found.low)
        assert math.isnan(found.high)
        assert found.differing == 0
        assert found.needed > 6


def test_a_zero_width_is_never_given() -> None:
    chance = np.random.default_rng(2)
    for count in range(1, 15):
        values = chance.integers(-1, 2, (count, 500)) * (chance.random((count, 500)) < 0.3)
        found = mean_interval(values.astype(np.float64), FEWEST)
        given = ~np.isnan(found.low)
        assert (found.high[given] > found.low[given]).all()
        assert (found.needed[~given] > count).all()


def test_so_many_replications_as_are_needed_usually_give_an_interval() -> None:
    chance = np.random.default_rng(7)
    few = rare_waits(chance, (12, GROUPS))
    needed = int(np.median(mean_interval(few, FEWEST).needed))
    more = mean_interval(rare_waits(chance, (needed, GROUPS)), FEWEST)
    assert np.isfinite(more.low).mean() > 0.6


def test_counts_that_were_all_gained_leave_losses_possible() -> None:
    found = interval_of(np.array([1.0, 0.0, 0.0, 0.0, 0.0] * 4), FEWEST)
    assert found.is_known
    assert found.low < 0.2 < found.high
    assert found.high - 0.2 == pytest.approx((stats.gamma.ppf(0.95, 4.5) - 4.0) / 20.0)


def test_small_whole_numbers_without_a_zero_may_still_hide_a_large_one() -> None:
    found = interval_of(np.array([-3.0, 1.0, -1.0, 2.0, -2.0, 3.0]), FEWEST)
    assert not found.is_known
    assert interval_of(np.array([-13.0, 21.0, -11.0, 32.0, -12.0, 7.0]), FEWEST).is_known


def test_one_large_value_among_zeros_is_not_an_interval() -> None:
    found = interval_of(np.array([0.0, 0.0, -37.5, 0.0, 0.0, -0.25]), FEWEST)
    assert not found.is_known
    assert found.differing == 2
    assert found.needed == math.ceil(
        (ENOUGH_OF_A_MIXTURE + math.sqrt(ENOUGH_OF_A_MIXTURE)) * 7 / 2.5
    )


def test_missing_values_are_left_out_of_their_own_cell_alone() -> None:
    values = np.random.default_rng(3).normal(0.0, 1.0, (8, 3))
    holes = values.copy()
    holes[:3, 1], holes[:, 2] = np.nan, np.nan
    found = mean_interval(holes, FEWEST)
    assert found.replications.tolist() == [8, 5, 0]
    assert found.low[0] == mean_interval(values, FEWEST).low[0]
    assert found.high[1] == interval_of(values[3:, 1], FEWEST).high
    assert np.isnan([found.mean[2], found.low[2], found.needed[2]]).all()


def test_too_few_simulations_say_how_many() -> None:
    for count in (1, FEWEST - 1):
        found = interval_of(np.arange(1.5, 1.5 + count), FEWEST)
        assert not found.is_known
        assert FEWEST <= found.needed <= FEWEST + 1
    assert interval_of(np.empty(0), FEWEST).replications == 0


def test_fewer_values_than_declared_give_no_interval_and_say_how_many_do() -> None:
    values = np.random.default_rng(6).normal(5.0, 1.0, (20, 2))
    found = mean_interval(values[:6], np.array([FEWEST, 20]))
    assert np.isnan(found.low).tolist() == [False, True]
    assert found.needed[1] == 20.0
    assert found.mean[1] == pytest.approx(values[:6, 1].mean())
    assert not interval_of(values[:19, 1], 20).is_known
    told = interval_of(values[:, 1], 20)
    assert told[:4] == interval_of(values[:, 1], FEWEST)[:4]
    assert told.is_known
    assert math.isnan(told.needed)
    assert math.isinf(half_width(values[:19, 1], 20))


def test_replications_without_a_value_ask_for_more_than_are_declared() -> None:
    values = np.random.default_rng(6).normal(5.0, 1.0, 12)
    values[::4] = np.nan
    found = interval_of(values, 20)
    assert found.needed == math.ceil(20 * 12 / 9)


def test_rare_values_may_need_more_than_are_declared() -> None:
    found = interval_of(np.array([0.0, 0.0, -37.5, 0.0, 0.0, -0.25]), 20)
    assert found.needed == interval_of(np.array([0.0, 0.0, -37.5, 0.0, 0.0, -0.25]), FEWEST).needed
    assert found.needed > 20


def test_the_interval_follows_sign_and_unit() -> None:
    values = skewed_queue(np.random.default_rng(1), (9, 1))[:, 0]
    found, turned = interval_of(values, FEWEST), interval_of(-100.0 * values, FEWEST)
    assert turned.low == pytest.approx(-100.0 * found.high)
    assert turned.high == pytest.approx(-100.0 * found.low)


def test_a_higher_level_is_wider() -> None:
    values = np.random.default_rng(4).normal(0.0, 1.0, 10)
    assert (
        half_width(values, FEWEST, 0.8)
        < half_width(values, FEWEST)
        < half_width(values, FEWEST, 0.99)
    )
    with pytest.raises(ValueError, match="level"):
        half_width(values, FEWEST, 1.0)


def test_estimates_keep_what_their_interval_lacks() -> None:
    before = np.zeros((6, 2))
    after = np.array([[0.0, 0.1 * number] for number in range(1, 7)])
    found = estimate(before, after, FEWEST)
    assert found.difference == pytest.approx([0.0, 0.35])
    assert np.isnan(found.low).tolist() == [True, False]
    assert found.differing.tolist() == [0, 6]


@pytest.mark.parametrize(
    ("ends", "english", "french"),
    [
        (Ends(1.0, 2.0, 6, 6, math.nan), "[+1, +2]", "[+1 ; +2]"),
        (
            Ends(math.nan, math.nan, 6, 2, 137.0),
            "too few replications: about 140 needed",
            "trop peu de simulations : environ 140 nécessaires",
        ),
        (
            Ends(math.nan, math.nan, 6, 0, 140.0),
            "the same in all 6 replications",
            "identique dans les 6 simulations",
        ),
        (Ends(math.nan, math.nan, 0, 0, math.nan), "–", "–"),
        (
            Ends(-0.2, 0.3, 6, 6, math.nan),
            "[0, 0], to the digit shown",
            "[0 ; 0], au chiffre affiché près",
        ),
    ],
)
def test_what_is_told(ends: Ends, english: str, french: str) -> None:
    assert ends_text(ends, "households") == english
    assert ends_text(ends, "households", "fr") == french
    over_draws = ends_text(ends, "households", is_over_draws=True)
    assert over_draws == english.replace("replications", "draws")
    over_draws = ends_text(ends, "households", "fr", is_over_draws=True)
    assert over_draws == french.replace("simulations", "tirages")
