"""A team shares its portfolios anew: who is far below its part takes people over from the others.

A post's part of the portfolios of its team is that of its places in the team's. Loads and
capacities are integers in hundredths of a person.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel, rule
from sim.compiled_prefetch import ROWS_AHEAD, fetch_field_soon
from sim.processes.support import weight_of
from sim.vocabulary import Record
from sim.world.codes import FULL_WEIGHT
from sim.world.portfolios import list_in_portfolios, no_post
from sim.world.reading import say
from sim.world.world import LISTED, PEOPLE, World

ROWS_FOR_A_POST = 4
"""After so many rows of people for each post all posts are looked at again: a small addition."""


@kernel
def share_anew(w: World, day: int) -> None:
    """Teams share their portfolios anew when one of them is far below its part of the whole.

    So a new colleague, or one who has learned, takes over from the others, household by household,
    until nobody who takes has room or nobody else has more than its part.
    """
    loads, places = team_totals(w)
    takers = np.empty(w.posts.shape[0], np.int64)
    takers = takers[: list_takers(w, loads, places, takers)]
    gives = no_post(w)
    size, at_once = w.state[PEOPLE], ROWS_FOR_A_POST * w.posts.shape[0]
    for first in range(0, size, at_once):
        if not mark_givers(w, loads, places, takers, gives):
            return
        last = min(first + at_once, size)
        share_between(w, day, first, last, loads, places, takers, gives)


@kernel
def team_totals(w: World) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Load and capacity of each team, by territory and role."""
    loads = np.zeros(w.spent.shape, np.int64)
    places = np.zeros(w.spent.shape, np.int64)
    for post in range(w.posts.shape[0]):
        q = w.posts[post]
        loads[q.territory, q.role] += q.load
        places[q.territory, q.role] += q.capacity
    return loads, places


@kernel
def list_takers(
    w: World,
    loads: NDArray[np.int64],
    places: NDArray[np.int64],
    takers: NDArray[np.int64],
) -> int:
    """List the posts far below their part of their team's; returns how many."""
    count = 0
    for post in range(w.posts.shape[0]):
        q = w.posts[post]
        team, all_places = loads[q.territory, q.role], places[q.territory, q.role]
        if is_far_below(q.load, q.capacity, team, all_places):
            takers[count] = post
            count += 1
    return count


@kernel
def least_weight(w: World) -> int:
    """The smallest weight that a person can have in a portfolio, in hundredths."""
    least = FULL_WEIGHT
    for territory in range(w.organisation.shape[0]):
        for pathway in range(w.organisation.shape[1]):
            least = min(least, w.organisation[territory, pathway].follow_up_weight)
    return least


@kernel
def mark_givers(
    w: World,
    loads: NDArray[np.int64],
    places: NDArray[np.int64],
    takers: NDArray[np.int64],
    gives: NDArray[np.bool_],
) -> bool:
    """Mark the posts that can give the smallest weight to a colleague who has room; if any."""
    gives[:] = False
    found = False
    least = least_weight(w)
    for position in range(takers.shape[0]):
        taker = w.posts[takers[position]]
        territory, role = taker.territory, taker.role
        team, all_places = loads[territory, role], places[territory, role]
        if above_part(taker.load + least, taker.capacity, team, all_places) > 0:
            continue
        for part in range(0, 4, 2):
            for post in range(w.teams[territory, role, part], w.teams[territory, role, part + 1]):
                q = w.posts[post]
                if above_part(q.load - least, q.capacity, team, all_places) >= 0:
                    gives[post] = True
                    found = True
    return found


@kernel
def share_between(
    w: World,
    day: int,
    first: int,
    last: int,
    loads: NDArray[np.int64],
    places: NDArray[np.int64],
    takers: NDArray[np.int64],
    gives: NDArray[np.bool_],
) -> None:
    """Share the people between two rows who are in portfolios of those who can give."""
    theirs = w.lists[LISTED]
    count = list_in_portfolios(w, gives, first, last, theirs)
    for position in range(count):
        if position + ROWS_AHEAD < count:
            fetch_field_soon(w.people, theirs[position + ROWS_AHEAD], "support")
        person = theirs[position]
        for place in range(2):
            if gives[w.caseworkers[person, place]]:
                offer_to_colleagues(w, day, person, place, loads, places, takers)


@kernel
def offer_to_colleagues(
    w: World,
    day: int,
    person: int,
    place: int,
    loads: NDArray[np.int64],
    places: NDArray[np.int64],
    takers: NDArray[np.int64],
) -> None:
    """Whoever is above its part gives the person to the first colleague who is still below."""
    old = w.posts[w.caseworkers[person, place]]
    team, all_places = loads[old.territory, old.role], places[old.territory, old.role]
    weight = weight_of(w, person)
    if above_part(old.load - weight, old.capacity, team, all_places) < 0:
        return
    for position in range(takers.shape[0]):
        q = w.posts[takers[position]]
        if q.territory != old.territory or q.role != old.role:
            continue
        if above_part(q.load + weight, q.capacity, team, all_places) <= 0:
            old.load -= weight
            q.load += weight
            w.caseworkers[person, place] = takers[position]
            say(w, Record.CASEWORKER_CHANGED, float(day), person, q.role, 0, day)
            return


@rule
def above_part(load: int, capacity: int, team_load: int, team_capacity: int) -> int:
    """Load beyond a post's part of its team's, times the team's capacity; below 0 when missing."""
    return load * team_capacity - team_load * capacity


@rule
def is_far_below(load: int, capacity: int, team_load: int, team_capacity: int) -> bool:
    """Whether a portfolio is a fifth, and two persons, below its part of the team's."""
    if capacity == 0 or team_capacity == 0:
        return False
    missing = -above_part(load, capacity, team_load, team_capacity)
    return 5 * missing > team_load * capacity and missing >= 2 * FULL_WEIGHT * team_capacity
