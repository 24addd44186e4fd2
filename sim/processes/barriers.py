"""Barriers to employment: each is a two-state chain with its own long-run prevalence."""

from __future__ import annotations

from sim.compiled import rule


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

    Grows with achieved contacts (``contact_speed`` at full saturation) and with a place in an
    action against it (multiplier ``action``, 1 without a place).
    """
    return ordinary_hazard * (1.0 + contact_speed * contact_saturation) * action


@rule
def has_barrier(barriers: int, barrier: int) -> bool:
    """Whether the bit of ``barrier`` is set."""
    return (barriers >> barrier) & 1 == 1


@rule
def how_many(barriers: int) -> int:
    """Number of barriers in a set."""
    found = 0
    while barriers > 0:
        found += barriers & 1
        barriers >>= 1
    return found


@rule
def toggled(barriers: int, barrier: int) -> int:
    """The set of barriers with one added or removed."""
    return barriers ^ (1 << barrier)


@rule
def has_place_in(on_action: int, action: int) -> bool:
    """Whether a place in ``action`` is held."""
    return (on_action >> action) & 1 == 1
