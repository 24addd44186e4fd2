"""The household's RSA: leaving, coming back, moving, declarations and resources."""

from __future__ import annotations

from sim.compiled import kernel
from sim.engine.columns.hazards import MOVE, PAID
from sim.engine.columns.people import break_even, household_key, income_cents
from sim.engine.columns.support import (
    FOLLOWED,
    close_support,
    wait_for_caseworker,
    wait_for_orientation,
)
from sim.engine.columns.world import JOB_PLACES, World, record
from sim.population.layout import EARNINGS_MONTHS, NEVER_DAY
from sim.processes.benefit import (
    earned_cents,
    next_declaration_month,
    shifted_mask,
    shifted_years,
    year_ends_between,
)
from sim.randomness import uniform
from sim.vocabulary import Benefit, Decision, ExitReason, Record

OUT = int(Benefit.OUT)
GONE = int(Benefit.GONE)
WORK = int(ExitReason.WORK)
MOVED_AWAY = int(ExitReason.MOVED_AWAY)
OTHER_MINIMUM_REASON = int(ExitReason.OTHER_MINIMUM)
PENSION_REASON = int(ExitReason.PENSION)
NO_REASON = int(ExitReason.NONE)


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
def remember_worked(w: World, person: int, time: float, has_worked: bool) -> None:
    """Bring the memory of months worked up to the month of ``time``, included."""
    p = w.people[person]
    month = w.month_of[int(time)]
    months = month - p.mask_month
    if months > 0:
        p.worked_mask = shifted_mask(p.worked_mask, months, has_worked)
        p.mask_month = month
    elif has_worked:
        p.worked_mask = p.worked_mask | 1


@kernel
def accrue(w: World, row: int, day: int) -> None:
    """Add resources at today's monthly rate to the months since the last count."""
    h = w.households[row]
    income = income_cents(w, row)
    start = int(h.accrued_on)
    month = int(h.earnings_month)
    while start < day:
        month_now = w.month_of[start]
        while month < month_now:
            shift_earnings(w, row)
            month += 1
        end = min(day, w.month_start[month_now + 1])
        if income > 0:
            h.earnings[0] += earned_cents(income, end - start)
        start = end
        if income == 0:
            start = day
    while month < w.month_of[day]:
        shift_earnings(w, row)
        month += 1
    h.accrued_on = day
    h.earnings_month = month


@kernel
def shift_earnings(w: World, row: int) -> None:
    """Start a new month in the memory of resources."""
    h = w.households[row]
    for cell in range(EARNINGS_MONTHS - 1, 0, -1):
        h.earnings[cell] = h.earnings[cell - 1]
    h.earnings[0] = 0


@kernel
def schedule_declaration(w: World, row: int, time: float) -> None:
    """The next quarterly date on which resources are read, if there are any to read."""
    h = w.households[row]
    has_resources = h.declared_cents > 0 or income_cents(w, row) > 0
    for cell in range(EARNINGS_MONTHS):
        if h.earnings[cell] > 0:
            has_resources = True
    h.next_declaration = NEVER_DAY
    if has_resources and h.benefit == PAID:
        month = next_declaration_month(w.month_of[int(time)], h.phase)
        h.next_declaration = w.month_start[month]


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
        leave_rsa(w, row, time, WORK)
    else:
        schedule_declaration(w, row, time)


@kernel
def leave_rsa(w: World, row: int, time: float, reason: int) -> None:
    """The household stops being paid; its support closes, except follow-up in a job."""
    h = w.households[row]
    remember_paid(w, row, time)
    record(w, Record.EXIT, time, h.id, h.territory, -1, reason, int(time) - h.since, h.since)
    if reason == MOVED_AWAY or reason == OTHER_MINIMUM_REASON or reason == PENSION_REASON:
        depart(w, row, time, reason)
        return
    for member in range(h.members):
        person = h.first + member
        if reason != WORK or w.people[person].support != FOLLOWED:
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
    h.reason = NO_REASON
    h.since = int(time)
    h.below_since = NEVER_DAY
    accrue(w, row, int(time))
    h.declared_cents = 0
    schedule_declaration(w, row, time)
    open_support(w, row, time, days_out)


@kernel
def move_job_place(w: World, person: int, territory: int, sign: int) -> None:
    """A limited job follows its holder to another territory's count."""
    p = w.people[person]
    if p.job >= 0 and w.national[0].job_has_limited_places[p.job] == 1:
        w.places[JOB_PLACES, territory, p.job] += sign


@kernel
def move(w: World, row: int, time: float) -> None:
    """The household moves: out of the department, or to another of its territories."""
    g = w.national[0]
    h = w.households[row]
    territories = w.territories.shape[0]
    key = household_key(w, row)
    count = int(h.fired[MOVE])
    stays = uniform(key, Decision.MOVE_AWAY, count) < g.internal_move_share
    if not stays or territories == 1:
        if h.benefit == PAID:
            leave_rsa(w, row, time, MOVED_AWAY)
        else:
            depart(w, row, time, MOVED_AWAY)
        return
    for member in range(h.members):
        close_support(w, h.first + member, time)
        move_job_place(w, h.first + member, h.territory, -1)
    drawn = uniform(key, Decision.MOVE_DESTINATION, count)
    destination = min(int(drawn * (territories - 1)), territories - 2)
    if destination >= h.territory:
        destination += 1
    record(w, Record.TERRITORY_CHANGED, time, h.id, h.territory, -1, destination, 0, int(time))
    h.territory = destination
    for member in range(h.members):
        move_job_place(w, h.first + member, destination, 1)
    if h.benefit == PAID:
        open_support(w, row, time, 0)
