"""One case per lever: what is changed, which first outcome moves, and without what it is inert.

``changed`` holds from the first day in one arm, ``given`` in both. ``absent`` takes the input of
the mechanism away, in the starting population too: no staff, no places, nobody eligible; where it
is `UNCHANGED`, the input is what ``given`` brings. ``sign`` is that of the outcome's difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from benchmarks.worlds import PILOT
from sim import observation
from sim.engine.run import RunResult
from sim.parameters import Parameters
from sim.vocabulary import WEEKDAYS, Contact, Record, Stock, Support

Changes = Mapping[str, object]
Reader = Callable[[RunResult], float]

T = "territories.*."
ST, PW, IN, WS = f"{T}staff.*.", f"{T}pathways.*.", f"{T}intake.", f"{T}workshop."
PILOT_STAFF = f"territories.{PILOT}.staff.*."
PILOT_COUNSELLOR = f"territories.{PILOT}.staff.job_counsellor."
BOTH_ROLES = ["social_worker", "job_counsellor"]
COACHING = "territories.*.pathways.referent_coaching.coverage_share"
YEARS = 365.25

NO_STAFF: Changes = {f"{ST}fte": 0.0, f"{ST}additional_fte": 0.0}
NOBODY_WITH_DUTIES: Changes = {"population.duties_share": 0.0}
NO_LADDER: Changes = {"sanctions.ladder": "none"}
NO_JOB: Changes = {
    "stayers.share": 1.0,
    "stayers.job_finding_multiplier": 0.0,
    "stayers.leaving_hazard": 0.0,
}
UNCHANGED: Changes = {}
"""The input is absent in the reference itself: no platform, no workshop, no added post …"""

QUEUE: Changes = {f"{ST}portfolio_cap": 60.0}
BUSY: Changes = {f"{PW}contact_interval_days": 14, f"{PW}contact_shortest_days": 14}
RICH: Changes = {f"{ST}fte": 40.0}
"""So many posts that spare time makes every rhythm the shortest that a pathway allows."""
NO_SPARE_TIME: Changes = {"staffing.spare_time_contact_share": 0.0}
IDLE: Changes = {**NO_SPARE_TIME, "staffing.spare_time_depth_share": 0.0}
"""What is left of a day stays unused, so that what a task takes can be seen in it."""
PHONE: Changes = {f"{IN}call_roles": ["job_counsellor"], f"{IN}notification_days": 60}
FOLLOWED: Changes = {f"{PW}follow_up_months": 6.0}
WORKSHOP: Changes = {f"{WS}weekdays": ["wed"], f"{IN}desks": 8}
HOURS: Changes = {f"{PW}activity_hours": 10.0, f"{PW}activity_ramp_days": 0}
STRICT: Changes = {
    **BUSY,
    "sanctions.application_share": 1.0,
    "sanctions.breach_threshold": 1,
    "sanctions.deregistration_share": 0.0,
}


@dataclass(frozen=True)
class Case:
    """A lever, moved in one direction."""

    key: str
    changed: Changes
    read: str | Reader
    sign: int
    given: Changes = field(default_factory=dict)
    absent: Changes = field(default_factory=lambda: NO_STAFF)
    pathway: str | None = None
    world: str = "pilot"
    inert: Callable[[Parameters], Changes] | None = None
    """What is changed where the input is absent, when it is not ``changed``."""


def count(kind: Record, detail: int | None = None) -> Reader:
    """Number of records of a kind, of one detail or of all."""

    def read(result: RunResult) -> float:
        cells = result.ledger.flows[kind, ..., 0]
        return float((cells if detail is None else cells[..., detail]).sum())

    return read


def waited(kind: Record) -> Reader:
    """Mean value of a kind of record, in days."""

    def read(result: RunResult) -> float:
        cells = result.ledger.flows[kind]
        return float(cells[..., 1].sum() / cells[..., 0].sum())

    return read


def places_taken(job_type: str) -> Reader:
    """Jobs of one type that started."""

    def read(result: RunResult) -> float:
        row = result.parameters.labels("job_types").index(job_type)
        return count(Record.JOB_STARTED, row)(result)

    return read


def weekly_hours(result: RunResult) -> float:
    """Hours of activity reached on the last day."""
    in_force = result.plan.parameters_on(result.plan.start)
    return observation.weekly_activity_hours(result.last, in_force)


def waiting_aged_25_to_39(result: RunResult) -> float:
    """Part of those who wait for a caseworker on the last day who are from 25 to 39."""
    people = result.last.people
    ages = (result.last.day - people["birth"]) / YEARS
    waits = people["support"] == Support.WAITING_CASEWORKER
    return float(np.mean((ages[waits] >= 25) & (ages[waits] < 40)))


def entries_of_spring(result: RunResult) -> float:
    """First entries from January to June."""
    return float(result.ledger.flows[Record.FIRST_ENTRY, :6, ..., 0].sum())


def staff_minutes_left(result: RunResult) -> float:
    """Minutes of both roles that nobody used."""
    return float(result.ledger.flows[Record.STAFF_MINUTES_LEFT, ..., 1].sum())


def still_waiting(result: RunResult) -> float:
    """Mean number of those who wait for orientation at the ends of months."""
    return float(result.ledger.stocks[Stock.WAITING_FOR_ORIENTATION, 1:].sum(axis=(1, 2)).mean())


def inflow_where_nobody_lives(parameters: Parameters) -> Changes:
    """More first entries in the territories without a stock."""
    return {
        f"territories.{name}.inflow_multiplier": 1.3
        for name in parameters.labels("territories")
        if parameters.number(f"territories.{name}.stock_value") == 0.0
        and parameters.word(f"territories.{name}.stock_unit") != "remainder"
    }


def amount_of_a_later_year(parameters: Parameters) -> Changes:
    """The base amounts as they are, and one more after the end of any run here."""
    amounts = {str(day): amount for day, amount in parameters.dated("allowance.base_eur")}
    return {"allowance.base_eur": {**amounts, "2040-04-01": 900.0}}


FOLLOW_UPS = count(Record.CONTACT_HELD, int(Contact.FOLLOW_UP))
STAFF_CASES = (
    Case("additional_fte", {f"{ST}additional_fte": 4.0}, "waiting_for_caseworker", -1, QUEUE,
         absent={"staffing.recruitment_delay_days": 1000}),
    Case("staff_fte", {f"{PILOT_STAFF}fte": 1.5}, "staff_minutes_available", -1,
         absent=NOBODY_WITH_DUTIES),
    Case("recruitment_delay", {"staffing.recruitment_delay_days": 240}, "staff_minutes_available",
         -1, {f"{ST}additional_fte": 5.0}, UNCHANGED),
    Case("learning_time", {"staffing.learning_months": 12.0}, "staff_minutes_available", -1,
         {f"{ST}additional_fte": 5.0},
         {"staffing.recruitment_delay_days": 1000, "staffing.turnover_hazard": 0.0}),
    Case("case_work", {f"{ST}case_work_minutes": 30.0}, "contacts_held", -1),
    Case("time_outside_contacts", {"calendar.time_outside_contacts_share": 0.25},
         "staff_minutes_available", +1),
    Case("portfolio_cap", {f"{ST}portfolio_cap": 50.0}, "wait_for_caseworker_days_mean", +1),
)  # fmt: skip
RECEPTION_CASES = (
    Case("notification_days", {f"{IN}notification_days": 2}, "wait_for_orientation_days_mean", -1,
         {f"{IN}desks": 8}),
    Case("invitation_channel", {f"{IN}channel": "self_booking"}, "intake_no_shows", -1,
         {f"{IN}desks": 8}),
    Case("intake_days", {f"{IN}weekdays": list(WEEKDAYS)}, "wait_for_orientation_days_mean", -1),
    Case("intake_desks", {f"{IN}desks": 6}, "wait_for_orientation_days_mean", -1),
    Case("intake_minutes", {f"{IN}opening_minutes": 400}, "wait_for_orientation_days_mean", -1),
    Case("interview_minutes", {f"{IN}interview_minutes": 90}, "wait_for_orientation_days_mean", +1),
    Case("joint_intake", {f"{IN}attending_roles": BOTH_ROLES}, staff_minutes_left, -1, IDLE),
    Case("telephone_roles", {f"{IN}call_roles": ["job_counsellor"]},
         "wait_for_orientation_days_mean", -1, {f"{IN}notification_days": 60}),
    Case("call_minutes", {f"{IN}call_minutes": 60}, "wait_for_call_days_mean", +1,
         {**PHONE, f"{PILOT_COUNSELLOR}fte": 0.4}, UNCHANGED),
    Case("call_orients", {f"{IN}call_orients_share": 1.0}, "wait_for_orientation_days_mean", -1,
         PHONE, UNCHANGED),
    Case("recall_days", {f"{IN}recall_days": 60}, "wait_for_orientation_days_mean", +1,
         {**PHONE, f"{IN}call_unreached_share": 0.7}, UNCHANGED),
    Case("low_band", {f"{T}assessment.employment_at_most": 0}, "persons_oriented", -1,
         pathway="employment"),
    Case("high_band", {f"{T}assessment.social_at_least": 6}, "persons_oriented", -1,
         pathway="social"),
    Case("review", {f"{PW}review_months": 2.0}, "pathway_switches", +1),
    Case("review_margin", {f"{T}assessment.review_margin_points": 0}, "pathway_switches", +1),
    Case("coverage", {COACHING: 0.8}, "persons_oriented", +1, pathway="referent_coaching",
         world="meuse"),
    Case("pathway_public", {"pathways.referent_coaching.public": "self_employed"},
         "persons_oriented", -1, {COACHING: 1.0}, pathway="referent_coaching", world="meuse"),
    Case("target_age_low", {f"{T}priority.age_low": 40}, waiting_aged_25_to_39, +1,
         {**QUEUE, f"{T}priority.age_high": 70}),
    Case("target_age_high", {f"{T}priority.age_high": 39}, waiting_aged_25_to_39, -1,
         {**QUEUE, f"{T}priority.age_low": 25, f"{T}priority.age_high": 25}),
    Case("reassignment", {f"{T}reassignment_wave": 1}, count(Record.REASSIGNED), +1),
    Case("convocation", {f"{T}reassignment_wave": 1, f"{T}convocation.calls_per_month": 30},
         count(Record.CALLED_AGAIN), +1,
         inert=lambda base: {f"{T}convocation.calls_per_month": 30}),
    Case("orientation_limit", {"law.orientation_limit_days": 20}, still_waiting, -1,
         {f"{IN}limit_roles": ["job_counsellor"]}),
)  # fmt: skip
CONTACT_CASES = (
    Case("contact_interval", {f"{PW}contact_interval_days": 28}, "contacts_due", +1,
         {f"{PW}contact_shortest_days": 28}),
    Case("contact_shortest", {f"{PW}contact_shortest_days": 90}, "contacts_held", -1, RICH,
         NO_SPARE_TIME),
    Case("waiting_contact", {f"{PW}waiting_contact_days": 30}, "contacts_held", +1, QUEUE),
    Case("contact_minutes", {f"{PW}contact_minutes": 60}, "contacts_held", -1, BUSY),
    Case("appointment_interval", {f"{PW}appointment_interval_days": 30}, "contacts_due", +1,
         {f"{PW}appointment_shortest_days": 30}),
    Case("appointment_shortest", {f"{PW}appointment_shortest_days": 90}, "contacts_held", -1, RICH,
         NO_SPARE_TIME),
    Case("appointment_minutes", {f"{PW}appointment_minutes": 120}, "contacts_held", -1,
         {f"{PW}appointment_interval_days": 14, f"{PW}appointment_shortest_days": 14}),
    Case("contract_due", {f"{PW}contract_due_days": 1}, "contract_within_30_days_share", +1,
         {f"{PW}contract_due_days": 80}),
    Case("follow_up", FOLLOWED, FOLLOW_UPS, +1),
    Case("follow_up_interval", {f"{PW}follow_up_interval_days": 10}, FOLLOW_UPS, +1, FOLLOWED,
         UNCHANGED),
)  # fmt: skip
ACTION_CASES = (
    Case("workshop_days", {f"{WS}weekdays": ["wed"]}, count(Record.WORKSHOP_HELD), +1),
    Case("workshop_places", {f"{WS}places": 1}, count(Record.WORKSHOP_HELD), -1, WORKSHOP,
         UNCHANGED),
    Case("workshop_after", {f"{WS}after_days": 60}, waited(Record.WORKSHOP_HELD), +1, WORKSHOP,
         UNCHANGED),
    Case("workshop_roles", {f"{WS}attending_roles": BOTH_ROLES}, staff_minutes_left, -1,
         {**WORKSHOP, **IDLE}, UNCHANGED),
    Case("activity_hours", {f"{PW}activity_hours": 15.0}, weekly_hours, +1,
         absent={f"{PW}activity_places": 0}),
    Case("activity_ramp", {f"{PW}activity_ramp_days": 300}, weekly_hours, -1, HOURS,
         {f"{PW}activity_places": 0}),
    Case("activity_places", {f"{PW}activity_places": 20}, "activities_started", -1,
         absent={f"{PW}activity_hours": 0.0}),
    Case("action_places", {f"{T}action_places.*": 0}, "actions_started", -1),
    Case("job_places", {f"{T}places.pec": 0}, places_taken("pec"), -1, absent=NO_JOB),
    Case("events", {f"{T}event_factor": 1.4}, "jobs_started", +1, absent=NO_JOB),
)  # fmt: skip
DUTY_CASES = (
    Case("ladder", NO_LADDER, "sanctions", -1, STRICT),
    Case("breach_threshold", {"sanctions.breach_threshold": 6}, "sanctions", -1, STRICT, NO_LADDER),
    Case("sanction_practice", {"sanctions.application_share": 0.0}, "sanctions", -1, STRICT,
         NO_LADDER),
    Case("deregistration", {"sanctions.deregistration_share": 1.0}, "exits_deregistered", +1,
         STRICT, NO_LADDER),
)  # fmt: skip
CONTEXT_CASES = (
    Case("inflow", {f"{T}inflow_multiplier": 1.3}, "first_entries", +1,
         absent=UNCHANGED, inert=inflow_where_nobody_lives),
    Case("inflow_trend", {"inflow.trend_per_year": 0.5}, "first_entries", +1,
         absent={f"{T}inflow_multiplier": 0.0}),
    Case("inflow_season", {"inflow.season": [1.5] * 6 + [0.5] * 6}, entries_of_spring, +1,
         absent={f"{T}inflow_multiplier": 0.0}),
    Case("labour_market", {f"{T}market_level": 1.4}, "jobs_started", +1,
         {"inflow.market_elasticity": 0.0},
         {**NO_JOB, "inflow.market_elasticity": 0.0}),
    Case("market_season", {"job_finding.season": [1.4] * 12}, "jobs_started", +1, absent=NO_JOB),
    Case("uprating", {"allowance.base_eur": {"2018-04-01": 700.0}}, "allowance_eur", +1,
         absent=UNCHANGED, inert=amount_of_a_later_year),
)  # fmt: skip
CASES = (
    *STAFF_CASES,
    *RECEPTION_CASES,
    *CONTACT_CASES,
    *ACTION_CASES,
    *DUTY_CASES,
    *CONTEXT_CASES,
)
