"""Places in portfolios and the total order of every waiting list.

Loads and capacities are integers in hundredths of a person.
"""

from __future__ import annotations

from sim.compiled import rule

FULL_WEIGHT = 100
PERSON_BITS = 38


@rule
def queue_key(priority: int, day: int, person: int) -> int:
    """Sort key of a queue: priority, then date, then the person's identity (unique).

    ``person`` must be below 2**38 and ``day`` below 2**17; smaller keys are served first.
    """
    return ((priority << 17) + day << PERSON_BITS) + person


@rule
def has_place(load: int, capacity: int) -> bool:
    """Whether a caseworker can take one more person at full weight."""
    return load + FULL_WEIGHT <= capacity


@rule
def is_lighter(load_a: int, capacity_a: int, load_b: int, capacity_b: int) -> bool:
    """Whether caseworker a is strictly less loaded than b, relative to capacity."""
    return load_a * capacity_b < load_b * capacity_a


@rule
def is_target_public(age_years: float, age_low: float, age_high: float) -> bool:
    """Whether a person belongs to the priority ages (none when both bounds are 0)."""
    return age_high > 0.0 and age_low <= age_years < age_high
