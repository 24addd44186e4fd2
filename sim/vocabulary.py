"""The closed lists that rules, walkers and logs share. Codes are only ever appended.

What a department can vary (pathways, roles, barriers, job types, education, household types)
is not here: those are rows of the parameter tables, and the engine knows them by index.
"""

from __future__ import annotations

from enum import IntEnum


class Stream(IntEnum):
    """Where a household number comes from."""

    HISTORY = 0
    ARRIVAL = 1


class Benefit(IntEnum):
    """A household's relation to the RSA."""

    PAID = 0
    OUT = 1
    GONE = 2


class ExitReason(IntEnum):
    """Why a household is not paid."""

    NONE = 0
    WORK = 1
    INTERRUPTION = 2
    LONG_EXIT = 3
    OTHER_MINIMUM = 4
    DEREGISTERED = 5
    MOVED_AWAY = 6
    PENSION = 7


class Support(IntEnum):
    """Where a beneficiary stands with the offices."""

    NONE = 0
    WAITING_ORIENTATION = 1
    WAITING_CASEWORKER = 2
    SUPPORTED = 3
    IN_JOB_FOLLOW_UP = 4


class Contact(IntEnum):
    """Kinds of contact, in the order of the table ``contact_types``."""

    CONTACT = 0
    APPOINTMENT = 1
    CONTRACT = 2
    FOLLOW_UP = 3


class Call(IntEnum):
    """Where a person who waits stands with the telephone platform, or with a convocation."""

    NONE = 0
    AWAITED = 1
    HELD = 2
    TO_COME_AGAIN = 3
    """A new organisation will call the person in; until then a referent in name is kept."""
    CALLED_AGAIN = 4
    """Called in by a new organisation: waits for a session, whatever the platform."""


class OrientedBy(IntEnum):
    """How a person was oriented."""

    SESSION = 0
    LIMIT = 1
    CALL = 2


class PersonClock(IntEnum):
    """Positions of a beneficiary's clocks; barriers follow from ``BARRIERS`` on."""

    JOB_FINDING = 0
    CONTRACT_RUPTURE = 1
    CLASS_LEAVING = 2
    BARRIERS = 3


class HouseholdClock(IntEnum):
    """Positions of a household's clocks."""

    INTERRUPTION = 0
    LONG_EXIT = 1
    OTHER_MINIMUM = 2
    MOVE = 3
    REENTRY = 4


class Decision(IntEnum):
    """What a keyed draw decides. Person clocks use ``PERSON_CLOCK`` + position, and so on."""

    PERSON_CLOCK = 0
    HOUSEHOLD_CLOCK = 32
    FRAILTY = 48
    CLASS = 49
    EDUCATION = 50
    AGE_GROUP = 51
    AGE = 52
    LATENT = 53
    BARRIER_STATE = 64
    HOUSEHOLD_TYPE = 96
    DECLARATION_PHASE = 97
    PENSION_AGE = 98
    HOUSING_SUPPORT = 99
    INCREASED_AMOUNT = 100
    ENTRY_DATE = 101
    DUTIES = 102
    SELF_EMPLOYED = 103
    MOVE_AWAY = 104
    MOVE_DESTINATION = 105
    COVERAGE = 106
    JOB_TYPE = 112
    JOB_LENGTH = 113
    PART_TIME = 114
    WORKING_TIME = 115
    INTAKE_ATTENDANCE = 128
    INTERVIEW_LENGTH = 129
    CALL_REACHED = 130
    CALL_ORIENTS = 131
    WORKSHOP_ATTENDANCE = 132
    EXEMPTION = 133
    ASSESSMENT = 136
    CONTACT_ATTENDANCE = 160
    SANCTION = 168
    DEREGISTRATION = 169
    ARRIVAL_GAP = 176
    ARRIVAL_MARK = 177
    POST_SICKNESS = 192
    POST_SICKNESS_LENGTH = 193
    POST_LEAVING = 194
    POST_HOLIDAY = 195
    PAST_CONTACT = 196
    PAST_CONTRACT = 197


