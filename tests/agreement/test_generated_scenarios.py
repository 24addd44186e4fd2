"""Compiled and plain text agree on scenarios that nobody chose: levers, dates, seeds drawn."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from pairs import (
    assert_same_ledger,
    assert_same_log,
    assert_same_state,
    both,
    everywhere,
    small_schemes,
)

from sim.engine.run_plan import RunPlan
from sim.parameters import Parameters
from sim.units import date_of, first_day_of_month, month_number

MONTHS = 12
START_YEARS = (2019, 2023, 2024, 2025)
CHANGES_AT_A_TIME = 8
LEVERS: tuple[tuple[str, str, tuple[object, ...]], ...] = (
    ("", "market_level", (0.7, 1.2)),
    ("", "inflow_multiplier", (0.5, 1.3)),
    ("", "intake.desks", (1, 4)),
    ("", "intake.interview_form", ("fixed", "exponential")),
    ("", "intake.attending_roles", (["social_worker"], ["social_worker", "job_counsellor"])),
    ("", "intake.weekdays", (["mon"], ["mon", "wed", "fri"])),
    ("", "intake.orientation_validity_months", (0.0, 24.0)),
    ("", "intake.notification_days", (2, 20)),
    ("", "intake.call_roles", ([], ["job_counsellor"], ["social_worker", "job_counsellor"])),
    ("", "intake.call_orients_share", (0.0, 0.7)),
    ("", "intake.recall_days", (1, 10)),
    ("", "intake.limit_roles", (["job_counsellor"], ["social_worker", "job_counsellor"])),
    ("", "workshop.weekdays", ([], ["mon", "thu"], ["tue", "wed", "fri"])),
    ("", "workshop.places", (1, 4)),
    ("", "workshop.after_days", (0, 10)),
    ("", "workshop.minutes", (30, 120)),
    ("staff", "additional_fte", (0.5, 1.5)),
    ("staff", "portfolio_cap", (20.0, 60.0)),
    ("pathways", "contact_minutes", (10, 60)),
    ("pathways", "contract_renewal_days", (90, 200)),
    ("pathways", "contract_due_days", (5, 60)),
    ("pathways", "follow_up_months", (0.0, 3.0)),
    ("pathways", "follow_up_interval_days", (10, 45)),
    ("pathways", "activity_places", (0, 50)),
    ("pathways", "activity_hours", (0.0, 15.0)),
    ("pathways", "review_months", (1.0, 3.0)),
    ("pathways", "coverage_share", (0.0, 0.5, 1.0)),
    ("", "reassignment_wave", (0, 1)),
    ("", "convocation.calls_per_month", (0.0, 4.0, 30.0)),
    ("", "convocation.exempt_share", (0.0, 1.0)),
    ("", "convocation.attendance_factor", (0.1, 1.0)),
    ("places", "", (0, 2)),
    ("action_places", "", (0, 1, 2)),
)
NATIONAL: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("benefit.internal_move_share", (0.0, 1.0)),
    ("sanctions.application_share", (0.0, 1.0)),
    ("sanctions.breach_threshold", (1, 3)),
    ("sanctions.ladder", ("none", "graduated", "decree_2025")),
    ("population.self_employed_share", (0.1, 0.6)),
    ("law.orientation_limit_days", (0, 20)),
    ("law.activity_waivers", (False, True)),
    ("job_finding.recent_job_boost", (0.0, 0.8)),
    ("effects.contact_size", (-0.2, 0.1, 0.9)),
    ("job_finding.season", ([0.5, 1.5] * 6, [0.0, 2.0, 1.0] * 4)),
    ("stayers.leaving_hazard", (0.0, 0.05)),
    ("staffing.turnover_hazard", (0.0, 0.15)),
    ("calendar.refresh_days", (1, 31)),
)


def drawn_changes(parameters: Parameters, generator: np.random.Generator) -> dict[str, object]:
    """A few levers, each at one of its values."""
    changes: dict[str, object] = {}
    for index in generator.choice(len(LEVERS), CHANGES_AT_A_TIME, replace=False):
        group, name, values = LEVERS[index]
        value = values[generator.integers(len(values))]
        changes |= everywhere(parameters, group, {name: value})
    for index in generator.choice(len(NATIONAL), CHANGES_AT_A_TIME, replace=False):
        path, values = NATIONAL[index]
        changes[path] = values[generator.integers(len(values))]
    return changes


def drawn_plan(number: int) -> RunPlan:
    """A reference and two dates of change."""
    generator = np.random.default_rng(number)
    start = date(int(generator.choice(START_YEARS)), int(generator.integers(1, 13)), 1)
    plain = small_schemes(0.008)
    base = plain.patched(drawn_changes(plain, generator), "base")
    changes, parameters = [], base
    for month in (3, 8):
        parameters = parameters.patched(drawn_changes(parameters, generator), "change")
        first = first_day_of_month(month_number(start) + month)
        changes.append((date_of(first + int(generator.integers(28))), parameters))
    return RunPlan(f"drawn {number}", start, MONTHS, base, tuple(changes))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(6))
def test_compiled_and_plain_agree_on_a_drawn_scenario(number: int) -> None:
    pair = both(drawn_plan(number), seed=number)
    assert_same_log(pair)
    assert_same_ledger(pair)
    assert_same_state(pair.compiled.last, pair.plain.last)
