"""The difference of two independent samples, and what a plan without pairing says of it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.experiments.intervals import FEWEST
from sim.experiments.unpaired import difference_of_means


def test_the_interval_is_that_of_welch() -> None:
    luck = np.random.default_rng(1)
    before, after = luck.normal(10.0, 1.0, 12), luck.normal(12.0, 6.0, 5)
    difference, ends = difference_of_means(before, after, FEWEST)
    test = stats.ttest_ind(after, before, equal_var=False)
    expected = test.confidence_interval(0.90)
    assert difference == pytest.approx(after.mean() - before.mean())
    assert (ends.low, ends.high) == pytest.approx((expected.low, expected.high))
    assert ends.replications == 5
    assert math.isnan(ends.needed)


def test_nine_intervals_of_ten_hold_the_difference() -> None:
    luck = np.random.default_rng(3)
    held = 0
    for _ in range(2000):
        samples = luck.normal(0.0, 1.0, 6), luck.normal(3.0, 5.0, 12)
        _, ends = difference_of_means(*samples, FEWEST)
        held += ends.low <= 3.0 <= ends.high
    assert 0.88 <= held / 2000 <= 0.92


def test_missing_values_are_left_out() -> None:
    before = np.array([1.0, 2.0, math.nan, 4.0])
    after = np.array([3.0, 5.0, 9.0])
    found = difference_of_means(before, after, FEWEST)
    expected = difference_of_means(before[[0, 1, 3]], after, FEWEST)
    assert found[0] == expected[0]
    assert found[1] == pytest.approx(expected[1], nan_ok=True)


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [([1.0, 2.0], [3.0, 4.0, 5.0], 2.5), ([1.0] * 6, [1.0] * 6, 0.0), ([], [1.0], math.nan)],
)
def test_too_few_or_equal_values_have_no_interval(
    before: list[float], after: list[float], difference: float
) -> None:
    found, ends = difference_of_means(np.array(before), np.array(after), FEWEST)
    assert found == pytest.approx(difference, nan_ok=True)
    assert not ends.is_known


def test_samples_with_fewer_values_than_declared_say_how_many_give_an_interval() -> None:
    luck = np.random.default_rng(4)
    before, after = luck.normal(10.0, 1.0, 20), luck.normal(12.0, 1.0, 19)
    difference, ends = difference_of_means(before, after, 20)
    assert difference == pytest.approx(after.mean() - before.mean())
    assert (ends.is_known, ends.needed) == (False, 20)
    assert difference_of_means(before, np.append(after, 12.0), 20)[1].is_known
