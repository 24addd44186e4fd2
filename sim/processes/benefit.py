"""Leaving the RSA and coming back: hazards per month, declarations, unemployment benefit."""

from __future__ import annotations

import math

from sim.compiled import rule
from sim.units import DAYS_PER_MONTH, NEVER
from sim.vocabulary import ExitReason

REASON_WORK = int(ExitReason.WORK)
REASON_INTERRUPTION = int(ExitReason.INTERRUPTION)
REASON_DEREGISTERED = int(ExitReason.DEREGISTERED)
SIX_MONTHS = 6 * DAYS_PER_MONTH
YEAR = 12 * DAYS_PER_MONTH
THREE_YEARS = 36 * DAYS_PER_MONTH
MONTHS_BETWEEN_DECLARATIONS = 3


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
