"""Sensitivity on functions whose indices are known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.errors import InputError
from sim.search.sensitivity import decompose, points_of, screen

SIMULATIONS = 4


def with_chance(values: NDArray[np.float64], size: float) -> NDArray[np.float64]:
    """Each point under the same simulations: chance that all points share, and a little more."""
    rng = np.random.default_rng(1)
    shared = rng.normal(0.0, 5.0, SIMULATIONS)
    noise: NDArray[np.float64] = (
        values[:, None] + shared + rng.normal(0.0, size, (len(values), SIMULATIONS))
    )
    return noise


def ishigami(points: NDArray[np.float64]) -> NDArray[np.float64]:
    x = (2.0 * points - 1.0) * math.pi
    values: NDArray[np.float64] = (
        np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    )
    return values


def test_morris_finds_the_effects_of_a_straight_line() -> None:
    slopes = np.array([6.0, -3.0, 0.0])
    found = screen(lambda points: with_chance(points @ slopes, 0.01), 3, 12)
    assert found.points == points_of("morris", 3, 12)
    assert found.order == [0, 1, 2]
    for effect, slope in zip(found.effects, slopes, strict=True):
        # A straight line has no spread: what is left is the chance of single runs.
        assert effect.mean == pytest.approx(slope, abs=0.05)
        assert effect.size == pytest.approx(abs(slope), abs=0.05)
        assert effect.spread < 0.1
    assert not found.effects[0].is_unclear
    assert found.chance == pytest.approx(
        np.random.default_rng(1).normal(0.0, 5.0, 4).std(ddof=1), rel=0.1
    )


def test_morris_tells_an_interaction_by_its_spread() -> None:
    found = screen(lambda points: with_chance(4.0 * points[:, 0] * points[:, 1], 0.0), 2, 20)
    assert all(effect.spread > 0.5 for effect in found.effects)


def test_sobol_finds_the_indices_of_ishigami() -> None:
    found = decompose(lambda points: with_chance(ishigami(points), 0.0), 3, 1024)
    # Known in closed form: Saltelli et al., Global Sensitivity Analysis, 2008, with a = 7, b = 0.1.
    for effect, first, total in zip(
        found.effects, (0.314, 0.442, 0.0), (0.558, 0.442, 0.244), strict=True
    ):
        assert effect.mean == pytest.approx(first, abs=0.05)
        assert effect.size == pytest.approx(total, abs=0.05)
        assert effect.low <= total + 0.03
        assert effect.high >= total - 0.03
    assert found.points == points_of("sobol", 3, 1024)


def test_an_outcome_that_nothing_changes_has_no_indices() -> None:
    found = decompose(lambda points: np.ones((len(points), SIMULATIONS)), 2, 8)
    assert [effect.size for effect in found.effects] == [0.0, 0.0]
    assert all(effect.is_unclear for effect in found.effects)


def with_a_hole(points: NDArray[np.float64]) -> NDArray[np.float64]:
    values = np.ones((len(points), 1))
    values[0] = np.nan
    return values


def test_a_missing_value_is_refused() -> None:
    with pytest.raises(InputError, match="no value in 1 of"):
        screen(with_a_hole, 2, 2)
