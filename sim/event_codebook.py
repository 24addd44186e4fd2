"""What the columns of a record mean, for every kind of record: the one home of the codebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from sim.vocabulary import Contact, ExitReason, OrientedBy, Record

Who = Literal["household", "person", "office"]

VOCABULARY: Mapping[str, type[ExitReason] | type[Contact] | type[OrientedBy]] = {
    "reason": ExitReason,
    "contact": Contact,
    "way": OrientedBy,
}
"""Details that are words of the vocabulary."""
LABELS = {
    "action": "actions",
    "barrier": "barriers",
    "destination": "territories",
    "job type": "job_types",
    "pathway": "pathways",
    "role": "roles",
}
"""Details that are labels of a department, with the group that lists them."""

TRAINING: Mapping[Record, str] = {
    Record.JOB_STARTED: "training_started",
    Record.JOB_ENDED: "training_ended",
    Record.CONTRACT_RUPTURE: "training_rupture",
    Record.PLACE_REFUSED: "training_refused",
}
"""What a record of an occupation is called where its type is no job (``job_types.*.is_job``)."""


@dataclass(frozen=True)
class Meaning:
    """One kind of record in words; an empty text stands for a column that says nothing (0)."""

    who: Who
    what: str
    detail: str = ""
    """A key of `VOCABULARY` or `LABELS`, or what the number is."""
    value: str = ""
    origin: str = ""
    """The day from which the value counts; empty: that of the record."""


CODEBOOK: Mapping[Record, Meaning] = {
    Record.FIRST_ENTRY: Meaning("household", "enters the RSA for the first time", "", "adults"),
    Record.REENTRY: Meaning(
        "household", "is paid again", "reason", "days off the RSA", "it had left"
    ),
    Record.EXIT: Meaning("household", "is no longer paid", "reason", "days paid", "it was paid"),
    Record.JOB_STARTED: Meaning("person", "begins an occupation", "job type", "cents a month"),
    Record.JOB_ENDED: Meaning("person", "ends it, for any reason", "job type", "days", "it began"),
    Record.CONTRACT_RUPTURE: Meaning(
        "person", "loses it before its end", "job type", "days", "it began"
    ),
    Record.PLACE_REFUSED: Meaning("person", "finds no free place in one", "job type"),
    Record.BARRIER_ONSET: Meaning("person", "has a barrier from now on", "barrier"),
    Record.BARRIER_REMOVAL: Meaning("person", "has it no longer", "barrier"),
    Record.CLASS_LEFT: Meaning("person", "leaves the class of stayers"),
    Record.TERRITORY_CHANGED: Meaning("household", "moves", "destination"),
    Record.DECLARATION: Meaning("household", "declares its resources", "", "cents a month"),
    Record.UNEMPLOYMENT_BENEFIT_ENDED: Meaning("person", "has no unemployment benefit left"),
    Record.WAIT_FOR_ORIENTATION_STARTED: Meaning("person", "waits to be oriented"),
    Record.WAIT_FOR_ORIENTATION_ENDED: Meaning(
        "person", "waits no longer: oriented or gone", "", "days waited", "the wait began"
    ),
    Record.INTAKE_NO_SHOW: Meaning("person", "does not come to the session of intake"),
    Record.ORIENTED: Meaning(
        "person", "is received and oriented", "way", "days waited", "the wait began"
    ),
    Record.WAIT_FOR_CASEWORKER_STARTED: Meaning("person", "waits for a place in a portfolio"),
    Record.WAIT_FOR_CASEWORKER_ENDED: Meaning(
        "person", "waits no longer: taken or gone", "", "days waited", "the wait began"
    ),
    Record.SUPPORT_STARTED: Meaning(
        "person", "joins a portfolio", "", "days waited for it", "the wait began"
    ),
    Record.SUPPORT_ENDED: Meaning("person", "leaves it", "", "days in support", "it began"),
    Record.COHORT_ENTERED: Meaning("person", "is in the cohort of entrants of the month"),
    Record.CASEWORKER_CHANGED: Meaning("person", "gets another caseworker", "role"),
    Record.PATHWAY_SWITCHED: Meaning("person", "leaves the pathway of the row", "pathway"),
    Record.CONTACT_DUE: Meaning(
        "office", "owes contacts by its rhythm since it was last open", "contact", "thousandths"
    ),
    Record.CONTACT_HELD: Meaning("person", "is seen", "contact", "minutes", "it was due"),
    Record.CONTACT_MISSED: Meaning(
        "person", "does not come", "contact", "minutes lost", "it was due"
    ),
    Record.CONTACT_POSTPONED: Meaning(
        "person", "is not seen today for want of minutes", "contact", "", "it was due"
    ),
    Record.CONTACT_NEVER_HELD: Meaning(
        "person", "is not seen within a whole interval", "contact", "", "it was due"
    ),
    Record.ENGAGEMENT_CONTRACT_SIGNED: Meaning(
        "person", "signs", "", "days since orientation", "the orientation"
    ),
    Record.ACTION_STARTED: Meaning("person", "begins an action against a barrier", "action"),
    Record.ACTION_ENDED: Meaning("person", "gives its place back", "action"),
    Record.ACTIVITY_STARTED: Meaning("person", "begins the activity of the pathway"),
    Record.ACTIVITY_ENDED: Meaning("person", "ends it", "", "days", "it began"),
    Record.FOLLOW_UP_STARTED: Meaning("person", "is followed in the job from now on"),
    Record.FOLLOW_UP_ENDED: Meaning("person", "is followed no longer"),
    Record.SANCTIONED: Meaning(
        "person", "is sanctioned", "rung of the ladder, 3 and more as 3", "per mille suspended"
    ),
    Record.SUSPENSION_ENDED: Meaning(
        "household", "is paid in full again", "", "cents paid back", "the suspension was to end"
    ),
    Record.FIRST_JOB_SINCE_SUPPORT: Meaning(
        "person", "has a first job since support began", "job type", "days", "support began"
    ),
    Record.FIRST_DURABLE_JOB_SINCE_SUPPORT: Meaning(
        "person", "has a first durable one", "job type", "days", "support began"
    ),
    Record.STAFF_MINUTES_AVAILABLE: Meaning("office", "opens", "role", "minutes of its posts"),
    Record.STAFF_MINUTES_LEFT: Meaning("office", "closes", "role", "minutes unused"),
    Record.REASSIGNED: Meaning("person", "queues again at a dated change of rules"),
    Record.CALL_HELD: Meaning(
        "person", "is reached by telephone", "1 if oriented by it", "days waited", "the wait began"
    ),
    Record.CALL_UNREACHED: Meaning("person", "does not answer", "", "minutes lost"),
    Record.WORKSHOP_HELD: Meaning(
        "person", "takes part in a workshop", "", "days since orientation", "the orientation"
    ),
    Record.WORKSHOP_MISSED: Meaning("person", "does not come to it", "", "times missed so far"),
    Record.CASE_WORK: Meaning("office", "works on the files of its portfolios", "role", "minutes"),
    Record.CONTACTS_LENGTHENED: Meaning(
        "office", "gives its contacts of the day more time than planned", "role", "minutes"
    ),
    Record.TO_BE_CALLED_AGAIN: Meaning(
        "person", "keeps a referent in name until a new organisation calls"
    ),
    Record.CALLED_AGAIN: Meaning(
        "person", "is called in by a new organisation", "", "days since its start", "its start"
    ),
    Record.SUPPORT_CONTINUED: Meaning(
        "person",
        "goes on after a wait: a caseworker left, or the pathway changed",
        "",
        "days since it entered support",
        "that entry",
    ),
}


def names_of(words: type[IntEnum]) -> tuple[str, ...]:
    """The words of a list of the vocabulary, by their number."""
    return tuple(word.name.lower() for word in words)
