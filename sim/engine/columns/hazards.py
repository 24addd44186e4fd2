"""Hazards per month of what can happen to a household and its adults.

Where contacts matter, the saturation that they reached is an argument: the present one, the mean
of a period, or the one that makes the event most likely.
"""

from __future__ import annotations

from sim.compiled import Row, kernel
from sim.engine.columns.actions import speed_against
from sim.engine.columns.world import World
from sim.population.layout import NEVER_DAY
from sim.processes.barriers import removal_hazard
from sim.processes.benefit import long_exit_hazard, reentry_hazard
from sim.processes.jobs import is_follow_up_active, rupture_hazard
from sim.processes.support_effects import relative_effect
from sim.vocabulary import Benefit, Contact, HouseholdClock, PersonClock

PAID = int(Benefit.PAID)
INTERRUPTION = int(HouseholdClock.INTERRUPTION)
LONG_EXIT = int(HouseholdClock.LONG_EXIT)
OTHER_MINIMUM = int(HouseholdClock.OTHER_MINIMUM)
MOVE = int(HouseholdClock.MOVE)
REENTRY = int(HouseholdClock.REENTRY)
HOUSEHOLD_CLOCKS = len(HouseholdClock)
JOB_FINDING = int(PersonClock.JOB_FINDING)
RUPTURE = int(PersonClock.CONTRACT_RUPTURE)
CLASS_LEAVING = int(PersonClock.CLASS_LEAVING)
BARRIERS = int(PersonClock.BARRIERS)
FOLLOW_UP = int(Contact.FOLLOW_UP)


@kernel
def job_finding_now(g: Row, household: Row, person: Row) -> float:
    """Hazard of an occupation: none in a job, slowed in a training."""
    finding = person.job_hazard
    if household.benefit != PAID:
        finding *= g.off_rsa_multiplier
    if person.job >= 0:
        finding *= g.job_lock_in[person.job]
    return finding


@kernel
def follow_up_interval(w: World, household: Row, person: Row) -> int:
    """Days between follow-up contacts of a person who had one; 0 for who had none."""
    if person.follow_up_held_on > 0 and person.pathway >= 0:
        return w.organisation[household.territory, person.pathway].interval[FOLLOW_UP]
    return 0


@kernel
def rupture_now(w: World, household: Row, person: Row) -> float:
    """Hazard that the present contract is broken, as of the last reading of the clocks."""
    job = person.job
    g = w.national[0]
    protection = 1.0
    interval = follow_up_interval(w, household, person)
    if is_follow_up_active(person.follow_up_held_on, household.read_at, interval):
        protection = g.follow_up_rupture_multiplier
    return rupture_hazard(
        household.read_at - person.job_start,
        g.job_rupture_first[job],
        g.job_rupture_middle[job],
        g.job_rupture_later[job],
        person.instability,
        protection,
    )


@kernel
def class_leaving(g: Row, saturation: float) -> float:
    """Hazard at which a stayer leaves that class."""
    return g.stayer_leaving_hazard * relative_effect(g.stayer_leaving_contact_size, saturation)


@kernel
def barrier_onset(g: Row, person: Row, barrier: int) -> float:
    """Hazard that a barrier which is not there appears."""
    return g.barrier_onset[person.latent, barrier]


@kernel
def barrier_lifting(g: Row, person: Row, barrier: int, saturation: float) -> float:
    """Hazard that a barrier which is there is lifted."""
    on_action = int(person.on_action)
    action = speed_against(g, on_action, barrier) if on_action != 0 else 1.0
    return removal_hazard(
        g.barrier_removal[person.latent, barrier],
        g.barrier_contact_speed[barrier],
        saturation,
        action,
    )


@kernel
def other_minimum_factor(g: Row, present: int) -> float:
    """Multiplier of moving to another minimum by the barriers that are present."""
    factor = 1.0
    linked = present & g.other_minimum_barriers
    barrier = 0
    while linked > 0:
        if linked & 1 == 1:
            factor *= g.barrier_other_minimum[barrier]
        linked >>= 1
        barrier += 1
    return factor


@kernel
def stayers_factor(w: World, household: Row) -> float:
    """Mean multiplier of exits by the adults' classes."""
    g = w.national[0]
    total = 0.0
    for member in range(household.members):
        total += g.stayer_exit if w.people[household.first + member].is_stayer else 1.0
    return total / household.members


@kernel
def other_minimum_now(w: World, household: Row) -> float:
    """Hazard that the household moves to another minimum."""
    g = w.national[0]
    total = 0.0
    for member in range(household.members):
        total += other_minimum_factor(g, int(w.people[household.first + member].barriers))
    return g.other_minimum_hazard * total


@kernel
def long_exit(g: Row, household: Row, stayers: float, saturation: float) -> float:
    """Hazard of a long exit for another reason than work; ``saturation`` of the adults' mean."""
    contact = relative_effect(g.long_exit_contact_size, saturation) / g.reference_exit
    return long_exit_hazard(g.long_exit_hazard, stayers, household.exit_frailty, contact)


@kernel
def reentry_now(g: Row, household: Row) -> float:
    """Hazard that a household out of the RSA comes back, as of the last reading of the clocks."""
    below = -1.0
    if household.below_since != NEVER_DAY:
        below = household.read_at - household.below_since
    return reentry_hazard(
        household.reason,
        household.read_at - household.since,
        below,
        g.reentry_interruption,
        g.reentry_work_first,
        g.reentry_deregistration,
        g.reentry_long_first,
        g.reentry_long_middle,
        g.reentry_long_later,
    )
