"""Policy dates: lives are the same until the day, and clocks are settled under the old rules.

People here only find jobs, at a constant hazard, so the day of each first job is known in closed
form: what remains of a threshold on the policy date is used up twice as fast when the labour
market is twice as good.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from small_worlds import like_one_another, only, somme, without_staff

from sim.engine.run import run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import starting_population
from sim.engine.state import State
from sim.parameters import scale_department
from sim.units import MINUTES_PER_DAY, day_number
from sim.vocabulary import Record

SEED = 3
START = date(2023, 1, 1)
MONTHS = 12
FACTOR = 2.0
WEDNESDAY, SATURDAY, HOLIDAY = date(2023, 5, 10), date(2023, 4, 1), date(2023, 5, 1)


@pytest.fixture(scope="module")
def plan() -> RunPlan:
    """Households at 5 %, alike, without staff; no job ends, so the first job is the only one."""
    base = scale_department(somme(), 0.05)
    changes = like_one_another(base) | only(base, "job_types", "permanent") | without_staff(base)
    changes |= {
        "job_finding.base_hazard": 0.05,
        "effects.contact_size": 0.0,
        "effects.activity_size": 0.0,
        "benefit.long_exit_hazard": 0.03,
    }
    for segment in ("first", "middle", "later"):
        changes[f"job_types.permanent.rupture_hazard_{segment}"] = 0.0
    return RunPlan("jobs", START, MONTHS, base.patched(changes, "test"))


@pytest.fixture(scope="module")
def start(plan: RunPlan) -> State:
    return starting_population(plan, SEED)


def frame_of(plan: RunPlan, start: State) -> pd.DataFrame:
    log = run_plan(plan, SEED, start=start, is_logging=True).log
    assert log is not None
    return log.frame()


def with_better_market(plan: RunPlan, day: date) -> RunPlan:
    better = {
        f"territories.{territory}.market_level": FACTOR
        for territory in plan.base.labels("territories")
    }
    # First entries depend on the market too; they are held as they are.
    better["inflow.market_elasticity"] = 0.0
    return RunPlan(plan.name, START, MONTHS, plan.base, ((day, plan.base.patched(better, "test")),))


def first_jobs(frame: pd.DataFrame) -> pd.Series:
    """Minute of the job of each person who finds one."""
    return frame[frame["kind"] == Record.JOB_STARTED].groupby("who")["time"].min()


@pytest.mark.slow
@pytest.mark.parametrize("day", [WEDNESDAY, SATURDAY, HOLIDAY], ids=str)
def test_the_past_of_a_policy_date_is_untouched(plan: RunPlan, start: State, day: date) -> None:
    """Until the last day on which the offices were open before it."""
    ordinary, changed = frame_of(plan, start), frame_of(with_better_market(plan, day), start)
    opened = day - timedelta(days=1)
    while opened.weekday() >= 5:
        opened -= timedelta(days=1)
    until = (day_number(opened) + 1) * MINUTES_PER_DAY
    before, also_before = (
        frame[frame["time"] < until].reset_index(drop=True) for frame in (ordinary, changed)
    )
    assert len(before) > 100
    pd.testing.assert_frame_equal(before, also_before)
    assert len(changed) > len(ordinary)


@pytest.mark.slow
@pytest.mark.parametrize("day", [WEDNESDAY, SATURDAY], ids=str)
def test_clocks_are_settled_on_the_policy_date(plan: RunPlan, start: State, day: date) -> None:
    """Each later first job comes in half of the time that was left on the day."""
    ordinary = first_jobs(frame_of(plan, start))
    changed = first_jobs(frame_of(with_better_market(plan, day), start))
    settled = day_number(day) * MINUTES_PER_DAY
    known = np.concatenate([start.households["id"][start.people["household"]] + 1])
    later = ordinary[(ordinary >= settled) & ordinary.index.isin(known)]
    assert len(later) > 50
    expected = settled + (later - settled) / FACTOR
    found = changed.reindex(later.index)
    # Both times are written in whole minutes.
    assert np.abs(found - expected).max() <= 2
