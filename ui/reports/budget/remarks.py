"""What a planner entered that the budget does not use, or that is far from what it expects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from sim.money.budget.landing import Overrun
from sim.money.budget.table import Budget, cells
from sim.money.costs.entered import PaidMonth
from sim.money.costs.taken_over import state_pays, trial_end_year, years_after_trial
from sim.money.costs.unit_costs import DEPARTMENT, STATE
from sim.parameters import Parameters
from sim.parameters.plausible import plausible
from sim.remarks import Both, Remark, remarked
from ui.reports.budget.names import funder_name, line_name
from ui.reports.budget.views import scenario_title
from ui.reports.wording import number_text


def budget_remarks(budget: Budget, overruns: Sequence[Overrun] = ()) -> tuple[Remark, ...]:
    """What is not known or not used: who pays after a trial, compensation of other years.

    Then own lines of insertion, sums and months paid that are far from what is expected.
    """
    return (
        *_after_trial(budget),
        *_other_years(budget),
        *_entered_lines(budget),
        *_far_appropriations(overruns),
        *_far_payments(budget),
    )


def _after_trial(budget: Budget) -> Iterator[Remark]:
    base = budget.runs.experiment.reference.base
    unknown = years_after_trial(base, budget.years)
    if unknown:
        payer = STATE if state_pays(base, date(unknown[0], 1, 1)) else DEPARTMENT
        yield remarked(
            "after_trial",
            last=trial_end_year(base) or unknown[0],
            years=", ".join(map(str, unknown)),
            payer=Both(funder_name(payer, "en"), funder_name(payer)),
        )


def _other_years(budget: Budget) -> Iterator[Remark]:
    years = ", ".join(map(str, budget.years))
    for year, eur in sorted(budget.received.items()):
        if year not in budget.years:
            yield remarked("other_year", year=year, eur=_eur(eur), years=years)


def _entered_lines(budget: Budget) -> Iterator[Remark]:
    """Own lines of another year, far from the model's, or of which a scenario takes too much."""
    base, years = budget.runs.experiment.reference.base, ", ".join(map(str, budget.years))
    for one in budget.entered:
        about: dict[str, Both | int] = {"line": _line(one.line, base), "year": one.year}
        if one.year not in budget.years:
            yield remarked("insertion_other_year", eur=_eur(one.entered_eur), years=years, **about)
        elif min(one.model_eur, one.entered_eur) > 0.0 and plausible().is_far_spending(
            one.model_eur, one.entered_eur
        ):
            ratio = _times(one.entered_eur / one.model_eur)
            yield remarked("far_insertion", eur=_eur(one.entered_eur), ratio=ratio, **about)
    named = {(one.line, one.year) for one in budget.entered}
    if named:
        for cell in cells(budget, funder=DEPARTMENT):
            if (cell.row, cell.year) in named and cell.value < 0.0:
                about = {"line": _line(cell.row, base), "year": cell.year}
                place = budget.names.index(cell.scenario)
                title = Both(scenario_title(budget, place, "en"), scenario_title(budget, place))
                yield remarked("negative_insertion", scenario=title, **about)


def _line(name: str, base: Parameters) -> Both:
    return Both(line_name(name, base, "en"), line_name(name, base, "fr"))


def _far_appropriations(overruns: Sequence[Overrun]) -> Iterator[Remark]:
    for one in overruns:
        yield from far_appropriation(
            one.year, one.appropriation_eur, one.expected_eur, one.scenario
        )


def far_appropriation(
    year: int, stated_eur: float, expected_eur: float, of: str
) -> Iterator[Remark]:
    """A sum of a year that is far from what is forecast ``of`` a scenario or a department."""
    if plausible().is_far_spending(expected_eur, stated_eur):
        yield remarked(
            "far_appropriation",
            year=year,
            stated=_eur(stated_eur),
            ratio=_times(stated_eur / max(expected_eur, 1.0)),
            scenario=of,
            expected=_eur(expected_eur),
        )


def _far_payments(budget: Budget) -> Iterator[Remark]:
    yield from far_payments(budget.paid)
    ratio = budget.level_ratio
    if budget.paid and plausible().is_far_spending(1e6, 1e6 * ratio):
        yield remarked("far_level", ratio=_times(ratio))


def far_from_forecast(paid_eur: float, expected_eur: float) -> Iterator[Remark]:
    """Months paid whose sum is far from what the forecast without them expects."""
    if plausible().is_far_spending(expected_eur, paid_eur):
        yield remarked("far_from_forecast", ratio=_times(paid_eur / max(expected_eur, 1.0)))


def far_payments(paid: Sequence[PaidMonth]) -> Iterator[Remark]:
    """Months paid whose households changed more than those of any department."""
    for before, after in pairwise(paid):
        if plausible().is_far_change(before.households, after.households):
            yield remarked(
                "far_payment",
                households=_eur(before.households),
                month=str(before.month),
                households_after=_eur(after.households),
                month_after=str(after.month),
            )


def _eur(value: float) -> Both:
    return Both(number_text(value, "number"), number_text(value, "number", "fr"))


def _times(ratio: float) -> Both:
    written = f"{ratio:.3g}"
    return Both(written, written.replace(".", ","))
