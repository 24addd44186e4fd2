"""Places in actions against barriers and hours of activity: what they change, giving them back."""

from __future__ import annotations

from sim.compiled import Row, kernel
from sim.vocabulary import Record
from sim.world.reading import say
from sim.world.sets import has_place_in, toggled
from sim.world.world import ACTION_PLACES, ACTIVITY_PLACES, World


@kernel
def speed_against(g: Row, on_action: int, barrier: int) -> float:
    """Multiplier of the removal of a barrier: that of the action held against it, or 1."""
    for action in range(g.action_barrier.shape[0]):
        if g.action_barrier[action] == barrier and has_place_in(on_action, action):
            return g.action_speed[action]
    return 1.0


@kernel
def release_activity(w: World, person: int, time: float) -> None:
    """Give the activity place back."""
    p = w.people[person]
    if p.activity_since > 0:
        say(
            w,
            Record.ACTIVITY_ENDED,
            time,
            person,
            0,
            int(time) - p.activity_since,
            p.activity_since,
        )
        territory = w.households[p.household].territory
        w.places[ACTIVITY_PLACES, territory, p.pathway] -= 1
        p.activity_since = 0


@kernel
def release_action(w: World, person: int, barrier: int, time: float) -> None:
    """Give the place of an action against one barrier back."""
    g = w.national[0]
    for action in range(g.action_barrier.shape[0]):
        if g.action_barrier[action] == barrier:
            release_place(w, person, action, time)


@kernel
def release_place(w: World, person: int, action: int, time: float) -> None:
    """Give the place in one action back, if it is held; the clocks must have been read."""
    p = w.people[person]
    if has_place_in(int(p.on_action), action):
        p.on_action = toggled(int(p.on_action), action)
        territory = w.households[p.household].territory
        w.places[ACTION_PLACES, territory, action] -= 1
        say(w, Record.ACTION_ENDED, time, person, action, 0, int(time))


@kernel
def release_places(w: World, person: int, time: float) -> None:
    """Give back every limited place of support."""
    release_activity(w, person, time)
    for action in range(w.national[0].action_barrier.shape[0]):
        release_place(w, person, action, time)
