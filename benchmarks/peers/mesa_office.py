"""The workload as Mesa agents; `mesa_days` and `mesa_simpy` tell them when to act.

Equal counts need keyed luck and an order by number, so agents read a list of the day instead of
``self.random``, and are activated with ``do``, not ``shuffle_do``, which costs more.
"""

from __future__ import annotations

from collections import deque

import mesa

from benchmarks.peers import luck
from benchmarks.peers.workload import (
    ACCOMPANIED,
    APPOINTMENT_MINUTES,
    BARRIER_FALLS,
    BARRIER_FALLS_IN_APPOINTMENT,
    BARRIER_FALLS_IN_CONTACT,
    CONTACT_MINUTES,
    COUNTERS,
    DAYS_PER_WEEK,
    DURABLE_WEEKS,
    EXIT_CHANCE,
    FOLLOW_UP_WEEKS,
    GAIN_OF_A_CONTACT,
    JOB,
    LONG_AGO,
    MINUTES_PER_DAY,
    OUT,
    PORTFOLIO_CAP,
    QUEUE,
    STATES,
    TICK,
    WAIT_SESSION,
    Outcome,
    arrivals,
    caseworkers_for,
    is_appointment,
    job_chance,
    left_of,
    rupture_chance,
)

BEFORE = -1
"""The day on which the initial stock came."""


class Caseworker(mesa.Agent):
    """Serves requests in their order while minutes are left."""

    def __init__(self, model: OfficeModel) -> None:
        super().__init__(model)
        self.requests: deque[Beneficiary] = deque()
        self.balance = 0

    def serve(self) -> None:
        """One day."""
        left = min(self.balance, 0) + MINUTES_PER_DAY
        while left > 0 and self.requests:
            left -= self.requests.popleft().meet(self)
        self.balance = left


