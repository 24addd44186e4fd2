"""Intake: invitation, the desk that receives, attendance, a new invitation after a no-show."""

from __future__ import annotations

import math

from sim.compiled import rule

FIXED_LENGTH = 0


@rule
def interview_minutes(form: int, mean_minutes: float, unit_exponential: float) -> int:
    """Length of one interview in whole minutes, at least one; fixed or exponential."""
    if form == FIXED_LENGTH:
        return int(math.floor(mean_minutes + 0.5))
    return max(1, int(math.floor(mean_minutes * unit_exponential + 0.5)))


@rule
def interview_start(desk_free: int, ready_minute: int) -> int:
    """Minute of the session at which an interview begins: desk free and person there."""
    return max(desk_free, ready_minute)


@rule
def minute_of_session(ready_time: float, session_day: int, opening_minutes: int) -> int:
    """Minute of the session at which a person can be received.

    Who became ready on an earlier day is there at the opening; who becomes ready on the day
    itself arrives in proportion to the time of the day.
    """
    if ready_time <= session_day:
        return 0
    return int((ready_time - session_day) * opening_minutes)


@rule
def session_key(ready_on: int, ready_minute: int, person: int) -> int:
    """Order of a session: day and minute at which people became ready, then identity.

    ``ready_on`` below 2**15, ``ready_minute`` below 2**11, ``person`` below 2**36.
    """
    return ((ready_on << 11) + ready_minute << 36) + person
