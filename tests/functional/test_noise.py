"""What sharing luck is worth: the noise of a paired difference beside that of independent seeds.

In the pilot territory alone, at full size, the caseload at 36 months.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from small_worlds import PILOT_ROW

from benchmarks.worlds import pilot_alone
from sim.engine.run import run_plan
from sim.engine.starting_population import starting_population
from sim.engine.state import State
from sim.experiments.experiment import run_plan_of
from sim.policy import load_scenario
from sim.vocabulary import Stock

REPLICATIONS = 12
SEEDS = tuple(range(1, REPLICATIONS + 1))
ANOTHER_SEED = 1_000_003
LARGEST_RATIO = 0.5
CONFIDENCE = 0.99
Caseloads = NDArray[np.float64]
SeedOf = Callable[[int], int]


@dataclass(frozen=True)
class Ratio:
    """Standard deviation of paired over independent differences, with a confidence interval."""

    paired: float
    independent: float

    @property
    def value(self) -> float:
        return self.paired / self.independent

    @property
    def factor(self) -> float:
        """What the ratio may be off by: the quantile of Fisher's law of two variances.

        Both variances have the freedom of the number of replications less one; the second one
        pools two columns of caseloads that are nearly the same and is not counted as more.
        """
        freedom = REPLICATIONS - 1
        return math.sqrt(float(stats.f.ppf(CONFIDENCE, freedom, freedom)))

    def __str__(self) -> str:
        low, high = self.value / self.factor, self.value * self.factor
        return (
            f"{self.paired:.1f} / {self.independent:.1f} households = {self.value:.3f} "
            f"({low:.3f} to {high:.3f})"
        )


def ratio_of(reference: Caseloads, treated: Caseloads) -> Ratio:
    """Differences between seeds that have nothing in common have the sum of both variances."""
    paired = float((treated - reference).std(ddof=1))
    return Ratio(paired, math.sqrt(float(reference.var(ddof=1) + treated.var(ddof=1))))


def assert_coupled(reference: Caseloads, treated: Caseloads) -> None:
    """The check of the issue, with room for its own uncertainty."""
    ratio = ratio_of(reference, treated)
    assert ratio.value * ratio.factor <= LARGEST_RATIO, str(ratio)


@pytest.fixture(scope="module")
def starts() -> dict[int, State]:
    plan = run_plan_of(pilot_alone(load_scenario("somme_reference")))
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda seed: starting_population(plan, seed), SEEDS)
        return dict(zip(SEEDS, found, strict=True))


def caseloads(name: str, starts: dict[int, State], seed_of: SeedOf) -> Caseloads:
    """Households of the pilot territory at the end, by replication."""
    plan = run_plan_of(pilot_alone(load_scenario(name)))

    def at_the_end(seed: int) -> float:
        ledger = run_plan(plan, seed_of(seed), start=starts[seed]).ledger
        return float(ledger.stocks[Stock.HOUSEHOLDS, -1, PILOT_ROW].sum())

    with ThreadPoolExecutor(2) as pool:
        return np.array(list(pool.map(at_the_end, SEEDS)))


def own(seed: int) -> int:
    return seed


@pytest.fixture(scope="module")
def reference(starts: dict[int, State]) -> Caseloads:
    return caseloads("somme_reference", starts, own)


@pytest.mark.slow
def test_paired_differences_are_at_most_half_as_noisy(
    starts: dict[int, State], reference: Caseloads
) -> None:
    treated = caseloads("somme_plus14", starts, own)
    print(f"somme_plus14: {ratio_of(reference, treated)}")
    assert np.any(treated != reference)
    assert_coupled(reference, treated)


@pytest.mark.slow
def test_report_the_ratio_of_the_whole_experiment(
    starts: dict[int, State], reference: Caseloads
) -> None:
    """Everybody's support changes, and still most of the luck is shared."""
    ratio = ratio_of(reference, caseloads("somme_experiment", starts, own))
    print(f"somme_experiment: {ratio}")
    assert ratio.value < 1.0


@pytest.mark.slow
def test_broken_keys_fail_the_check(starts: dict[int, State], reference: Caseloads) -> None:
    """The treated people draw from another seed: same start, other luck from then on.

    The paired noise grows by more than two samples of one variance would differ by.
    """
    intact = ratio_of(reference, caseloads("somme_plus14", starts, own))
    broken = caseloads("somme_plus14", starts, lambda seed: seed + ANOTHER_SEED)
    ratio = ratio_of(reference, broken)
    print(f"broken keys: {ratio}")
    with pytest.raises(AssertionError, match="households"):
        assert_coupled(reference, broken)
    assert ratio.paired > intact.paired * ratio.factor
