"""The discrepancy by month ahead: near 1 where the model is true, larger where it is too narrow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from brought.series import month_of
from forecast.growth import MEDIANS
from forecast.growth_outlook import outlook, scaled
from forecast.panel import Panel, shipped_panel
from forecast.shared_dynamics import Dynamics, fit_dynamics
from forecast.spread_check import NARROWEST, WIDEST, scales

UNTIL = month_of("2019-06")


@pytest.fixture(scope="module")
def dynamics() -> Dynamics:
    return fit_dynamics(shipped_panel().until(UNTIL))


@pytest.mark.slow
def test_a_spread_that_is_stated_too_small_is_widened(dynamics: Dynamics) -> None:
    """Departments said to stray half as far, and the common path too."""
    own, common = scales(dynamics, 12)
    narrow = replace(
        dynamics,
        spreads=dynamics.spreads / 4.0,
        own=dynamics.own,
        common=dynamics.common - np.log(2.0) * np.isin(np.arange(len(MEDIANS)), (0, 1, 2, 4, 5)),
    )
    wider_own, wider_common = scales(narrow, 12)
    assert (wider_own > own).all()
    assert wider_common.mean() > common.mean()
    for found in (own, common, wider_own, wider_common):
        assert ((found >= NARROWEST) & (found <= WIDEST)).all()


def test_the_longer_the_horizon_the_less_is_changed(dynamics: Dynamics) -> None:
    """Errors twice as large as stated at all months ahead: fewer separate origins, less said."""
    twice = replace(dynamics, spreads=dynamics.spreads / 4.0)
    own, _ = scales(twice, 12)
    plain, _ = scales(dynamics, 12)
    ratio = np.log(own / plain)
    assert ratio[0] > ratio[-1] > 0.0


def test_a_horizon_never_seen_has_the_last_factor() -> None:
    covariance = np.ones((4, 4))
    found = scaled(covariance, np.array([1.0, 2.0]))
    assert np.diag(found) == pytest.approx([1.0, 4.0, 4.0, 4.0])
    assert found[0, 3] == 2.0


def test_a_first_origin_has_nothing_to_calibrate_on() -> None:
    panel: Panel = shipped_panel().until(month_of("2018-01"))
    own, common = scales(fit_dynamics(panel), 12)
    assert list(own) == list(common) == [1.0]


def test_the_factors_reach_the_forecast(dynamics: Dynamics) -> None:
    plain = outlook(dynamics, 3)
    wide = outlook(replace(dynamics, own_scale=np.array([2.0]), common_scale=np.array([3.0])), 3)
    assert wide.own_variance == pytest.approx(4.0 * plain.own_variance)
    assert wide.common_variance == pytest.approx(9.0 * plain.common_variance)
    assert wide.mean == pytest.approx(plain.mean)
