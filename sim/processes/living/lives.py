"""One household's life, from event to event: the visible list of what can happen to it."""

from __future__ import annotations

from sim.compiled import kernel
from sim.population.layout import NEVER_DAY
from sim.processes.barriers import change_barrier
from sim.processes.benefit import declare, depart, end_suspension, leave_rsa
from sim.processes.jobs import end_occupation, end_unemployment_benefit, find_occupation
from sim.processes.living.clocks import (
    disturb,
    fire_adult_clock,
    fire_household_clock,
    is_quiet,
    next_stop,
)
from sim.processes.living.refreshes import last_quiet_refresh, refresh, settle
from sim.processes.support import close_support
from sim.randomness import threshold
from sim.vocabulary import Decision
from sim.world.codes import (
    BARRIERS,
    DECLARATION,
    FOLLOWED,
    GONE,
    HOUSEHOLD_CLOCK,
    JOB_END,
    JOB_FINDING,
    PAID,
    PENSION,
    PERSON_CLOCK,
    REASON_PENSION,
    REFRESH,
    SUSPENSION_END,
    UNEMPLOYMENT_END,
    UNPLANNED,
)
from sim.world.reading import household_key, next_refresh, person_key
from sim.world.world import World


@kernel
def advance(w: World, row: int, until: float) -> None:
    """Live through every event of a household strictly before ``until``, in order."""
    if w.households[row].benefit == GONE:
        forget(w, row)
        return
    stop, kind, member = planned(w, row)
    while stop < until:
        live_through(w, row, stop, kind, member)
        if w.households[row].benefit == GONE:
            forget(w, row)
            return
        stop, kind, member = look_ahead(w, row)
    plan(w, row, stop, kind, member)


@kernel
def planned(w: World, row: int) -> tuple[float, int, int]:
    """Time, kind and member of the next event, as it was planned."""
    if w.next_kind[row] == UNPLANNED:
        return look_ahead(w, row)
    return w.next_time[row], int(w.next_kind[row]), int(w.next_member[row])


@kernel
def live_through(w: World, row: int, stop: float, kind: int, member: int) -> None:
    """One event, and new slow factors."""
    settle(w, row, stop)
    if kind != REFRESH:
        disturb(w, row)
        person = w.households[row].first + member
        if kind >= PERSON_CLOCK:
            fire_person(w, row, person, kind - PERSON_CLOCK, stop)
        elif kind >= HOUSEHOLD_CLOCK:
            fire_household(w, row, kind - HOUSEHOLD_CLOCK, stop)
        else:
            reach_date(w, row, person, kind, stop)
    refresh(w, row, stop)


@kernel
def look_ahead(w: World, row: int) -> tuple[float, int, int]:
    """Time, kind and member of the next event; while all is quiet, the next refresh."""
    stop = next_refresh(w, row)
    if is_quiet(w, row, stop):
        return stop, REFRESH, 0
    return next_stop(w, row)


@kernel
def plan(w: World, row: int, stop: float, kind: int, member: int) -> None:
    """Put the next event of a household on the agenda; refreshes before it are made then."""
    when = last_quiet_refresh(w, row, stop) if kind == REFRESH else stop
    w.agenda[row] = int(when)
    w.next_time[row] = when
    w.next_kind[row] = kind
    w.next_member[row] = member


@kernel
def forget(w: World, row: int) -> None:
    """A household that is gone has no agenda."""
    w.agenda[row] = NEVER_DAY
    w.next_kind[row] = UNPLANNED


@kernel
def settle_to(w: World, row: int, time: float) -> None:
    """Bring every clock to ``time`` before an office action; lives must be known that far."""
    settle(w, row, time)
    disturb(w, row)


@kernel
def resume(w: World, row: int, time: float) -> None:
    """After an office action: new slow factors and a new date on the agenda."""
    if w.households[row].benefit == GONE:
        forget(w, row)
        return
    refresh(w, row, time)
    stop, kind, member = look_ahead(w, row)
    plan(w, row, stop, kind, member)


@kernel
def stop_support(w: World, person: int, time: float) -> None:
    """An office ends support: where that changes a hazard, the clocks are read before."""
    p = w.people[person]
    if p.on_action != 0 or p.support == FOLLOWED:
        disturb(w, p.household)
    close_support(w, person, time)


@kernel
def fire_person(w: World, row: int, person: int, clock: int, time: float) -> None:
    """One of an adult's clocks reached its threshold."""
    p = w.people[person]
    if clock == JOB_FINDING:
        find_occupation(w, row, person, time)
    elif clock < BARRIERS:
        fire_adult_clock(w, row, person, clock, time)
    else:
        change_barrier(w, person, clock - BARRIERS, time)
    p.fired[clock] += 1
    drawn = threshold(person_key(w, person), Decision.PERSON_CLOCK + clock, int(p.fired[clock]))
    if clock < BARRIERS:
        p.clock[clock] = drawn
    else:
        p.barrier_clock[clock - BARRIERS] = drawn


@kernel
def fire_household(w: World, row: int, clock: int, time: float) -> None:
    """One of the household's clocks reached its threshold."""
    h = w.households[row]
    fire_household_clock(w, row, clock, time)
    h.fired[clock] += 1
    h.clock[clock] = threshold(
        household_key(w, row), Decision.HOUSEHOLD_CLOCK + clock, int(h.fired[clock])
    )


@kernel
def reach_date(w: World, row: int, person: int, kind: int, time: float) -> None:
    """A scheduled date: declaration, pension, end of a suspension, a job or a benefit."""
    h = w.households[row]
    if kind == DECLARATION:
        declare(w, row, time)
    elif kind == SUSPENSION_END:
        end_suspension(w, row, time, 0)
    elif kind == JOB_END:
        end_occupation(w, row, person, time)
    elif kind == UNEMPLOYMENT_END:
        end_unemployment_benefit(w, row, person, time)
    elif kind == PENSION:
        if h.benefit == PAID:
            leave_rsa(w, row, time, REASON_PENSION)
        else:
            depart(w, row, time, REASON_PENSION)
