"""What an appointment gives: places in actions against barriers, hours of activity."""

from __future__ import annotations

from sim.compiled import Row, kernel
from sim.processes.living.clocks import disturb
from sim.vocabulary import Record
from sim.world.numbers import of_pathway, whole
from sim.world.reading import say
from sim.world.sets import has_barrier, has_place_in, toggled
from sim.world.world import ACTION_PLACES, ACTIVITY_PLACES, World

NUMBERS_OF_PATHWAY = of_pathway(
    activity_places=whole("activity_places"),
)


@kernel
def treated_barriers(g: Row, on_action: int) -> int:
    """Set of barriers (bits) against which an action is held."""
    treated = 0
    for action in range(g.action_barrier.shape[0]):
        if has_place_in(on_action, action):
            treated |= 1 << g.action_barrier[action]
    return treated


@kernel
def prescribe(w: World, day: int, person: int) -> None:
    """At an appointment: action places against seen barriers, then an activity place."""
    prescribe_actions(w, day, person)
    prescribe_activity(w, day, person)


@kernel
def prescribe_actions(w: World, day: int, person: int) -> None:
    """Free places of actions against barriers seen and present, one action for each barrier."""
    g = w.national[0]
    p = w.people[person]
    untreated = int(p.seen) & int(p.barriers) & ~treated_barriers(g, int(p.on_action))
    if untreated == 0:
        return
    territory = w.households[p.household].territory
    t = w.territories[territory]
    for action in range(g.action_barrier.shape[0]):
        barrier = g.action_barrier[action]
        if (
            has_barrier(untreated, barrier)
            and w.places[ACTION_PLACES, territory, action] < t.action_places[action]
        ):
            w.places[ACTION_PLACES, territory, action] += 1
            disturb(w, p.household)
            p.on_action = toggled(int(p.on_action), action)
            untreated = toggled(untreated, barrier)
            say(w, Record.ACTION_STARTED, float(day), person, action, 0, day)


@kernel
def prescribe_activity(w: World, day: int, person: int) -> None:
    """A place in workshops or immersion, for who has no occupation and no waiver."""
    p = w.people[person]
    territory = w.households[p.household].territory
    o = w.organisation[territory, p.pathway]
    if (
        p.activity_since == 0
        and p.job < 0
        and int(p.seen) & w.national[0].waiving_barriers == 0
        and o.activity_hours > 0.0
        and w.places[ACTIVITY_PLACES, territory, p.pathway] < o.activity_places
    ):
        w.places[ACTIVITY_PLACES, territory, p.pathway] += 1
        p.activity_since = day
        say(w, Record.ACTIVITY_STARTED, float(day), person, 0, 0, day)
