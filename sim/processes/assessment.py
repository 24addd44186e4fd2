"""The assessment sees barriers imperfectly; a rule maps what it sees to a pathway."""

from __future__ import annotations

from sim.compiled import rule

LOW = 0
MIDDLE = 1
HIGH = 2
LOOKS_THAT_COUNT = 4
EVERYONE = 0
SELF_EMPLOYED = 1


@rule
def sharpened(share: float, looks: int) -> float:
    """Chance of a right judgement after ``looks`` looks, each right with chance ``share``."""
    wrong = 1.0
    for _ in range(min(looks, LOOKS_THAT_COUNT)):
        wrong *= 1.0 - share
    return 1.0 - wrong


@rule
def is_seen(is_present: bool, sensitivity: float, specificity: float, looks: int, u: float) -> bool:
    """Whether the assessment notes a barrier: true positive or false alarm.

    ``u`` stays the same while the barrier does not change: a second look corrects the first one
    and does not forget it.
    """
    if is_present:
        return u < sharpened(sensitivity, looks)
    return u >= sharpened(specificity, looks)


@rule
def pathway_level(points: int, employment_at_most: int, social_at_least: int) -> int:
    """Level of need from the points of the barriers seen: low, middle or high."""
    if points <= employment_at_most:
        return LOW
    if points >= social_at_least:
        return HIGH
    return MIDDLE


@rule
def reviewed_level(
    points: int, level: int, margin: int, employment_at_most: int, social_at_least: int
) -> int:
    """Level after a review: it moves only when the points pass a limit by ``margin``."""
    low_limit = employment_at_most + margin if level == LOW else employment_at_most - margin
    high_limit = social_at_least - margin if level == HIGH else social_at_least + margin
    return pathway_level(points, low_limit, high_limit)


@rule
def is_offered(public: int, is_self_employed: bool, mark: float, coverage_share: float) -> bool:
    """Whether a pathway of the person's band is for this person.

    ``mark`` (0 to 1) is the household's own for all pathways and dates: a higher coverage only
    adds households.
    """
    if public == SELF_EMPLOYED and not is_self_employed:
        return False
    return mark < coverage_share
