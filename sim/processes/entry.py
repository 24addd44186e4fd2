"""A household opens rights for the first time: what it carries is drawn, its clocks start."""

from __future__ import annotations

import math

import numpy as np

from sim.compiled import Row, kernel, rule
from sim.population.layout import LATENT_CLASSES, NEVER_DAY
from sim.processes.benefit import open_support
from sim.processes.living.lives import advance
from sim.processes.living.refreshes import refresh
from sim.randomness import key_of, standard_normal, threshold, uniform
from sim.units import DAYS_PER_YEAR, NEVER, days_until
from sim.vocabulary import HOUSEHOLD_BITS, MEMBER_BITS, STREAM_BITS, Decision, Record, Stream
from sim.world.codes import BARRIERS, HOUSEHOLD_CLOCKS, PAID, UNPLANNED
from sim.world.numbers import national
from sim.world.sets import toggled
from sim.world.thresholds import position_in
from sim.world.world import FIRST_MONTH, HOUSEHOLDS, PEOPLE, World, record

NUMBERS = national(
    duties_share="population.duties_share",
    self_employed_share="population.self_employed_share",
    entry_age_under_25_share="population.entry_age_under_25_share",
    entry_age_at_25_share="population.entry_age_at_25_share",
    entry_age_youngest="population.entry_age_youngest",
    entry_age_older_mean_years="population.entry_age_older_mean_years",
    entry_age_oldest="population.entry_age_oldest",
    pension_age_low="population.pension_age_low",
    pension_age_high="population.pension_age_high",
    frailty_log_sd="frailty.log_sd",
    exit_power="frailty.long_exit_power",
    instability_power="frailty.job_instability_power",
    stayer_share="stayers.share",
    housing_support_share="allowance.housing_support_share",
    inflow_trend="inflow.trend_per_year",
    candidate_factor="inflow.candidate_factor",
)

REFRESH_PHASES = 28

NEIGHBOURS_BITS = 6


@kernel
def candidate_identity(territory: int, number: int) -> int:
    """Identity of a household of the stream of arrivals (``vocabulary.household_id``)."""
    packed = ((territory << STREAM_BITS) | Stream.ARRIVAL) << HOUSEHOLD_BITS | number
    return packed << MEMBER_BITS


@kernel
def arrive(w: World, territory: int, day: int) -> None:
    """Candidates of the day open rights if their keyed mark is under today's rate."""
    g = w.national[0]
    while w.arrival_time[territory] < day + 1.0:
        time = w.arrival_time[territory]
        identity = candidate_identity(territory, w.arrival_number[territory])
        month = w.month_of[day]
        years = (month - w.state[FIRST_MONTH]) / 12.0
        rate = g.inflow_season[month % 12] * w.territories[territory].inflow
        rate *= math.exp(g.inflow_trend * years)
        mark = uniform(key_of(g.seed, identity), Decision.ARRIVAL_MARK, 0)
        if mark < rate / g.candidate_factor:
            row = enter_household(w, identity, territory, time)
            advance(w, row, day + 1.0)
        next_candidate(w, territory)


@kernel
def next_candidate(w: World, territory: int) -> None:
    """The following candidate comes after an exponential gap keyed by its own number."""
    w.arrival_number[territory] += 1
    identity = candidate_identity(territory, w.arrival_number[territory])
    gap = threshold(key_of(w.national[0].seed, identity), Decision.ARRIVAL_GAP, 0)
    w.arrival_time[territory] += days_until(gap, w.arrival_hazard[territory])


@kernel
def enter_household(w: World, identity: int, territory: int, time: float) -> int:
    """Append a household that opens rights at ``time``; returns its row.

    The last row of each table is kept blank: new rows begin as its copy.
    """
    g = w.national[0]
    row = w.state[HOUSEHOLDS]
    w.state[HOUSEHOLDS] = row + 1
    w.households[row] = w.households[w.households.shape[0] - 1]
    h = w.households[row]
    key = key_of(g.seed, identity)
    kind = position_in(g.household_edges, uniform(key, Decision.HOUSEHOLD_TYPE, 0))
    h.id = identity
    h.territory = territory
    h.kind = kind
    h.members = g.household_adults[kind]
    h.first = w.state[PEOPLE]
    w.state[PEOPLE] += h.members
    h.settled = time
    h.read_at = time
    h.since = int(time)
    h.entered_on = int(time)
    h.below_since = NEVER_DAY
    h.benefit = PAID
    h.phase = int(uniform(key, Decision.DECLARATION_PHASE, 0) * 3.0)
    h.refresh_phase = refresh_phase(identity)
    housed = uniform(key, Decision.HOUSING_SUPPORT, 0) < g.housing_support_share
    h.has_housing_support = 1 if housed else 0
    increased = uniform(key, Decision.INCREASED_AMOUNT, 0) < g.increased_share[kind]
    h.is_increased = 1 if increased else 0
    h.next_declaration = NEVER_DAY
    h.mask_month = w.month_of[int(time)] - 1
    h.earnings_month = w.month_of[int(time)]
    h.accrued_on = int(time)
    for clock in range(HOUSEHOLD_CLOCKS):
        h.clock[clock] = threshold(key, Decision.HOUSEHOLD_CLOCK + clock, 0)
    exit_factor = 0.0
    for member in range(h.members):
        enter_person(w, row, h.first + member, member, time)
        exit_factor += power(np.float64(w.people[h.first + member].frailty), g.exit_power)
    h.exit_frailty = exit_factor / h.members
    h.pension_day = pension_day(g, identity, time)
    record(w, Record.FIRST_ENTRY, time, identity, territory, -1, 0, h.members, int(time))
    open_support(w, row, time, 0)
    refresh(w, row, time)
    w.agenda[row] = int(time)
    w.next_kind[row] = UNPLANNED
    return row


