"""The extreme conditions: what is set, and what must hold then.

Each runs in the world of `benchmarks.worlds`, one territory at full size, beside a reference that
shares its people and its luck. What must hold is known without the model: nobody is received where
nobody works, whatever the parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim.vocabulary import WEEKDAYS

Changes = Mapping[str, object]
T = "territories.*."
STAFF, PATHWAYS, INTAKE = f"{T}staff.*.", f"{T}pathways.*.", f"{T}intake."
ALL_MONTHS = 12
NEARLY = 0.002
"""What the steps of a life may differ by (docs/decisions/003-clocks-read-when-needed.md).

Slow factors are those of the middle of a step, and what an office does ends a step: where nothing
that it does has an effect, events come hours sooner or later, and one of a thousand falls on the
other side of the last midnight.
"""


@dataclass(frozen=True)
class Must:
    """One thing that must hold: ``outcome sign bound``; ``≈`` is within `NEARLY` of it.

    The bound is ``times`` the outcome ``than`` of the same run, or of the reference when
    ``is_of_reference``; without ``than``, the number ``times`` itself.
    """

    outcome: str
    sign: str
    times: float = 1.0
    than: str = ""
    is_of_reference: bool = False


@dataclass(frozen=True)
class Extreme:
    """A condition: ``changed`` is set on the first day; with ``is_past``, as if always.

    ``given`` holds in the reference too, as if always.
    """

    key: str
    title: str
    changed: Changes
    must: tuple[Must, ...]
    given: Changes = field(default_factory=dict)
    is_past: bool = False


def is_zero(*outcomes: str) -> tuple[Must, ...]:
    """These outcomes are nothing at all."""
    return tuple(Must(outcome, "=", 0.0) for outcome in outcomes)


def as_reference(*outcomes: str) -> tuple[Must, ...]:
    """These outcomes are those of the reference, to the unit."""
    return tuple(Must(outcome, "=", 1.0, outcome, True) for outcome in outcomes)


def beside_reference(sign: str, *outcomes: str, times: float = 1.0) -> tuple[Must, ...]:
    """These outcomes are above or below those of the reference, or so many times them."""
    return tuple(Must(outcome, sign, times, outcome, True) for outcome in outcomes)


NO_EFFECT: Changes = {
    "effects.contact_size": 0.0,
    "effects.activity_size": 0.0,
    "effects.long_exit_contact_size": 0.0,
    "effects.sanction_job_finding_multiplier": 1.0,
    "effects.follow_up_rupture_multiplier": 1.0,
    "stayers.leaving_contact_size": 0.0,
    "barriers.*.contact_speed": 0.0,
    f"{T}action_places.*": 0,
    "sanctions.ladder": "none",
}
"""Offices work as ever, and nothing that they do reaches a life, nor did before the first day."""
NOBODY_COMES: Changes = {
    "contact_types.*.no_show_share": 1.0,
    "effects.sanction_no_show_multiplier": 1.0,
}
"""Not even who was sanctioned."""
LIVES = ("exits", "reentries", "jobs_started", "caseload_households")
NO_STAFF: Changes = {f"{STAFF}fte": 0.0, f"{STAFF}additional_fte": 0.0}
AMPLE_STAFF: Changes = {f"{STAFF}fte": 200.0}
NO_JOB: Changes = {"job_finding.season": [0.0] * ALL_MONTHS}
NO_EXIT: Changes = {
    **NO_JOB,
    "benefit.interruption_hazard": 0.0,
    "benefit.long_exit_hazard": 0.0,
    "benefit.other_minimum_hazard": 0.0,
    "benefit.move_hazard": 0.0,
    "sanctions.ladder": "none",
}

EXTREMES = (
    Extreme(
        "no_staff",
        "No caseworkers, from the first day",
        NO_STAFF,
        (
            *is_zero("staff_minutes_available", "contacts_held", "supported", "orientations"),
            *as_reference("first_entries"),
            *beside_reference(">", "waiting_for_caseworker", "waiting_for_orientation"),
        ),
    ),
    Extreme(
        "no_sessions",
        "No desk of reception, from the first day",
        {f"{INTAKE}desks": 0},
        (
            *is_zero("orientations"),
            *as_reference("first_entries"),
            *beside_reference(">", "waiting_for_orientation"),
            *beside_reference("<", "supported"),
        ),
    ),
    Extreme(
        "portfolios_of_one",
        "Portfolios of one person a post, as if always",
        {f"{STAFF}portfolio_cap": 1.0, f"{STAFF}observed_mean_size": 1.0},
        (
            Must("supported", "<=", 1.0, "staff_fte"),
            *beside_reference(">", "waiting_for_caseworker"),
            *beside_reference("<", "contacts_held"),
        ),
        is_past=True,
    ),
    Extreme(
        "ample_staff",
        "Staff without limit (200 posts a role), as if always",
        AMPLE_STAFF,
        (
            *is_zero("waiting_for_caseworker"),
            Must("wait_for_caseworker_days_mean", "<=", 1.0),
            Must("staff_utilisation", "<=", 0.1),
            *beside_reference(">", "contacts_held_per_person", "stock_job_within_12m_share"),
        ),
        is_past=True,
    ),
    Extreme(
        "no_effect",
        "Staff without limit, contacts and activities without effect",
        AMPLE_STAFF,
        (
            *as_reference("first_entries"),
            *beside_reference("≈", *LIVES),
            *beside_reference(">", "contacts_held"),
        ),
        given=NO_EFFECT,
    ),
    Extreme(
        "no_staff_no_effect",
        "No caseworkers, contacts and activities without effect",
        NO_STAFF,
        (
            *as_reference("first_entries"),
            *beside_reference("≈", *LIVES),
            *is_zero("contacts_held"),
        ),
        given=NO_EFFECT,
    ),
    Extreme(
        "no_inflow",
        "Nobody comes for the first time",
        {f"{T}inflow_multiplier": 0.0},
        (
            *is_zero("first_entries"),
            *beside_reference("<", "caseload_households", "waiting_for_orientation"),
            Must("reentries", ">", 0.0),
        ),
    ),
    Extreme(
        "no_job",
        "Nobody finds a job",
        NO_JOB,
        (
            *is_zero("jobs_started"),
            *beside_reference("<", "exits_work", "in_job_on_rsa_share"),
            *beside_reference(">", "caseload_households", "allowance_eur"),
        ),
    ),
    Extreme(
        "no_exit",
        "Nobody finds a job and no right ends but by age or work that was there",
        NO_EXIT,
        (
            *is_zero(
                "jobs_started",
                "exits_interruption",
                "exits_long_exit",
                "exits_other_minimum",
                "exits_moved_away",
                "exits_deregistered",
            ),
            *beside_reference(">", "caseload_households"),
        ),
    ),
    Extreme(
        "all_exit",
        "Every right ends after a month or so, and nobody comes back",
        {
            "benefit.interruption_hazard": 1.0,
            "benefit.reentry_interruption": 0.0,
        },
        (
            *beside_reference("<=", "caseload_households", "supported", times=0.25),
            *as_reference("first_entries"),
        ),
    ),
    Extreme(
        "one_euro",
        "A base amount of one euro (the tables refuse zero; less than six are not paid)",
        {"allowance.base_eur": {"2018-04-01": 1.0}},
        (
            *is_zero("allowance_eur"),
            *as_reference("first_entries"),
            *beside_reference(">", "exits_work"),
            *beside_reference("<", "caseload_households", "in_job_on_rsa_share"),
        ),
    ),
    Extreme(
        "oriented_at_once",
        "Everybody invited at once, 64 desks, every day",
        {
            f"{INTAKE}desks": 64,
            f"{INTAKE}weekdays": list(WEEKDAYS),
            f"{INTAKE}notification_days": 0,
            "channels.*.no_show_share": 0.0,
        },
        (
            Must("wait_for_orientation_days_mean", "<=", 4.0),
            Must("oriented_share", ">=", 0.98),
            *beside_reference(">", "orientations"),
        ),
    ),
    Extreme(
        "reassigned_at_once",
        "Everybody who is supported reassigned on one day",
        {f"{T}reassignment_wave": 1},
        (
            *as_reference("first_entries"),
            *beside_reference(">", "support_entries"),
        ),
    ),
    Extreme(
        "nobody_comes",
        "Nobody attends any contact",
        NOBODY_COMES,
        (
            *is_zero("contacts_held", "engagement_contracts_signed"),
            *beside_reference(">", "contacts_missed", "sanctions"),
        ),
    ),
    Extreme(
        "no_sanction",
        "No ladder of sanctions, nobody attends any contact",
        {"sanctions.ladder": "none"},
        (*is_zero("sanctions", "exits_deregistered"), *as_reference("first_entries")),
        given=NOBODY_COMES,
    ),
    Extreme(
        "no_duties",
        "Nobody has rights and duties, as if always",
        {"population.duties_share": 0.0},
        is_zero(
            "persons_with_duties",
            "waiting_for_orientation",
            "orientations",
            "supported",
            "contacts_held",
            "sanctions",
        ),
        is_past=True,
    ),
    Extreme(
        "no_barrier",
        "Nobody has a barrier, as if always",
        {"barriers.*.prevalence": 0.0},
        (
            *is_zero("barriers_per_person", "barriers_removed"),
            *beside_reference(">", "jobs_started"),
        ),
        is_past=True,
    ),
    Extreme(
        "staff_of_a_month",
        "Every post is left after a month or so, and refilled after a thousand days",
        {"staffing.turnover_hazard": 1.0, "staffing.replacement_delay_days": 1000},
        (
            *beside_reference("<", "staff_minutes_available", "contacts_held", times=0.5),
            *as_reference("first_entries"),
        ),
    ),
)
"""Every condition of the page, in its order."""
