"""The closed lists of the vocabulary as plain integers, for compiled code."""

from __future__ import annotations

from sim.population.layout import NEVER_DAY
from sim.vocabulary import (
    Benefit,
    Call,
    Contact,
    ExitReason,
    HouseholdClock,
    OrientedBy,
    PersonClock,
    Support,
)

PAID, OUT, GONE = int(Benefit.PAID), int(Benefit.OUT), int(Benefit.GONE)

REASON_NONE = int(ExitReason.NONE)
REASON_WORK = int(ExitReason.WORK)
REASON_INTERRUPTION = int(ExitReason.INTERRUPTION)
REASON_LONG_EXIT = int(ExitReason.LONG_EXIT)
REASON_MOVED_AWAY = int(ExitReason.MOVED_AWAY)
REASON_OTHER_MINIMUM = int(ExitReason.OTHER_MINIMUM)
REASON_PENSION = int(ExitReason.PENSION)
REASON_DEREGISTERED = int(ExitReason.DEREGISTERED)

NONE = int(Support.NONE)
WAITING_ORIENTATION = int(Support.WAITING_ORIENTATION)
WAITING_CASEWORKER = int(Support.WAITING_CASEWORKER)
SUPPORTED = int(Support.SUPPORTED)
FOLLOWED = int(Support.IN_JOB_FOLLOW_UP)

CONTACT, APPOINTMENT = int(Contact.CONTACT), int(Contact.APPOINTMENT)
CONTRACT, FOLLOW_UP = int(Contact.CONTRACT), int(Contact.FOLLOW_UP)
CONTACT_KINDS = len(Contact)

NO_CALL, CALL_AWAITED, CALLED = int(Call.NONE), int(Call.AWAITED), int(Call.HELD)
TO_COME_AGAIN, CALLED_AGAIN = int(Call.TO_COME_AGAIN), int(Call.CALLED_AGAIN)
BY_SESSION, BY_CALL, BY_LIMIT = (
    int(OrientedBy.SESSION),
    int(OrientedBy.CALL),
    int(OrientedBy.LIMIT),
)

MOVE, INTERRUPTION = int(HouseholdClock.MOVE), int(HouseholdClock.INTERRUPTION)
LONG_EXIT, OTHER_MINIMUM = int(HouseholdClock.LONG_EXIT), int(HouseholdClock.OTHER_MINIMUM)
REENTRY = int(HouseholdClock.REENTRY)
HOUSEHOLD_CLOCKS = len(HouseholdClock)
JOB_FINDING, RUPTURE = int(PersonClock.JOB_FINDING), int(PersonClock.CONTRACT_RUPTURE)
CLASS_LEAVING, BARRIERS = int(PersonClock.CLASS_LEAVING), int(PersonClock.BARRIERS)

UNPLANNED, REFRESH, SEGMENT, DECLARATION, PENSION = range(5)
SUSPENSION_END, JOB_END, UNEMPLOYMENT_END = range(5, 8)
HOUSEHOLD_CLOCK, PERSON_CLOCK = 16, 32
"""What an agenda holds: a date, or one of the clocks (their number is added)."""

FULL_WEIGHT = 100
"""Weight of a person in a portfolio, in hundredths."""

A_FAR_DAY = NEVER_DAY - 1
"""Latest day on which an office looks at somebody it supports; the others have ``NEVER_DAY``."""
