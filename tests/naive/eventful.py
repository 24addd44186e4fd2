"""Departments in which much happens: effects turned up, so that a small fault shows early."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sim.engine.run_plan import RunPlan
from sim.parameters import Parameters, load_department
from sim.parameters.scaling import scale_department

START = date(2025, 1, 1)
LIVELY: Mapping[str, object] = {
    "benefit.move_hazard": 0.02,
    "benefit.internal_move_share": 0.7,
    "benefit.interruption_hazard": 0.02,
    "benefit.long_exit_hazard": 0.01,
    "benefit.reentry_long_first": 0.08,
    "benefit.reentry_long_middle": 0.03,
    "stayers.leaving_hazard": 0.03,
    "stayers.leaving_contact_size": 1.0,
    "effects.contact_size": 1.2,
    "effects.activity_size": 0.6,
    "effects.long_exit_contact_size": 1.0,
    "effects.follow_up_rupture_multiplier": 0.3,
    "effects.sanction_job_finding_multiplier": 1.8,
    "job_finding.recent_job_boost": 0.8,
    "staffing.turnover_hazard": 0.2,
    "staffing.sickness_hazard": 0.2,
    "sanctions.application_share": 0.8,
    "law.orientation_limit_days": 4,
    "ladders.graduated.stages_before_deregistration": 2,
}
OF_PATHWAYS: Mapping[str, object] = {
    "follow_up_months": 6.0,
    "follow_up_weight": 0.3,
    "follow_up_interval_days": 21,
    "activity_hours": 12.0,
    "activity_ramp_days": 60,
}
OF_TERRITORIES: Mapping[str, object] = {
    "intake.call_unreached_share": 0.3,
    "intake.call_orients_share": 0.3,
    "workshop.weekdays": ["mon", "wed", "thu"],
    "workshop.minutes": 60,
}


def lively(parameters: Parameters) -> Parameters:
    """A department with every effect of support turned up and short stays."""
    changes = {**LIVELY}
    for barrier in parameters.labels("barriers"):
        changes[f"barriers.{barrier}.relaxation_hazard"] = 0.05
        changes[f"barriers.{barrier}.contact_speed"] = 2.0
        changes[f"barriers.{barrier}.other_minimum_factor"] = 1.5
    for action in parameters.labels("actions"):
        changes[f"actions.{action}.speed"] = 3.0
    for territory in parameters.labels("territories"):
        place = f"territories.{territory}"
        changes |= {f"{place}.{name}": value for name, value in OF_TERRITORIES.items()}
        changes[f"{place}.intake.call_roles"] = parameters.labels("roles")[-1:]
        for pathway in parameters.labels("pathways"):
            rows = f"{place}.pathways.{pathway}"
            changes |= {f"{rows}.{name}": value for name, value in OF_PATHWAYS.items()}
        for job in parameters.labels("job_types"):
            if parameters.flag(f"job_types.{job}.has_limited_places"):
                changes[f"{place}.places.{job}"] = 2
        for action in parameters.labels("actions"):
            changes[f"{place}.action_places.{action}"] = 3
    return parameters.patched(changes, "lively")


def lively_plan(
    share: float, months: int, past: Mapping[str, object], department: str = "somme"
) -> RunPlan:
    """A lively department with two policy dates, one of them on a closed day.

    ``past``: years of history and months of warm-up.
    """
    plain = scale_department(load_department(department), share).patched(past, "past")
    base = lively(plain)
    territories, pathways = base.labels("territories"), base.labels("pathways")
    spring: dict[str, object] = {
        f"territories.{territories[-1]}.reassignment_wave": 1,
        f"territories.{territories[0]}.reassignment_wave": 1,
        f"territories.{territories[0]}.convocation.calls_per_month": 25.0,
        f"territories.{territories[0]}.event_factor": 1.6,
        f"territories.{territories[0]}.pathways.{pathways[0]}.activity_hours": 4.0,
        f"territories.{territories[0]}.pathways.{pathways[0]}.follow_up_interval_days": 35,
    }
    later = base.patched(spring, "spring")
    autumn = later.patched(
        {"effects.contact_size": 0.4, "benefit.move_hazard": 0.005, "calendar.refresh_days": 20},
        "autumn",
    )
    changes = ((date(2025, 3, 3), later), (date(2025, 8, 9), autumn))
    return RunPlan("lively", START, months, base, changes)
