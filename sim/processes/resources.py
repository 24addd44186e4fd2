"""What a household earns and remembers of it: months, declarations, unemployment benefit."""

from __future__ import annotations

import math

from sim.compiled import kernel, rule
from sim.population.layout import EARNINGS_MONTHS, NEVER_DAY
from sim.units import DAYS_PER_MONTH
from sim.world.codes import PAID
from sim.world.world import World

MONTHS_BETWEEN_DECLARATIONS = 3


@kernel
def income_cents(w: World, row: int) -> int:
    """Monthly resources of a household from work and unemployment benefit."""
    h = w.households[row]
    total = 0
    for member in range(h.members):
        total += w.people[h.first + member].income_cents
    return total


@kernel
def break_even(w: World, row: int) -> int:
    """Monthly resources from which the household receives nothing, cents."""
    h = w.households[row]
    return w.national[0].break_even[h.kind, h.has_housing_support, h.is_increased]


@kernel
def update_below(w: World, row: int, time: float) -> None:
    """Note since when the resources of a household out of the RSA are below its scale."""
    h = w.households[row]
    if h.benefit == PAID:
        return
    if income_cents(w, row) > break_even(w, row):
        h.below_since = NEVER_DAY
    elif h.below_since == NEVER_DAY:
        h.below_since = int(time)


@kernel
def has_job(w: World, person: int) -> bool:
    """In an occupation that counts as work."""
    p = w.people[person]
    return p.job >= 0 and w.national[0].job_is_job[p.job] == 1


@kernel
def remember_worked(w: World, person: int, time: float, has_worked: bool) -> None:
    """Bring the memory of months worked up to the month of ``time``, included."""
    p = w.people[person]
    month = w.month_of[int(time)]
    months = month - p.mask_month
    if months > 0:
        p.worked_mask = shifted_mask(p.worked_mask, months, has_worked)
        p.lasting_mask = shifted_mask(p.lasting_mask, months, False)
        p.seen_mask = shifted_mask(p.seen_mask, months, False)
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


@rule
def next_declaration_month(month: int, phase: int) -> int:
    """First month after ``month`` in which the household's quarterly declaration is read."""
    following = month + 1
    return following + (MONTHS_BETWEEN_DECLARATIONS - (following + phase) % 3) % 3


@rule
def earned_cents(monthly_cents: int, days: int) -> int:
    """Resources of ``days`` at a monthly rate, in cents, rounded to the nearest."""
    return int(math.floor(monthly_cents * (days / DAYS_PER_MONTH) + 0.5))


@rule
def benefit_days(worked_days: int, minimum_months: float, maximum_months: float) -> float:
    """Days of unemployment benefit for accumulated work: day for day, none below the minimum."""
    if worked_days < minimum_months * DAYS_PER_MONTH:
        return 0.0
    return min(float(worked_days), maximum_months * DAYS_PER_MONTH)


@rule
def shifted_mask(mask: int, months: int, fill: bool) -> int:
    """A 64-month memory moved on by ``months``, the new months all ``fill`` (bit 0 the latest)."""
    if months <= 0:
        return mask
    if months >= 63:
        return 0x7FFFFFFFFFFFFFFF if fill else 0
    moved = (mask << months) & 0x7FFFFFFFFFFFFFFF
    if fill:
        moved |= (1 << months) - 1
    return moved


@rule
def year_ends_between(month_from: int, month_to: int) -> int:
    """Number of Decembers among the months after ``month_from`` up to ``month_to``."""
    return (month_to + 1) // 12 - (month_from + 1) // 12


@rule
def shifted_years(mask: int, years: int, fill: bool) -> int:
    """A 15-year memory of year-ends moved on by ``years`` (bit 0 the latest)."""
    if years <= 0:
        return mask
    if years >= 15:
        return 0x7FFF if fill else 0
    moved = (mask << years) & 0x7FFF
    if fill:
        moved |= (1 << years) - 1
    return moved
