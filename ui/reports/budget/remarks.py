"""What a planner entered that the budget does not use, or that is far from what it expects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sim.money.budget.landing import Overrun
from sim.money.budget.table import Budget
from sim.parameters.plausible import plausible
from sim.remarks import Both, Remark, remarked
from ui.reports.wording import number_text


def budget_remarks(budget: Budget, overruns: Sequence[Overrun] = ()) -> tuple[Remark, ...]:
    """Compensation of other years, sums and months paid that are far from the forecast."""
    return (*_other_years(budget), *_far_appropriations(overruns), *_far_payments(budget))


def _other_years(budget: Budget) -> Iterator[Remark]:
    years = ", ".join(map(str, budget.years))
    for year, eur in sorted(budget.received.items()):
        if year not in budget.years:
            yield remarked("other_year", year=year, eur=_eur(eur), years=years)


def _far_appropriations(overruns: Sequence[Overrun]) -> Iterator[Remark]:
    for one in overruns:
        stated, expected = one.appropriation_eur, one.expected_eur
        if plausible().is_far_spending(expected, stated):
            yield remarked(
                "far_appropriation",
                year=one.year,
                stated=_eur(stated),
                ratio=_times(stated / max(expected, 1.0)),
                scenario=one.scenario,
                expected=_eur(expected),
            )


def _far_payments(budget: Budget) -> Iterator[Remark]:
    for before, after in pairwise(budget.paid):
        if plausible().is_far_change(before.households, after.households):
            yield remarked(
                "far_payment",
                households=_eur(before.households),
                month=str(before.month),
                households_after=_eur(after.households),
                month_after=str(after.month),
            )
    ratio = budget.level_ratio
    if budget.paid and plausible().is_far_spending(1e6, 1e6 * ratio):
        yield remarked("far_level", ratio=_times(ratio))


def _eur(value: float) -> Both:
    return Both(number_text(value, "number"), number_text(value, "number", "fr"))


def _times(ratio: float) -> Both:
    written = f"{ratio:.3g}"
    return Both(written, written.replace(".", ","))
