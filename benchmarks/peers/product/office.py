"""What there is: agents, caseworkers and the places of the portfolios; the verbs on their lists."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.workload import (
    BARRIERS_AT_ENTRY,
    COUNTERS,
    DAYS_PER_WEEK,
    MOST_BARRIERS,
    OUT,
    STATES,
    WAIT_SESSION,
)
from sim.compiled import Table, entry, kernel, with_attributes
from sim.compiled_bundle import Bundle
from sim.randomness import key_of, uniform

AGENT_DTYPE = np.dtype(
    [
        ("key", np.uint64),
        ("intensity", np.float64),
        ("post", np.int32),
        ("next_asked", np.int32),
        ("last", np.int16),
        ("since", np.int16),
        ("asked", np.int16),
        ("state", np.int8),
        ("barriers", np.int8),
    ]
)
"""One agent, half a cache line. ``next_asked`` is who asked the same post after them."""

POST_DTYPE = np.dtype(
    [("minutes", np.int64), ("balance", np.int64), ("first", np.int32), ("last", np.int32)]
)
"""One caseworker: minutes of today, what was overdrawn, who asked first and last (-1: nobody)."""

AGENTS, SEED, QUEUE_HEAD, QUEUE_SIZE, PLACES_HEAD, PLACES_FREE, AGENT_WEEKS = range(7)
NUMBERS = 7
NOBODY, NOT_ASKED = -1, -1
NO_DAY = 0x7FFF
"""In an agenda: nothing to come."""


class Office(Bundle):
    """Arrays of one run."""

    agents: Table
    looks: NDArray[np.int16]  # by agent: day of the next weekly look
    sessions: NDArray[np.int16]  # by agent: day from which a session receives them
    posts: Table
    queue: NDArray[np.int32]  # who waits for a place, round
    places: NDArray[np.int32]  # free places by their posts, round
    due: NDArray[np.int64]  # room for the list of who is due
    come: NDArray[np.int64]  # by day: arrivals
    now: NDArray[np.int64]  # agents by state
    stocks: NDArray[np.int64]  # [day, state]: the same at the end of each day
    totals: NDArray[np.int64]
    numbers: NDArray[np.int64]


def empty_office(
    seed: int, posts: int, capacity: int, come: NDArray[np.int64], room: int
) -> Office:
    """An office with room for so many agents, its places free, one post after the other."""
    table = np.zeros(posts, POST_DTYPE)
    table["first"] = NOBODY
    numbers = np.zeros(NUMBERS, np.int64)
    numbers[SEED] = seed
    numbers[PLACES_FREE] = posts * capacity
    return Office(
        agents=with_attributes(np.zeros(room, AGENT_DTYPE)),
        looks=np.full(room, NO_DAY, np.int16),
        sessions=np.full(room, NO_DAY, np.int16),
        posts=with_attributes(table),
        queue=np.zeros(2 * room, np.int32),
        places=np.tile(np.arange(posts, dtype=np.int32), capacity),
        due=np.zeros(room + 1, np.int64),
        come=come,
        now=np.zeros(STATES, np.int64),
        stocks=np.zeros((len(come), STATES), np.int64),
        totals=np.zeros(len(COUNTERS), np.int64),
        numbers=numbers,
    )


@kernel
def enter(w: Office, day: int, state: int) -> int:
    """A new agent in a state; returns the row."""
    row = w.numbers[AGENTS]
    w.numbers[AGENTS] = row + 1
    agent = w.agents[row]
    agent.key = key_of(w.numbers[SEED], row)
    agent.barriers = int(MOST_BARRIERS * uniform(agent.key, BARRIERS_AT_ENTRY, 0))
    agent.post = NOBODY
    agent.asked = NOT_ASKED
    agent.state = state
    agent.since = day
    w.now[state] += 1
    w.looks[row] = first_look(row, day)
    return row


@kernel
def first_look(row: int, day: int) -> int:
    """The first day after ``day`` that is the agent's own."""
    ahead = (row - day) % DAYS_PER_WEEK
    return day + (ahead if ahead > 0 else DAYS_PER_WEEK)


@kernel
def move(w: Office, row: int, day: int, state: int) -> None:
    """Change the state of an agent: counts, and what the agendas hold of them."""
    agent = w.agents[row]
    w.now[agent.state] -= 1
    w.now[state] += 1
    agent.state = state
    agent.since = day
    if state == WAIT_SESSION:
        w.sessions[row] = day + 1
    else:
        w.sessions[row] = NO_DAY
    if state == OUT:
        w.looks[row] = NO_DAY


@kernel
def put_in_queue(w: Office, row: int) -> None:
    """To the tail of the queue for places."""
    slot = w.numbers[QUEUE_HEAD] + w.numbers[QUEUE_SIZE]
    w.numbers[QUEUE_SIZE] += 1
    w.queue[slot if slot < w.queue.shape[0] else slot - w.queue.shape[0]] = row


@kernel
def take_from_queue(w: Office) -> int:
    """The head of the queue for places."""
    head = w.numbers[QUEUE_HEAD]
    w.numbers[QUEUE_HEAD] = head + 1 if head + 1 < w.queue.shape[0] else 0
    w.numbers[QUEUE_SIZE] -= 1
    return w.queue[head]


@kernel
def take_place(w: Office) -> int:
    """The post of the place that has been free for longest."""
    head = w.numbers[PLACES_HEAD]
    w.numbers[PLACES_HEAD] = head + 1 if head + 1 < w.places.shape[0] else 0
    w.numbers[PLACES_FREE] -= 1
    return w.places[head]


@kernel
def give_back_place(w: Office, post: int) -> None:
    """A place of a post is free again."""
    slot = w.numbers[PLACES_HEAD] + w.numbers[PLACES_FREE]
    w.numbers[PLACES_FREE] += 1
    w.places[slot if slot < w.places.shape[0] else slot - w.places.shape[0]] = post


@kernel
def put_in_list(w: Office, row: int) -> None:
    """To the tail of the list of the agent's caseworker."""
    agent = w.agents[row]
    post = w.posts[agent.post]
    agent.next_asked = NOBODY
    if post.first == NOBODY:
        post.first = row
    else:
        w.agents[post.last].next_asked = row
    post.last = row


@entry
def begin(w: Office, stock: int, state: int) -> None:
    """The agents of the first day, in one state and in the queue."""
    for _ in range(stock):
        row = enter(w, 0, state)
        put_in_queue(w, row)
        if row % DAYS_PER_WEEK == 0:
            # They were there before the first day, which is theirs.
            w.looks[row] = 0
