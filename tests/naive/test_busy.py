"""Busy departments relived: small enough for the quick check, and what mutants are judged by."""

from __future__ import annotations

import pytest
from agreement import assert_agree, assert_exact
from busy import PLANS, SEED, relive_busy_lives
from recounting import differing_memories

from replay.runs import relive_run
from sim.engine.run import run_plan
from sim.engine.starting_population import build_population
from sim.population.life_courses import MEMORIES


@pytest.mark.parametrize("name", PLANS)
def test_a_busy_department(name: str) -> None:
    lives, offices = relive_run(PLANS[name](), SEED)
    assert_agree(lives, households=30, events=150)
    assert_exact(offices, days=40, rows=500)


@pytest.mark.parametrize("name", PLANS)
def test_busy_people_remember_what_the_log_tells(name: str) -> None:
    plan = PLANS[name]()
    start = build_population(plan, SEED)
    run = run_plan(plan, SEED, is_logging=True, start=start)
    for memory in MEMORIES:
        assert not differing_memories(start, run, memory), memory


def test_busy_lives_without_offices() -> None:
    assert_agree(relive_busy_lives(), households=18, events=700)
