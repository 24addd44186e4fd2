"""What a budget takes for granted: every value with its unit, range, kind, source and note."""

from __future__ import annotations

from sim.money.budget.table import Budget
from sim.money.costs.price_doubts import LEVEL_ERROR, path_of

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
HEADS = ("Hypothèse", "Valeur", "Unité", "Intervalle", "Nature", "Source", "Note (anglais)")


def assumption_rows(budget: Budget) -> list[tuple[str, ...]]:
    """One row for each assumption behind the lines that cost anything, upratings first."""
    base = budget.runs.experiment.reference.base
    rows: list[tuple[str, ...]] = [
        (f"Revalorisation du {day:%d/%m/%Y}", f"{share:+.2%}", "par an", "", "hypothèse", "", "")
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


def drawn_text(budget: Budget) -> str:
    """Which parameters differ between replications, in French."""
    if budget.runs.is_fitted:
        return "paramètres tirés de l'ajustement aux données publiées"
    if budget.runs.has_draws:
        return "tailles d'effet tirées dans leurs intervalles"
    return "incertitude des paramètres exclue"


def doubt_text(budget: Budget) -> str:
    """What the intervals hold, in French."""
    return (
        f"Intervalles à 90 % : hasard simulé, {drawn_text(budget)}, erreur de niveau de "
        f"l'effectif, fourchettes des coûts unitaires. {budget.replications} réplications, graine "
        f"{budget.runs.experiment.seed}. Projection sous hypothèses, pas une mesure."
    )


def uprating_text(budget: Budget) -> str:
    """The upratings that were assumed, in French."""
    upratings = budget.runs.upratings
    if not upratings:
        return "Barèmes publiés sur toute la période."
    share = f"{100 * next(iter(upratings.values())):g}".replace(".", ",")
    first = min(upratings)
    return (
        f"Barèmes publiés jusqu'à la veille du {first:%d/%m/%Y}, puis revalorisation supposée de "
        f"{share} % chaque 1er avril."
    )
