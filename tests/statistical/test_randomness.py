"""Keyed chance: uniform, and independent between people, decisions and counts.

Seeds are fixed, so every test is a fixed number; its limit is the value that good chance would
exceed less than once in a million times.
"""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from sim.compiled import kernel
from sim.randomness import key_of, standard_normal, threshold, uniform
from sim.vocabulary import Decision, Stream, household_id, post_id

SEED = 1
SMALLEST_P = 1e-6
PEOPLE, DECISIONS, COUNTS = 5000, 12, 12
CELLS = 16
Draws = NDArray[np.float64]


@kernel
def _draws(seed: int, first: int, step: int, draws: Draws) -> None:
    """Fill draws[person, decision, count] for identities `first`, `first + step`, and so on."""
    for person in range(draws.shape[0]):
        key = key_of(seed, first + step * person)
        for decision in range(draws.shape[1]):
            for count in range(draws.shape[2]):
                draws[person, decision, count] = uniform(key, decision, count)


@kernel
def _thresholds(seed: int, decision: int, thresholds: Draws, uniforms: Draws) -> None:
    for person in range(len(thresholds)):
        key = key_of(seed, person)
        thresholds[person] = threshold(key, decision, 0)
        uniforms[person] = uniform(key, decision, 0)


def draws_of(
    seed: int, first: int, step: int, people: int, decisions: int = 1, counts: int = 1
) -> Draws:
    draws = np.empty((people, decisions, counts))
    _draws(seed, first, step, draws)
    return draws


@pytest.fixture(scope="module")
def cube() -> Draws:
    """Neighbouring persons of one territory x decisions x counts."""
    return draws_of(SEED, household_id(0, Stream.ARRIVAL, 0), 1, PEOPLE, DECISIONS, COUNTS)


def p_of_uniformity(values: Draws) -> float:
    return float(stats.kstest(values.ravel(), "uniform").pvalue)


def p_of_independence(one: Draws, other: Draws) -> float:
    """Chi-square of the joint cells of two aligned sets of draws against equal frequencies."""
    cells = (one * CELLS).astype(np.int64) * CELLS + (other * CELLS).astype(np.int64)
    counts = np.bincount(cells.ravel(), minlength=CELLS * CELLS)
    assert counts.sum() / len(counts) > 5
    return float(stats.chisquare(counts).pvalue)


def assert_all_above(p_values: list[float]) -> None:
    """The smallest of many p-values, corrected for their number (Bonferroni)."""
    assert min(p_values) * len(p_values) > SMALLEST_P


def test_draws_are_uniform(cube: Draws) -> None:
    assert p_of_uniformity(cube) > SMALLEST_P
    assert 0.0 < cube.min() < cube.max() < 1.0


@pytest.mark.slow
@pytest.mark.parametrize("axis", [0, 1, 2], ids=["person", "decision", "count"])
def test_draws_are_uniform_along_every_key(cube: Draws, axis: int) -> None:
    slices = np.moveaxis(cube, axis, 0)
    assert_all_above([p_of_uniformity(part) for part in slices[: 12 if axis else 500]])


@pytest.mark.parametrize("axis", [0, 1, 2], ids=["person", "decision", "count"])
def test_neighbours_are_independent(cube: Draws, axis: int) -> None:
    """Draws whose keys differ by one step in one word."""
    lined = np.moveaxis(cube, axis, 0)
    assert p_of_independence(lined[:-1], lined[1:]) > SMALLEST_P


def test_pairs_of_decisions_are_independent(cube: Draws) -> None:
    first = cube[:, :, 0]
    pairs = combinations(range(DECISIONS), 2)
    assert_all_above([p_of_independence(first[:, one], first[:, other]) for one, other in pairs])


def test_pairs_of_counts_are_independent(cube: Draws) -> None:
    first = cube[:, 0, :]
    pairs = combinations(range(COUNTS), 2)
    assert_all_above([p_of_independence(first[:, one], first[:, other]) for one, other in pairs])


def test_decision_and_count_do_not_trade_places(cube: Draws) -> None:
    """(decision a, count b) says nothing about (decision b, count a)."""
    above = np.triu_indices(min(DECISIONS, COUNTS), 1)
    one, other = cube[:, above[0], above[1]], cube[:, above[1], above[0]]
    assert p_of_independence(one, other) > SMALLEST_P
    assert not np.any(one == other)


@pytest.mark.parametrize("step", [1, 2, 1 << 3, 1 << 24, 1 << 27, 1 << 32])
def test_every_stride_of_identities_is_good(step: int) -> None:
    """Members, households, streams, territories and posts lie at these strides."""
    draws = draws_of(SEED, 0, step, 40_000)[:, 0, 0]
    assert p_of_uniformity(draws) > SMALLEST_P
    assert p_of_independence(draws[:-1], draws[1:]) > SMALLEST_P


def test_seeds_are_independent_of_each_other() -> None:
    worlds = [draws_of(seed, 0, 8, 40_000)[:, 0, 0] for seed in (0, 1, 2, 1_000_004, 2**31 - 1)]
    assert_all_above([p_of_independence(one, other) for one, other in combinations(worlds, 2)])


def test_no_two_keys_meet() -> None:
    """64-bit keys of 400,000 identities under two seeds: a repetition would be a fault."""
    keys = [
        int(key_of(seed, household_id(territory, stream, number) + member))
        for seed in (1, 2)
        for territory in (0, 1, 2)
        for stream in (Stream.HISTORY, Stream.ARRIVAL)
        for number in range(11_000)
        for member in (0, 1, 2)
    ]
    keys += [
        int(key_of(1, post_id(0, role, False, number))) for role in (0, 1) for number in range(99)
    ]
    assert len(set(keys)) == len(keys)


def test_a_threshold_is_unit_exponential_and_grows_with_its_uniform() -> None:
    exponential, uniforms = np.empty(20_000), np.empty(20_000)
    _thresholds(SEED, int(Decision.PERSON_CLOCK), exponential, uniforms)
    assert stats.kstest(exponential, "expon").pvalue > SMALLEST_P
    assert np.array_equal(np.argsort(exponential), np.argsort(uniforms))


@pytest.mark.slow
def test_the_normal_quantile_is_that_of_scipy() -> None:
    """AS 241 is exact to about 16 figures; 1e-14 leaves room for the rounding of both."""
    inner = np.linspace(0.001, 0.999, 9999)
    tails = 10.0 ** -np.arange(4.0, 300.0)
    for u in np.concatenate([inner, tails, 1.0 - tails[:12]]):
        expected = float(stats.norm.ppf(u))
        assert standard_normal(float(u)) == pytest.approx(expected, rel=1e-13, abs=1e-15)
    assert standard_normal(0.5) == 0.0
    assert standard_normal(0.975) == pytest.approx(1.959963984540054, rel=1e-15)


def test_normal_draws_have_the_normal_law() -> None:
    draws = draws_of(SEED, 0, 8, 20_000)[:, 0, 0]
    normals = np.array([standard_normal(float(u)) for u in draws])
    assert stats.kstest(normals, "norm").pvalue > SMALLEST_P
    assert abs(normals.mean()) < 4.5 / math.sqrt(len(normals))
