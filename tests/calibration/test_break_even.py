"""The effect of contacts at which a decision flips."""

from __future__ import annotations

import numpy as np
import pytest
from small_worlds import pilot_alone

from calibration.break_even import EFFECT, break_even, measured_break_even
from sim.parameters.draws import Draws
from sim.policy import load_scenario


def test_where_the_gain_crosses_zero() -> None:
    gains = np.array([[-10.0, 5.0, -10.0], [-5.0, 6.0, -9.0], [15.0, 8.0, -8.0]])
    found = break_even((0.0, 0.1, 0.2), gains)
    np.testing.assert_allclose(found.least, [0.125, 0.0, np.inf])
    record = found.record()
    assert record["effect_needed"] == {"low": 0.0, "median": pytest.approx(0.125), "high": None}
    assert record["draws_without_need"] == pytest.approx(1 / 3)
    assert record["draws_where_none_is_enough"] == pytest.approx(1 / 3)


def test_faulty_grids_are_refused() -> None:
    with pytest.raises(ValueError, match="increasing effects"):
        break_even((0.1, 0.1), np.zeros((2, 3)))
    with pytest.raises(ValueError, match="increasing effects"):
        break_even((0.1, 0.2), np.zeros((3, 3)))


@pytest.mark.slow
def test_more_effect_saves_more_and_posts_cost_whatever_they_do() -> None:
    reference, scenario = (
        pilot_alone(load_scenario(name), 18) for name in ("somme_reference", "somme_experiment")
    )
    path = "job_finding.base_hazard"
    value = reference.base.number(path)
    draws = Draws("somme", (path,), np.array([[value], [value]]), "", {path: "data"})
    found = measured_break_even(reference, scenario, draws, count=2, effects=(0.0, 1.0))
    assert EFFECT not in draws.paths
    assert (found.gains[0] < 0.0).all(), "posts without an effect only cost"
    assert (found.gains[1] > found.gains[0]).all()
