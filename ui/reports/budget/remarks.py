"""What a planner entered that the budget does not use, or that is far from what it expects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sim.language import Language
from sim.money.budget.landing import Overrun
from sim.money.budget.table import Budget
from sim.parameters.plausible import plausible
from sim.remarks import Remark
from ui.reports.wording import number_text


def budget_remarks(budget: Budget, overruns: Sequence[Overrun] = ()) -> tuple[Remark, ...]:
    """Compensation of other years, sums and months paid that are far from the forecast."""
    return (*_other_years(budget), *_far_appropriations(overruns), *_far_payments(budget))


def _other_years(budget: Budget) -> Iterator[Remark]:
    years = ", ".join(map(str, budget.years))
    for year, eur in sorted(budget.received.items()):
        if year not in budget.years:
            yield Remark(
                f"compensation of {year} ({_eur(eur)} euro) has no effect: the budget is of "
                f"{years}",
                f"la compensation de {year} ({_eur(eur, 'fr')} €) est sans effet : le budget porte "
                f"sur {years}",
            )


def _far_appropriations(overruns: Sequence[Overrun]) -> Iterator[Remark]:
    for one in overruns:
        stated, expected = one.appropriation_eur, one.expected_eur
        ratio = stated / max(expected, 1.0)
        if plausible().is_far_spending(expected, stated):
            yield Remark(
                f"the appropriation of {one.year}, {_eur(stated)} euro, is {ratio:.3g} "
                f"times the forecast of {one.scenario}, {_eur(expected)} euro: is it in euro, of "
                "the allowance alone and of a whole year?",
                f"les crédits de {one.year}, {_eur(stated, 'fr')} €, font {_times(ratio)} "
                f"fois la prévision de {one.scenario}, {_eur(expected, 'fr')} € : sont-ils en "
                "euros, pour la seule allocation et pour l'année entière ?",
            )


def _far_payments(budget: Budget) -> Iterator[Remark]:
    for before, after in pairwise(budget.paid):
        if plausible().is_far_change(before.households, after.households):
            yield Remark(
                f"months paid: {before.households:,.0f} households in {before.month} and "
                f"{after.households:,.0f} in {after.month}, far from every change of a month seen "
                "in a department",
                f"mois payés : {_eur(before.households, 'fr')} foyers en {before.month} et "
                f"{_eur(after.households, 'fr')} en {after.month}, loin de toute variation "
                "mensuelle vue dans un département",
            )
    ratio = budget.level_ratio
    if budget.paid and plausible().is_far_spending(1e6, 1e6 * ratio):
        yield Remark(
            f"the months paid are {ratio:.3g} times the simulated ones: are they of this "
            "department, in euro, and of the whole allowance?",
            f"les mois payés font {_times(ratio)} fois les mois simulés : sont-ils de ce "
            "département, en euros, et de toute l'allocation ?",
        )


def _eur(value: float, language: Language = "en") -> str:
    return number_text(value, "number", language)


def _times(ratio: float) -> str:
    return f"{ratio:.3g}".replace(".", ",")
