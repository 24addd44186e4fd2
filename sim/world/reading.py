"""Reading a row: who it is, the key of its chance, its next refresh; and saying what happened."""

from __future__ import annotations

import math

from sim.compiled import kernel
from sim.randomness import key_of
from sim.world.world import World, record


@kernel
def next_refresh(w: World, row: int) -> float:
    """First day on the household's own grid of slow factors."""
    household = w.households[row]
    g = w.national[0]
    interval = float(g.refresh_days)
    phase = household.refresh_phase
    return (math.floor((household.settled + phase) / interval) + 1.0) * interval - phase


@kernel
def identity(w: World, person: int) -> int:
    """The identity of a person: that of the household plus its place in it."""
    p = w.people[person]
    return w.households[p.household].id + p.member + 1


@kernel
def person_key(w: World, person: int) -> int:
    """The key of a person's chance."""
    return key_of(w.national[0].seed, identity(w, person))


@kernel
def household_key(w: World, row: int) -> int:
    """The key of a household's chance."""
    return key_of(w.national[0].seed, w.households[row].id)


@kernel
def say(
    w: World, kind: int, time: float, person: int, detail: int, value: int, origin: int
) -> None:
    """Record something about a person, in its territory and pathway."""
    p = w.people[person]
    territory = w.households[p.household].territory
    record(w, kind, time, identity(w, person), territory, p.pathway, detail, value, origin)
