"""The difference of two independent samples, and what a plan without pairing says of it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.experiments.unpaired import difference_of_means


def test_the_interval_is_that_of_welch() -> None:
    luck = np.random.default_rng(1)
    before, after = luck.normal(10.0, 1.0, 12), luck.normal(12.0, 6.0, 5)
    difference, low, high = difference_of_means(before, after)
    test = stats.ttest_ind(after, before, equal_var=False)
    expected = test.confidence_interval(0.90)
    assert difference == pytest.approx(after.mean() - before.mean())
    assert (low, high) == pytest.approx((expected.low, expected.high))


def test_nine_intervals_of_ten_hold_the_difference() -> None:
    luck = np.random.default_rng(3)
    held = 0
    for _ in range(2000):
        samples = luck.normal(0.0, 1.0, 6), luck.normal(3.0, 5.0, 12)
        _, low, high = difference_of_means(*samples)
        held += low <= 3.0 <= high
    assert 0.88 <= held / 2000 <= 0.92


def test_missing_values_are_left_out() -> None:
    before = np.array([1.0, 2.0, math.nan, 4.0])
    after = np.array([3.0, 5.0, 9.0])
    assert difference_of_means(before, after) == difference_of_means(before[[0, 1, 3]], after)


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [([1.0, 2.0], [3.0, 4.0, 5.0], 2.5), ([1.0] * 6, [1.0] * 6, 0.0), ([], [1.0], math.nan)],
)
def test_too_few_or_equal_values_have_no_interval(
    before: list[float], after: list[float], difference: float
) -> None:
    found = difference_of_means(np.array(before), np.array(after))
    assert found == pytest.approx((difference, math.nan, math.nan), nan_ok=True)
