"""The RSA of a household by the legal scale: integer cents a month.

Scale: code de l'action sociale et des familles, articles L262-2 and R262-1 and following;
amounts and coefficients are dated parameters (F0365-F0384).
"""

from __future__ import annotations

import math

from sim.compiled import rule


@rule
def scale_coefficient(
    adults: int,
    children: int,
    is_increased: bool,
    second_person: float,
    child: float,
    third_child: float,
    increased_base: float,
    increased_child: float,
) -> float:
    """Multiplier of the base amount by household composition (``is_increased``: RSA majoré)."""
    if is_increased:
        return increased_base + increased_child * children
    coefficient = 1.0
    places = adults - 1 + children
    if places >= 1:
        coefficient += second_person
    remaining = places - 1
    if remaining >= 1:
        # Children of rank three and above count more; the partner is not a child.
        high = min(max(children - 2, 0), remaining)
        coefficient += child * (remaining - high) + third_child * high
    return coefficient


@rule
def housing_deduction_cents(
    base_cents: float,
    persons: int,
    second_person: float,
    child: float,
    share_1: float,
    share_2: float,
    share_3: float,
) -> float:
    """Flat-rate housing deduction: a share of the amount for 1, 2 or 3 persons."""
    if persons <= 1:
        return base_cents * share_1
    if persons == 2:
        return base_cents * (1.0 + second_person) * share_2
    return base_cents * (1.0 + second_person + child) * share_3


@rule
def break_even_cents(base_cents: float, coefficient: float, counted_cents: float) -> int:
    """Monthly earnings from which the household receives nothing, never negative.

    ``counted_cents``: what counts beside them, the housing deduction and family benefits.
    """
    return max(int(math.floor(base_cents * coefficient - counted_cents + 0.5)), 0)


@rule
def amount_paid_cents(
    break_even: int, resources_cents: int, withheld_per_mille: int, minimum_cents: int
) -> int:
    """Amount of a month after resources and a partial suspension; nothing below the minimum."""
    amount = break_even - resources_cents
    if amount < minimum_cents:
        return 0
    return amount - amount * withheld_per_mille // 1000
