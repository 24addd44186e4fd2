"""The common workload: an office that accompanies people to a job, its numbers and its sentences.

Clock: working days, five a week. States: 1 WAIT_SESSION, 2 QUEUE (waits for a place),
3 ACCOMPANIED, 4 JOB, 5 OUT. A day is, in this order and by number of the agent:

1. arrivals, who wait for a session;
2. on two weekdays, a session: who came before today goes to the tail of the queue for places;
3. the head of the queue takes the head of the free places, while there are both;
4. one agent in five, who was there before today, is looked at, with one uniform: exit, job, rupture
   of a job, else a contact is asked of the own caseworker unless one is open (then it is missed);
5. each caseworker serves what was asked, in that order, while minutes are left; who overdraws has
   less the next day. Contacts raise the intensity of support, and with it the hazard of a job.

Loaded by every peer, also in the environment of those that are no dependency: no library here but
NumPy.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

WAIT_SESSION, QUEUE, ACCOMPANIED, JOB, OUT = 1, 2, 3, 4, 5
STATES = 6
TICK, BARRIER_FALLS, BARRIERS_AT_ENTRY = 1, 2, 4
"""What a keyed number decides."""

DAYS = 780
DAYS_PER_WEEK = 5
DAYS_PER_YEAR = 260
SESSION_WEEKDAYS = (1, 3)
PERSONS_PER_CASEWORKER = 83
PORTFOLIO_CAP = 60
ARRIVALS_PER_YEAR_AND_PERSON = 0.25
MOST_BARRIERS = 5
MINUTES_PER_DAY = 300
MINUTES_PER_HOUR = 60
HOURS_PER_DAY = MINUTES_PER_DAY / MINUTES_PER_HOUR
HOURS_PER_WEEK = HOURS_PER_DAY * DAYS_PER_WEEK
CONTACT_MINUTES, APPOINTMENT_MINUTES = 15, 60
APPOINTMENT_WEEKS = 4
FOLLOW_UP_WEEKS = 4
INTENSITY_DAYS = 40.0
EXIT_CHANCE = 0.002
JOB_HAZARD, BARRIER_EFFECT = 0.016, 0.45
JOB_SHARE_ALONE, JOB_SHARE_OF_SUPPORT = 0.4, 0.6
RUPTURE_HAZARD, FOLLOWED_FACTOR, FOLLOWED_DAYS = 0.02, 0.5, 25
DURABLE_WEEKS = 26
BARRIER_FALLS_IN_CONTACT, BARRIER_FALLS_IN_APPOINTMENT = 0.03, 0.06
LONG_AGO = -1000

COUNTERS = ("requests", "held", "missed", "delay_days", "jobs", "ruptures", "exits")
REQUESTS, HELD, MISSED, DELAY_DAYS, JOBS, RUPTURES, EXITS = range(len(COUNTERS))


@dataclass
class Outcome:
    """One run: what it took, and what happened.

    ``agent_weeks`` are weekly looks at agents who are not out; ``stocks`` are agents by state at
    the end of each day, where an engine has days.
    """

    agent_weeks: float
    totals: dict[str, int]
    stocks: list[list[int]] = field(default_factory=list)
    cpu_seconds: float = 0.0

    @property
    def nanoseconds(self) -> float:
        """Processor time of one agent-week."""
        return 1e9 * self.cpu_seconds / self.agent_weeks


Peer = Callable[[int, int, int], Outcome]
"""An engine: (initial stock, seed, days) to what happened."""


def timed(peer: Peer, stock: int, seed: int, days: int = DAYS) -> Outcome:
    """One run with the processor time of all its threads."""
    began = time.process_time()
    outcome = peer(stock, seed, days)
    outcome.cpu_seconds = time.process_time() - began
    return outcome


def named(totals: object) -> dict[str, int]:
    """Totals by their names."""
    return {name: int(total) for name, total in zip(COUNTERS, totals, strict=True)}  # type: ignore[call-overload]


def caseworkers_for(stock: int) -> int:
    """As many as 200 for 16,600 people."""
    return max(1, round(stock / PERSONS_PER_CASEWORKER))


def arrivals(stock: int, seed: int, days: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """How many come on each day: the same for every peer."""
    mean = ARRIVALS_PER_YEAR_AND_PERSON * stock / DAYS_PER_YEAR
    return np.random.Generator(np.random.Philox(seed)).poisson(mean, days)


def job_chance(barriers: int, intensity: float) -> float:
    """Of a week without a job, from the barriers and the intensity of support today."""
    hazard = (
        JOB_HAZARD
        * math.exp(-BARRIER_EFFECT * barriers)
        * (JOB_SHARE_ALONE + JOB_SHARE_OF_SUPPORT * intensity)
    )
    return 1.0 - math.exp(-hazard)


def rupture_chance(days_since_contact: float) -> float:
    """Of a week in a job."""
    is_followed = days_since_contact <= FOLLOWED_DAYS
    return 1.0 - math.exp(-RUPTURE_HAZARD * (FOLLOWED_FACTOR if is_followed else 1.0))


def left_of(intensity: float, days: float) -> float:
    """What is left of the intensity of support so many days after the last contact."""
    return intensity * math.exp(-days / INTENSITY_DAYS)


GAIN_OF_A_CONTACT = 1.0 - math.exp(-DAYS_PER_WEEK / INTENSITY_DAYS)
"""What a contact adds to the intensity of support."""


def is_appointment(weeks_accompanied: int) -> bool:
    """Whether a contact that was asked so many weeks after entry is a long one."""
    return weeks_accompanied % APPOINTMENT_WEEKS == 0
