"""When: the posts' lives and the days of the workload, and one run through them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

import numpy as np
import simpy
from numpy.typing import NDArray

from benchmarks.peers.c_peer import room_for
from benchmarks.peers.product.behaviours import (
    arrive,
    assign_places,
    hold_session,
    look_at,
    serve_list,
)
from benchmarks.peers.product.office import AGENT_WEEKS, AGENTS, Office, begin, empty_office
from benchmarks.peers.workload import (
    DAYS_PER_WEEK,
    MINUTES_PER_DAY,
    PORTFOLIO_CAP,
    QUEUE,
    SESSION_WEEKDAYS,
    STATES,
    Outcome,
    arrivals,
    caseworkers_for,
    named,
)
from sim.compiled import each_of, entry, kernel
from sim.compiled_prefetch import fetch_soon
from sim.engine.calendar import MIDDAY, DayPlan
from sim.engine.day import Today, in_rows
from sim.engine.journey import DAYS_AT_ONCE
from sim.engine.post_life import PostLife, StaffBoard
from sim.engine.staffing import Post, PostTerms
from sim.world.queues import list_due

AGENTS_AHEAD = 32
"""How many places ahead of the present one agents are fetched."""

ALWAYS_THERE = PostTerms(
    fte_share=1.0,
    contact_minutes_per_day=MINUTES_PER_DAY,
    portfolio_cap=PORTFOLIO_CAP,
    sickness_hazard=0.0,
    sickness_mean_days=1.0,
    leave_weeks=0,
    turnover_hazard=0.0,
    recruitment_delay_days=0.0,
    replacement_delay_days=0.0,
    learning_months=0.0,
    learning_start_share=1.0,
)
"""The terms of the workload's caseworkers."""


def day_plans(seed: int, posts: int, days: int) -> Iterator[DayPlan]:
    """The working days, with the posts as their lives leave them at midday."""
    env, board = simpy.Environment(), StaffBoard(posts)
    for row in range(posts):
        post = Post(is_additional=False, territory=0, role=0, number=row)
        PostLife(env, board, row, post.key(seed), ALWAYS_THERE)
    minutes = capacity = reserve = np.zeros(0, np.int64)
    nobody, none = np.zeros(0, np.int32), np.zeros(1, np.bool_)
    held = [np.array([weekday in SESSION_WEEKDAYS]) for weekday in range(DAYS_PER_WEEK)]
    for day in range(days):
        while env.peek() < day + MIDDAY:
            env.step()
        if board.is_changed:
            minutes, capacity = np.array(board.minutes), np.array(board.capacity)
            reserve = np.array(board.reserve)
            board.is_changed = False
        today = held[day % DAYS_PER_WEEK]
        yield DayPlan(day, day - 1, minutes, capacity, reserve, nobody, today, none, None)


@kernel
def arrivals_of_the_day(w: Office, today: Today) -> None:
    """Who comes today waits for a session."""
    arrive(w, today.day)


@kernel
def sessions_of_the_day(w: Office, today: Today) -> None:
    """A session receives who waits."""
    if today.sessions[0]:
        hold_session(w, today.day)


@kernel
def places_of_the_day(w: Office, today: Today) -> None:
    """Free places are given to the queue."""
    assign_places(w, today.day)


@kernel
def looks_of_the_day(w: Office, today: Today) -> None:
    """Those whose day it is live their week."""
    due = w.due
    count = list_due(w.looks, w.numbers[AGENTS], today.day, due)
    for position in range(count):
        if position + AGENTS_AHEAD < count:
            fetch_soon(w.agents, due[position + AGENTS_AHEAD], 1)
        look_at(w, due[position], today.day)


@kernel
def contacts_of_the_day(w: Office, today: Today) -> None:
    """Caseworkers serve their lists."""
    for number in range(w.posts.shape[0]):
        w.posts[number].minutes = today.minutes[number]
        serve_list(w, number, today.day)


@kernel
def books_of_the_day(w: Office, today: Today) -> None:
    """Agents by state are noted."""
    for state in range(STATES):
        w.stocks[today.day, state] = w.now[state]


class Stage(NamedTuple):
    """A stage of the day, as in `sim.engine.day`."""

    act: Callable[[Office, Today], None]


ORDER_OF_THE_DAY = (
    Stage(arrivals_of_the_day),
    Stage(sessions_of_the_day),
    Stage(places_of_the_day),
    Stage(looks_of_the_day),
    Stage(contacts_of_the_day),
    Stage(books_of_the_day),
)


@entry
def office_days(
    w: Office,
    days: NDArray[np.int64],
    minutes: NDArray[np.int64],
    capacity: NDArray[np.int64],
    reserve: NDArray[np.int64],
    leaving: NDArray[np.int32],
    leaving_until: NDArray[np.int64],
    sessions: NDArray[np.bool_],
    held: NDArray[np.bool_],
) -> None:
    """Working days one after the other, a row for each."""
    for row in range(days.shape[0]):
        today = Today(
            days[row] - 1, days[row], minutes[row], capacity[row], reserve[row],
            leaving, sessions[row], held[row],
        )  # fmt: skip
        for stage in each_of(ORDER_OF_THE_DAY):
            stage.act(w, today)


def run(stock: int, seed: int, days: int) -> Outcome:
    """All days."""
    come = arrivals(stock, seed, days)
    posts = caseworkers_for(stock)
    office = empty_office(seed, posts, PORTFOLIO_CAP, come, room_for(stock, come))
    begin(office, stock, QUEUE)
    plans = day_plans(seed, posts, days)
    while coming := list(islice(plans, DAYS_AT_ONCE)):
        office_days(office, *in_rows(coming))
    agent_weeks = int(office.numbers[AGENT_WEEKS])
    return Outcome(agent_weeks, named(office.totals), office.stocks.tolist())
