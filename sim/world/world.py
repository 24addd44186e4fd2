"""Everything that compiled code reads and writes, as one bundle of arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import Table, kernel
from sim.compiled_bundle import Bundle
from sim.events import COLUMNS
from sim.ledger import post_to_ledger
from sim.units import MINUTES_PER_DAY
from sim.vocabulary import Contact

HOUSEHOLDS, PEOPLE, LOG_ROWS, LOG_ON, FIRST_MONTH, MISSED, STOCKS_TAKEN = range(7)
LISTED_NOW, CHOSEN_NOW = 7, 8
"""How many are listed today, and how many of them are chosen for the present stage."""

STATE_SIZE = 9

JOB_PLACES, ACTION_PLACES, ACTIVITY_PLACES = range(3)

SUPPORTED_NOW, FOLLOWED_NOW, WAITING_NOW = range(3, 6)
"""By pathway: how many are supported, followed in a job, or wait for a caseworker."""

TIME_FOR_RHYTHM, HELD_CONTACT, HELD_APPOINTMENT = range(6, 9)
"""By role: thousandths of minutes a calendar day; by pathway: days of the rhythm that is held."""

PLACE_KINDS = 9

DUE, LISTED, STAGES, CHOSEN, MISSED_BY = range(5)
"""Lists of a day: households due, people listed, their support, those chosen, those who missed."""

KEYS, ROWS = range(5, 7)
"""A queue while it is served: its keys, and what each of them stands for."""

CONTACT_KEYS, CONTACT_ROWS, CONTACT_POSTS, CONTACT_MINUTES = range(7, 11)
"""Listed contacts: place in the common order, what it is, who pays, minutes asked."""

HEADS, HEAD_POSTS = range(11, 13)
"""The first contact of each caseworker's list, and whose list it is."""

SERVABLE, SERVABLE_KEYS, HOMES, NEEDS = range(13, 17)
"""Who waits for a caseworker that has a place; by each: place in the queue, territory, roles."""

LISTS = 17


class World(Bundle):
    """Arrays of one run. Tables of parameters are replaced in place on policy dates."""

    national: Table
    territories: Table
    organisation: Table
    households: Table
    people: Table
    agenda: NDArray[np.int16]  # by household: day of the next event of its life
    next_kind: NDArray[np.int8]  # by household: what the agenda holds, 0 when it must be looked up
    next_member: NDArray[np.int8]  # by household: the adult whose event it is
    next_time: NDArray[np.float64]  # by household: its exact time
    office: NDArray[np.int16]  # by person: day on which an office has to look at them
    caseworkers: NDArray[np.int16]  # [person, place of a role]: row of a post, -1 without
    posts: Table
    teams: NDArray[np.int64]  # [territory, role]: rows of its posts (``staffing.team_rows``)
    places: NDArray[np.int64]  # [kind, territory, index]: places in use, people supported, rhythms
    desks: NDArray[np.int64]  # [territory, desk]: minutes already promised
    spent: NDArray[np.int64]  # [territory, role]: minutes of one task, while they are added up
    arrival_time: NDArray[np.float64]  # by territory: next candidate
    arrival_number: NDArray[np.int64]
    arrival_hazard: NDArray[np.float64]  # candidates per month
    flows: NDArray[np.int64]
    durations: NDArray[np.int32]
    stocks: NDArray[np.int64]
    log: NDArray[np.int64]
    state: NDArray[np.int64]
    lists: NDArray[np.int64]  # [list, place]: room for the lists of a day, left over from the last
    month_of: NDArray[np.int32]
    month_start: NDArray[np.int32]


def room_for_lists(households: int, people: int) -> NDArray[np.int64]:
    """Room for the lists of a day over so many rows of households and people.

    Part of the world because compiled code counts references to the arrays that it makes itself.
    """
    return np.zeros((LISTS, max(households, people * len(Contact)) + 1), dtype=np.int64)


def empty_log(rows: int) -> NDArray[np.int64]:
    """Room for ``rows`` records."""
    return np.zeros((rows, len(COLUMNS)), dtype=np.int64)


@kernel
def record(
    w: World,
    kind: int,
    time: float,
    who: int,
    territory: int,
    pathway: int,
    detail: int,
    value: int,
    origin: int,
) -> None:
    """The one way to say that something happened: ledger always, log when asked."""
    first = w.state[FIRST_MONTH]
    post_to_ledger(
        w.flows,
        w.durations,
        kind,
        w.month_of[int(time)] - first,
        w.month_of[origin] - first,
        territory,
        pathway,
        detail,
        value,
    )
    if w.state[LOG_ON] == 1:
        row = w.state[LOG_ROWS]
        w.log[row, 0] = int(time * MINUTES_PER_DAY)
        w.log[row, 1] = who
        w.log[row, 2] = kind
        w.log[row, 3] = territory
        w.log[row, 4] = pathway
        w.log[row, 5] = detail
        w.log[row, 6] = value
        w.log[row, 7] = origin
        w.state[LOG_ROWS] = row + 1
