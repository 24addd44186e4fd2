"""What a target is worth and costs, in sentences: its limit, the present value, the price."""

from __future__ import annotations

import numpy as np

from sim.language import Language
from sim.search.question import Question
from sim.search.seeking import SeekAnswer
from ui.reports.search.wording import counted_text, lever_text, outcome_text


def limit_text(question: Question, language: Language) -> str:
    """The limit of the target with its unit."""
    return lever_text(question.target.limit, question.outcome.definition.unit, language)


def as_is_sentence(question: Question, answer: SeekAnswer, language: Language) -> list[str]:
    """How often the target is reached when the lever is not moved; nothing when not simulated."""
    point = answer.as_is
    if point is None:
        return []
    often = counted_text(point.reached, point.simulations, language)
    known = point.outcomes[~np.isnan(point.outcomes)]
    mean = float(np.mean(known)) if len(known) else np.nan
    level = outcome_text(mean, question.outcome.definition.unit, language)
    present = question.lever.present
    value = "" if present is None else f" ({lever_text(present, question.lever.unit, language)})"
    if language == "fr":
        return [
            f"Sans toucher au levier{value} : objectif atteint dans {often}, {level} en moyenne."
        ]
    return [f"Without moving the lever{value}: target reached in {often}, {level} on average."]


def cost_sentences(question: Question, answer: SeekAnswer, language: Language) -> list[str]:
    """What the value that reaches the target costs beyond the present one."""
    lever = question.lever
    values = [t.reached for t in answer.thresholds if t.reached is not None]
    is_french = language == "fr"
    if not values or answer.status != "found":
        return []
    if not lever.has_published_price:
        return [
            "Son coût n'est pas publié : il reste à chiffrer."
            if is_french
            else "Its cost is not published and is left to be priced."
        ]
    if lever.price_eur_per_year is None:
        return [
            "Ce levier ne coûte rien d'autre que le temps des agents en poste."
            if is_french
            else "This lever spends nothing but the time of the staff in post."
        ]
    if lever.present is None:
        return []
    nearest = min(values, key=lambda value: abs(value - (lever.present or 0.0)))
    cost = question.cost_eur_per_year(nearest) or 0.0
    price = outcome_text(lever.price_eur_per_year, "eur", language)
    present = lever_text(lever.present, lever.unit, language)
    at, amount = lever_text(nearest, lever.unit, language), outcome_text(abs(cost), "eur", language)
    year = question.scenario.base.whole("costs.price_year")
    if is_french:
        side = "de plus" if cost >= 0.0 else "de moins"
        return [
            f"À {at}, le coût est de {amount} par an {side} qu'à la valeur actuelle ({present}) : "
            f"{price} par an et par unité, en euros de {year}, hypothèse des tables."
        ]
    side = "more" if cost >= 0.0 else "less"
    return [
        f"At {at} the cost is {amount} a year {side} than at the present value ({present}): "
        f"{price} a year for each unit, euro of {year}, an assumption of the tables."
    ]
