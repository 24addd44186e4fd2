"""Places in portfolios: who gets the free ones, and what becomes of a leaver's portfolio.

The posts of a role in a territory are a team: its places are counted together.

Loads and capacities are integers in hundredths of a person.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel, rule
from sim.compiled_prefetch import NAMED_ROWS_AHEAD, ROWS_AHEAD, fetch_soon
from sim.processes.assessment import pathway_now
from sim.processes.living.lives import resume, settle_to, stop_support
from sim.processes.support import (
    keep_until_called,
    start_support,
    wait_for_caseworker,
    weight_of,
)
from sim.units import DAYS_PER_YEAR
from sim.vocabulary import Record
from sim.world.codes import (
    FULL_WEIGHT,
    PAID,
    SUPPORTED,
    TO_COME_AGAIN,
    WAITING_CASEWORKER,
)
from sim.world.numbers import of_territory
from sim.world.portfolios import list_in_portfolios, no_post
from sim.world.queues import heapify, pop, queue_key
from sim.world.reading import identity, say
from sim.world.world import (
    HOMES,
    HOUSEHOLDS,
    KEYS,
    LISTED,
    NEEDS,
    PEOPLE,
    ROWS,
    SERVABLE,
    SERVABLE_KEYS,
    World,
)

NUMBERS_OF_TERRITORY = of_territory(
    priority_age_low="priority.age_low",
    priority_age_high="priority.age_high",
)

EVERY_ROLE = -1
"""All bits of a set of roles."""


@kernel
def lightest_post(w: World, territory: int, role: int) -> int:
    """The least loaded post of a role, while the role as a whole has a place; -1 when it has none.

    Places are those of the team: colleagues hold those of a vacancy, beyond their own.
    """
    best, load, capacity = -1, 0, 0
    for part in range(0, 4, 2):
        for post in range(w.teams[territory, role, part], w.teams[territory, role, part + 1]):
            q = w.posts[post]
            load += q.load
            capacity += q.capacity + q.reserve
            if q.capacity > 0 and (
                best < 0
                or is_lighter(q.load, q.capacity, w.posts[best].load, w.posts[best].capacity)
            ):
                best = post
    return best if has_place(load, capacity) else -1


@kernel
def assign_portfolios(w: World, day: int, waiting: NDArray[np.int64], count: int) -> None:
    """Fill free places, territory by territory, in the order of the queue."""
    lightest = np.full(w.spent.shape, -1)
    is_open = np.empty(w.territories.shape[0], np.int64)
    for territory in range(w.territories.shape[0]):
        find_lightest(w, territory, EVERY_ROLE, lightest[territory])
        is_open[territory] = open_roles(lightest[territory])
    if not is_open.any():
        return
    found = find_servable(w, day, waiting, count, is_open)
    for territory in range(w.territories.shape[0]):
        if is_open[territory] != 0:
            assign_territory(w, day, territory, lightest[territory], found)


@kernel
def find_lightest(w: World, territory: int, roles: int, lightest: NDArray[np.int64]) -> None:
    """Look anew for the lightest post of some roles (bits); ``lightest`` is by role."""
    for role in range(lightest.shape[0]):
        if (roles >> role) & 1 == 1:
            lightest[role] = lightest_post(w, territory, role)


@kernel
def open_roles(lightest: NDArray[np.int64]) -> int:
    """Set of roles (bits) that have a place, by their lightest posts."""
    found = 0
    for role in range(lightest.shape[0]):
        if lightest[role] >= 0:
            found |= 1 << role
    return found


@kernel
def needs(w: World, territory: int, pathway: int) -> int:
    """Set of roles (bits) that a pathway takes."""
    o = w.organisation[territory, pathway]
    found = 0
    for position in range(o.roles):
        found |= 1 << o.role[position]
    return found


@kernel
def find_servable(
    w: World, day: int, waiting: NDArray[np.int64], count: int, is_open: NDArray[np.int64]
) -> int:
    """Put aside who waits for roles that have a place; returns how many.

    Places only fill up from here on: who finds a role full now will not be served today.
    """
    people, homes, needed_by = w.lists[SERVABLE], w.lists[HOMES], w.lists[NEEDS]
    found = 0
    for position in range(count):
        fetch_ahead(w, waiting, position, count)
        person = waiting[position]
        p = w.people[person]
        territory = w.households[p.household].territory
        needed = needs(w, territory, p.pathway)
        is_served = p.support == WAITING_CASEWORKER and p.call != TO_COME_AGAIN
        if is_served and needed & is_open[territory] == needed:
            people[found] = person
            homes[found] = territory
            needed_by[found] = needed
            w.lists[SERVABLE_KEYS, found] = place_in_queue(w, day, territory, person)
            found += 1
    return found


@kernel
def fetch_ahead(w: World, waiting: NDArray[np.int64], position: int, count: int) -> None:
    """Have the rows of the next people brought in while the present one is looked at."""
    if position + ROWS_AHEAD < count:
        fetch_soon(w.people, waiting[position + ROWS_AHEAD], 4)
    if position + NAMED_ROWS_AHEAD < count:
        fetch_soon(w.households, w.people[waiting[position + NAMED_ROWS_AHEAD]].household, 2)


@kernel
def place_in_queue(w: World, day: int, territory: int, person: int) -> int:
    """The key of somebody who waits: the priority public first, then the longest wait."""
    t = w.territories[territory]
    p = w.people[person]
    age = (day - p.birth) / DAYS_PER_YEAR
    is_target = is_target_public(age, t.priority_age_low, t.priority_age_high)
    return queue_key(0 if is_target else 1, p.waiting_since, identity(w, person))


@kernel
def assign_territory(
    w: World, day: int, territory: int, lightest: NDArray[np.int64], found: int
) -> None:
    """Fill the places of one territory, whose roles have the posts ``lightest`` to begin with."""
    keys, places = w.lists[KEYS], w.lists[ROWS]
    size = 0
    for position in range(found):
        if w.lists[HOMES, position] == territory:
            keys[size] = w.lists[SERVABLE_KEYS, position]
            places[size] = position
            size += 1
    heapify(keys, places, size)
    is_open = open_roles(lightest)
    while size > 0:
        position = pop(keys, places, size)
        size -= 1
        take_place(w, day, w.lists[SERVABLE, position], lightest)
        find_lightest(w, territory, w.lists[NEEDS, position], lightest)
        left = open_roles(lightest)
        if left != is_open:
            is_open = left
            size = keep_servable(w, is_open, size)


@kernel
def keep_servable(w: World, is_open: int, size: int) -> int:
    """Take those out of the queue who need a role that is full by now; returns how many stay.

    One pass: taken out one after the other, each would cost a descent of the heap.
    """
    keys, places = w.lists[KEYS], w.lists[ROWS]
    kept = 0
    for place in range(size):
        needed = w.lists[NEEDS, places[place]]
        if needed & is_open == needed:
            keys[kept] = keys[place]
            places[kept] = places[place]
            kept += 1
    heapify(keys, places, kept)
    return kept


@kernel
def take_place(w: World, day: int, person: int, lightest: NDArray[np.int64]) -> None:
    """Give the person the lightest caseworker of each role of its pathway."""
    p = w.people[person]
    o = w.organisation[w.households[p.household].territory, p.pathway]
    for position in range(o.roles):
        w.caseworkers[person, position] = lightest[o.role[position]]
    start_support(w, person, day)


@kernel
def hand_over(w: World, day: int, leaving: NDArray[np.int32]) -> None:
    """Redistribute the portfolios of leavers among colleagues with places, or requeue."""
    if leaving.shape[0] == 0:
        return
    is_leaving = no_post(w)
    for index in range(leaving.shape[0]):
        is_leaving[leaving[index]] = True
    # Everybody is looked through once, however many leave.
    theirs = w.lists[LISTED]
    count = list_in_portfolios(w, is_leaving, 0, w.state[PEOPLE], theirs)
    for index in range(leaving.shape[0]):
        for position in range(count):
            for place in range(2):
                if w.caseworkers[theirs[position], place] == leaving[index]:
                    replace_caseworker(w, day, theirs[position], place)


@kernel
def replace_caseworker(w: World, day: int, person: int, position: int) -> None:
    """Another caseworker of the same role takes the person, or the person queues again."""
    p = w.people[person]
    old = w.posts[w.caseworkers[person, position]]
    weight = weight_of(w, person)
    old.load -= weight
    found = lightest_post(w, old.territory, old.role)
    if found >= 0:
        w.caseworkers[person, position] = found
        w.posts[found].load += weight
        say(w, Record.CASEWORKER_CHANGED, float(day), person, old.role, 0, day)
        return
    old.load += weight
    settle_to(w, p.household, day + 1.0)
    requeue(w, day, person, int(p.pathway))
    resume(w, p.household, day + 1.0)


@kernel
def requeue(w: World, day: int, person: int, pathway: int) -> None:
    """Support or wait stops; the person waits again, in a pathway, if the household is on RSA."""
    stop_in_pathway(w, day, person, pathway)
    if w.households[w.people[person].household].benefit == PAID:
        wait_for_caseworker(w, person, float(day))


@kernel
def stop_in_pathway(w: World, day: int, person: int, pathway: int) -> None:
    """Support or wait stops; the pathway from now on is another one, or the same."""
    p = w.people[person]
    if pathway != p.pathway:
        say(w, Record.PATHWAY_SWITCHED, float(day), person, pathway, 0, day)
    stop_support(w, person, float(day))
    p.pathway = pathway


@kernel
def reassign_territory(w: World, day: int, territory: int) -> None:
    """A new organisation takes everyone in again, each in the pathway that is offered now.

    Supported people return to the queue; who waits already queues anew only for another pathway.
    An organisation that calls people in keeps all of them until it calls.
    """
    calls = w.territories[territory].calls_per_month > 0.0
    for row in range(w.state[HOUSEHOLDS]):
        h = w.households[row]
        if h.territory != territory:
            continue
        for member in range(h.members):
            person = h.first + member
            p = w.people[person]
            if calls and (p.support == SUPPORTED or p.support == WAITING_CASEWORKER):
                postpone_until_called(w, day, person)
            elif p.support == SUPPORTED:
                say(w, Record.REASSIGNED, float(day), person, 0, 0, day)
                p.cohort_on = 0
                requeue(w, day, person, pathway_now(w, person))
            elif p.support == WAITING_CASEWORKER:
                offered = pathway_now(w, person)
                if offered != p.pathway:
                    requeue(w, day, person, offered)


@kernel
def postpone_until_called(w: World, day: int, person: int) -> None:
    """Support or wait stops; the person stays in the pathway that is offered now until called."""
    p = w.people[person]
    say(w, Record.REASSIGNED, float(day), person, 0, 0, day)
    p.cohort_on = 0
    stop_in_pathway(w, day, person, pathway_now(w, person))
    if w.households[p.household].benefit == PAID:
        keep_until_called(w, person, float(day))


@rule
def has_place(load: int, capacity: int) -> bool:
    """Whether a team can take one more person at full weight."""
    return load + FULL_WEIGHT <= capacity


@rule
def is_lighter(load_a: int, capacity_a: int, load_b: int, capacity_b: int) -> bool:
    """Whether caseworker a is strictly less loaded than b, relative to capacity."""
    return load_a * capacity_b < load_b * capacity_a


@rule
def is_target_public(age_years: float, age_low: float, age_high: float) -> bool:
    """Whether a person belongs to the priority ages (none when both bounds are 0)."""
    return age_high > 0.0 and age_low <= age_years < age_high
