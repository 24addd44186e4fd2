"""Compiled code and its plain text tell the same story, record for record."""

from __future__ import annotations

from datetime import date

import pytest
from pairs import (
    Pair,
    assert_same_ledger,
    assert_same_log,
    assert_same_state,
    both,
    everywhere,
    small_department,
)

from sim.engine.run_plan import RunPlan
from sim.events import COLUMNS
from sim.ledger import fold
from sim.vocabulary import Record

pytestmark = pytest.mark.slow

SEED = 11
SCALE = 0.01
START = date(2025, 1, 1)


def ordinary() -> RunPlan:
    """The reference for a year."""
    return RunPlan("ordinary", START, 12, small_department(SCALE))


def eventful() -> RunPlan:
    """A department where all that can happen happens: moves, sanctions, turnover, policies."""
    parameters = small_department(SCALE)
    base = parameters.patched(
        {
            "benefit.move_hazard": 0.02,
            "benefit.internal_move_share": 0.7,
            "stayers.leaving_hazard": 0.03,
            "staffing.turnover_hazard": 0.2,
            "staffing.sickness_hazard": 0.2,
            "sanctions.application_share": 0.8,
            "ladders.graduated.stages_before_deregistration": 2,
            "effects.activity_size": 0.4,
            **everywhere(
                parameters, "pathways", {"follow_up_months": 6.0, "follow_up_weight": 0.3}
            ),
            **everywhere(parameters, "places", {"": 1}),
            **everywhere(parameters, "action_places", {"": 1}),
            **everywhere(
                parameters,
                "",
                {
                    "intake.call_roles": parameters.labels("roles")[-1:],
                    "intake.call_unreached_share": 0.3,
                    "workshop.weekdays": ["mon", "wed", "thu"],
                    "workshop.minutes": 60,
                },
            ),
        },
        "test",
    )
    territories = parameters.labels("territories")
    spring = base.patched(
        {
            **everywhere(
                base,
                "pathways",
                {
                    "contact_interval_days": 7,
                    "contact_shortest_days": 5,
                    "appointment_interval_days": 21,
                    "appointment_shortest_days": 14,
                },
            ),
            **everywhere(base, "", {"priority.age_low": 25, "priority.age_high": 40}),
            f"territories.{territories[-1]}.reassignment_wave": 1,
            f"territories.{territories[0]}.reassignment_wave": 1,
            f"territories.{territories[0]}.convocation.calls_per_month": 20.0,
            f"territories.{territories[0]}.event_factor": 1.5,
        },
        "spring",
    )
    autumn = spring.patched(
        {
            **everywhere(spring, "staff", {"portfolio_cap": 40.0, "additional_fte": 1.2}),
            **everywhere(spring, "pathways", {"follow_up_months": 0.0, "review_months": 2.0}),
        },
        "autumn",
    )
    changes = ((date(2025, 3, 3), spring), (date(2025, 9, 6), autumn))
    return RunPlan("eventful", START, 18, base, changes)


def seasonal() -> RunPlan:
    """Jobs that come and go with the season; contacts that keep from them."""
    seasons = [0.0, 0.3, 1.0, 4.0, 0.5, 2.5, 0.0, 0.0, 3.0, 1.0, 0.2, 0.1]
    base = small_department(SCALE).patched(
        {
            "calendar.refresh_days": 9,
            "job_finding.season": seasons,
            "effects.contact_size": -0.3,
        },
        "test",
    )
    helpful = base.patched({"effects.contact_size": 0.5, "effects.activity_size": 0.3}, "test")
    return RunPlan("seasonal", START, 24, base, ((date(2025, 11, 4), helpful),))


PLANS = {"ordinary": ordinary, "eventful": eventful, "seasonal": seasonal}


@pytest.fixture(scope="module", params=PLANS)
def pair(request: pytest.FixtureRequest) -> Pair:
    return both(PLANS[request.param](), SEED)


def test_both_write_the_same_log(pair: Pair) -> None:
    assert len(pair.compiled.last.people) > 100
    assert_same_log(pair)


def test_both_leave_the_same_state(pair: Pair) -> None:
    assert_same_state(pair.compiled.last, pair.plain.last)


def test_both_keep_the_same_ledger(pair: Pair) -> None:
    assert_same_ledger(pair)


def test_a_folded_log_is_the_live_ledger(pair: Pair) -> None:
    for run in (pair.compiled, pair.plain):
        assert run.log is not None
        assert fold(run.log, run.ledger.shape).equals_flows(run.ledger)


@pytest.mark.parametrize("pair", ["eventful"], indirect=True)
def test_everything_that_can_happen_happens(pair: Pair) -> None:
    assert pair.plain.log is not None
    occurring = {Record(kind) for kind in pair.plain.log.rows[:, COLUMNS.index("kind")]}
    assert not set(Record) - occurring
