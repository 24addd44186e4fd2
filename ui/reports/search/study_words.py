"""The result of a sensitivity study in sentences and as a table."""

from __future__ import annotations

import math
from collections.abc import Iterable

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
from ui.reports.wording import NO_VALUE, difference_text, difference_unit_text, number_text
from ui.texts import at, said
from ui.texts.figures import in_figures


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
    rows = [[str(head) for head in at(f"study.{found.method}_heads", language)]]

    def span_text(ends: Iterable[str]) -> str:
        low, high = ends
        return said("study.range", language, low=low, high=high)

    for position in found.order:
        factor, effect = study.factors[position], found.effects[position]
        span = span_text(
            (
                lever_number(factor.low, factor.unit, language),
                lever_text(factor.high, factor.unit, language),
            )
        )
        name = label_of(study, factor, language)
        if found.method == "morris":
            ends = [difference_text(end, unit, language) for end in (effect.low, effect.high)]
            rows.append(
                [
                    name,
                    span,
                    f"{difference_text(effect.mean, unit, language)} "
                    f"{difference_unit_text(unit, language)}",
                    span_text(ends) if effect.has_interval else NO_VALUE,
                    number_text(effect.size, unit, language),
                    number_text(effect.spread, unit, language),
                ]
            )
        else:
            ends = [number_text(max(0.0, e), "share", language) for e in (effect.low, effect.high)]
            rows.append(
                [
                    name,
                    span,
                    f"{number_text(max(0.0, effect.mean), 'share', language)} %",
                    f"{number_text(max(0.0, effect.size), 'share', language)} %",
                    f"{span_text(ends)} %" if effect.has_interval else NO_VALUE,
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
    if study.is_difference:
        scenario = getattr(scenarios[-1].title, language)
        key = "study.what_of_difference"
        return said(key, language, scenario=scenario, name=name, place=place)
    return said("study.what", language, name=name, place=place)


def _findings(study: SensitivityStudy, found: Sensitivity, language: Language) -> list[str]:
    clear = [position for position in found.order if not found.effects[position].is_unclear]
    untold = [position for position in found.order if found.effects[position].is_untold]
    unseen = [position for position in found.order if position not in (*clear, *untold)]
    sentences = _heaviest(study, found, clear[0], language) if clear else []
    if untold:
        key = "study.untold" if clear or unseen else "study.all_untold"
        names = _names(study, untold, language)
        sentences.append(said(key, language, names=names, count=found.simulations))
    if unseen:
        key = "study.unclear" if clear or untold else "study.none"
        sentences.append(said(key, language, names=_names(study, unseen, language)))
    return sentences


def _names(study: SensitivityStudy, positions: Iterable[int], language: Language) -> str:
    return ", ".join(label_of(study, study.factors[one], language) for one in positions)


def _heaviest(
    study: SensitivityStudy, found: Sensitivity, position: int, language: Language
) -> list[str]:
    """What the factor that matters most does."""
    unit = study.outcome.definition.unit
    factor, effect = study.factors[position], found.effects[position]
    low, high = (lever_text(end, factor.unit, language) for end in (factor.low, factor.high))
    ends = {"name": label_of(study, factor, language), "low": low, "high": high}
    if found.method == "morris":
        size = f"{difference_text(effect.mean, unit, language)} "
        size += difference_unit_text(unit, language)
        sentences = [said("study.most", language, size=size, **ends)]
        if effect.spread > effect.size:
            sentences.append(said("study.depends", language))
        return sentences
    alone = number_text(max(0.0, effect.mean), "share", language)
    whole = number_text(max(0.0, effect.size), "share", language)
    return [said("study.explains", language, alone=alone, whole=whole, **ends)]


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
    method = said(f"study.{found.method}", language, level=per_cent(LEVEL, language))
    is_month = study.month != ALL
    period = "study.read_in_month" if is_month else "study.read_over_period"
    known = {
        "period": said(period, language, when=when),
        "mean": mean,
        "deviation": deviation,
        "unit": names,
        "chance": chance,
    }
    told = "study.mean" if math.isnan(found.chance) else "study.mean_and_chance"
    return [
        *definition_sentences(study.outcome, language),
        said(
            "study.effort",
            language,
            runs=in_figures(f"{study.runs.runs:,}", language),
            points=found.points,
            each=found.simulations,
            seed=plan.experiment.seed,
            method=method,
        ),
        said(told, language, **known),
        said("study.moved", language),
    ]
