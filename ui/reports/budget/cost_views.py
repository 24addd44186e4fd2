"""The price of results in French: cost, effect, ratio or why there is none, savings by cause."""

from __future__ import annotations

import math

from sim.money.budget.table import Budget
from sim.money.cost_effectiveness import (
    MOST_DOUBT,
    CostEffectiveness,
    PriceOfResult,
    Spread,
)
from sim.money.costs.causes import CAUSES
from ui.reports.budget.names import CAUSE_NAMES, RESULT_NAMES, funder_name
from ui.reports.budget.views import View, scenario_title, signed
from ui.reports.wording import number_text

SAVING = "coût nul ou négatif : pas de prix"
NOT_SURE = "effet incertain : pas de ratio"


def cost_view(budget: Budget, position: int, found: CostEffectiveness) -> View:
    """Net cost and who bears it, then the difference of the allowance by cause."""
    rows = [
        ("Dépenses d'accompagnement en plus", *_euro(found.spent)),
        ("Coût net, tous financeurs (allocation comprise)", *_euro(found.cost)),
        ("dont département", *_euro(found.department)),
        *((f"dont {funder_name(name)}", *_euro(one)) for name, one in found.others.items()),
        *(
            (f"Allocation : {CAUSE_NAMES[cause]}", *_euro(found.allowance_by_cause[cause]))
            for cause in CAUSES
        ),
        ("Économies dues aux sanctions, avant sommes reversées", *_euro(found.sanctions)),
        ("Sommes reversées à la remobilisation", *_euro(found.repaid)),
        ("Coût net hors sanctions (base du prix des résultats)", *_euro(found.price)),
    ]
    year = found.break_even_year
    last = max(found.cumulative)
    text = (
        f"Équilibre atteint en {year} (coût net cumulé, tous financeurs)."
        if year is not None
        else f"Le coût net cumulé reste positif à la fin de {last} : pas d'équilibre d'ici là."
    )
    return View(
        f"Coût net : {scenario_title(budget, position)}",
        f"k€ sur {found.months} mois, écart à la référence (négatif : économie)",
        ("Poste", "Écart", "Intervalle à 90 %"),
        tuple(rows),
        frozenset({1}),
        text,
        f"Coût net {position}",
    )


def results_view(budget: Budget, position: int, found: CostEffectiveness) -> View:
    """What one more result costs, gross and net of displacement."""
    rows = tuple(_result_row(one) for one in found.results)
    share = number_text(found.displacement_share, "share", "fr")
    note = (
        f"Net : {share} % des emplois gagnés sont pris à d'autres (hypothèse tirée de la "
        "littérature). Pas de ratio quand l'effet peut être nul (probabilité supérieure à 5 %)."
    )
    years = number_text(found.struck_off_years.mean, "fte", "fr")
    if found.struck_off_years.mean:
        note += f" Foyers radiés : {years} années de plus, jamais comptées comme évitées."
    return View(
        f"Prix d'un résultat : {scenario_title(budget, position)}",
        "coût net hors sanctions, tous financeurs, par unité de résultat",
        (
            "Résultat",
            "",
            "Effet",
            "Intervalle à 90 %",
            "Effet nul ou négatif",
            "Coût par unité",
            "Probabilité de coûter moins de",
        ),
        rows,
        note=f"{note} {literature_text(found)}",
        sheet=f"Prix des résultats {position}",
    )


def literature_text(found: CostEffectiveness) -> str:
    """How much of the gain of jobs started rests on sizes of effects read in the literature."""
    what = "Part de l'effet sur les emplois commencés qui repose sur la littérature"
    if found.literature_share is None:
        return f"{what} : non calculable (effet incertain)."
    return f"{what} : {number_text(found.literature_share, 'share', 'fr')} %."


def _result_row(one: PriceOfResult) -> tuple[str, ...]:
    if one.ratio is None:
        is_sure = one.no_effect_probability <= MOST_DOUBT
        price = SAVING if one.is_saving and is_sure else NOT_SURE
    else:
        ends = f"[{_whole(one.ratio.low)} ; {_whole(one.ratio.high)}]"
        price = f"{_whole(one.ratio.mean)} €\n{ends}"
    below = "\n".join(
        f"{_whole(threshold)} € : {_percent(chance)}" for threshold, chance in one.below.items()
    )
    return (
        RESULT_NAMES[one.effect_name],
        "net" if one.is_net_of_displacement else "brut",
        number_text(one.effect.mean, "fte", "fr"),
        _ends(one.effect),
        _percent(one.no_effect_probability),
        price,
        below,
    )


def _ends(one: Spread) -> str:
    if math.isnan(one.low):
        return "–"
    return f"[{number_text(one.low, 'fte', 'fr')} ; {number_text(one.high, 'fte', 'fr')}]"


def _euro(one: Spread) -> tuple[str, str]:
    ends = "–" if math.isnan(one.low) else f"[{signed(one.low)} ; {signed(one.high)}]"
    return signed(one.mean), ends


def _whole(value: float) -> str:
    return number_text(value, "number", "fr")


def _percent(chance: float) -> str:
    if math.isnan(chance):
        return "–"
    percent = 100.0 * chance
    if 0.0 < percent < 1.0:
        return "< 1 %"
    return "> 99 %" if 99.0 < percent < 100.0 else f"{percent:.0f} %"