class Beneficiary(mesa.Agent):
    """One person, from the first session to the exit."""

    def __init__(self, model: OfficeModel, number: int, state: int, came: int) -> None:
        super().__init__(model)
        self.number = number
        self.came = came
        self.state = state
        self.since = model.day
        self.last = LONG_AGO
        self.barriers = int(model.barriers[number])
        self.intensity = 0.0
        self.caseworker: Caseworker | None = None
        self.asked: int | None = None
        model.now[state] += 1

    def move(self, state: int) -> None:
        """Change state today."""
        self.model.now[self.state] -= 1
        self.model.now[state] += 1
        self.state, self.since = state, self.model.day

    def join(self, caseworker: Caseworker) -> None:
        """Take a place in a portfolio."""
        self.move(ACCOMPANIED)
        self.caseworker, self.intensity, self.last = caseworker, 0.0, self.model.day

    def look(self) -> None:
        """The week, with one number of luck."""
        model = self.model
        if self.came == model.day:
            return
        model.agent_weeks += 1
        u = model.ticks[self.number // DAYS_PER_WEEK]
        if self.state == JOB:
            self.live_in_job(u)
            return
        was_accompanied = self.state == ACCOMPANIED
        support = left_of(self.intensity, model.day - self.last) if was_accompanied else 0.0
        if u < EXIT_CHANCE:
            self.leave()
        elif u < EXIT_CHANCE + job_chance(self.barriers, support):
            self.move(JOB)
            model.totals["jobs"] += 1
            if not was_accompanied:
                self.last, self.caseworker = LONG_AGO, None
        elif was_accompanied:
            self.ask()
        if was_accompanied and self.state != ACCOMPANIED:
            model.places.append(self.caseworker)

    def live_in_job(self, u: float) -> None:
        """A job lasts, breaks, or is followed up."""
        day = self.model.day
        weeks = (day - self.since) // DAYS_PER_WEEK
        if weeks >= DURABLE_WEEKS:
            self.leave()
        elif u < rupture_chance(day - self.last):
            self.move(WAIT_SESSION)
            self.model.waiting.append(self)
            self.intensity = 0.0
            self.model.totals["ruptures"] += 1
        elif weeks > 0 and weeks % FOLLOW_UP_WEEKS == 0 and self.caseworker is not None:
            self.ask()

    def leave(self) -> None:
        """Out for good; who has asked for a contact is forgotten when their turn comes."""
        self.move(OUT)
        self.model.totals["exits"] += 1
        self.remove()

    def ask(self) -> None:
        """Ask the own caseworker for a contact, unless one is open."""
        totals = self.model.totals
        totals["requests"] += 1
        if self.asked is not None:
            totals["missed"] += 1
        else:
            self.asked = self.model.day
            self.caseworker.requests.append(self)

    def meet(self, caseworker: Caseworker) -> int:
        """A contact that was asked; returns its minutes."""
        asked, self.asked = self.asked, None
        if self.caseworker is not caseworker or self.state not in (ACCOMPANIED, JOB):
            return 0
        model, minutes = self.model, CONTACT_MINUTES
        if self.state == ACCOMPANIED:
            is_long = is_appointment((asked - self.since) // DAYS_PER_WEEK)
            minutes = APPOINTMENT_MINUTES if is_long else CONTACT_MINUTES
            self.intensity = left_of(self.intensity, model.day - self.last) + GAIN_OF_A_CONTACT
            chance = BARRIER_FALLS_IN_APPOINTMENT if is_long else BARRIER_FALLS_IN_CONTACT
            if self.barriers > 0 and model.falls[self.number] < chance:
                self.barriers -= 1
        self.last = model.day
        model.totals["held"] += 1
        model.totals["delay_days"] += model.day - asked
        return minutes


class OfficeModel(mesa.Model):
    """Beneficiaries, caseworkers, the queue and the places."""

    beneficiary = Beneficiary

    def __init__(self, stock: int, seed: int, days: int) -> None:
        super().__init__(seed=seed)
        self.day = 0
        self.come = arrivals(stock, seed, days).tolist()
        self.keys = luck.keys(seed, stock + sum(self.come))
        self.barriers = luck.barriers_at_entry(self.keys)
        self.now = [0] * STATES
        self.totals = dict.fromkeys(COUNTERS, 0)
        self.stocks: list[list[int]] = []
        self.agent_weeks = 0
        self.waiting: list[Beneficiary] = []
        self.ticks: list[float] = []
        self.falls: list[float] = []
        self.born = 0
        self.caseworkers = [Caseworker(self) for _ in range(caseworkers_for(stock))]
        self.places = deque(self.caseworkers * PORTFOLIO_CAP)
        self.queue = deque(self.enter(QUEUE, BEFORE) for _ in range(stock))

    def enter(self, state: int, came: int) -> Beneficiary:
        """A new person, who is looked at from the day after they came on."""
        self.born += 1
        return self.beneficiary(self, self.born - 1, state, came)

    def draw(self) -> None:
        """The luck of the day."""
        of_today = self.keys[self.day % DAYS_PER_WEEK :: DAYS_PER_WEEK]
        self.ticks = luck.uniforms(of_today, TICK, self.day).tolist()
        self.falls = luck.uniforms(self.keys[: self.born], BARRIER_FALLS, self.day).tolist()

    def arrive(self) -> None:
        """Those who come today."""
        coming = range(self.come[self.day])
        self.waiting += [self.enter(WAIT_SESSION, self.day) for _ in coming]

    def hold_session(self) -> None:
        """Who came before today joins the queue for places."""
        ready = [one for one in self.waiting if one.since < self.day and one.state == WAIT_SESSION]
        self.waiting = [one for one in self.waiting if one.since == self.day]
        for each in sorted(ready, key=lambda one: one.number):
            since = each.since
            each.move(QUEUE)
            each.since = since
            self.queue.append(each)

    def assign(self) -> None:
        """The queue meets the free places."""
        while self.queue and self.places:
            each = self.queue.popleft()
            if each.state == QUEUE:
                each.join(self.places.popleft())

    def note(self) -> None:
        """Agents by state at the end of the day."""
        self.stocks.append(list(self.now))

    def outcome(self) -> Outcome:
        """What happened; Mesa is told to forget its agents, which it keeps for good otherwise."""
        self.remove_all_agents()
        mesa.Agent._ids.pop(self, None)
        return Outcome(self.agent_weeks, self.totals, self.stocks)
