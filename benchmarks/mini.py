"""The yardstick: a small workload of the same family, written as one compiled loop.

Intake sessions twice a week, portfolios with a cap, weekly contacts that use the hours of a
caseworker, barriers, jobs, ruptures, follow-up in the job; 36 months of working days, slightly
overloaded by construction. One kernel with its arrays as arguments and locals, nothing
configurable: what a machine can do at best. The full model is compared with it in the same run.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.workload import (
    ACCOMPANIED,
    APPOINTMENT_MINUTES,
    BARRIER_FALLS,
    BARRIERS_AT_ENTRY,
    CONTACT_MINUTES,
    COUNTERS,
    DAYS,
    DAYS_PER_WEEK,
    DURABLE_WEEKS,
    HOURS_PER_DAY,
    INTENSITY_DAYS,
    JOB,
    LONG_AGO,
    MINUTES_PER_HOUR,
    OUT,
    PERSONS_PER_CASEWORKER,
    PORTFOLIO_CAP,
    QUEUE,
    TICK,
    WAIT_SESSION,
)

ARRIVALS = 3
"""What a keyed number decides here, beside what it does in the common workload."""
CONTACT_HOURS = CONTACT_MINUTES / MINUTES_PER_HOUR
APPOINTMENT_HOURS = APPOINTMENT_MINUTES / MINUTES_PER_HOUR


def compiled(function: Any) -> Any:
    """Machine code, without the interpreter's lock, cached on disk."""
    return numba.njit(cache=True, nogil=True)(function)


@compiled
def uniform(seed: int, agent: int, purpose: int, day: int) -> float:
    """A keyed number between 0 and 1 (splitmix64)."""
    z = np.uint64(seed) + np.uint64(agent) * np.uint64(0x9E3779B97F4A7C15)
    z += np.uint64(purpose) * np.uint64(0xD1B54A32D192ED03)
    z += np.uint64(day) * np.uint64(0xAEF17502108EF2D9)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return (float(z >> np.uint64(11)) + 0.5) / 9007199254740992.0


@compiled
def poisson(u: float, mean: float) -> int:
    """The quantile of a Poisson law."""
    count, chance = 0, math.exp(-mean)
    below = chance
    while u > below and chance > 0.0:
        count += 1
        chance *= mean / count
        below += chance
    return count


