"""Jobs: kind, length, pay, and the hazard of a contract rupture."""

from __future__ import annotations

import math

from sim.compiled import rule
from sim.units import DAYS_PER_MONTH, NEVER

OPEN_ENDED = 0
EXPONENTIAL = 1
UNIFORM = 2
FIRST_SEGMENT_DAYS = 3 * DAYS_PER_MONTH
SECOND_SEGMENT_DAYS = 12 * DAYS_PER_MONTH
PROTECTED_INTERVALS = 1.5
"""Follow-up protects a contract for so many intervals after a contact that was held."""


@rule
def job_length_days(
    u: float, form: int, mean_months: float, low_months: float, high_months: float
) -> float:
    """Planned length in days; ``NEVER`` for an open-ended contract.

    Exponential lengths are cut at ``high_months``; uniform ones lie between the two bounds.
    """
    if form == OPEN_ENDED:
        return NEVER
    if form == EXPONENTIAL:
        kept = -math.expm1(-high_months / mean_months)
        return -mean_months * math.log1p(-u * kept) * DAYS_PER_MONTH
    return (low_months + u * (high_months - low_months)) * DAYS_PER_MONTH


@rule
def rupture_hazard(
    days_in_job: float,
    first: float,
    middle: float,
    later: float,
    instability: float,
    follow_up_multiplier: float,
) -> float:
    """Hazard of a rupture per month: months 0-3, 3-12 and later (shape of F0324-F0340)."""
    level = later
    if days_in_job < FIRST_SEGMENT_DAYS:
        level = first
    elif days_in_job < SECOND_SEGMENT_DAYS:
        level = middle
    return level * instability * follow_up_multiplier


@rule
def next_segment_time(job_start: float, now: float) -> float:
    """Date of the next change of the rupture hazard; ``NEVER`` when there is none."""
    if now < job_start + FIRST_SEGMENT_DAYS:
        return job_start + FIRST_SEGMENT_DAYS
    if now < job_start + SECOND_SEGMENT_DAYS:
        return job_start + SECOND_SEGMENT_DAYS
    return NEVER


@rule
def working_time_share(is_part_time: bool, u: float, low: float, high: float) -> float:
    """Share of a full-time wage that is earned."""
    if not is_part_time:
        return 1.0
    return low + u * (high - low)


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
