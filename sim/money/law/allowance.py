"""The allowance of a household on a day: ceiling of the scale less what the law deducts.

``rsa_amount`` answers for one household, ``rsa_amounts`` for many, ``entitlements`` shows each
line of the calculation. The same scale stands as compiled rules in ``sim.processes.allowance``,
where the engine calls it household by household; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from sim.money.law.family_benefits import counted_benefits_eur, to_cents
from sim.money.law.households import Flags, Floats, Households, households_of
from sim.money.law.in_force import Law, law_on
from sim.money.law.sanctions import withheld_eur


@dataclass(frozen=True, slots=True, eq=False)
class Entitlements:
    """The lines of the calculation, one entry a household, euro a month."""

    scale_eur: Floats
    """Ceiling: base amount times the coefficient of the family."""
    housing_deduction_eur: Floats
    family_benefits_eur: Floats
    resources_eur: Floats
    """Earnings, maintenance and other resources."""
    due_eur: Floats
    """What is due before a sanction, to the cent; 0 below the minimum paid."""
    withheld_eur: Floats

    @property
    def paid_eur(self) -> Floats:
        """What is paid: due less what a sanction withholds."""
        return to_cents(self.due_eur - self.withheld_eur)


def rsa_amount(
    date: date | str,
    adults: int,
    children_ages: Sequence[float] = (),
    *,
    has_housing_support: bool = False,
    earnings_eur: float = 0.0,
    other_resources_eur: float = 0.0,
    maintenance_eur: float = 0.0,
    is_recently_isolated: bool = False,
    is_pregnant: bool = False,
    withheld_share: float = 0.0,
    upratings: Mapping[date, float] | None = None,
) -> float:
    """The RSA actually paid to one household, euro a month, to the cent (metropolitan France).

    ``date``: a day of the month of the right. ``adults``: 1, or 2 for a couple.
    ``children_ages``: ages in years (0 to below 25). The family benefits of these children are
    counted as the law counts them; they are not asked for. ``has_housing_support``: housing
    benefit, owner without a loan, or lodged free.

    Means of the reference months, euro a month: ``earnings_eur`` net earnings of all members,
    withdrawn euro for euro (the prime d'activité is apart); ``other_resources_eur``;
    ``maintenance_eur`` child support received. Earnings of a job that began after the reference
    months do not count before the next review: see ``sim.money.law.rsa_quarter``.

    A lone parent has the increased amount while the youngest child is below 3 years, when
    ``is_pregnant``, or for the twelve months after a separation (``is_recently_isolated``).
    ``withheld_share``: part that a sanction suspends, 0 to 1, capped by law for more than one
    person. ``upratings``: assumed ones after the last published amount, {day: share}.

    Raises InputError with the name of each faulty argument, and on a day outside the tables.
    """
    law = law_on(date, upratings=upratings)
    household = households_of(
        adults,
        children_ages,
        dependant_age_limit=law.dependant_age_limit,
        is_one=True,
        has_housing_support=has_housing_support,
        earnings_eur=earnings_eur,
        other_resources_eur=other_resources_eur,
        maintenance_eur=maintenance_eur,
        is_recently_isolated=is_recently_isolated,
        is_pregnant=is_pregnant,
    )
    return float(entitlements(law, household, withheld_share=withheld_share).paid_eur[0])


def rsa_amounts(
    date: date | str,
    adults: ArrayLike,
    children_ages: Sequence[Sequence[float]] | Floats,
    *,
    has_housing_support: ArrayLike = False,
    earnings_eur: ArrayLike = 0.0,
    other_resources_eur: ArrayLike = 0.0,
    maintenance_eur: ArrayLike = 0.0,
    is_recently_isolated: ArrayLike = False,
    is_pregnant: ArrayLike = False,
    withheld_share: ArrayLike = 0.0,
    upratings: Mapping[date, float] | None = None,
) -> Floats:
    """The RSA actually paid to many households, euro a month: ``rsa_amount`` over arrays.

    ``children_ages``: one row a household; rows of an array are filled up with NaN. A single
    value of a keyword argument stands for all households.
    """
    law = law_on(date, upratings=upratings)
    households = households_of(
        adults,
        children_ages,
        dependant_age_limit=law.dependant_age_limit,
        has_housing_support=has_housing_support,
        earnings_eur=earnings_eur,
        other_resources_eur=other_resources_eur,
        maintenance_eur=maintenance_eur,
        is_recently_isolated=is_recently_isolated,
        is_pregnant=is_pregnant,
    )
    return entitlements(law, households, withheld_share=withheld_share).paid_eur


def entitlements(
    law: Law, households: Households, *, withheld_share: ArrayLike = 0.0
) -> Entitlements:
    """Every line of the calculation for many households, euro a month."""
    scale = law.base_eur * scale_coefficients(law, households)
    housing = np.where(households.has_housing_support, housing_deduction_eur(law, households), 0.0)
    benefits = counted_benefits_eur(law, households)
    resources = np.asarray(
        households.earnings_eur + households.other_resources_eur + households.maintenance_eur
    )
    due = to_cents(np.maximum(scale - housing - benefits - resources, 0.0))
    due = np.where(due >= law.minimum_paid_eur, due, 0.0)
    return Entitlements(
        scale_eur=scale,
        housing_deduction_eur=housing,
        family_benefits_eur=benefits,
        resources_eur=resources,
        due_eur=due,
        withheld_eur=withheld_eur(law, due, households.persons, withheld_share),
    )


def scale_coefficients(law: Law, households: Households) -> Floats:
    """Multiple of the base amount: +50 %, +30 %, +40 % from the third child; or increased."""
    children = households.children
    places = households.adults - 1 + children
    further = np.maximum(places - 1, 0)
    # Children of rank three and above count more; the partner is not a child.
    high = np.minimum(np.maximum(children - 2, 0), further)
    plain = (
        1.0
        + law.second_person * (places >= 1)
        + law.child * (further - high)
        + law.third_child * high
    )
    increased = law.increased_base + law.increased_child * children
    return np.where(has_increased_amount(law, households), increased, plain)


def has_increased_amount(law: Law, households: Households) -> Flags:
    """RSA majoré: an isolated parent of a young child, recently isolated, or pregnant."""
    is_young = households.youngest_age < law.increased_age_limit
    is_parent = (households.children > 0) & (is_young | households.is_recently_isolated)
    return np.asarray((households.adults == 1) & (is_parent | households.is_pregnant))


def housing_deduction_eur(law: Law, households: Households) -> Floats:
    """Flat-rate housing deduction: a share of the plain amount for one, two or three persons."""
    persons = households.persons
    one = law.housing_1
    two = law.housing_2 * (1.0 + law.second_person)
    three = law.housing_3 * (1.0 + law.second_person + law.child)
    return law.base_eur * np.where(persons >= 3, three, np.where(persons == 2, two, one))
