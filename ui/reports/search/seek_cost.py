"""What a target is worth and costs, in sentences: its limit, the present value, the price."""

from __future__ import annotations

import numpy as np

from sim.language import Language
from sim.search.question import Question
from sim.search.seeking import SeekAnswer
from ui.reports.search.wording import counted_text, lever_text, outcome_text
from ui.texts import said


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
    return [said("seek.as_is", language, value=value, often=often, level=level)]


def cost_sentences(question: Question, answer: SeekAnswer, language: Language) -> list[str]:
    """What the value that reaches the target costs beyond the present one."""
    lever = question.lever
    values = [t.reached for t in answer.thresholds if t.reached is not None]
    if not values or answer.status != "found":
        return []
    if not lever.has_published_price:
        return [said("seek.unpriced", language)]
    if lever.price_eur_per_year is None:
        return [said("seek.costless", language)]
    if lever.present is None:
        return []
    nearest = min(values, key=lambda value: abs(value - (lever.present or 0.0)))
    cost = question.cost_eur_per_year(nearest) or 0.0
    words = {
        "value": lever_text(nearest, lever.unit, language),
        "amount": outcome_text(abs(cost), "eur", language),
        "present": lever_text(lever.present, lever.unit, language),
        "price": outcome_text(lever.price_eur_per_year, "eur", language),
        "year": question.scenario.base.whole("costs.price_year"),
    }
    return [said("seek.dearer" if cost >= 0.0 else "seek.cheaper", language, **words)]
