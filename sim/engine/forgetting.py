"""Dropping the rows of households that left for good long ago."""

from __future__ import annotations

from sim.compiled import entry
from sim.world.codes import GONE
from sim.world.world import HOUSEHOLDS, PEOPLE, World


@entry
def forget_departed(w: World, before: int) -> None:
    """Move the other rows together, in their order; ``before``: day of departure from which on
    households are kept.
    """
    rows = 0
    people = 0
    for row in range(w.state[HOUSEHOLDS]):
        home = w.households[row]
        if home.benefit == GONE and home.since < before:
            continue
        first = home.first
        members = home.members
        if rows != row:
            w.households[rows] = w.households[row]
            w.agenda[rows] = w.agenda[row]
            w.next_kind[rows] = w.next_kind[row]
            w.next_member[rows] = w.next_member[row]
            w.next_time[rows] = w.next_time[row]
        w.households[rows].first = people
        for member in range(members):
            if people != first + member:
                w.people[people] = w.people[first + member]
                w.office[people] = w.office[first + member]
                w.caseworkers[people] = w.caseworkers[first + member]
            w.people[people].household = rows
            people += 1
        rows += 1
    w.state[HOUSEHOLDS] = rows
    w.state[PEOPLE] = people
