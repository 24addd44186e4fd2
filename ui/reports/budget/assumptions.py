"""What a budget takes for granted: every value with its unit, range, kind, source and note."""

from __future__ import annotations

from sim.language import Language
from sim.money.budget.table import Budget
from sim.money.costs.price_doubts import LEVEL_ERROR, path_of
from ui.texts import said
from ui.texts.figures import in_figures

GENERAL = (
    "costs.payment_lag_months",
    "costs.overpayment_claimed_share",
    "costs.overpayment_written_off_share",
    LEVEL_ERROR,
    "costs.price_year",
    "costs.staff_growth_per_year",
    "costs.price_growth_per_year",
    "effects.displacement_share",
)


def assumption_rows(budget: Budget, language: Language = "fr") -> list[tuple[str, ...]]:
    """One row for each assumption behind the lines that cost anything, upratings first."""
    base = budget.runs.experiment.reference.base
    rows: list[tuple[str, ...]] = [
        (
            said("budget_doubt.uprating", language, day=f"{day:%d/%m/%Y}"),
            f"{share:+.2%}",
            said("budget_doubt.a_year", language),
            "",
            said("budget_doubt.assumed", language),
            "",
            "",
        )
        for day, share in budget.runs.upratings.items()
    ]
    alive = {line for row in budget.rows for line in row.lines}
    paths = [path for line in budget.lines if line in alive and (path := path_of(line))]
    for path in dict.fromkeys((*GENERAL, *paths)):
        record = base.entry(path)
        value = base.value(path)
        text = (
            "; ".join(f"{day}: {item}" for day, item in base.dated(path))
            if isinstance(value, tuple)
            else str(value)
        )
        rows.append(
            (
                path,
                text,
                record.unit,
                str(record.uncertainty),
                record.kind,
                ", ".join(record.source),
                record.note,
            )
        )
    return rows


def drawn_text(budget: Budget, language: Language = "fr") -> str:
    """Which parameters differ between replications."""
    if budget.runs.is_fitted:
        return said("budget_doubt.fitted", language)
    if budget.runs.has_draws:
        return said("budget_doubt.drawn", language)
    return said("budget_doubt.fixed", language)


def doubt_text(budget: Budget, language: Language = "fr") -> str:
    """What the intervals hold."""
    return said(
        "budget_doubt.intervals",
        language,
        drawn=drawn_text(budget, language),
        level=level_text(budget, language),
        count=budget.replications,
        seed=budget.runs.experiment.seed,
    )


def level_text(budget: Budget, language: Language = "fr") -> str:
    """What the level of the allowance is set on."""
    if budget.level is None:
        return said("budget_doubt.level_simulated", language)
    key = "level_forecast" if budget.level.has_drawn_upratings else "level_stated"
    return said(f"budget_doubt.{key}", language)


def uprating_text(budget: Budget, language: Language = "fr") -> str:
    """The upratings that were assumed."""
    upratings = budget.runs.upratings
    if not upratings:
        return said("budget_doubt.published", language)
    share = in_figures(f"{100 * next(iter(upratings.values())):g}", language)
    day = f"{min(upratings):%d/%m/%Y}"
    return said("budget_doubt.uprated", language, day=day, share=share)
