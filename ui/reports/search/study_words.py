"""The result of a sensitivity study in sentences and as a table, in English and French."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sim.language import Language
from sim.outcomes.table import ALL
from sim.search.sensitivity import LEVEL, Sensitivity
from sim.search.study import SensitivityStudy, label_of
from sim.units import date_of, first_day_of_month, month_number
from ui.reports.search.seek_words import Told
from ui.reports.search.wording import (
    definition_sentences,
    lever_number,
    lever_text,
    outcome_text,
    per_cent,
    period_text,
    place_text,
)
from ui.reports.wording import difference_text, difference_unit_text, number_text

HEADS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("morris", "en"): ("Factor", "Range", "Mean effect", "Interval", "Size", "Spread"),
    ("morris", "fr"): ("Facteur", "Plage", "Effet moyen", "Intervalle", "Ampleur", "Dispersion"),
    ("sobol", "en"): ("Factor", "Range", "Alone", "With interactions", "Interval"),
    ("sobol", "fr"): ("Facteur", "Plage", "Seul", "Avec interactions", "Intervalle"),
}


def told_study(study: SensitivityStudy, found: Sensitivity, language: Language = "fr") -> Told:
    """The whole result in words."""
    return Told(
        title=_title(study, language),
        findings=tuple(_findings(study, found, language)),
        basis=tuple(_basis(study, found, language)),
    )


def study_table(study: SensitivityStudy, found: Sensitivity, language: Language) -> list[list[str]]:
    """Each factor, the one that matters most first, as texts with the heads before them."""
    unit = study.outcome.definition.unit
    between = " à " if language == "fr" else " to "
    rows = [list(HEADS[found.method, language])]
    for position in found.order:
        factor, effect = study.factors[position], found.effects[position]
        span = between.join(
            (
                lever_number(factor.low, factor.unit, language),
                lever_text(factor.high, factor.unit, language),
            )
        )
        name = label_of(study, factor, language)
        if found.method == "morris":
            ends = (difference_text(end, unit, language) for end in (effect.low, effect.high))
            rows.append(
                [
                    name,
                    span,
                    f"{difference_text(effect.mean, unit, language)} "
                    f"{difference_unit_text(unit, language)}",
                    between.join(ends),
                    number_text(effect.size, unit, language),
                    number_text(effect.spread, unit, language),
                ]
            )
        else:
            ends = (number_text(max(0.0, e), "share", language) for e in (effect.low, effect.high))
            rows.append(
                [
                    name,
                    span,
                    f"{number_text(max(0.0, effect.mean), 'share', language)} %",
                    f"{number_text(max(0.0, effect.size), 'share', language)} %",
                    f"{between.join(ends)} %",
                ]
            )
    return rows


def study_rows(study: SensitivityStudy, found: Sensitivity) -> list[dict[str, object]]:
    """One row for each factor, the one that matters most first, as numbers."""
    names = {
        "morris": ("mean_effect", "size", "spread", "mean_effect_low", "mean_effect_high"),
        "sobol": ("first_order_share", "total_share", "", "total_share_low", "total_share_high"),
    }[found.method]
    rows = []
    for position in found.order:
        factor, effect = study.factors[position], found.effects[position]
        values = (effect.mean, effect.size, effect.spread, effect.low, effect.high)
        rows.append(
            {
                "factor": factor.name,
                "paths": " ".join(factor.paths),
                "low": factor.low,
                "high": factor.high,
                "factor_unit": factor.unit,
                "held": "always" if factor.is_always else "from the first day of the run",
                **{name: value for name, value in zip(names, values, strict=True) if name},
                "unit": study.outcome.definition.unit if found.method == "morris" else "share",
            }
        )
    return rows


def _title(study: SensitivityStudy, language: Language) -> str:
    name = getattr(study.outcome.definition.label, language)
    scenarios = study.plan.experiment.scenarios
    place = place_text(scenarios[0], study.outcome.territory, language)
    if language == "fr":
        what = f"l'écart de « {scenarios[-1].title.fr} » sur" if study.is_difference else ""
        return f"Qu'est-ce qui pèse le plus sur {what} « {name} » ({place}) ?".replace("  ", " ")
    what = (
        f"the difference that “{scenarios[-1].title.en}” makes to " if study.is_difference else ""
    )
    return f"What matters most for {what}“{name}” ({place})?"


def _findings(study: SensitivityStudy, found: Sensitivity, language: Language) -> list[str]:
    unit = study.outcome.definition.unit
    is_french = language == "fr"
    clear = [position for position in found.order if not found.effects[position].is_unclear]
    if not clear:
        return [
            "Aucun de ces facteurs n'a d'effet décelable sur l'indicateur dans ce plan."
            if is_french
            else "None of these factors has an effect on the outcome that this design can see."
        ]
    factor, effect = study.factors[clear[0]], found.effects[clear[0]]
    name = label_of(study, factor, language)
    low, high = (lever_text(end, factor.unit, language) for end in (factor.low, factor.high))
    if found.method == "morris":
        size = f"{difference_text(effect.mean, unit, language)} "
        size += difference_unit_text(unit, language)
        sentences = [
            f"« {name} » pèse le plus : passer de {low} à {high} change l'indicateur de {size} en "
            "moyenne."
            if is_french
            else f"“{name}” matters most: going from {low} to {high} changes the outcome by {size} "
            "on average."
        ]
        if effect.spread > effect.size:
            sentences.append(
                "Son effet dépend fortement des autres facteurs ou n'est pas proportionnel."
                if is_french
                else "Its effect depends strongly on the other factors, or is not proportional."
            )
    else:
        alone = number_text(max(0.0, effect.mean), "share", language)
        whole = number_text(max(0.0, effect.size), "share", language)
        sentences = [
            f"« {name} » pèse le plus : entre {low} et {high}, il explique à lui seul {alone} % de "
            f"la variance, {whole} % avec ses interactions."
            if is_french
            else f"“{name}” matters most: between {low} and {high} it explains {alone} % of the "
            f"variance alone, {whole} % with its interactions."
        ]
    unclear = [
        label_of(study, study.factors[position], language)
        for position in found.order
        if found.effects[position].is_unclear
    ]
    if unclear:
        sentences.append(
            f"Sans effet décelable dans ce plan : {', '.join(unclear)}."
            if is_french
            else f"Without an effect that this design can see: {', '.join(unclear)}."
        )
    return sentences


def _basis(study: SensitivityStudy, found: Sensitivity, language: Language) -> list[str]:
    unit = study.outcome.definition.unit
    plan = study.plan
    since = date_of(first_day_of_month(month_number(plan.experiment.reference.start) + plan.since))
    when = period_text(study.month, since, language)
    mean = outcome_text(found.mean, unit, language)
    deviation, chance = (
        difference_text(value, unit, language).removeprefix("+")
        for value in (found.deviation, found.chance)
    )
    names = difference_unit_text(unit, language)
    level = per_cent(LEVEL, language)
    runs, seed = f"{study.runs.runs:,}", plan.experiment.seed
    if language == "fr":
        method = (
            "criblage de Morris (1991) : l'effet moyen compare les deux bouts de la plage, "
            "l'ampleur est la moyenne des valeurs absolues, la dispersion dit ce qui dépend des "
            f"autres facteurs ; l'intervalle à {level} est celui de l'effet moyen d'une simulation "
            "à l'autre"
            if found.method == "morris"
            else f"indices de Sobol (Saltelli et al., 2010), intervalle à {level} de l'indice total"
        )
        period = (
            f"Indicateur lu en {when}" if study.month != ALL else f"Indicateur lu sur la {when}"
        )
        texts = [
            f"{runs.replace(',', chr(0x202F))} simulations : {found.points} combinaisons, "
            f"{found.simulations} simulations de chacune sur les mêmes personnes et avec le même "
            f"hasard (graine {seed}) ; {method}.",
            f"{period} : {mean} en moyenne, écart type {deviation} {names} entre combinaisons"
            + ("." if math.isnan(found.chance) else f", {chance} {names} dus au seul hasard."),
            "Les leviers bougent dès le premier jour ; les incertitudes valent aussi pour la "
            "population de départ. Chaque facteur varie uniformément et sans lien avec les autres.",
        ]
    else:
        method = (
            "Morris's screening (1991): the mean effect compares the two ends of the range, size "
            "is the mean of absolute values, spread tells what depends on other factors; the "
            f"{level} interval is that of the mean effect over simulations"
            if found.method == "morris"
            else f"Sobol's indices (Saltelli et al., 2010), {level} interval of the total index"
        )
        period = f"Outcome read in {when}" if study.month != ALL else f"Outcome over the {when}"
        texts = [
            f"{runs} simulations: {found.points} combinations, {found.simulations} simulations of "
            f"each with the same people and luck (seed {seed}); {method}.",
            f"{period}: {mean} on average, standard deviation {deviation} {names} between "
            "combinations"
            + ("." if math.isnan(found.chance) else f", {chance} {names} by chance alone."),
            "Levers move on the first day; uncertainties hold in the starting population too. Each "
            "factor varies evenly and independently of the others.",
        ]
    return [*definition_sentences(study.outcome, language), *texts]
