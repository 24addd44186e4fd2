"""A run that begins where it leaves its reference is the run from the start, record for record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from pairs import assert_same_state
from test_compiled_and_plain import SEED, eventful, ordinary

from sim.engine.past import Past
from sim.engine.run import RunResult, run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import build_population
from sim.engine.state import State
from sim.units import MINUTES_PER_DAY, day_number

SUNDAY = date(2025, 6, 1)
AFTER_A_HOLIDAY = date(2025, 5, 2)
MONDAY = date(2025, 9, 1)


def begun(plan: RunPlan) -> State:
    return build_population(plan, SEED)


def assert_same_run(whole: RunResult, later: RunResult, first: int) -> None:
    """The records from day ``first`` on, every count, and the last day."""
    assert whole.log is not None
    assert later.log is not None
    records = whole.log.rows[whole.log.rows[:, 0] >= first * MINUTES_PER_DAY]
    np.testing.assert_array_equal(later.log.rows, records)
    assert len(records) < len(whole.log)
    assert later.ledger.equals_flows(whole.ledger)
    np.testing.assert_array_equal(later.ledger.stocks, whole.ledger.stocks)
    assert_same_state(later.last, whole.last)
    assert later.person_weeks == whole.person_weeks


@pytest.mark.slow
@pytest.mark.parametrize("day", [SUNDAY, AFTER_A_HOLIDAY, MONDAY])
@pytest.mark.parametrize("make", [ordinary, eventful])
def test_the_days_of_a_past_need_not_be_lived_again(make, day: date) -> None:  # type: ignore[no-untyped-def]
    plan: RunPlan = make()
    start = begun(plan)
    whole = run_plan(plan, SEED, is_logging=True, start=start)
    stopped = run_plan(plan, SEED, is_logging=True, start=start, stop_over=day)
    assert stopped.past is not None
    assert_same_state(stopped.last, whole.last)
    past = Past.from_bytes(stopped.past.to_bytes())
    later = run_plan(plan, SEED, is_logging=True, past=past)
    assert past.state.day <= day_number(day)
    assert_same_run(whole, later, past.state.day)


def test_plans_that_are_the_same_until_a_date_share_their_past() -> None:
    """With more staff from then on: other rows of posts than those of the past."""
    reference = ordinary()
    staff = {
        path: 2.0 * reference.base.number(path)
        for path in reference.base.paths()
        if path.endswith(".fte")
    }
    more = reference.base.patched(staff, "test")
    plan = replace(reference, changes=((SUNDAY, more),))
    start = begun(reference)
    assert reference.first_difference(plan) == SUNDAY
    past = run_plan(reference, SEED, start=start, stop_over=SUNDAY).past
    whole = run_plan(plan, SEED, is_logging=True, start=start)
    later = run_plan(plan, SEED, is_logging=True, past=past)
    assert past is not None
    assert_same_run(whole, later, past.state.day)


@pytest.mark.parametrize("make", [ordinary, eventful])
def test_days_lived_in_a_row_are_those_lived_one_by_one(make) -> None:  # type: ignore[no-untyped-def]
    """With a log days are lived one by one; without, over dates of policy too."""
    plan: RunPlan = make()
    start = begun(plan)
    one_by_one = run_plan(plan, SEED, is_logging=True, start=start)
    in_a_row = run_plan(plan, SEED, start=start)
    assert in_a_row.ledger.equals_flows(one_by_one.ledger)
    np.testing.assert_array_equal(in_a_row.ledger.stocks, one_by_one.ledger.stocks)
    assert_same_state(in_a_row.last, one_by_one.last)


def test_a_shorter_plan_has_the_same_past() -> None:
    reference = ordinary()
    start = begun(reference)
    pasts = [
        run_plan(replace(reference, months=months), SEED, start=start, stop_over=SUNDAY).past
        for months in (6, 12)
    ]
    assert pasts[0] is not None
    assert pasts[1] is not None
    assert pasts[0].to_bytes() == pasts[1].to_bytes()


def test_a_run_cannot_stop_over_after_its_end() -> None:
    with pytest.raises(ValueError, match="before its end"):
        run_plan(ordinary(), SEED, stop_over=date(2026, 1, 1))


def test_plans_differ_from_the_first_date_on_which_their_parameters_do() -> None:
    plan = ordinary()
    same = replace(plan, changes=((MONDAY, plan.base),))
    other = plan.base.patched({"job_finding.base_hazard": 0.05}, "test")
    assert plan.first_difference(same) is None
    assert plan.first_difference(replace(plan, changes=((SUNDAY, plan.base), (MONDAY, other)))) == (
        MONDAY
    )
    assert plan.first_difference(replace(plan, base=other)) == plan.start
