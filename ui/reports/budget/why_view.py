"""What holds the offices back before and after the change, as a table of the budget."""

from __future__ import annotations

from collections.abc import Sequence

from sim.experiments.why import Why
from sim.language import Language
from sim.money.budget.table import Budget
from ui.reports.budget.views import View, scenario_title
from ui.reports.why_words import means_text, reason_begun
from ui.reports.wording import number_text, territory_text
from ui.texts import at, said


def why_order(found: Sequence[Why]) -> list[Why]:
    """By territory, the reference before the scenarios; only those that tell anything."""
    return sorted((one for one in found if one.needs), key=lambda one: one.territory)


def case_text(budget: Budget, one: Why, language: Language) -> tuple[str, str]:
    """The scenario of a reason, told apart from the reference, and its territory."""
    kind = "scenario" if one.position else "reference"
    title = scenario_title(budget, one.position, language)
    reference = budget.runs.experiment.reference
    return (
        said(f"budget_view.{kind}", language, title=title),
        territory_text(reference, one.territory, language),
    )


def why_view(budget: Budget, found: Sequence[Why], language: Language = "fr") -> View | None:
    """A row for each territory and scenario, the reference first; None where nothing is told."""
    experiment = budget.runs.experiment
    rows = tuple(
        (
            *case_text(budget, one, language),
            reason_begun(one, experiment.scenarios[one.position], language),
        )
        for one in why_order(found)
    )
    if not rows:
        return None
    part = experiment.reference.share
    percent = number_text(part, "share", language)
    return View(
        said("budget_view.why", language),
        means_text(language),
        (*at("why.heads", language), said("why.holds_back", language)),
        rows,
        note="" if part == 1.0 else said("why.part", language, percent=percent),
        prose=frozenset({0, 1, 2}),
    )
