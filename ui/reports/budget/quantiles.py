"""The quantiles of the department's allowance by year, as a table of text."""

from __future__ import annotations

from collections.abc import Sequence

from sim.language import Language
from sim.money.budget.level import QUANTILES
from sim.money.budget.quantiles import YearQuantiles
from sim.money.budget.table import Budget
from ui.reports.budget.views import NONE, View, scenario_title, thousands
from ui.reports.wording import number_text
from ui.texts import at, said

PERCENT = 100.0


def quantile_heads(language: Language, *, has_credits: bool) -> list[str]:
    """Heads of what a row tells: expected, quantiles, and an appropriation where one was given."""
    expected, stated, chance = at("budget_quantiles.heads", language)
    shown = [f"{PERCENT * share:.0f} %" for share in QUANTILES]
    return [expected, *shown, *([stated, chance] if has_credits else [])]


def quantile_texts(one: YearQuantiles, language: Language, *, has_credits: bool) -> list[str]:
    """A row under `quantile_heads`, in thousands of euro."""
    shown = [thousands(eur, language) for eur in (one.expected_eur, *one.quantiles_eur)]
    if not has_credits:
        return shown
    if one.appropriation_eur is None or one.probability is None:
        return [*shown, NONE, NONE]
    chance = f"{number_text(one.probability, 'share', language)} %"
    return [*shown, thousands(one.appropriation_eur, language), chance]


def has_credits(found: Sequence[YearQuantiles]) -> bool:
    """Whether an appropriation was given for one of the years."""
    return any(one.appropriation_eur is not None for one in found)


def quantiles_view(
    budget: Budget, found: Sequence[YearQuantiles], language: Language = "fr"
) -> View:
    """By scenario and year."""
    is_stated = has_credits(found)
    titles = {
        name: scenario_title(budget, position, language)
        for position, name in enumerate(budget.names)
    }
    rows = tuple(
        (
            titles[one.scenario],
            str(one.year),
            *quantile_texts(one, language, has_credits=is_stated),
        )
        for one in found
    )
    heads = at("budget_quantiles.row_heads", language)
    return View(
        said("budget_quantiles.title", language),
        said("budget_quantiles.unit", language),
        (*heads, *quantile_heads(language, has_credits=is_stated)),
        rows,
        note=said("budget_quantiles.note", language),
    )
