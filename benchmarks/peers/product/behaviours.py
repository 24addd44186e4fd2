"""What happens: the rules of the workload and what each stage of its day does with them."""

from __future__ import annotations

from benchmarks.peers import workload
from benchmarks.peers.product.office import (
    AGENT_WEEKS,
    AGENTS,
    NOBODY,
    NOT_ASKED,
    PLACES_FREE,
    QUEUE_SIZE,
    Office,
    enter,
    give_back_place,
    move,
    put_in_list,
    put_in_queue,
    take_from_queue,
    take_place,
)
from benchmarks.peers.workload import (
    ACCOMPANIED,
    APPOINTMENT_MINUTES,
    BARRIER_FALLS,
    BARRIER_FALLS_IN_APPOINTMENT,
    BARRIER_FALLS_IN_CONTACT,
    CONTACT_MINUTES,
    DAYS_PER_WEEK,
    DELAY_DAYS,
    DURABLE_WEEKS,
    EXIT_CHANCE,
    EXITS,
    FOLLOW_UP_WEEKS,
    GAIN_OF_A_CONTACT,
    HELD,
    JOB,
    JOBS,
    LONG_AGO,
    MISSED,
    OUT,
    QUEUE,
    REQUESTS,
    RUPTURES,
    TICK,
    WAIT_SESSION,
)
from sim.compiled import kernel, rule
from sim.compiled_prefetch import fetch_soon
from sim.randomness import uniform
from sim.world.queues import list_few_due

left_of = rule(workload.left_of)
job_chance = rule(workload.job_chance)
rupture_chance = rule(workload.rupture_chance)
is_appointment = rule(workload.is_appointment)


@rule
def weeks_since(day: int, earlier: int) -> int:
    """Whole weeks of work."""
    return (day - earlier) // DAYS_PER_WEEK


@kernel
def arrive(w: Office, day: int) -> None:
    """New agents wait for a session."""
    for _ in range(w.come[day]):
        row = enter(w, day, WAIT_SESSION)
        w.sessions[row] = day + 1


@kernel
def hold_session(w: Office, day: int) -> None:
    """Who came before today joins the queue for places."""
    for position in range(list_few_due(w.sessions, w.numbers[AGENTS], day, w.due)):
        row = w.due[position]
        since = w.agents[row].since
        move(w, row, since, QUEUE)
        put_in_queue(w, row)


@kernel
def assign_places(w: Office, day: int) -> None:
    """The queue meets the free places; who has left the queue meanwhile is passed over."""
    while w.numbers[PLACES_FREE] > 0 and w.numbers[QUEUE_SIZE] > 0:
        row = take_from_queue(w)
        agent = w.agents[row]
        if agent.state == QUEUE:
            agent.post = take_place(w)
            agent.intensity = 0.0
            agent.last = day
            move(w, row, day, ACCOMPANIED)


@kernel
def look_at(w: Office, row: int, day: int) -> None:
    """The week of one agent."""
    agent = w.agents[row]
    w.looks[row] = day + DAYS_PER_WEEK
    w.numbers[AGENT_WEEKS] += 1
    u = uniform(agent.key, TICK, day)
    if agent.state == JOB:
        live_in_job(w, row, day, u)
    elif agent.state == ACCOMPANIED:
        live_accompanied(w, row, day, u)
    else:
        live_waiting(w, row, day, u)


@kernel
def live_in_job(w: Office, row: int, day: int, u: float) -> None:
    """A job lasts, breaks, or is followed up."""
    agent = w.agents[row]
    weeks = weeks_since(day, agent.since)
    if weeks >= DURABLE_WEEKS:
        move(w, row, day, OUT)
        w.totals[EXITS] += 1
    elif u < rupture_chance(day - agent.last):
        agent.intensity = 0.0
        move(w, row, day, WAIT_SESSION)
        w.totals[RUPTURES] += 1
    elif weeks > 0 and weeks % FOLLOW_UP_WEEKS == 0 and agent.post != NOBODY:
        ask(w, row, day)


@kernel
def live_accompanied(w: Office, row: int, day: int, u: float) -> None:
    """Exit or job give the place back; else a contact is asked."""
    agent = w.agents[row]
    if u < EXIT_CHANCE:
        give_back_place(w, agent.post)
        move(w, row, day, OUT)
        w.totals[EXITS] += 1
    elif u < EXIT_CHANCE + job_chance(agent.barriers, left_of(agent.intensity, day - agent.last)):
        give_back_place(w, agent.post)
        move(w, row, day, JOB)
        w.totals[JOBS] += 1
    else:
        ask(w, row, day)


@kernel
def live_waiting(w: Office, row: int, day: int, u: float) -> None:
    """Exit or job without support."""
    agent = w.agents[row]
    if u < EXIT_CHANCE:
        move(w, row, day, OUT)
        w.totals[EXITS] += 1
    elif u < EXIT_CHANCE + job_chance(agent.barriers, 0.0):
        agent.last = LONG_AGO
        agent.post = NOBODY
        move(w, row, day, JOB)
        w.totals[JOBS] += 1


@kernel
def ask(w: Office, row: int, day: int) -> None:
    """A contact is asked of the own caseworker, unless one is open."""
    agent = w.agents[row]
    w.totals[REQUESTS] += 1
    if agent.asked != NOT_ASKED:
        w.totals[MISSED] += 1
    else:
        agent.asked = day
        put_in_list(w, row)


@kernel
def serve_list(w: Office, number: int, day: int) -> None:
    """A caseworker serves what was asked while minutes are left."""
    post = w.posts[number]
    left = min(post.balance, 0) + post.minutes
    row = post.first
    while left > 0 and row != NOBODY:
        agent = w.agents[row]
        following = agent.next_asked
        if following != NOBODY:
            fetch_soon(w.agents, following, 1)
        if agent.post == number:
            left -= contact(w, row, day)
        agent.asked = NOT_ASKED
        row = following
    post.first = row
    post.balance = left


@kernel
def contact(w: Office, row: int, day: int) -> int:
    """One contact, or nothing when the agent has left; returns its minutes."""
    agent = w.agents[row]
    minutes = CONTACT_MINUTES
    if agent.state == ACCOMPANIED:
        is_long = is_appointment(weeks_since(agent.asked, agent.since))
        if is_long:
            minutes = APPOINTMENT_MINUTES
        agent.intensity = left_of(agent.intensity, day - agent.last) + GAIN_OF_A_CONTACT
        chance = BARRIER_FALLS_IN_APPOINTMENT if is_long else BARRIER_FALLS_IN_CONTACT
        if agent.barriers > 0 and uniform(agent.key, BARRIER_FALLS, day) < chance:
            agent.barriers -= 1
    elif agent.state != JOB:
        return 0
    agent.last = day
    w.totals[HELD] += 1
    w.totals[DELAY_DAYS] += day - agent.asked
    return minutes
