"""What a scenario reaches, on two runs of three months that are counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.money.costs.causes import CAUSES_OF_EXIT, STRUCK_OFF, AllowanceFlows
from sim.money.costs.spending import Spending
from sim.money.priced_runs import Effects, PricedRun
from sim.money.results_reached import (
    FOUND_A_JOB,
    HOUSEHOLD_MONTHS,
    JOB_MONTHS,
    LASTING_JOB,
    job_years_of_all,
    known_effects,
    of_population,
)

MONTHS = 3
NOTHING = np.zeros(MONTHS)


def run(
    in_job: list[float],
    households: list[float],
    struck_off: list[float],
    stock: tuple[float, float, float],
    entrants: tuple[float, float, float],
) -> PricedRun:
    empty = np.zeros((0, MONTHS, 1, 1))
    spending = Spending(("allowance",), (), ("a",), ("department",), empty, empty, empty)
    out = dict.fromkeys(CAUSES_OF_EXIT, NOTHING) | {STRUCK_OFF: np.array(struck_off)}
    flows = AllowanceFlows(NOTHING, np.array(households), NOTHING, NOTHING, out)
    people = np.array([stock, entrants])
    return PricedRun(spending, flows, Effects(np.array(in_job), np.array(households), people))


WITHOUT = run([50, 50, 50], [100, 100, 100], [4, 4, 4], (20, 6, 200), (5, 1, 40))
UNDER = run([53, 56, 62], [99, 96, 91], [4, 5, 6], (27, 9, 215), (4, 2, 41))
PAIR = [(WITHOUT, UNDER)]


def test_each_result_is_what_a_hand_counts() -> None:
    found = known_effects(PAIR, 1)
    assert found[FOUND_A_JOB] == [7 - 1]
    assert found[LASTING_JOB] == [3 + 1]
    assert found[JOB_MONTHS] == [15 + 1]
    # From the second month on 4 and 9 households less, of which 1 and 2 were struck off.
    assert found[HOUSEHOLD_MONTHS] == pytest.approx([13 - 3])
    assert job_years_of_all(PAIR, 1) == pytest.approx([(6 + 12) / 12])


@pytest.mark.parametrize(
    ("name", "stock", "entrants"),
    [(FOUND_A_JOB, 7, -1), (LASTING_JOB, 3, 1), (JOB_MONTHS, 15, 1)],
)
def test_the_stock_and_the_entrants_are_told_apart(name: str, stock: int, entrants: int) -> None:
    assert of_population(name, "stock", PAIR) == [stock]
    assert of_population(name, "entrants", PAIR) == [entrants]


def test_what_a_run_does_not_tell_is_left_out_and_the_rest_stays() -> None:
    unknown = float("nan")
    short = run([1, 1, 1], [9, 9, 9], [0, 0, 0], (unknown, 6, 200), (unknown, 1, 40))
    found = known_effects([(short, short)], 0)
    assert list(found) == [LASTING_JOB, JOB_MONTHS, HOUSEHOLD_MONTHS]
