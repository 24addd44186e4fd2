"""Every row that the offices write is the one that their rules, read naively, foretell."""

from __future__ import annotations

import pytest
from eventful import lively_plan
from office_day import OfficeComparison, first_difference
from test_generated_scenarios import drawn_plan
from test_walkers import PLANS
from worlds import live, relive_offices

from sim.experiments.experiment import run_plan_of
from sim.policy import load_scenario, shipped_scenarios
from sim.vocabulary import Record

SEED = 11
SMALL = 120
MONTHS = 15
"""Past April 2023 and March 2024, when the shipped scenarios change something."""
SHORT_PAST = {"history.years": 6, "history.warm_up_months": 4}
A_ROW = [1440, 9, int(Record.SUSPENSION_ENDED), 0, -1, 0, 0, 1]


def assert_exact(found: OfficeComparison, *, days: int, rows: int) -> None:
    assert found.first is None, str(found.first)
    assert found.days >= days
    assert found.rows >= rows


def test_rows_that_differ_are_named() -> None:
    other = [*A_ROW[:-1], 2]
    assert first_difference(1, [A_ROW], [A_ROW]) is None
    found = first_difference(1, [A_ROW, A_ROW], [A_ROW, other])
    assert found is not None
    assert (found.number, found.found, found.expected) == (1, A_ROW, other)
    missing = first_difference(1, [A_ROW], [])
    assert missing is not None
    assert missing.expected is None


def test_only_what_is_paid_back_is_not_foretold() -> None:
    repaid = [*A_ROW[:6], 500, A_ROW[7]]
    assert first_difference(1, [repaid], [A_ROW]) is None
    paid = [*repaid[:2], int(Record.CONTACT_HELD), *repaid[3:]]
    due = [*A_ROW[:2], int(Record.CONTACT_HELD), *A_ROW[3:]]
    assert first_difference(1, [paid], [due]) is not None


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PLANS))
def test_offices_of_the_plans_of_agreement(name: str) -> None:
    found = relive_offices(live(PLANS[name](), SEED))
    assert_exact(found, days=240, rows=5_000)


@pytest.mark.slow
def test_offices_of_a_lively_department_under_changing_rules() -> None:
    plan = lively_plan(0.02, 14, {"history.years": 6, "history.warm_up_months": 4})
    found = relive_offices(live(plan, SEED))
    assert_exact(found, days=280, rows=15_000)
    assert found.refusals > 50


@pytest.mark.slow
@pytest.mark.parametrize("number", range(6))
def test_offices_of_a_drawn_scenario(number: int) -> None:
    assert_exact(relive_offices(live(drawn_plan(number), number)), days=240, rows=3_000)


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped_scenarios())
def test_offices_of_every_shipped_scenario(name: str) -> None:
    scenario = load_scenario(name)
    share = SMALL / scenario.base.number("department.stock_households")
    plan = run_plan_of(scenario.scaled(share).with_variant(SHORT_PAST).with_months(MONTHS))
    assert_exact(relive_offices(live(plan, SEED)), days=300, rows=2_000)
