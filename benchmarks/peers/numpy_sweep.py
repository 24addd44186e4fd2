"""The workload as arrays swept once a day, as starsim does: one array a state, no loop over agents.

Starsim's own loop steps all agents at once and knows no order among them. Queues need one, so that
portfolios and the lists of the caseworkers are kept by sorting; the counts are those of C.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.peers import luck
from benchmarks.peers.workload import (
    ACCOMPANIED,
    APPOINTMENT_MINUTES,
    APPOINTMENT_WEEKS,
    BARRIER_EFFECT,
    BARRIER_FALLS,
    BARRIER_FALLS_IN_APPOINTMENT,
    BARRIER_FALLS_IN_CONTACT,
    CONTACT_MINUTES,
    COUNTERS,
    DAYS_PER_WEEK,
    DURABLE_WEEKS,
    EXIT_CHANCE,
    FOLLOW_UP_WEEKS,
    FOLLOWED_DAYS,
    FOLLOWED_FACTOR,
    GAIN_OF_A_CONTACT,
    INTENSITY_DAYS,
    JOB,
    JOB_HAZARD,
    JOB_SHARE_ALONE,
    JOB_SHARE_OF_SUPPORT,
    LONG_AGO,
    MINUTES_PER_DAY,
    OUT,
    PORTFOLIO_CAP,
    QUEUE,
    RUPTURE_HAZARD,
    SESSION_WEEKDAYS,
    STATES,
    TICK,
    WAIT_SESSION,
    Outcome,
    arrivals,
    caseworkers_for,
    named,
)

Array = np.ndarray[Any, Any]
NOBODY = -1


class Sweep:
    """All agents, by number, as arrays."""

    def __init__(self, stock: int, seed: int, days: int) -> None:
        self.come = arrivals(stock, seed, days)
        size = stock + int(self.come.sum())
        self.keys = luck.keys(seed, size)
        self.barriers = luck.barriers_at_entry(self.keys)
        self.state = np.full(size, QUEUE, np.int8)
        self.state[stock:] = 0
        self.intensity = np.zeros(size)
        self.since = np.zeros(size, np.int64)
        self.last = np.full(size, LONG_AGO, np.int64)
        self.own = np.full(size, NOBODY, np.int64)
        self.asked = np.full(size, NOBODY, np.int64)
        self.following = np.full(size, NOBODY, np.int64)
        posts = caseworkers_for(stock)
        self.first = np.full(posts, NOBODY, np.int64)
        self.tail = np.full(posts, NOBODY, np.int64)
        self.balance = np.zeros(posts, np.int64)
        self.queue = np.arange(stock)
        self.places = np.tile(np.arange(posts), PORTFOLIO_CAP)
        self.agents, self.agent_weeks = stock, 0
        self.totals = dict.fromkeys(COUNTERS, 0)

    def day(self, day: int) -> None:
        """One day."""
        present = self.agents
        self.agents += int(self.come[day])
        self.state[present : self.agents] = WAIT_SESSION
        self.since[present : self.agents] = day
        if day % DAYS_PER_WEEK in SESSION_WEEKDAYS:
            is_ready = (self.state == WAIT_SESSION) & (self.since < day)
            ready = np.flatnonzero(is_ready)
            self.state[ready] = QUEUE
            self.queue = np.concatenate((self.queue, ready))
        self.assign(day)
        self.look(day, present)
        self.serve(day)

    def assign(self, day: int) -> None:
        """The queue meets the free places."""
        while len(self.queue) and len(self.places):
            # A second entry of the same agent is passed over once the first has its place.
            head = self.queue[: len(self.places)]
            valid = head[self.state[head] == QUEUE]
            _, at = np.unique(valid, return_index=True)
            valid = valid[np.sort(at)]
            self.queue = self.queue[len(head) :]
            self.own[valid] = self.places[: len(valid)]
            self.places = self.places[len(valid) :]
            self.state[valid] = ACCOMPANIED
            self.since[valid] = self.last[valid] = day
            self.intensity[valid] = 0.0

    def look(self, day: int, present: int) -> None:
        """The week of one agent in five."""
        mine = np.arange(day % DAYS_PER_WEEK, present, DAYS_PER_WEEK)
        mine = mine[self.state[mine] != OUT]
        self.agent_weeks += len(mine)
        u = luck.uniforms(self.keys[mine], TICK, day)
        in_job = self.state[mine] == JOB
        asking = np.concatenate(
            (
                self.live_in_jobs(mine[in_job], u[in_job], day),
                self.live_without(mine[~in_job], u[~in_job], day),
            )
        )
        self.ask(np.sort(asking), day)

    def live_in_jobs(self, who: Array, u: Array, day: int) -> Array:
        """Jobs last, break, or are followed up; returns who asks for a contact."""
        weeks = (day - self.since[who]) // DAYS_PER_WEEK
        is_followed = day - self.last[who] <= FOLLOWED_DAYS
        hazard = RUPTURE_HAZARD * np.where(is_followed, FOLLOWED_FACTOR, 1.0)
        is_durable = weeks >= DURABLE_WEEKS
        breaks = ~is_durable & (u < 1.0 - np.exp(-hazard))
        self.leave(who[is_durable])
        broken = who[breaks]
        self.state[broken] = WAIT_SESSION
        self.since[broken] = day
        self.intensity[broken] = 0.0
        self.totals["ruptures"] += len(broken)
        is_due = (weeks > 0) & (weeks % FOLLOW_UP_WEEKS == 0) & (self.own[who] != NOBODY)
        return who[~is_durable & ~breaks & is_due]

    def live_without(self, who: Array, u: Array, day: int) -> Array:
        """Exits, jobs; returns who asks for a contact."""
        was_accompanied = self.state[who] == ACCOMPANIED
        left = self.intensity[who] * np.exp(-(day - self.last[who]) / INTENSITY_DAYS)
        support = np.where(was_accompanied, left, 0.0)
        hazard = (
            JOB_HAZARD
            * np.exp(-BARRIER_EFFECT * self.barriers[who])
            * (JOB_SHARE_ALONE + JOB_SHARE_OF_SUPPORT * support)
        )
        exits = u < EXIT_CHANCE
        finds = ~exits & (u < EXIT_CHANCE + (1.0 - np.exp(-hazard)))
        gives_back = was_accompanied & (exits | finds)
        self.places = np.concatenate((self.places, self.own[who[gives_back]]))
        self.leave(who[exits])
        found = who[finds]
        self.state[found] = JOB
        self.since[found] = day
        self.totals["jobs"] += len(found)
        alone = who[finds & ~was_accompanied]
        self.last[alone] = LONG_AGO
        self.own[alone] = NOBODY
        return who[was_accompanied & ~exits & ~finds]

    def leave(self, who: Array) -> None:
        """Out for good."""
        self.state[who] = OUT
        self.totals["exits"] += len(who)

    def ask(self, who: Array, day: int) -> None:
        """Contacts are asked: each caseworker's new ones are linked behind the last of the list."""
        self.totals["requests"] += len(who)
        new = who[self.asked[who] == NOBODY]
        self.totals["missed"] += len(who) - len(new)
        if not len(new):
            return
        self.asked[new] = day
        new = new[np.argsort(self.own[new], kind="stable")]
        own = self.own[new]
        begins = np.concatenate(([True], own[1:] != own[:-1]))
        self.following[new] = np.append(np.where(begins[1:], NOBODY, new[1:]), NOBODY)
        heads, posts = new[begins], own[begins]
        is_empty = self.first[posts] == NOBODY
        self.first[posts[is_empty]] = heads[is_empty]
        self.following[self.tail[posts[~is_empty]]] = heads[~is_empty]
        self.tail[posts] = new[np.append(begins[1:], True)]

    def serve(self, day: int) -> None:
        """All caseworkers serve the head of their lists at once, again and again."""
        left = np.minimum(self.balance, 0) + MINUTES_PER_DAY
        posts = np.arange(len(left))
        while True:
            posts = posts[(left[posts] > 0) & (self.first[posts] != NOBODY)]
            if not len(posts):
                break
            who = self.first[posts]
            self.first[posts] = self.following[who]
            asked = self.asked[who]
            self.asked[who] = NOBODY
            is_own, state = self.own[who] == posts, self.state[who]
            is_in, is_followed = is_own & (state == ACCOMPANIED), is_own & (state == JOB)
            is_long = (asked - self.since[who]) // DAYS_PER_WEEK % APPOINTMENT_WEEKS == 0
            minutes = np.where(is_in & is_long, APPOINTMENT_MINUTES, CONTACT_MINUTES)
            is_held = is_in | is_followed
            left[posts] -= np.where(is_held, minutes, 0)
            self.meet(who[is_in], is_long[is_in], day)
            self.last[who[is_held]] = day
            self.totals["held"] += int(is_held.sum())
            self.totals["delay_days"] += int((day - asked[is_held]).sum())
        self.balance = left

    def meet(self, who: Array, is_long: Array, day: int) -> None:
        """Contacts raise the intensity of support; a barrier falls now and then."""
        kept = self.intensity[who] * np.exp(-(day - self.last[who]) / INTENSITY_DAYS)
        self.intensity[who] = kept + GAIN_OF_A_CONTACT
        chance = np.where(is_long, BARRIER_FALLS_IN_APPOINTMENT, BARRIER_FALLS_IN_CONTACT)
        falls = luck.uniforms(self.keys[who], BARRIER_FALLS, day) < chance
        self.barriers[who[falls & (self.barriers[who] > 0)]] -= 1


def run(stock: int, seed: int, days: int) -> Outcome:
    """All days."""
    sweep = Sweep(stock, seed, days)
    stocks = []
    for day in range(days):
        sweep.day(day)
        stocks.append(np.bincount(sweep.state[: sweep.agents], minlength=STATES).tolist())
    return Outcome(sweep.agent_weeks, named(sweep.totals.values()), stocks)