class Record(IntEnum):
    """Kinds of record in the event log; ``sim.events`` describes their columns."""

    FIRST_ENTRY = 0
    REENTRY = 1
    EXIT = 2
    JOB_STARTED = 3
    JOB_ENDED = 4
    CONTRACT_RUPTURE = 5
    PLACE_REFUSED = 6
    BARRIER_ONSET = 7
    BARRIER_REMOVAL = 8
    CLASS_LEFT = 9
    TERRITORY_CHANGED = 10
    DECLARATION = 11
    UNEMPLOYMENT_BENEFIT_ENDED = 12
    WAIT_FOR_ORIENTATION_STARTED = 13
    WAIT_FOR_ORIENTATION_ENDED = 14
    INTAKE_NO_SHOW = 15
    ORIENTED = 16
    WAIT_FOR_CASEWORKER_STARTED = 17
    WAIT_FOR_CASEWORKER_ENDED = 18
    SUPPORT_STARTED = 19
    SUPPORT_ENDED = 20
    COHORT_ENTERED = 21
    CASEWORKER_CHANGED = 22
    PATHWAY_SWITCHED = 23
    CONTACT_DUE = 24
    CONTACT_HELD = 25
    CONTACT_MISSED = 26
    CONTACT_POSTPONED = 27
    CONTACT_NEVER_HELD = 28
    ENGAGEMENT_CONTRACT_SIGNED = 29
    ACTION_STARTED = 30
    ACTION_ENDED = 31
    ACTIVITY_STARTED = 32
    ACTIVITY_ENDED = 33
    FOLLOW_UP_STARTED = 34
    FOLLOW_UP_ENDED = 35
    SANCTIONED = 36
    SUSPENSION_ENDED = 37
    FIRST_JOB_SINCE_SUPPORT = 38
    FIRST_DURABLE_JOB_SINCE_SUPPORT = 39
    STAFF_MINUTES_AVAILABLE = 40
    STAFF_MINUTES_LEFT = 41
    REASSIGNED = 42
    CALL_HELD = 43
    CALL_UNREACHED = 44
    WORKSHOP_HELD = 45
    WORKSHOP_MISSED = 46
    CASE_WORK = 47
    CONTACTS_LENGTHENED = 48
    TO_BE_CALLED_AGAIN = 49
    CALLED_AGAIN = 50
    SUPPORT_CONTINUED = 51


class Stock(IntEnum):
    """What is counted at the end of each month, by territory and pathway."""

    HOUSEHOLDS = 0
    PERSONS = 1
    PERSONS_WITH_DUTIES = 2
    ORIENTED = 3
    WAITING_FOR_ORIENTATION = 4
    WAITING_FOR_CASEWORKER = 5
    SUPPORTED = 6
    IN_JOB_FOLLOW_UP = 7
    WITH_CONTRACT = 8
    IN_JOB_ON_RSA = 9
    SUSPENDED_HOUSEHOLDS = 10
    ALLOWANCE_CENTS = 11
    PERSONS_IN_POOL = 12
    IN_JOB_OFF_RSA = 13
    BARRIERS = 14
    COHORT_SIX_MONTHS_AGO = 15
    COHORT_IN_JOB = 16
    COHORT_OFF_RSA = 17
    STAYERS = 18
    KEPT_UNTIL_CALLED = 19


NO_INDEX = -1
"""Stands for no pathway, no caseworker, no job."""

MEMBER_BITS = 3
HOUSEHOLD_BITS = 24
STREAM_BITS = 2
POST_ID_BASE = 1 << 56
MAXIMUM_BARRIERS = 10
MAXIMUM_ACTIONS = 16
MAXIMUM_PATHWAYS = 16
"""Bound of one form of the packed records: departments share their compiled code."""
MAXIMUM_ROLES_PER_PATHWAY = 2
MAXIMUM_ROLES = 16
"""Bound of one form of the packed records, as for pathways."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
"""The working days as tables name them, Monday first."""


def household_id(territory: int, stream: int, number: int) -> int:
    """The identity of a household: (territory of first entry, stream, number), 64 bits."""
    packed = (territory << STREAM_BITS | stream) << HOUSEHOLD_BITS | number
    return packed << MEMBER_BITS


def post_id(territory: int, role: int, is_additional: bool, number: int) -> int:
    """The identity of a staff post, never equal to that of a person."""
    return POST_ID_BASE | territory << 32 | role << 24 | int(is_additional) << 20 | number
