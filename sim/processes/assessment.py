"""The assessment sees barriers imperfectly; the department's rule maps what it sees to a pathway."""

from __future__ import annotations

from sim.compiled import rule

LOW = 0
MIDDLE = 1
HIGH = 2


@rule
def is_seen(is_present: bool, sensitivity: float, specificity: float, u: float) -> bool:
    """Whether the assessment notes a barrier: true positive or false alarm."""
    if is_present:
        return u < sensitivity
    return u >= specificity


@rule
def pathway_level(points: int, employment_at_most: int, social_at_least: int) -> int:
    """Level of need from the points of the barriers seen: low, middle or high."""
    if points <= employment_at_most:
        return LOW
    if points >= social_at_least:
        return HIGH
    return MIDDLE
