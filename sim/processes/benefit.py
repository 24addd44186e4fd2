"""Leaving the RSA and coming back: hazards per month, declarations, suspension."""

from __future__ import annotations

from sim.compiled import Row, kernel, rule
from sim.population.layout import NEVER_DAY
from sim.processes.barriers import other_minimum_factor
from sim.processes.resources import (
    accrue,
    break_even,
    has_job,
    income_cents,
    remember_worked,
    schedule_declaration,
    shifted_mask,
    shifted_years,
    year_ends_between,
)
from sim.processes.support import (
    close_support,
    move_job_place,
    wait_for_caseworker,
    wait_for_orientation,
)
from sim.processes.support_effects import relative_effect
from sim.units import DAYS_PER_MONTH, NEVER
from sim.vocabulary import Record
from sim.world.clock import ClockOfHousehold, steady
from sim.world.codes import (
    FOLLOWED,
    GONE,
    INTERRUPTION,
    LONG_EXIT,
    OTHER_MINIMUM,
    OUT,
    PAID,
    REASON_DEREGISTERED,
    REASON_INTERRUPTION,
    REASON_LONG_EXIT,
    REASON_MOVED_AWAY,
    REASON_NONE,
    REASON_OTHER_MINIMUM,
    REASON_PENSION,
    REASON_WORK,
    REENTRY,
)
from sim.world.numbers import national, whole
from sim.world.world import World, record

NUMBERS = national(
    interruption_hazard="benefit.interruption_hazard",
    long_exit_hazard="benefit.long_exit_hazard",
    other_minimum_hazard="benefit.other_minimum_hazard",
    long_exit_contact_size="effects.long_exit_contact_size",
    reentry_interruption="benefit.reentry_interruption",
    reentry_long_first="benefit.reentry_long_first",
    reentry_long_middle="benefit.reentry_long_middle",
    reentry_long_later="benefit.reentry_long_later",
    reentry_work_first="benefit.reentry_work_first",
    reentry_deregistration="benefit.reentry_deregistration",
    declaration_lag_months=whole("benefit.declaration_lag_months"),
)

SIX_MONTHS = 6 * DAYS_PER_MONTH

YEAR = 12 * DAYS_PER_MONTH

THREE_YEARS = 36 * DAYS_PER_MONTH


@kernel
def is_paid(w: World, row: int) -> bool:
    """On RSA."""
    return w.households[row].benefit == PAID


@kernel
def is_out(w: World, row: int) -> bool:
    """Off RSA; it may come back."""
    return w.households[row].benefit != PAID


@kernel
def interruption_now(w: World, _row: int, _saturation: float, stayers: float) -> float:
    """Hazard of a short exit without a job."""
    return w.national[0].interruption_hazard * stayers


@kernel
def other_minimum_now(w: World, row: int, _saturation: float, _stayers: float) -> float:
    """Hazard that the household moves to another minimum."""
    g = w.national[0]
    household = w.households[row]
    total = 0.0
    for member in range(household.members):
        total += other_minimum_factor(g, int(w.people[household.first + member].barriers))
    return g.other_minimum_hazard * total


@kernel
def long_exit_now(w: World, row: int, saturation: float, stayers: float) -> float:
    """Hazard of a long exit for another reason than work."""
    g = w.national[0]
    contact = relative_effect(g.long_exit_contact_size, saturation) / g.reference_exit
    return long_exit_hazard(g.long_exit_hazard, stayers, w.households[row].exit_frailty, contact)


@kernel
def long_exit_contact_size(g: Row) -> float:
    """What contacts add to it."""
    return g.long_exit_contact_size


@kernel
def reentry_now(w: World, row: int, _saturation: float, _stayers: float) -> float:
    """Hazard that a household out of the RSA comes back, as of the last reading of the clocks."""
    g = w.national[0]
    household = w.households[row]
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


@kernel
def end_suspension(w: World, row: int, time: float, repaid_cents: int) -> None:
    """A suspension is over; ``repaid_cents`` is what remobilisation pays back."""
    h = w.households[row]
    record(
        w,
        Record.SUSPENSION_ENDED,
        time,
        h.id,
        h.territory,
        -1,
        0,
        repaid_cents,
        h.suspended_until,
    )
    h.suspended_until = 0
    h.suspended_per_mille = 0
    h.withheld_cents = 0


@kernel
def remember_paid(w: World, row: int, time: float) -> None:
    """Bring the memory of months paid up to the last month that ended before ``time``."""
    h = w.households[row]
    completed = w.month_of[int(time)] - 1
    months = completed - h.mask_month
    if months > 0:
        is_paid = h.benefit == PAID
        h.paid_mask = shifted_mask(h.paid_mask, months, is_paid)
        years = year_ends_between(h.mask_month, completed)
        h.year_mask = shifted_years(h.year_mask, years, is_paid)
        h.mask_month = completed


@kernel
def declare(w: World, row: int, time: float) -> None:
    """Read the reference months: the amount changes, or the right ends because of work."""
    h = w.households[row]
    accrue(w, row, int(time))
    lag = w.national[0].declaration_lag_months
    total = 0
    for cell in range(lag - 2, lag + 1):
        total += h.earnings[cell]
    h.declared_cents = total // 3
    record(w, Record.DECLARATION, time, h.id, h.territory, -1, 0, h.declared_cents, int(time))
    if h.declared_cents > break_even(w, row):
        leave_rsa(w, row, time, REASON_WORK)
    else:
        schedule_declaration(w, row, time)


