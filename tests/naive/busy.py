"""Departments of a few dozen people in which every behaviour of the engine acts within months.

What they are for is `tests/mutants`: a change of the text has to show soon. So effects are turned
up (`eventful.lively`), rules are strict, teams are small, and all that is rare is common.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from eventful import START, lively, lively_plan
from pairs import everywhere
from small_worlds import with_two_schemes
from worlds import relive_history

from replay.comparing import Comparison
from sim.engine.run_plan import RunPlan
from sim.parameters import load_department
from sim.parameters.scaling import scale_department

SHORT_PAST: Mapping[str, object] = {"history.years": 2, "history.warm_up_months": 2}
STRICT: Mapping[str, object] = {
    "sanctions.application_share": 0.9,
    "sanctions.breach_threshold": 2,
    "sanctions.deregistration_share": 0.5,
    "sanctions.ladder": "decree_2025",
    "ladders.decree_2025.first_months": 0.7,
    "ladders.decree_2025.stages_before_deregistration": 2,
    "ladders.graduated.first_months": 0.4,
    "effects.sanction_no_show_multiplier": 0.6,
    "benefit.reentry_deregistration": 0.9,
    "benefit.other_minimum_hazard": 0.01,
    "benefit.internal_move_share": 1.0,
    "population.self_employed_share": 0.5,
    "population.pension_age_low": 55,
    "population.pension_age_high": 60,
    "population.entry_age_older_mean_years": 40.0,
    "unemployment.minimum_months": 0.5,
    "unemployment.maximum_months": 1.5,
    "staffing.sickness_hazard": 0.5,
    "staffing.turnover_hazard": 0.3,
    "staffing.recruitment_delay_days": 10,
    "staffing.replacement_delay_days": 10,
    "staffing.learning_months": 2.0,
    "law.orientation_limit_days": 7,
    "law.activity_waivers": True,
}
STRICT_OFFICES: Mapping[str, object] = {
    "assessment.employment_at_most": 2,
    "assessment.social_at_least": 5,
    "intake.desks": 3,
    "intake.opening_minutes": 100,
    "intake.interview_form": "exponential",
    "intake.notification_days": 2,
    "intake.reinvitation_days": 4,
    "intake.call_roles": (),
    "intake.weekdays": ["mon", "tue", "wed", "thu", "fri"],
    "intake.orientation_validity_months": 1.0,
    "workshop.no_show_share": 0.5,
    "workshop.places": 2,
    "priority.age_low": 25,
    "priority.age_high": 40,
}
TEAMS: Mapping[str, object] = {"fte": 2.4, "portfolio_cap": 5.0, "case_work_minutes": 40.0}
STRICT_PATHWAYS: Mapping[str, object] = {
    "contact_interval_days": 12,
    "contact_shortest_days": 6,
    "appointment_interval_days": 20,
    "appointment_shortest_days": 9,
    "contract_due_days": 6,
    "contract_renewal_days": 40,
    "follow_up_months": 1.5,
    "follow_up_interval_days": 10,
    "review_months": 0.6,
    "coverage_share": 0.7,
    "waiting_contact_days": 9,
    "activity_ramp_days": 20,
}
LARGE_WORKSHOPS: Mapping[str, object] = {
    "workshop.places": 6,
    "workshop.weekdays": ["mon"],
    "workshop.weight": 0.7,
}
DISCOURAGING: Mapping[str, object] = {
    "effects.contact_size": -0.5,
    "effects.contact_half_life_days": 10,
    "effects.contact_saturation_per_month": 0.3,
    "effects.long_exit_contact_size": -0.5,
    "benefit.long_exit_hazard": 1.0,
    "stayers.share": 0.6,
    "stayers.leaving_hazard": 0.5,
    "stayers.leaving_contact_size": -1.0,
    "staffing.spare_time_contact_share": 0.9,
    "job_finding.season": [0.1, 0.5, 4.0, 0.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
    "inflow.trend_per_year": 0.5,
    "population.pension_age_low": 55,
    "population.pension_age_high": 56,
    "population.entry_age_older_mean_years": 40.0,
}


def strict_plan(share: float, months: int) -> RunPlan:
    """Sanctions, contracts, reviews and a busy staff, with two schemes beside the pathways."""
    base = scale_department(with_two_schemes(), share).patched(SHORT_PAST, "past")
    base = lively(base)
    missed = {f"contact_types.{kind}.no_show_share": 0.4 for kind in base.labels("contact_types")}
    territories = base.labels("territories")
    last = {
        f"territories.{territories[-1]}.pathways.{pathway}.coverage_share": 1.0
        for pathway in ("social", "socio_professional", "employment")
    }
    base = base.patched(
        {
            **STRICT,
            **missed,
            **everywhere(base, "", STRICT_OFFICES),
            **everywhere(base, "staff", TEAMS),
            **everywhere(base, "pathways", STRICT_PATHWAYS),
            f"territories.{territories[1]}.intake.call_roles": base.labels("roles")[:1],
            f"territories.{territories[1]}.intake.call_unreached_share": 0.4,
            **everywhere(base, "action_places", {"": 1}),
            **everywhere(base, "places", {"": 1}),
            **last,
        },
        "strict",
    )
    graduated = base.patched(
        {
            "sanctions.ladder": "graduated",
            "sanctions.breach_threshold": 1,
            "effects.contact_size": -0.2,
            f"territories.{territories[0]}.reassignment_wave": 1,
            f"territories.{territories[2]}.reassignment_wave": 1,
            f"territories.{territories[2]}.convocation.calls_per_month": 12.0,
            f"territories.{territories[2]}.convocation.attendance_factor": 0.3,
            **everywhere(base, "pathways", {"coverage_share": 1.0}),
        },
        "graduated",
    )
    lenient = graduated.patched(
        {"sanctions.ladder": "none", "effects.contact_size": 1.0, "law.orientation_limit_days": 0},
        "lenient",
    )
    changes = ((date(2025, 3, 5), graduated), (date(2025, 5, 6), lenient))
    return RunPlan("strict", START, months, base, changes)


def moving_plan(share: float, months: int) -> RunPlan:
    """Households move all the time, often with a job of which there are few.

    No orientation outlives a day out of the RSA. Teams are larger, and often share their work anew.
    """
    base = lively_plan(share, months, SHORT_PAST).base
    restless = {
        "benefit.move_hazard": 0.3,
        "benefit.internal_move_share": 0.9,
        "job_finding.base_hazard": 1.0,
        **everywhere(base, "", {"intake.orientation_validity_months": 0.0}),
        **everywhere(base, "places", {"": 1}),
        **everywhere(base, "staff", {"fte": 4.0, "portfolio_cap": 7.0}),
        **everywhere(base, "pathways", {"activity_places": 1}),
        f"territories.{base.labels('territories')[0]}.intake.call_roles": base.labels("roles")[:1],
        "staffing.turnover_hazard": 0.8,
        "staffing.sickness_hazard": 0.8,
        "staffing.recruitment_delay_days": 5,
        "staffing.replacement_delay_days": 5,
    }
    return RunPlan("moving", START, months, base.patched(restless, "restless"))


def opening_plan(share: float, months: int) -> RunPlan:
    """Procedures are opened from a date on, on which all are taken in anew; staff has time.

    Workshops are few and large, one territory holds none; actions have many places, the pathway of
    employment has no follow-up.
    """
    strict = strict_plan(share, months).base
    places = strict.labels("territories")
    without = {f"territories.{place}.pathways.employment.follow_up_months": 0.0 for place in places}
    base = strict.patched(
        {
            "sanctions.ladder": "none",
            "job_finding.base_hazard": 1.0,
            "staffing.spare_time_contact_share": 0.9,
            **everywhere(strict, "", LARGE_WORKSHOPS),
            **everywhere(strict, "action_places", {"": 8}),
            f"territories.{places[0]}.workshop.weekdays": [],
            **everywhere(strict, "staff", {"case_work_minutes": 5.0}),
            **everywhere(strict, "pathways", {"follow_up_months": 6.0, "contact_minutes": 10}),
            **without,
            f"territories.{places[0]}.pathways.social.activity_hours": 0.0,
        },
        "without procedures",
    )
    opened = base.patched(
        {
            "sanctions.ladder": "graduated",
            **everywhere(base, "", {"reassignment_wave": 1}),
            **everywhere(base, "pathways", {"coverage_share": 0.2}),
        },
        "procedures",
    )
    return RunPlan("opening", START, months, base, ((date(2025, 2, 12), opened),))


def discouraging_plan(share: float, months: int) -> RunPlan:
    """One territory in which contacts keep people where they are, and are soon forgotten.

    Jobs come and go with the season, ever more people enter, and pensions begin early.
    """
    plan = lively_plan(share, months, SHORT_PAST, "meuse")
    changed = {
        **DISCOURAGING,
        **everywhere(plan.base, "", {"convocation.calls_per_month": 90.0}),
        **{
            f"household_types.{kind}.increased_share": 0.5
            for kind in plan.base.labels("household_types")
        },
    }
    base = plan.base.patched(changed, "discouraging")
    changes = tuple((when, rules.patched(changed, "later")) for when, rules in plan.changes)
    return RunPlan("discouraging", START, months, base, changes)


SEED = 8
PLANS: Mapping[str, Callable[[], RunPlan]] = {
    "strict": lambda: strict_plan(0.004, 6),
    "lively": lambda: lively_plan(0.004, 9, SHORT_PAST),
    "moving": lambda: moving_plan(0.003, 3),
    "opening": lambda: opening_plan(0.004, 3),
    "discouraging": lambda: discouraging_plan(0.006, 4),
}


def relive_busy_lives() -> Comparison:
    """Lives without offices in which much happens, relived."""
    return relive_history(lively(load_department("somme")), 4, SEED)
