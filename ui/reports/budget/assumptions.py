"""What a budget takes for granted: every value with its unit, range, kind and source."""

from __future__ import annotations

from sim.language import Language
from sim.money.budget.table import Budget
from sim.money.costs.price_doubts import LEVEL_ERROR, path_of
from sim.parameters import Parameters
from sim.parameters.entry import Uncertainty
from ui.texts import group_of, said
from ui.texts.figures import bracketed, in_figures

AssumptionRow = tuple[str | float, ...]
"""Path, value, unit, range, kind and source."""
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


def assumption_rows(budget: Budget, language: Language = "fr") -> list[AssumptionRow]:
    """One row for each assumption behind the lines that cost anything, upratings first."""
    base = budget.runs.experiment.reference.base
    rows: list[AssumptionRow] = [
        (
            said("budget_doubt.uprating", language, day=f"{day:%d/%m/%Y}"),
            share,
            said("budget_doubt.a_year", language),
            "",
            said("budget_doubt.assumed", language),
            "",
        )
        for day, share in budget.runs.upratings.items()
    ]
    alive = {line for row in budget.rows for line in row.lines}
    paths = [path for line in budget.lines if line in alive and (path := path_of(line))]
    for path in dict.fromkeys((*GENERAL, *paths)):
        record = base.entry(path)
        rows.append(
            (
                path,
                _value(base, path, language),
                _unit(record.unit, language),
                _range(record.uncertainty, language),
                said(f"kind.{record.kind}", language),
                ", ".join(record.source),
            )
        )
    return rows


def _value(base: Parameters, path: str, language: Language) -> str | float:
    """A number as a number; one that changes by date as words."""
    value = base.value(path)
    if not isinstance(value, tuple):
        return value if isinstance(value, str) else float(value)
    dated = base.dated(path)
    if len(dated) == 1 and not isinstance(dated[0][1], str):
        return float(dated[0][1])
    sinces = (
        said("budget_doubt.since", language, day=f"{day:%d/%m/%Y}", value=_figure(item, language))
        for day, item in dated
    )
    return " ; ".join(sinces)


def _figure(value: object, language: Language) -> str:
    return in_figures(f"{value:,.10g}", language) if isinstance(value, float) else str(value)


def _unit(unit: str, language: Language) -> str:
    if unit in ("share", "relative_change"):
        return said("budget_doubt.part", language)
    return said(f"unit.{unit}", language) if unit in group_of("unit") else unit


def _range(found: Uncertainty, language: Language) -> str:
    """The range with its content; without one, that it was not stated."""
    if found.interval is None or found.low is None or found.high is None:
        return "–"
    ends = (in_figures(f"{end:,.6g}", language) for end in (found.low, found.high))
    return f"{bracketed(ends, language)} ({found.interval:.0%})".replace("%", " %")


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
        percent=f"{100.0 * budget.share:.0f}",
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
