"""Follow-up in the job: a lighter weight, contacts of its own, protection while they are held."""

from __future__ import annotations

from sim.compiled import Row, kernel, rule
from sim.population.layout import NEVER_DAY
from sim.processes.actions import release_places
from sim.processes.support import (
    change_load,
    close_support,
    count_support,
    end_follow_up_record,
    plan_office,
    weight_of,
)
from sim.units import NEVER
from sim.vocabulary import Contact, Record
from sim.world.codes import FOLLOW_UP, FOLLOWED, FULL_WEIGHT, PAID, SUPPORTED
from sim.world.reading import say
from sim.world.world import World

PROTECTED_INTERVALS = 1.5
"""Follow-up protects a contract for so many intervals after a contact that was held."""


@kernel
def follow_up_interval(w: World, household: Row, person: Row) -> int:
    """Days between follow-up contacts of a person who had one; 0 for who had none."""
    if person.follow_up_held_on > 0 and person.pathway >= 0:
        return w.organisation[household.territory, person.pathway].interval[FOLLOW_UP]
    return 0


@kernel
def start_follow_up(w: World, person: int, time: float) -> None:
    """A supported person found a job: lighter weight, contacts in the job."""
    p = w.people[person]
    territory = w.households[p.household].territory
    o = w.organisation[territory, p.pathway]
    release_places(w, person, time)
    count_support(w, person, -1)
    change_load(w, person, -1, FULL_WEIGHT)
    p.support = FOLLOWED
    change_load(w, person, 1, o.follow_up_weight)
    count_support(w, person, 1)
    p.follow_up_until = int(time) + o.follow_up_days
    p.due[FOLLOW_UP] = int(time) + o.interval[FOLLOW_UP]
    p.postponed = 0
    plan_office(w, person, int(time), False)
    say(w, Record.FOLLOW_UP_STARTED, time, person, 0, 0, int(time))


@kernel
def end_follow_up(w: World, person: int, time: float) -> None:
    """Follow-up is over: back to support if the household is on RSA, otherwise closed."""
    p = w.people[person]
    if w.households[p.household].benefit != PAID:
        close_support(w, person, time)
        return
    count_support(w, person, -1)
    change_load(w, person, -1, weight_of(w, person))
    p.support = SUPPORTED
    change_load(w, person, 1, FULL_WEIGHT)
    count_support(w, person, 1)
    end_follow_up_record(w, person, time)
    territory = w.households[p.household].territory
    o = w.organisation[territory, p.pathway]
    day = int(time)
    p.due[Contact.CONTACT] = day + o.interval[Contact.CONTACT]
    p.due[Contact.APPOINTMENT] = day + o.interval[Contact.APPOINTMENT]
    p.due[Contact.CONTRACT] = max(int(p.due[Contact.CONTRACT]), day)
    p.due[FOLLOW_UP] = NEVER_DAY
    p.postponed = 0
    plan_office(w, person, day, False)


@rule
def is_follow_up_active(last_held_day: int, today: float, interval_days: float) -> bool:
    """Follow-up protects a contract only while its contacts are actually held."""
    return last_held_day > 0 and today - last_held_day < PROTECTED_INTERVALS * interval_days


@rule
def next_protection_end(last_held_day: int, now: float, interval_days: float) -> float:
    """Date at which follow-up stops protecting for want of a contact; ``NEVER`` if it does not."""
    if not is_follow_up_active(last_held_day, now, interval_days):
        return NEVER
    return last_held_day + PROTECTED_INTERVALS * interval_days
