"""Barriers to employment: each is a two-state chain with its own long-run prevalence."""

from __future__ import annotations

from sim.compiled import rule
from sim.units import clock_increment


@rule
def onset_hazard(relaxation_hazard: float, prevalence: float) -> float:
    """Hazard per month that an absent barrier appears, for a person-specific prevalence."""
    return relaxation_hazard * prevalence


@rule
def ordinary_removal_hazard(
    relaxation_hazard: float, prevalence: float, contact_speed: float, reference_saturation: float
) -> float:
    """Removal hazard without contacts; the reference intensity gives the published one."""
    return relaxation_hazard * (1.0 - prevalence) / (1.0 + contact_speed * reference_saturation)


@rule
def removal_hazard(
    ordinary_hazard: float, contact_speed: float, contact_saturation: float, action: float
) -> float:
    """Hazard per month that a present barrier is lifted.

    Grows with achieved contacts (``contact_speed`` at full saturation) and with a place in a
    specific action (multiplier ``action``, 1 without a place).
    """
    return ordinary_hazard * (1.0 + contact_speed * contact_saturation) * action


@rule
def removal_growth(
    ordinary_hazard: float, contact_speed: float, action: float, months: float, reached: float
) -> float:
    """Growth of a removal clock over ``months``: the integral of ``removal_hazard``.

    That hazard is linear in the saturation; ``reached`` is its sum over the months.
    """
    return clock_increment(ordinary_hazard * action, months + contact_speed * reached)


@rule
def fastest_removal_hazard(ordinary_hazard: float, contact_speed: float, action: float) -> float:
    """The highest removal hazard that any level of contacts can give."""
    return removal_hazard(ordinary_hazard, max(contact_speed, 0.0), 1.0, action)


@rule
def has_barrier(barriers: int, barrier: int) -> bool:
    """Whether the bit of ``barrier`` is set."""
    return (barriers >> barrier) & 1 == 1


@rule
def toggled(barriers: int, barrier: int) -> int:
    """The set of barriers with one added or removed."""
    return barriers ^ (1 << barrier)
