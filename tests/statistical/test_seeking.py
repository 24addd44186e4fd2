"""Goal-seek on problems whose answer is known: the stated interval holds it as often as it says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from sim.experiments.intervals import FEWEST
from sim.search.demand import Bounds, Demand, Goal, fewest_simulations
from sim.search.looks import Looks, is_share_above, is_share_below, looks, share_interval
from sim.search.seeking import Evaluate, SeekAnswer, seek

pytestmark = pytest.mark.slow

LIMIT = 15.0
SEEDS = 50
PASSES_BY_CHANCE = 1e-3
"""How often a search with exactly the stated confidence would fail the test of its coverage."""


def waiting(
    seed: int, centre: float, common: float, own: float, peak: float | None = None
) -> Evaluate:
    """A wait that falls by one day for each post; simulation n needs its own number of posts.

    The need has a part that all values of the lever share (paired luck) and a part of its own.
    With ``peak`` the wait rises again beyond it.
    """
    needs = np.random.default_rng(seed).normal(centre, common, 1000)

    def evaluate(value: float, numbers: Sequence[int]) -> NDArray[np.float64]:
        luck = np.random.default_rng([seed, round(value * 1000)]).normal(0.0, own, 400)
        posts = value if peak is None else peak - abs(value - peak)
        chosen = list(numbers)
        found: NDArray[np.float64] = LIMIT + needs[chosen] + luck[chosen] - posts
        return found

    return evaluate


def needed(share: float, centre: float, common: float, own: float) -> float:
    """The number of posts with which that share of simulations keeps the limit."""
    return float(centre + stats.norm.ppf(share) * np.hypot(common, own))


def holds(answer: SeekAnswer, truth: float) -> bool:
    """Whether the one threshold that was found holds the true one."""
    (threshold,) = answer.thresholds
    low = -np.inf if threshold.missed is None else threshold.missed
    high = np.inf if threshold.reached is None else threshold.reached
    return bool(low < truth <= high)


@pytest.mark.parametrize(
    ("common", "own", "share", "step"),
    [(4.0, 0.0, 0.8, 0.1), (4.0, 4.0, 0.8, 1.0), (0.5, 4.0, 0.9, 0.1)],
)
def test_the_interval_holds_the_true_threshold_as_often_as_it_says(
    common: float, own: float, share: float, step: float
) -> None:
    demand = Demand(share=share, confidence=0.9, simulations=80)
    truth = needed(share, 20.0, common, own)
    answers = [
        seek(
            waiting(seed, 20.0, common, own), Bounds(0, 60, step), Goal(True, LIMIT), demand, FEWEST
        )
        for seed in range(SEEDS)
    ]
    hits = sum(holds(answer, truth) for answer in answers)
    least = int(stats.binom.ppf(PASSES_BY_CHANCE, SEEDS, demand.confidence))
    assert hits >= least
    assert all(answer.status == "found" for answer in answers)
    # A search, not a grid: far fewer runs than every value with every simulation.
    assert np.mean([answer.runs for answer in answers]) < 1000


def test_a_wider_search_narrows_the_interval() -> None:
    widths = []
    for simulations in (40, 320):
        found = [
            seek(
                waiting(seed, 20.0, 4.0, 0.0),
                Bounds(0, 60, 0.1),
                Goal(True, LIMIT),
                Demand(simulations=simulations, width=0.2),
                FEWEST,
            ).thresholds[0]
            for seed in range(6)
        ]
        widths.append(np.mean([(t.reached or 60.0) - (t.missed or 0.0) for t in found]))
    assert widths[1] < 0.6 * widths[0]


def test_not_reachable_within_the_bounds_is_an_answer() -> None:
    evaluate = waiting(1, 50.0, 3.0, 1.0)
    answer = seek(evaluate, Bounds(0, 20, 1), Goal(True, LIMIT), Demand(), FEWEST)
    assert answer.status == "nowhere"
    assert answer.best.value == 20.0
    assert answer.thresholds == ()
    assert answer.runs < 100
    assert not answer.effect.is_flat


def test_the_effect_over_the_range_has_as_many_simulations_as_its_outcome_declares() -> None:
    evaluate = waiting(1, 50.0, 3.0, 1.0)
    bounds, goal = Bounds(0, 20, 1), Goal(True, LIMIT)
    usual = seek(evaluate, bounds, goal, Demand(), FEWEST)
    more = seek(evaluate, bounds, goal, Demand(), 20)
    fewer = seek(evaluate, bounds, goal, Demand(simulations=15), 20)
    assert [one.effect.simulations for one in (usual, more, fewer)] == [10, 20, 15]
    assert [one.effect.ends.is_known for one in (usual, more, fewer)] == [True, True, False]
    assert fewer.effect.needed == 20.0
    assert [one.verdict for one in usual.points] == [one.verdict for one in more.points]
    assert more.runs == sum(one.simulations for one in more.points)


def test_a_target_that_is_always_reached_needs_no_lever() -> None:
    answer = seek(
        waiting(1, -30.0, 3.0, 1.0), Bounds(0, 20, 1), Goal(True, LIMIT), Demand(), FEWEST
    )
    assert answer.status == "everywhere"


def test_a_lever_without_effect_is_told() -> None:
    def evaluate(value: float, numbers: Sequence[int]) -> NDArray[np.float64]:
        luck = np.random.default_rng(round(value * 1000)).normal(0.0, 1.0, 1000)
        return 20.0 + luck[list(numbers)]

    answer = seek(evaluate, Bounds(0, 20, 1), Goal(True, LIMIT), Demand(), FEWEST)
    assert answer.effect.is_flat
    assert answer.status == "nowhere"


def test_a_share_at_the_very_limit_stays_undecided() -> None:
    # At the best value about 8 of 10 simulations reach the target: neither more nor less.
    def evaluate(value: float, numbers: Sequence[int]) -> NDArray[np.float64]:
        return np.array([0.0 if n % 5 and value >= 10.0 else 99.0 for n in numbers])

    answer = seek(evaluate, Bounds(0, 20, 1), Goal(True, LIMIT), Demand(share=0.8), FEWEST)
    assert answer.status == "undecided"
    assert answer.thresholds[0].missed is not None
    assert answer.thresholds[0].missed < 10.0


def test_less_of_a_lever_may_be_what_reaches_the_target() -> None:
    evaluate = waiting(3, 20.0, 2.0, 0.5)
    mirrored = seek(
        lambda value, numbers: evaluate(60.0 - value, numbers),
        Bounds(0, 60, 0.5),
        Goal(True, LIMIT),
        Demand(),
        FEWEST,
    )
    (threshold,) = mirrored.thresholds
    assert threshold.reached is not None
    assert threshold.missed is not None
    assert threshold.reached < threshold.missed
    assert threshold.reached <= 60.0 - needed(0.8, 20.0, 2.0, 0.5) < threshold.missed


def test_too_little_and_too_much_are_both_found() -> None:
    evaluate = waiting(5, 20.0, 1.0, 0.5, peak=30.0)
    answer = seek(evaluate, Bounds(0, 60, 0.5), Goal(True, LIMIT), Demand(), FEWEST)
    assert answer.status == "found"
    low, high = answer.thresholds
    assert low.missed is not None
    assert low.reached is not None
    assert low.missed < needed(0.8, 20.0, 1.0, 0.5) <= low.reached
    assert high.reached is not None
    assert high.missed is not None
    assert high.reached <= 60.0 - needed(0.8, 20.0, 1.0, 0.5) < high.missed


def test_whole_steps_are_kept_and_a_missing_value_is_a_miss() -> None:
    seen: set[float] = set()

    def evaluate(value: float, numbers: Sequence[int]) -> NDArray[np.float64]:
        seen.add(value)
        return np.array([np.nan if n % 2 else value for n in numbers])

    answer = seek(evaluate, Bounds(1, 30, 1), Goal(False, 12.0), Demand(share=0.3), FEWEST)
    assert all(value == int(value) and 1 <= value <= 30 for value in seen)
    # Half of the simulations have no value: 3 of 10 reach it, 9 of 10 never can.
    assert answer.status == "found"
    (threshold,) = answer.thresholds
    assert (threshold.missed, threshold.reached) == (11.0, 12.0)
    strict = seek(evaluate, Bounds(1, 30, 1), Goal(False, 12.0), Demand(share=0.9), FEWEST)
    assert strict.status == "nowhere"


def test_looks_share_out_the_error() -> None:
    assert looks(80, 0.05) == Looks((10, 20, 40, 80), 0.0125)
    assert looks(10, 0.05).counts == (10,)
    assert looks(90, 0.05).counts == (10, 20, 40, 90)
    assert looks(70, 0.05).counts == (10, 20, 40, 70)
    with pytest.raises(ValueError, match="no looks"):
        looks(5, 0.05)


def test_too_few_simulations_cannot_tell_a_large_share() -> None:
    assert not Demand(share=0.95, simulations=80).is_within_reach
    fewest = fewest_simulations(Demand(share=0.95))
    assert 80 < fewest <= 100
    assert Demand(share=0.95, simulations=fewest).is_within_reach
    assert fewest_simulations(Demand(share=0.5)) == 10


def test_repeated_looks_keep_the_error_of_one_test() -> None:
    plan = looks(160, 0.05)
    rng = np.random.default_rng(2)
    wrong, worlds, share = 0, 4000, 0.8
    reached = rng.random((worlds, plan.counts[-1])) < share
    least = {
        count: sum(is_share_below(k, count, share, plan.error) for k in range(count + 1))
        for count in plan.counts
    }
    for world in reached:
        wrong += any(world[:count].sum() < least[count] for count in plan.counts)
    upper = stats.binom.isf(PASSES_BY_CHANCE, worlds, 0.05)
    assert wrong <= upper


def test_the_interval_of_a_share_inverts_the_tests() -> None:
    low, high = share_interval(31, 40, 0.9)
    assert is_share_above(31, 40, low - 1e-6, 0.05)
    assert not is_share_above(31, 40, low + 1e-6, 0.05)
    assert is_share_below(31, 40, high + 1e-6, 0.05)
    assert share_interval(0, 10, 0.9)[0] == 0.0
    assert share_interval(10, 10, 0.9)[1] == 1.0
