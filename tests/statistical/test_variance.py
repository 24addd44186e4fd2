"""The split of variance on made-up tables whose components are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.experiments.variance import Component, Design, Split, complete, split_variance

pytestmark = pytest.mark.slow

PARAMETERS, LUCK, BOTH = 9.0, 4.0, 2.25
TABLES = 1000
Parts = tuple[float, float, float]


def made_up(
    luck: np.random.Generator, draws: int, seeds: int, design: Design, parts: Parts
) -> NDArray[np.float64]:
    """Values with known variances of draws, seeds, and both."""
    of_draw, of_seed, of_both = (
        np.sqrt(part) * luck.standard_normal(shape)
        for part, shape in zip(parts, ((draws, 1), (1, seeds), (draws, seeds)), strict=True)
    )
    if design == "nested":
        of_seed = np.sqrt(parts[1]) * luck.standard_normal((draws, seeds))
    return 100.0 + of_draw + of_seed + of_both


def splits(design: Design, draws: int, seeds: int, parts: Parts) -> list[Split]:
    luck = np.random.default_rng(2024)
    return [
        split_variance(made_up(luck, draws, seeds, design, parts), design) for _ in range(TABLES)
    ]


def check(components: list[Component | None], true: float) -> None:
    """Right on average, and inside nine intervals of ten."""
    known = [one for one in components if one is not None]
    assert len(known) == TABLES
    estimates = np.array([one.estimate for one in known])
    assert abs(estimates.mean() - true) < 4.0 * estimates.std() / np.sqrt(TABLES)
    held = np.mean([one.low <= true <= one.high for one in known])
    assert 0.87 <= held <= 0.93


@pytest.mark.parametrize(("draws", "seeds"), [(30, 5), (12, 6)])
def test_crossed_components_are_found(draws: int, seeds: int) -> None:
    found = splits("crossed", draws, seeds, (PARAMETERS, LUCK, BOTH))
    check([one.parameters for one in found], PARAMETERS)
    check([one.luck for one in found], LUCK)
    check([one.both for one in found], BOTH)


@pytest.mark.parametrize(("draws", "seeds"), [(30, 5), (12, 6)])
def test_nested_components_are_found(draws: int, seeds: int) -> None:
    found = splits("nested", draws, seeds, (PARAMETERS, LUCK, 0.0))
    check([one.parameters for one in found], PARAMETERS)
    check([one.luck for one in found], LUCK)
    assert all(one.both is None for one in found)


def test_luck_that_draws_share_does_not_take_from_the_parameters() -> None:
    values = made_up(np.random.default_rng(5), 30, 5, "crossed", (PARAMETERS, 40.0, BOTH))
    crossed, nested = split_variance(values, "crossed"), split_variance(values, "nested")
    assert crossed.parameters.low <= PARAMETERS <= crossed.parameters.high
    lost = crossed.parameters.estimate - nested.parameters.estimate
    assert lost == pytest.approx(crossed.luck.estimate / 5)
    assert lost > 2.0


def test_the_components_of_a_table_that_is_worked_by_hand() -> None:
    values = np.array([[1.0, 3.0], [5.0, 11.0]])
    found = split_variance(values, "crossed")
    # Mean squares: draws 36, seeds 16, rest 4; each with one degree of freedom.
    assert found.parameters.estimate == pytest.approx(16.0)
    assert found.luck.estimate == pytest.approx(6.0)
    assert found.both is not None
    assert found.both.estimate == pytest.approx(4.0)
    assert found.share_of_parameters == pytest.approx(16.0 / 26.0)
    assert split_variance(values, "nested").parameters.estimate == pytest.approx(13.0)


def test_what_luck_alone_gives_is_zero_with_an_end_above_it() -> None:
    found = splits("crossed", 8, 4, (0.0, LUCK, BOTH))
    below = [one.parameters for one in found if one.parameters.estimate < 0.0]
    assert len(below) > TABLES / 4
    assert all(one.variance == one.low == 0.0 for one in below)
    assert np.mean([one.parameters.high > 0.0 for one in found]) > 0.93


def test_tables_with_gaps_keep_their_whole_draws_and_seeds() -> None:
    values = np.arange(12.0).reshape(4, 3)
    values[1, 2] = np.nan
    values[3] = np.nan
    assert complete(values).tolist() == [[0.0, 1.0, 2.0], [6.0, 7.0, 8.0]]
    assert complete(np.full((2, 2), np.nan)).size == 0


@pytest.mark.parametrize("shape", [(1, 5), (5, 1), (0, 0)])
def test_too_few_values_are_not_split(shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be split"):
        split_variance(np.ones(shape), "crossed")
