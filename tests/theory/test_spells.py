"""Spells on and off the benefit against their closed forms, in the history of the people.

Households enter at uniform dates over `YEARS` and live without offices; their clocks are the
ones of every run. Lengths in whole days are months of 30.4375 days.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from small_worlds import STANDARD_ERRORS, idle, like_one_another, only, somme

from sim.engine.packed import pack
from sim.engine.state import State
from sim.engine.walker import Walker, blank_state
from sim.ledger import LedgerShape, empty_ledger
from sim.parameters import Parameters
from sim.units import DAYS_PER_MONTH, day_number
from sim.vocabulary import Benefit, ExitReason

SEED = 20230101
YEARS = 20
START, END = day_number(date(2000, 1, 1)), day_number(date(2020, 1, 1))
MONTHS = (END - START) / DAYS_PER_MONTH
STOCK = 2500
INTERRUPTION, LONG_EXIT = 0.03, 0.02
EXIT = INTERRUPTION + LONG_EXIT
TWO_EXITS: Mapping[str, object] = {
    "benefit.interruption_hazard": INTERRUPTION,
    "benefit.long_exit_hazard": LONG_EXIT,
}
SMALLEST_P = 1e-6


def history(changes: Mapping[str, object], stock: int = STOCK) -> tuple[State, int]:
    """Lives of one territory until `stock` households are paid at the end; all that entered."""
    parameters = somme(changes)
    packed = pack(parameters, date(2020, 1, 1), SEED, is_history=True)
    shape = LedgerShape(0, 1, packed.shape.territories, packed.shape.pathways, packed.shape.details)
    walker = Walker(
        packed,
        blank_state(packed, (), END),
        (),
        empty_ledger(shape),
        is_logging=False,
        months_ahead=0.0,
    )
    entrants = walker.live_history(0, stock, False, START, END)
    return walker.state(END), entrants


@cache
def reference() -> Parameters:
    return somme()


@pytest.fixture(scope="module")
def two_exits() -> tuple[State, int]:
    return history({**idle(reference()), **TWO_EXITS})


def months_paid(state: State) -> NDArray[np.float64]:
    """Months from first entry to the exit, or to the end for those still paid."""
    households = state.households
    is_paid = households["benefit"] == Benefit.PAID
    until = np.where(is_paid, END, households["since"].astype(np.int64))
    months: NDArray[np.float64] = (until - households["entered_on"]) / DAYS_PER_MONTH
    return months


def has_left(state: State) -> NDArray[np.bool_]:
    left: NDArray[np.bool_] = state.households["benefit"] == Benefit.OUT
    return left


def test_mean_spell_is_one_over_the_sum_of_the_hazards(two_exits: tuple[State, int]) -> None:
    """Months of exposure per exit; its relative standard error is 1 / sqrt(exits)."""
    state, _ = two_exits
    exits = int(has_left(state).sum())
    mean = months_paid(state).sum() / exits
    assert mean == pytest.approx(1 / EXIT, rel=STANDARD_ERRORS / math.sqrt(exits))


def test_spells_are_exponential(two_exits: tuple[State, int]) -> None:
    """Of the first half of the entrants, those who left within half of the time."""
    state, _ = two_exits
    half = MONTHS / 2
    is_early = state.households["entered_on"] < START + half * DAYS_PER_MONTH
    months = months_paid(state)
    spells = months[is_early & has_left(state) & (months < half)]

    ranks = stats.expon.cdf(spells, scale=1 / EXIT) / stats.expon.cdf(half, scale=1 / EXIT)
    assert len(spells) > STOCK
    assert stats.kstest(ranks, "uniform").pvalue > SMALLEST_P


def test_competing_exits_share_by_their_hazards(two_exits: tuple[State, int]) -> None:
    state, _ = two_exits
    reasons = state.households["reason"][has_left(state)]
    share = float((reasons == ExitReason.INTERRUPTION).mean())
    expected = INTERRUPTION / EXIT
    error = math.sqrt(expected * (1 - expected) / len(reasons))
    assert share == pytest.approx(expected, abs=STANDARD_ERRORS * error)
    assert set(np.unique(reasons)) == {ExitReason.INTERRUPTION, ExitReason.LONG_EXIT}


def test_stock_is_inflow_times_duration(two_exits: tuple[State, int]) -> None:
    """Little: entries a month x mean months within the window = households paid at its end.

    The number of entrants until `STOCK` are paid is negative binomial.
    """
    state, entrants = two_exits
    paid = int((state.households["benefit"] == Benefit.PAID).sum())
    duration = -math.expm1(-EXIT * MONTHS) / EXIT
    chance = duration / MONTHS
    error = math.sqrt(paid * (1 - chance)) / chance / (paid / chance)
    assert paid == STOCK
    assert entrants / MONTHS * duration == pytest.approx(paid, rel=STANDARD_ERRORS * error)


def test_share_of_time_paid_of_those_who_come_and_go() -> None:
    """Alternating spells: mean time paid / (mean time paid + mean time out), long after entry."""
    back = 0.04
    returns = ("interruption", "long_first", "long_middle", "long_later")
    state, _ = history(
        {
            **idle(reference()),
            **TWO_EXITS,
            **{f"benefit.reentry_{name}": back for name in returns},
        }
    )
    is_early = state.households["entered_on"] < START + MONTHS / 2 * DAYS_PER_MONTH
    is_paid = state.households["benefit"][is_early] == Benefit.PAID
    expected = back / (back + EXIT)
    error = math.sqrt(expected * (1 - expected) / len(is_paid))
    # What is left of the first state after half of the window is far below the tolerance.
    assert math.exp(-(back + EXIT) * MONTHS / 2) < error / 10
    assert float(is_paid.mean()) == pytest.approx(expected, abs=STANDARD_ERRORS * error)


FINDING, RUPTURE = 0.05, 0.02


def jobs_only(rupture: float) -> dict[str, object]:
    """One open-ended kind of job, with a constant hazard of a rupture."""
    changes = like_one_another(reference()) | only(reference(), "job_types", "permanent")
    changes["job_finding.base_hazard"] = FINDING
    for segment in ("first", "middle", "later"):
        changes[f"job_types.permanent.rupture_hazard_{segment}"] = rupture
    return changes


def test_mean_time_to_the_first_job_is_one_over_the_hazard() -> None:
    state, _ = history(jobs_only(rupture=0.0), stock=500)
    people = state.people
    entered = state.households["entered_on"][people["household"]].astype(np.int64)
    works = people["job"] >= 0
    until = np.where(works, people["job_start"].astype(np.int64), END)
    months = (until - entered).sum() / DAYS_PER_MONTH
    finds = int(works.sum())
    assert months / finds == pytest.approx(1 / FINDING, rel=STANDARD_ERRORS / math.sqrt(finds))


def test_share_of_time_in_a_job() -> None:
    state, _ = history(jobs_only(rupture=RUPTURE), stock=500)
    entered = state.households["entered_on"][state.people["household"]]
    works = state.people["job"][entered < START + MONTHS / 2 * DAYS_PER_MONTH] >= 0
    expected = FINDING / (FINDING + RUPTURE)
    error = math.sqrt(expected * (1 - expected) / len(works))
    assert math.exp(-(FINDING + RUPTURE) * MONTHS / 2) < error / 10
    assert float(works.mean()) == pytest.approx(expected, abs=STANDARD_ERRORS * error)


def test_barriers_keep_their_published_prevalence() -> None:
    """Onset and removal balance: years after entry each barrier is as frequent as at entry."""
    state, _ = history(idle(reference()))
    people = state.people["barriers"].astype(np.int64)
    for position, label in enumerate(reference().labels("barriers")):
        expected = reference().number(f"barriers.{label}.prevalence")
        share = float((people >> position & 1).mean())
        error = math.sqrt(expected * (1 - expected) / len(people))
        assert share == pytest.approx(expected, abs=STANDARD_ERRORS * error), label
