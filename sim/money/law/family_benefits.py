"""Family benefits that the law counts as resources of the RSA, euro a month before CRDS.

Counted (R262-10-1 and R262-11 of the code de l'action sociale et des familles): family
allowances without the increase for age, family support up to a limit, the family supplement
without its increase, the basic early childhood allowance. All others are left out.
"""

from __future__ import annotations

import numpy as np

from sim.money.law.households import Flags, Floats, Households
from sim.money.law.in_force import CENTS_PER_EUR, Law

DAYS_PER_YEAR = 365.25
MIDDLE_OF_THE_YEAR_OF_AGE = 0.5


def to_cents(eur: Floats) -> Floats:
    """Amounts in euro rounded to the cent, halves up."""
    # The tiny addition keeps an exact half from being lost to binary fractions.
    return np.asarray(np.floor(eur * CENTS_PER_EUR + 0.5 + 1e-7) / CENTS_PER_EUR)


def counted_benefits_eur(law: Law, households: Households) -> Floats:
    """Sum of the counted family benefits of each household, euro a month."""
    return np.asarray(
        family_allowances_eur(law, households)
        + family_support_eur(law, households)
        + family_supplement_eur(law, households)
        + early_childhood_eur(law, households)
    )


def family_allowances_eur(law: Law, households: Households) -> Floats:
    """Allocations familiales: from the second child below the age limit, to the cent."""
    children = _below(households, law.child_age_limit)
    rate = law.allowances_two_children + law.allowances_further_child * (children - 2)
    return to_cents(np.where(children >= 2, law.family_base_eur * rate, 0.0))


def family_support_eur(law: Law, households: Households) -> Floats:
    """Allocation de soutien familial of a lone parent, up to what is counted for a child.

    Maintenance received lowers it; what is left is not paid below a minimum.
    """
    children = np.where(households.adults == 1, _below(households, law.child_age_limit), 0)
    full = law.family_base_eur * law.support_rate * children
    paid = np.maximum(full - households.maintenance_eur, 0.0)
    paid = np.where(paid > law.support_minimum_eur, paid, 0.0)
    return np.minimum(paid, law.family_base_eur * law.support_counted * children)


def family_supplement_eur(law: Law, households: Households) -> Floats:
    """Complément familial without its increase; never beside the early childhood allowance."""
    old_enough = _below(households, law.supplement_age_limit) - _below(
        households, law.supplement_age_from
    )
    is_due = (old_enough >= law.supplement_children) & ~_has_early_childhood(law, households)
    return np.where(is_due, law.family_base_eur * law.supplement_rate, 0.0)


def early_childhood_eur(law: Law, households: Households) -> Floats:
    """Allocation de base of the Paje at the full rate, one a family.

    The rate is that of the year of birth. An age in whole years is taken at its middle.
    """
    years_since = (law.day - law.early_childhood_reform).days / DAYS_PER_YEAR
    is_old_rule = households.youngest_age + MIDDLE_OF_THE_YEAR_OF_AGE > years_since
    has_frozen = is_old_rule & (law.early_childhood_frozen_eur > 0)
    amount = np.where(
        has_frozen,
        law.early_childhood_frozen_eur,
        law.family_base_eur * law.early_childhood_rate,
    )
    return np.where(_has_early_childhood(law, households), amount, 0.0)


def _has_early_childhood(law: Law, households: Households) -> Flags:
    return np.asarray(households.youngest_age < law.early_childhood_age_limit)


def _below(households: Households, limit: float) -> Floats:
    """Number of children below an age; places without a child hold NaN and count nowhere."""
    return np.asarray((households.children_ages < limit).sum(axis=1), dtype=np.float64)