@kernel
def birth_of(g: Row, key: int, time: float) -> int:
    """Day of birth of the adult of that key who first enters at ``time``."""
    age = entry_age_years(
        uniform(key, Decision.AGE_GROUP, 0),
        uniform(key, Decision.AGE, 0),
        g.entry_age_under_25_share,
        g.entry_age_at_25_share,
        g.entry_age_youngest,
        g.entry_age_older_mean_years,
        g.entry_age_oldest,
    )
    return birth_day(time, age)


@kernel
def pension_day(g: Row, identity: int, time: float) -> int:
    """Day on which a household that first enters at ``time`` leaves for its head's pension."""
    birth = birth_of(g, key_of(g.seed, identity + 1), time)
    drawn = uniform(key_of(g.seed, identity), Decision.PENSION_AGE, 0)
    years = pension_age_years(drawn, g.pension_age_low, g.pension_age_high)
    return min(int(birth + years * DAYS_PER_YEAR), NEVER_DAY)


@kernel
def enter_person(w: World, row: int, person: int, member: int, time: float) -> None:
    """Draw what one adult carries."""
    g = w.national[0]
    w.people[person] = w.people[w.people.shape[0] - 1]
    p = w.people[person]
    key = key_of(g.seed, w.households[row].id + member + 1)
    p.household = row
    p.member = member
    p.birth = birth_of(g, key, time)
    p.frailty = frailty(uniform(key, Decision.FRAILTY, 0), g.frailty_log_sd)
    p.instability = power(np.float64(p.frailty), -g.instability_power)
    p.is_stayer = 1 if uniform(key, Decision.CLASS, 0) < g.stayer_share else 0
    p.has_duties = 1 if uniform(key, Decision.DUTIES, 0) < g.duties_share else 0
    self_employed = uniform(key, Decision.SELF_EMPLOYED, 0) < g.self_employed_share
    p.is_self_employed = 1 if self_employed else 0
    p.education = position_in(g.education_edges, uniform(key, Decision.EDUCATION, 0))
    p.latent = latent_class(uniform(key, Decision.LATENT, 0), LATENT_CLASSES)
    present = 0
    for barrier in range(g.barrier_factor.shape[0]):
        drawn = uniform(key, Decision.BARRIER_STATE + barrier, 0)
        if drawn < g.barrier_prevalence[p.latent, barrier]:
            present = toggled(present, barrier)
    p.barriers = present
    for clock in range(BARRIERS):
        p.clock[clock] = threshold(key, Decision.PERSON_CLOCK + clock, 0)
    for barrier in range(g.barrier_factor.shape[0]):
        decision = Decision.PERSON_CLOCK + BARRIERS + barrier
        p.barrier_clock[barrier] = threshold(key, decision, 0)
    p.job = -1
    p.job_end = NEVER
    p.pathway = -1
    p.cohort_pathway = -1
    w.caseworkers[person, 0] = -1
    w.caseworkers[person, 1] = -1
    for kind in range(4):
        p.due[kind] = NEVER_DAY
    p.mask_month = w.month_of[int(time)]
    w.office[person] = NEVER_DAY


@rule
def entry_age_years(
    group: float,
    within: float,
    under_25_share: float,
    at_25_share: float,
    youngest: float,
    older_mean_years: float,
    oldest: float,
) -> float:
    """Age at first entry, years, from two uniforms.

    A share enters before 25, a share at the 25th birthday (the age at which the right opens),
    the rest at 26 plus an exponential time cut at ``oldest`` (structure of the prototype fit).
    """
    if group < under_25_share:
        return youngest + within * (25.0 - youngest)
    if group < under_25_share + at_25_share:
        return 25.0 + within
    span = oldest - 26.0
    kept = -math.expm1(-span / older_mean_years)
    return 26.0 - older_mean_years * math.log1p(-within * kept)


@rule
def pension_age_years(u: float, low: float, high: float) -> float:
    """Age at which a household leaves for a pension, uniform between two ages."""
    return low + u * (high - low)


@rule
def frailty(u: float, log_sd: float) -> float:
    """Unobserved factor of a person's job finding: log-normal with mean 1."""
    return math.exp(log_sd * standard_normal(u) - 0.5 * log_sd * log_sd)


@rule
def power(positive: float, exponent: float) -> float:
    """``positive`` to the power ``exponent``, written with the functions that agree to the bit."""
    return math.exp(exponent * math.log(positive))


@rule
def birth_day(entry_time: float, age_years: float) -> int:
    """Day of birth of somebody who is ``age_years`` old at ``entry_time`` (days)."""
    return int(math.floor(entry_time - age_years * DAYS_PER_YEAR))


@rule
def latent_class(u: float, classes: int) -> int:
    """Class (equal shares) of the latent factor that correlates a person's barriers."""
    found = int(u * classes)
    return found if found < classes else classes - 1


@rule
def refresh_phase(household: int) -> int:
    """Offset of a household on the grid of slow factors, from its identity.

    64 neighbouring numbers share it: they lie next to each other in memory, so that one day's
    refreshes read whole blocks.
    """
    return (household >> (MEMBER_BITS + NEIGHBOURS_BITS)) % REFRESH_PHASES