@kernel
def leave_rsa(w: World, row: int, time: float, reason: int) -> None:
    """The household stops being paid; its support closes, except follow-up in a job."""
    h = w.households[row]
    remember_paid(w, row, time)
    record(w, Record.EXIT, time, h.id, h.territory, -1, reason, int(time) - h.since, h.since)
    if reason == REASON_MOVED_AWAY or reason == REASON_OTHER_MINIMUM or reason == REASON_PENSION:
        depart(w, row, time, reason)
        return
    for member in range(h.members):
        person = h.first + member
        if reason != REASON_WORK or w.people[person].support != FOLLOWED:
            close_support(w, person, time)
    h.benefit = OUT
    h.reason = reason
    h.since = int(time)
    h.next_declaration = NEVER_DAY
    h.suspended_until = 0
    h.suspended_per_mille = 0
    h.withheld_cents = 0
    h.below_since = NEVER_DAY
    if income_cents(w, row) <= break_even(w, row):
        h.below_since = int(time)


@kernel
def depart(w: World, row: int, time: float, reason: int) -> None:
    """The household leaves the model for good, and every place it held."""
    h = w.households[row]
    remember_paid(w, row, time)
    for member in range(h.members):
        person = h.first + member
        p = w.people[person]
        close_support(w, person, time)
        move_job_place(w, person, h.territory, -1)
        remember_worked(w, person, time, has_job(w, person))
        p.job = -1
    h.benefit = GONE
    h.reason = reason
    h.since = int(time)
    h.next_declaration = NEVER_DAY


@kernel
def open_support(w: World, row: int, time: float, days_out: int) -> None:
    """Rights are open: each adult with duties enters intake, or its queue if still oriented.

    An orientation outlives an absence of ``days_out`` days up to the territory's validity.
    """
    if w.national[0].is_history == 1:
        return
    h = w.households[row]
    validity = w.territories[h.territory].orientation_validity_days
    for member in range(h.members):
        person = h.first + member
        p = w.people[person]
        if p.has_duties == 0 or p.support == FOLLOWED:
            continue
        if p.pathway >= 0 and days_out <= validity:
            wait_for_caseworker(w, person, time)
        else:
            wait_for_orientation(w, person, time)


@kernel
def enter_rsa(w: World, row: int, time: float) -> None:
    """A household comes back."""
    h = w.households[row]
    remember_paid(w, row, time)
    record(w, Record.REENTRY, time, h.id, h.territory, -1, h.reason, int(time) - h.since, h.since)
    days_out = int(time) - h.since
    h.benefit = PAID
    h.reason = REASON_NONE
    h.since = int(time)
    h.below_since = NEVER_DAY
    accrue(w, row, int(time))
    h.declared_cents = 0
    schedule_declaration(w, row, time)
    open_support(w, row, time, days_out)


@rule
def long_exit_hazard(
    base_hazard: float, stayer_multiplier: float, frailty_factor: float, contact_factor: float
) -> float:
    """Exit for another reason than work: household change, other resources, other rights."""
    return base_hazard * stayer_multiplier * frailty_factor * contact_factor


@rule
def reentry_hazard(
    reason: int,
    days_out: float,
    days_below: float,
    interruption: float,
    work_first: float,
    deregistration: float,
    long_first: float,
    long_middle: float,
    long_later: float,
) -> float:
    """Hazard of opening rights again, by reason of the exit and time since.

    Zero while resources are above the scale (``days_below`` negative). After work, time counts
    from the day resources fell below the scale.
    """
    if days_below < 0.0:
        return 0.0
    days = days_out
    if reason == REASON_WORK:
        days = days_below
        if days < SIX_MONTHS:
            return work_first
    elif days < YEAR:
        if reason == REASON_INTERRUPTION:
            return interruption
        if reason == REASON_DEREGISTERED:
            return deregistration
    if days < YEAR:
        return long_first if reason != REASON_WORK else long_middle
    if days < THREE_YEARS:
        return long_middle
    return long_later


@rule
def next_reentry_change(since: float, now: float) -> float:
    """Date of the next change of the re-entry hazard after ``since``; ``NEVER`` if none."""
    if now < since + SIX_MONTHS:
        return since + SIX_MONTHS
    if now < since + YEAR:
        return since + YEAR
    if now < since + THREE_YEARS:
        return since + THREE_YEARS
    return NEVER


@kernel
def interrupt(w: World, row: int, time: float) -> None:
    """A short exit: resources over the scale for a while, or a declaration that was not made."""
    leave_rsa(w, row, time, REASON_INTERRUPTION)


@kernel
def leave_for_long(w: World, row: int, time: float) -> None:
    """A long exit for another reason than work."""
    leave_rsa(w, row, time, REASON_LONG_EXIT)


@kernel
def leave_for_another_minimum(w: World, row: int, time: float) -> None:
    """The household is paid another minimum from now on."""
    leave_rsa(w, row, time, REASON_OTHER_MINIMUM)


INTERRUPTION_CLOCK = ClockOfHousehold(INTERRUPTION, is_paid, interruption_now, steady, interrupt)
LONG_EXIT_CLOCK = ClockOfHousehold(
    LONG_EXIT, is_paid, long_exit_now, long_exit_contact_size, leave_for_long
)
OTHER_MINIMUM_CLOCK = ClockOfHousehold(
    OTHER_MINIMUM, is_paid, other_minimum_now, steady, leave_for_another_minimum
)
REENTRY_CLOCK = ClockOfHousehold(REENTRY, is_out, reentry_now, steady, enter_rsa)
