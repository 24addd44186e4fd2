"""The quarterly declaration: which months count, and from when earnings lower the allowance.

The amount is computed at a review from the reference months and holds for three months. A job
that begins in between changes nothing until the next review; one that has ended for certain,
without a replacement income, is not counted at the review (R262-7 and R262-13 of the code de
l'action sociale et des familles).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import isfinite

from sim.errors import Fault, InputError
from sim.money.law.allowance import rsa_amount
from sim.money.law.in_force import law_on

MONTHS_PER_YEAR = 12
TRANSITION_MONTHS = 2


def month_after(month: date, months: int) -> date:
    """First day of the month that many months later (earlier, if negative)."""
    years, index = divmod(month.month - 1 + months, MONTHS_PER_YEAR)
    return date(month.year + years, index + 1, 1)


def reference_months(review: date) -> tuple[date, ...]:
    """First days of the reference months of a review, the earliest first.

    ``review``: a day of the first month whose right is computed. M-3 to M-1 until February
    2025, M-4 to M-2 from March 2025.
    """
    law = law_on(review)
    lag = int(law.first_reference_lag)
    return tuple(
        month_after(review, place - lag) for place in range(int(law.reference_month_count))
    )


def counted_earnings_eur(
    review: date,
    earnings_by_month: Mapping[date, float],
    *,
    has_ended: bool = False,
    has_replacement_income: bool = False,
    is_first_shifted_review: bool = False,
) -> float:
    """Earnings that a review counts, euro a month: the mean of its reference months.

    ``earnings_by_month``: net earnings, euro, under the first day of the month in which they
    were paid; a month that is absent is one without earnings. ``has_ended``: the job is over for
    certain at the review; its earnings are then left out unless an income replaces them
    (``has_replacement_income``). ``is_first_shifted_review``: the household's first review with
    the months M-4 to M-2; the lower of the mean of the three and of the last two months counts.

    Raises InputError on negative earnings and on a key that is not the first day of a month.
    """
    for month, amount in earnings_by_month.items():
        field = f"earnings_by_month[{month}]"
        if not isfinite(amount) or amount < 0:
            raise InputError([Fault("declaration", field, str(amount), "euro, at least 0")])
        if month.day != 1:
            accepted = "the first day of a month"
            raise InputError([Fault("declaration", field, month.isoformat(), accepted)])
    if has_ended and not has_replacement_income:
        return 0.0
    months = reference_months(review)
    mean = _mean(earnings_by_month, months)
    if is_first_shifted_review:
        mean = min(mean, _mean(earnings_by_month, months[-TRANSITION_MONTHS:]))
    return mean


def rsa_quarter(
    review: date,
    adults: int,
    children_ages: Sequence[float] = (),
    *,
    earnings_by_month: Mapping[date, float],
    has_ended: bool = False,
    has_replacement_income: bool = False,
    is_first_shifted_review: bool = False,
    has_housing_support: bool = False,
    other_resources_eur: float = 0.0,
    maintenance_eur: float = 0.0,
    is_recently_isolated: bool = False,
    is_pregnant: bool = False,
) -> tuple[float, ...]:
    """The RSA of the months that a review settles, euro a month each, the first month first.

    The declared earnings stay the same for all of them, whatever is earned meanwhile; base
    amounts are those of each month, so that an uprating takes effect at once. Arguments are those
    of ``rsa_amount`` and ``counted_earnings_eur``.
    """
    earnings = counted_earnings_eur(
        review,
        earnings_by_month,
        has_ended=has_ended,
        has_replacement_income=has_replacement_income,
        is_first_shifted_review=is_first_shifted_review,
    )
    return tuple(
        rsa_amount(
            month_after(review, place),
            adults,
            children_ages,
            has_housing_support=has_housing_support,
            earnings_eur=earnings,
            other_resources_eur=other_resources_eur,
            maintenance_eur=maintenance_eur,
            is_recently_isolated=is_recently_isolated,
            is_pregnant=is_pregnant,
        )
        for place in range(int(law_on(review).reference_month_count))
    )


def _mean(earnings_by_month: Mapping[date, float], months: Sequence[date]) -> float:
    return sum(earnings_by_month.get(month, 0.0) for month in months) / len(months)
