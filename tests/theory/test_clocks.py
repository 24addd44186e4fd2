"""Keyed clocks: a higher hazard never delays its event, and threads never change a world."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
from small_worlds import without_staff

from sim.engine.run import RunResult, run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import starting_population
from sim.engine.state import State
from sim.experiments.experiment import run_plan_of
from sim.parameters import Parameters
from sim.policy import load_scenario
from sim.vocabulary import MEMBER_BITS, ExitReason, Record

SEED = 11
SHARE = 0.05
MONTHS = 18
FACTOR = 1.3
HOUSEHOLD = 1 << MEMBER_BITS
"""Identities of a household and its members divided by this are the same number."""
RAISED: Mapping[str, tuple[tuple[str, ...], Record, int | None]] = {
    "job finding": (("job_finding.base_hazard",), Record.JOB_STARTED, None),
    "interruption": (
        ("benefit.interruption_hazard",),
        Record.EXIT,
        ExitReason.INTERRUPTION,
    ),
    "long exit": (("benefit.long_exit_hazard",), Record.EXIT, ExitReason.LONG_EXIT),
    "return": (("benefit.reentry_interruption",), Record.REENTRY, None),
    "rupture": (
        tuple(
            f"job_types.{job}.rupture_hazard_{segment}"
            for job in ("permanent", "fixed_term_long", "self_employed")
            for segment in ("first", "middle", "later")
        ),
        Record.CONTRACT_RUPTURE,
        None,
    ),
    "leaving the class": (("stayers.leaving_hazard",), Record.CLASS_LEFT, None),
}
BARRIERS = (Record.BARRIER_ONSET, Record.BARRIER_REMOVAL)


def lives_only() -> RunPlan:
    """People share nothing: no staff, and places for everyone."""
    scenario = load_scenario("somme_reference").scaled(SHARE).with_months(MONTHS)
    base = scenario.base
    changes = without_staff(base)
    for path in base.paths():
        if path.startswith("territories.") and ".places." in path:
            changes[path] = 100_000
    return run_plan_of(scenario.with_variant(changes))


@pytest.fixture(scope="module")
def plan() -> RunPlan:
    return lives_only()


@pytest.fixture(scope="module")
def start(plan: RunPlan) -> State:
    return starting_population(plan, SEED)


@pytest.fixture(scope="module")
def ordinary(plan: RunPlan, start: State) -> pd.DataFrame:
    return frame_of(plan, plan.base, start)


def frame_of(plan: RunPlan, parameters: Parameters, start: State) -> pd.DataFrame:
    changed = RunPlan(plan.name, plan.start, plan.months, parameters)
    log = run_plan(changed, SEED, start=start, is_logging=True).log
    assert log is not None
    return log.frame()


def first_times(frame: pd.DataFrame, kinds: tuple[Record, ...], detail: int | None) -> pd.Series:
    """Minute of the first record of these kinds, by household: its members share its rights."""
    rows = frame[frame["kind"].isin(kinds)].assign(who=frame["who"] // HOUSEHOLD)
    if detail is not None:
        rows = rows[rows["detail"] == detail]
    return rows.groupby("who")["time"].min()


def assert_never_later(before: pd.Series, after: pd.Series, least: int) -> None:
    """Every first event comes, and not later; some come sooner."""
    assert len(before) >= least
    changed = after.reindex(before.index)
    assert changed.notna().all()
    assert (changed <= before).all()
    assert (changed < before).mean() > 0.5


@pytest.mark.slow
@pytest.mark.parametrize("event", RAISED)
def test_a_higher_hazard_never_delays_the_first_event(
    plan: RunPlan, start: State, ordinary: pd.DataFrame, event: str
) -> None:
    paths, kind, detail = RAISED[event]
    raised = plan.base.patched({path: FACTOR * plan.base.number(path) for path in paths}, "test")
    frame = frame_of(plan, raised, start)
    before = first_times(ordinary, (kind,), detail)
    least = 5 if event == "leaving the class" else 50
    if event == "return":
        # Only of those whose hazard of coming back was raised: others left after the change.
        exits = ordinary[ordinary["kind"] == Record.EXIT].drop_duplicates("who")
        kept = exits.loc[exits["detail"] == ExitReason.INTERRUPTION, "who"] // HOUSEHOLD
        before = before[before.index.isin(kept)]
    assert_never_later(before, first_times(frame, (kind,), detail), least)


def test_a_quicker_barrier_never_changes_later(
    plan: RunPlan, start: State, ordinary: pd.DataFrame
) -> None:
    """Relaxation is the speed of both onset and removal."""
    label = plan.base.labels("barriers")[0]
    path = f"barriers.{label}.relaxation_hazard"
    frame = frame_of(
        plan, plan.base.patched({path: FACTOR * plan.base.number(path)}, "test"), start
    )
    assert_never_later(first_times(ordinary, BARRIERS, 0), first_times(frame, BARRIERS, 0), 50)


@pytest.mark.slow
def test_threads_do_not_change_a_world() -> None:
    plan = run_plan_of(load_scenario("somme_experiment").scaled(0.02).with_months(9))
    seeds = (1, 2, 3, 4)

    def world(seed: int) -> RunResult:
        return run_plan(plan, seed, is_logging=True)

    alone = [world(seed) for seed in seeds]
    with ThreadPoolExecutor(max_workers=4) as pool:
        together = list(pool.map(world, seeds))
    for one, other in zip(alone, together, strict=True):
        assert one.log is not None
        assert other.log is not None
        assert len(one.log) > 1000
        assert np.array_equal(one.log.rows, other.log.rows)
        assert one.ledger.equals_flows(other.ledger)
        assert np.array_equal(one.ledger.stocks, other.ledger.stocks)
        assert one.last.people.tobytes() == other.last.people.tobytes()
        assert one.last.households.tobytes() == other.last.households.tobytes()
    assert not np.array_equal(alone[0].ledger.flows, alone[1].ledger.flows)
