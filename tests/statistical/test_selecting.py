"""The best of several: chosen at least as often as stated, whatever the luck."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from sim.experiments.intervals import FEWEST
from sim.search.selecting import EvaluateAll, Podium, Race, select

WORLDS = 120
PASSES_BY_CHANCE = 1e-3


def world(
    seed: int, means: Sequence[float], own: Sequence[float], common: float = 5.0
) -> EvaluateAll:
    """Outcomes with a part that all scenarios share and a part of their own."""
    rng = np.random.default_rng(seed)
    shared = rng.normal(0.0, common, 4000)
    values = np.array(means)[:, None] + shared
    values = values + rng.normal(0.0, 1.0, values.shape) * np.array(own)[:, None]

    def evaluate(positions: Sequence[int], numbers: Sequence[int]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = values[np.ix_(list(positions), list(numbers))]
        return found

    return evaluate


def races(means: Sequence[float], own: Sequence[float], race: Race) -> list[Podium]:
    return [select(world(seed, means, own), len(means), race) for seed in range(WORLDS)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("means", "own"),
    [
        ([10.0, 11.0, 11.0, 11.0], [3.0, 3.0, 3.0, 3.0]),
        ([10.0, 11.0, 12.0], [1.0, 4.0, 4.0]),
        ([11.0, 10.0, 14.0], [4.0, 1.0, 1.0]),
    ],
)
def test_kim_and_nelson_choose_the_best_as_often_as_stated(
    means: list[float], own: list[float]
) -> None:
    race = Race(
        is_lower_better=True, probability=0.9, simulations=4000, indifference=1.0, fewest=FEWEST
    )
    podiums = races(means, own, race)
    right = sum(podium.leaders == (int(np.argmin(means)),) for podium in podiums)
    assert right >= stats.binom.ppf(PASSES_BY_CHANCE, WORLDS, race.probability)
    assert all(podium.is_decided for podium in podiums)


@pytest.mark.slow
@pytest.mark.parametrize("own", [[2.0, 2.0, 2.0], [4.0, 1.0, 1.0]])
def test_without_a_smallest_difference_the_best_rarely_leaves_the_race(own: list[float]) -> None:
    # Two scenarios are equally good: each of them is the best and may not be thrown out.
    race = Race(is_lower_better=True, probability=0.9, simulations=160, fewest=FEWEST)
    podiums = races([10.0, 10.3, 12.0], own, race)
    kept = sum(0 in podium.leaders for podium in podiums)
    assert kept >= stats.binom.ppf(PASSES_BY_CHANCE, WORLDS, race.probability)


def test_a_clear_race_ends_early_and_shared_luck_makes_it_clear() -> None:
    race = Race(is_lower_better=False, probability=0.95, fewest=FEWEST)
    paired = select(world(1, [10.0, 12.0, 15.0], [0.5, 0.5, 0.5], common=20.0), 3, race)
    assert paired.leaders == (2,)
    assert paired.simulations == 10
    mean, ends = paired.lead(0)
    low, high = ends.low, ends.high
    assert low < mean < high
    assert low < 5.0 < high


def test_no_race_ends_before_its_outcome_has_as_many_simulations_as_it_declares() -> None:
    race = Race(is_lower_better=False, probability=0.95, fewest=20)
    podium = select(world(1, [10.0, 12.0, 15.0], [0.5, 0.5, 0.5], common=20.0), 3, race)
    assert podium.leaders == (2,)
    assert podium.simulations == 20


def test_scenarios_that_are_the_same_are_not_told_apart() -> None:
    def evaluate(positions: Sequence[int], numbers: Sequence[int]) -> NDArray[np.float64]:
        return np.array([[float(number) for number in numbers] for _ in positions])

    for indifference in (0.0, 0.5):
        podium = select(
            evaluate, 2, Race(True, simulations=40, indifference=indifference, fewest=FEWEST)
        )
        assert podium.leaders == (0, 1)
        assert not podium.is_decided


def test_missing_values_never_empty_the_race() -> None:
    rng = np.random.default_rng(4)
    values = rng.normal(0.0, 1.0, (3, 400))
    values[rng.random((3, 400)) < 0.4] = np.nan

    def evaluate(positions: Sequence[int], numbers: Sequence[int]) -> NDArray[np.float64]:
        found: NDArray[np.float64] = values[np.ix_(list(positions), list(numbers))]
        return found

    for probability in (0.5, 0.95):
        podium = select(evaluate, 3, Race(True, probability, 80, fewest=FEWEST))
        assert podium.leaders
        assert podium.best in podium.leaders


def test_one_scenario_is_no_race() -> None:
    with pytest.raises(ValueError, match="two scenarios"):
        select(world(1, [1.0], [1.0]), 1, Race(True, fewest=FEWEST))