@compiled
def run_kernel(
    seed: int,
    stock: int,
    caseworkers: int,
    days: int,
    state: NDArray[np.int8],
    barriers: NDArray[np.int8],
    caseworker: NDArray[np.int32],
    intensity: NDArray[np.float64],
    last: NDArray[np.int32],
    since: NDArray[np.int32],
    requested: NDArray[np.int32],
    next_request: NDArray[np.int32],
    queue: NDArray[np.int32],
    counts: NDArray[np.int64],
    totals: NDArray[np.int64],
) -> int:
    """All days; returns the number of agent-weeks (weekly ticks of agents not yet out)."""
    places = caseworkers * PORTFOLIO_CAP
    tokens = np.empty(places, np.int32)
    for index in range(places):
        tokens[index] = index % caseworkers
    first_token, free = 0, places
    first_waiting, waiting = 0, 0
    queue_size = queue.shape[0]
    budget = np.zeros(caseworkers)
    first_request = np.full(caseworkers, -1, np.int32)
    last_request = np.full(caseworkers, -1, np.int32)
    agents, agent_weeks = stock, 0
    for agent in range(stock):
        state[agent] = QUEUE
        barriers[agent] = int(5.0 * uniform(seed, agent, BARRIERS_AT_ENTRY, 0))
        queue[waiting] = agent
        waiting += 1
    in_state = np.zeros(6, np.int64)
    in_state[QUEUE] = stock

    for day in range(days):
        arrivals = poisson(uniform(seed, 0, ARRIVALS, day), 0.25 * stock / 260.0)
        arrivals = min(arrivals, state.shape[0] - agents)
        for agent in range(agents, agents + arrivals):
            state[agent] = WAIT_SESSION
            barriers[agent] = int(5.0 * uniform(seed, agent, BARRIERS_AT_ENTRY, 0))
            since[agent] = day
        in_state[WAIT_SESSION] += arrivals
        present = agents
        agents += arrivals

        if day % DAYS_PER_WEEK == 1 or day % DAYS_PER_WEEK == 3:
            for agent in range(agents):
                if state[agent] == WAIT_SESSION and since[agent] < day:
                    state[agent] = QUEUE
                    in_state[WAIT_SESSION] -= 1
                    in_state[QUEUE] += 1
                    queue[(first_waiting + waiting) % queue_size] = agent
                    waiting += 1

        while free > 0 and waiting > 0:
            agent = queue[first_waiting]
            first_waiting = (first_waiting + 1) % queue_size
            waiting -= 1
            if state[agent] != QUEUE:
                continue
            caseworker[agent] = tokens[first_token]
            first_token = (first_token + 1) % places
            free -= 1
            state[agent] = ACCOMPANIED
            in_state[QUEUE] -= 1
            in_state[ACCOMPANIED] += 1
            since[agent] = day
            intensity[agent] = 0.0
            last[agent] = day

        for agent in range(day % DAYS_PER_WEEK, present, DAYS_PER_WEEK):
            status = state[agent]
            if status == OUT:
                continue
            agent_weeks += 1
            u = uniform(seed, agent, TICK, day)
            wants_contact = False
            if status == JOB:
                weeks = (day - since[agent]) // DAYS_PER_WEEK
                hazard = 0.01 if day - last[agent] <= 25 else 0.02
                if weeks >= DURABLE_WEEKS:
                    state[agent] = OUT
                    in_state[JOB] -= 1
                    in_state[OUT] += 1
                    totals[6] += 1
                elif u < 1.0 - math.exp(-hazard):
                    state[agent] = WAIT_SESSION
                    in_state[JOB] -= 1
                    in_state[WAIT_SESSION] += 1
                    since[agent] = day
                    intensity[agent] = 0.0
                    totals[5] += 1
                else:
                    wants_contact = weeks > 0 and weeks % 4 == 0 and caseworker[agent] >= 0
            else:
                effective = 0.0
                if status == ACCOMPANIED:
                    gap = day - last[agent]
                    effective = intensity[agent] * math.exp(-gap / INTENSITY_DAYS)
                hazard = 0.016 * math.exp(-0.45 * barriers[agent]) * (0.4 + 0.6 * effective)
                if u < 0.002:
                    state[agent] = OUT
                    in_state[status] -= 1
                    in_state[OUT] += 1
                    totals[6] += 1
                elif u < 0.002 + 1.0 - math.exp(-hazard):
                    state[agent] = JOB
                    in_state[status] -= 1
                    in_state[JOB] += 1
                    since[agent] = day
                    totals[4] += 1
                    if status != ACCOMPANIED:
                        last[agent] = LONG_AGO
                        caseworker[agent] = -1
                else:
                    wants_contact = status == ACCOMPANIED
                if status == ACCOMPANIED and state[agent] != ACCOMPANIED:
                    tokens[(first_token + free) % places] = caseworker[agent]
                    free += 1
            if wants_contact:
                totals[0] += 1
                if requested[agent] >= 0:
                    totals[2] += 1
                else:
                    requested[agent] = day
                    own = caseworker[agent]
                    next_request[agent] = -1
                    if first_request[own] < 0:
                        first_request[own] = agent
                    else:
                        next_request[last_request[own]] = agent
                    last_request[own] = agent

        for own in range(caseworkers):
            left = min(budget[own], 0.0) + HOURS_PER_DAY
            agent = first_request[own]
            while left > 0.0 and agent >= 0:
                asked = requested[agent]
                requested[agent] = -1
                if caseworker[agent] == own and state[agent] == ACCOMPANIED:
                    is_long = ((asked - since[agent]) // DAYS_PER_WEEK) % 4 == 0
                    left -= APPOINTMENT_HOURS if is_long else CONTACT_HOURS
                    gap = day - last[agent]
                    kept = intensity[agent] * math.exp(-gap / INTENSITY_DAYS)
                    intensity[agent] = kept + 1.0 - math.exp(-DAYS_PER_WEEK / INTENSITY_DAYS)
                    last[agent] = day
                    chance = 0.06 if is_long else 0.03
                    if barriers[agent] > 0 and uniform(seed, agent, BARRIER_FALLS, day) < chance:
                        barriers[agent] -= 1
                    totals[1] += 1
                    totals[3] += day - asked
                elif caseworker[agent] == own and state[agent] == JOB:
                    left -= CONTACT_HOURS
                    last[agent] = day
                    totals[1] += 1
                    totals[3] += day - asked
                agent = next_request[agent]
            first_request[own] = agent
            budget[own] = left
        for status in range(6):
            counts[day, status] = in_state[status]
    return agent_weeks


@dataclass(frozen=True)
class MiniResult:
    """One run of the yardstick: CPU seconds, agent-weeks, and what happened."""

    cpu_seconds: float
    agent_weeks: int
    totals: dict[str, int]
    last_counts: tuple[int, ...]

    @property
    def nanoseconds(self) -> float:
        """CPU time of one agent-week."""
        return 1e9 * self.cpu_seconds / self.agent_weeks


def run_mini(stock: int, seed: int = 1, days: int = DAYS) -> MiniResult:
    """Run the yardstick for an initial stock of agents."""
    began = time.thread_time()
    room = stock + math.ceil(0.25 * stock * days / 260 + 6.0 * math.sqrt(stock)) + 64
    counts = np.zeros((days, 6), np.int64)
    totals = np.zeros(len(COUNTERS), np.int64)
    agent_weeks = run_kernel(
        seed,
        stock,
        max(1, round(stock / PERSONS_PER_CASEWORKER)),
        days,
        np.zeros(room, np.int8),
        np.zeros(room, np.int8),
        np.full(room, -1, np.int32),
        np.zeros(room),
        np.full(room, LONG_AGO, np.int32),
        np.zeros(room, np.int32),
        np.full(room, -1, np.int32),
        np.full(room, -1, np.int32),
        np.zeros(2 * room, np.int32),
        counts,
        totals,
    )
    return MiniResult(
        cpu_seconds=time.thread_time() - began,
        agent_weeks=int(agent_weeks),
        totals={name: int(total) for name, total in zip(COUNTERS, totals, strict=True)},
        last_counts=tuple(int(count) for count in counts[-1]),
    )
