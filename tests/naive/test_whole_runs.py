"""Whole runs: every life, and every row that offices write, is the one that rules foretell."""

from __future__ import annotations

import pytest
from agreement import assert_agree, assert_exact
from eventful import lively_plan
from test_compiled_and_plain import PLANS
from test_generated_scenarios import drawn_plan

from replay.runs import relive_run
from sim.experiments.experiment import run_plan_of
from sim.policy import load_scenario, shipped_scenarios
from sim.vocabulary import Record

pytestmark = pytest.mark.slow

SEED = 5
SMALL = 120
"""Households on RSA on the first day of a shipped scenario, as it is run here."""
MONTHS = 15
"""Past April 2023 and March 2024, when the shipped scenarios change something."""
SHORT_PAST = {"history.years": 6, "history.warm_up_months": 4}
OF_OFFICES = {
    Record.CASE_WORK,
    Record.CONTACT_DUE,
    Record.CONTACTS_LENGTHENED,
    Record.STAFF_MINUTES_AVAILABLE,
    Record.STAFF_MINUTES_LEFT,
}


def test_a_lively_department_under_changing_rules() -> None:
    plan = lively_plan(0.03, 16, {"history.years": 8, "history.warm_up_months": 6})
    lives, offices = relive_run(plan, SEED)
    assert_agree(lives, households=1_200, events=11_000)
    assert not set(Record) - OF_OFFICES - lives.kinds
    assert_exact(offices, days=320, rows=12_000)
    assert offices.refusals > 20


@pytest.mark.parametrize("name", sorted(PLANS))
def test_the_plans_of_agreement(name: str) -> None:
    lives, offices = relive_run(PLANS[name](), SEED)
    assert_agree(lives, households=300, events=2_000)
    assert_exact(offices, days=240, rows=5_000)


@pytest.mark.parametrize("number", range(6))
def test_a_drawn_scenario(number: int) -> None:
    lives, offices = relive_run(drawn_plan(number), number)
    assert_agree(lives, households=250, events=1_000)
    assert_exact(offices, days=240, rows=3_000)


@pytest.mark.parametrize("name", shipped_scenarios())
def test_every_shipped_scenario(name: str) -> None:
    scenario = load_scenario(name)
    share = SMALL / scenario.base.number("department.stock_households")
    plan = run_plan_of(scenario.scaled(share).with_variant(SHORT_PAST).with_months(MONTHS))
    lives, offices = relive_run(plan, SEED)
    assert_agree(lives, households=120, events=600)
    assert_exact(offices, days=300, rows=2_000)
