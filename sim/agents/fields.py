"""The fields of households, beneficiaries and caseworkers: one declaration each.

A field says what one column of the engine's rows means to somebody who reads it: its name, its
type, its unit, and how it may be changed. The properties of the Mesa agents, what a set of them
reads at once and ``docs/agents.md`` follow from these lists. A column is declared here or listed
as internal, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum

from sim.population.layout import NEVER_DAY
from sim.units import NEVER
from sim.vocabulary import Benefit, Call, ExitReason, Support


class Reading(Enum):
    """How the number of a column is read: each value is the type that is shown."""

    NUMBER = "number"
    FLAG = "true or false"
    DATE = "date"
    WORD = "word"
    LABEL = "label"
    LABELS = "set of labels"


@dataclass(frozen=True)
class Field:
    """One fact about an agent.

    ``words`` is the closed list of a word, or the group of the tables that a label is of;
    ``missing`` are the day numbers that stand for no date. ``changed_by`` names the methods that
    change the field, ``change`` among them where it may be written by itself; empty for what
    nothing changes from outside.
    """

    name: str
    column: str
    reading: Reading
    meaning: str
    unit: str = ""
    words: type[IntEnum] | str = ""
    missing: tuple[int, ...] = ()
    changed_by: tuple[str, ...] = ()

    @property
    def is_changeable(self) -> bool:
        """Whether ``change`` writes it."""
        return CHANGE in self.changed_by

    @property
    def type_text(self) -> str:
        """Type and unit for readers."""
        if self.reading in (Reading.LABEL, Reading.LABELS):
            return f"{self.reading.value} of `{self.words}`"
        if isinstance(self.words, type):
            names = ", ".join(f"`{word.name.lower()}`" for word in self.words)
            return f"one of {names}"
        return self.unit or self.reading.value

    @property
    def way(self) -> str:
        """How to change it, as a sentence."""
        if self.is_changeable:
            return f"Write it with change({self.name}=...), which settles the life and resumes it."
        if self.changed_by:
            return f"It follows from {' or '.join(f'{name}()' for name in self.changed_by)}."
        return "The engine keeps it; nothing writes it from outside."


CHANGE = "change"
NO_DAY = 0
_RIGHTS = ("leave_rsa", "enter_rsa")
_JOBS = ("find_occupation", "end_occupation", "lose_contract")
_OFFICES = ("orient", "start_support", "switch_pathway")
_SANCTIONED = ("be_sanctioned",)


def _number(name: str, meaning: str, unit: str = "", *by: str, column: str = "") -> Field:
    return Field(name, column or name, Reading.NUMBER, meaning, unit, changed_by=by)


def _flag(name: str, meaning: str, *by: str) -> Field:
    return Field(name, name, Reading.FLAG, meaning, changed_by=by)


def _day(
    name: str, meaning: str, *by: str, column: str = "", missing: int | None = NO_DAY
) -> Field:
    days = () if missing is None else (missing,)
    return Field(name, column or name, Reading.DATE, meaning, missing=days, changed_by=by)


def _word(name: str, meaning: str, words: type[IntEnum], *by: str, column: str = "") -> Field:
    return Field(name, column or name, Reading.WORD, meaning, words=words, changed_by=by)


def _label(name: str, meaning: str, group: str, *by: str, column: str = "") -> Field:
    return Field(name, column or name, Reading.LABEL, meaning, words=group, changed_by=by)


def _labels(name: str, meaning: str, group: str, *by: str, column: str = "") -> Field:
    return Field(name, column or name, Reading.LABELS, meaning, words=group, changed_by=by)


HOUSEHOLD = (
    _number("household_id", "identity, the same in every run of a seed", column="id"),
    _label("territory", "where it lives", "territories", "move"),
    _label("household_type", "adults and children", "household_types", column="kind"),
    _number("adults", "adults in it", "persons", column="members"),
    _word("benefit", "relation to the RSA", Benefit, *_RIGHTS),
    _day("benefit_since", "last change of `benefit`", *_RIGHTS, column="since", missing=None),
    _word("exit_reason", "why it is not paid", ExitReason, *_RIGHTS, column="reason"),
    _day("entered_on", "first entry", missing=None),
    _day("pension_on", "the head's pension", column="pension_day", missing=NEVER_DAY),
    _number("declared_cents", "resources last declared", "cents a month"),
    _day("next_declaration", "next declaration of resources, if any", missing=NEVER_DAY),
    _day(
        "below_scale_since",
        "resources of a household off RSA are below its scale since, none while above",
        column="below_since",
        missing=NEVER_DAY,
    ),
    _day("suspended_until", "end of a suspension, none without", *_SANCTIONED),
    _number("suspended_per_mille", "suspended part of the allowance", "thousandths", *_SANCTIONED),
    _number("withheld_cents", "sums that remobilisation may repay", "cents"),
    _number("sanction_stage", "steps up the ladder", "steps", *_SANCTIONED, CHANGE, column="stage"),
    _flag("has_housing_support", "its scale is reduced by the housing deduction", CHANGE),
    _flag("is_increased", "its scale is the increased one of lone parents", CHANGE),
    _number("exit_frailty", "factor of the hazard of the long exit", "factor", CHANGE),
)

BENEFICIARY = (
    _number("member", "place in the household, the head is 0"),
    _day("birth", "day of birth", missing=None),
    _label("education", "level of education", "education", CHANGE),
    _flag("has_duties", "has the duties that lead to intake and support"),
    _flag("is_self_employed", "is of the public of pathways for the self-employed", CHANGE),
    _flag(
        "is_stayer",
        "of the class who rarely work and rarely leave",
        "leave_class_of_stayers",
        CHANGE,
    ),
    _number("frailty", "lasting factor of the hazard of job finding", "factor", CHANGE),
    _number("instability", "factor of the hazard that a contract breaks", "factor", CHANGE),
    _labels("barriers", "barriers present", "barriers", "gain_barrier", "lift_barrier"),
    _labels("barriers_seen", "as the last assessment noted", "barriers", "orient", column="seen"),
    _labels("actions", "actions in which a place is held", "actions", column="on_action"),
    _number("assessments", "assessments so far, up to 100", "times"),
    _label("job", "present occupation, none without; a training is one", "job_types", *_JOBS),
    _day("job_start", "start of the present or last occupation"),
    _day(
        "job_end",
        "planned end of the occupation, none if open-ended or without",
        missing=int(NEVER),
    ),
    _day("last_job_end", "end of the last occupation"),
    _number("income_cents", "wage or unemployment benefit", "cents a month"),
    _day("unemployment_benefit_until", "last day of it, none without", column="benefit_until"),
    _number("worked_days", "days towards unemployment benefit", "days"),
    _word("support", "where the person stands with the offices", Support, *_OFFICES),
    _label("pathway", "that of the last orientation", "pathways", "orient", "switch_pathway"),
    _day("waiting_since", "start of the last wait"),
    _day("ready_on", "first day on which intake can receive"),
    _number("invitations", "invitations to intake so far", "times"),
    _word("call", "where the person stands with the telephone platform or a convocation", Call),
    _number("calls", "calls tried so far, up to 100", "times"),
    _day("oriented_on", "last orientation", "orient"),
    _day("workshop_on", "next invitation to a workshop"),
    _number("workshops_missed", "missed since the orientation", "times"),
    _day("support_since", "start of the last support"),
    _day("contract_on", "last engagement contract"),
    _day("review_on", "next review of the pathway"),
    _day("activity_since", "start of a place in activity"),
    _number(
        "contact_level",
        "achieved contacts, as of `contact_on`: they fade from then on",
        "contacts a month",
        "meet",
        CHANGE,
    ),
    _day("contact_on", "day as of which `contact_level` is given", "meet"),
    _day("met_on", "day after the last contact held with a caseworker"),
    _number("contacts_drawn", "contacts held or missed so far", "times", column="attempts"),
    _number("breaches", "missed contacts that count for a sanction", "times", *_SANCTIONED, CHANGE),
    _day("follow_up_until", "end of follow-up in a job"),
    _day("follow_up_held_on", "last contact of follow-up"),
    _day("cohort_on", "entry in a cohort of support"),
    _label("cohort_pathway", "pathway of that entry", "pathways"),
)

CASEWORKER = (
    _label("territory", "whose office it is", "territories"),
    _label("role", "profession", "roles"),
    _number("load", "weight of the portfolio", "hundredths of a person"),
    _number(
        "capacity",
        "weight that it may reach today, 0 while the post is vacant",
        "hundredths of a person",
    ),
    _number(
        "reserve",
        "weight that colleagues hold for it while it is vacant and to be filled again",
        "hundredths of a person",
    ),
    _number("minutes_left", "left of the day for contacts and intake", "minutes", column="minutes"),
)

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "households": HOUSEHOLD,
    "people": BENEFICIARY,
    "posts": CASEWORKER,
}
"""The declared fields of each table of the engine."""

_CLOCK = "a clock: what remains of a threshold, read when needed"
_COUNT = "how many times a clock fired: it keys the next draw"
_CACHE = "as of the last look at the life: kept for speed"
_MEMORY = "bits or cells of months gone by, brought up to date when needed"
_PLACE = "a row of another table, which changes when rows are dropped"

INTERNAL: Mapping[str, Mapping[str, str]] = {
    "households": {
        "settled": _CACHE,
        "first": _PLACE,
        "quiet_until": _CACHE,
        "refresh_phase": "place on the grid of slow factors",
        "read_at": _CACHE,
        "clock": _CLOCK,
        "fired": _COUNT,
        "paid_mask": _MEMORY,
        "mask_month": _MEMORY,
        "year_mask": _MEMORY,
        "earnings": _MEMORY,
        "earnings_month": _MEMORY,
        "accrued_on": _MEMORY,
        "phase": "month of the quarter of the declarations",
    },
    "people": {
        "job_hazard": _CACHE,
        "saturation": _CACHE,
        "reached_months": _CACHE,
        "clock": _CLOCK,
        "barrier_clock": _CLOCK,
        "fired": _COUNT,
        "worked_mask": _MEMORY,
        "lasting_mask": _MEMORY,
        "seen_mask": _MEMORY,
        "mask_month": _MEMORY,
        "household": f"{_PLACE}: read as `household`",
        "due": "an array: read as `due`, by kind of contact",
        "ready_minute": "part of a day, for the order of a queue",
        "cohort_flags": "which first jobs of the cohort are recorded",
        "postponed": "which contacts are counted as postponed",
        "latent": "class that correlates barriers when they are drawn",
    },
    "posts": {
        "on_contacts": "minutes of today, while contacts are held",
        "on_promises": "minutes of today, while contacts are held",
    },
}
"""Columns that are no fields, each with its reason."""


def field_named(table: str, name: str) -> Field | None:
    """The declared field of a table with that name."""
    return next((field for field in FIELDS[table] if field.name == name), None)
