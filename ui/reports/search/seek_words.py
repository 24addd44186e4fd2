"""The answer of a goal-seek in sentences."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.language import Language
from sim.outcomes.table import ALL
from sim.search.question import Question
from sim.search.seeking import Point, SeekAnswer, Threshold
from ui.reports.search.seek_cost import as_is_sentence, cost_sentences, limit_text
from ui.reports.search.wording import (
    counted_text,
    definition_sentences,
    doubt_sentence,
    lever_number,
    lever_text,
    outcome_text,
    per_cent,
    period_phrase,
    place_text,
    simulations_text,
)
from ui.reports.wording import difference_text, difference_unit_text, ends_text
from ui.texts import said


@dataclass(frozen=True)
class Told:
    """An answer in words: the question, what was found, what it rests on."""

    title: str
    findings: tuple[str, ...]
    basis: tuple[str, ...]


def told(question: Question, answer: SeekAnswer, language: Language = "fr") -> Told:
    """The whole answer in words."""
    return Told(
        title=_title(question, language),
        findings=tuple(_findings(question, answer, language)),
        basis=tuple(_basis(question, answer, language)),
    )


def lever_name(question: Question, language: Language) -> str:
    """The lever and where it is moved."""
    place = place_text(question.scenario, question.lever.territory, language)
    return said("seek.lever", language, label=question.lever.label[language], place=place)


def _title(question: Question, language: Language) -> str:
    outcome, target = question.outcome, question.target
    elsewhere = ""
    if outcome.territory != (question.lever.territory or ALL):
        elsewhere = f" ({place_text(question.scenario, outcome.territory, language)})"
    return said(
        "seek.at_most" if target.is_upper else "seek.at_least",
        language,
        lever=lever_name(question, language),
        name=getattr(outcome.definition.label, language),
        elsewhere=elsewhere,
        limit=limit_text(question, language),
        period=period_phrase(question.month, question.since, language),
    )


def _findings(question: Question, answer: SeekAnswer, language: Language) -> list[str]:
    unit, bounds = question.lever.unit, question.lever.bounds
    span = {
        "often": simulations_text(answer.demand.share, language),
        "first": lever_text(bounds.low, unit, language),
        "last": lever_text(bounds.value(bounds.last), unit, language),
    }
    found: list[str] = []
    if answer.status == "found":
        found.append(_range_sentence(question, answer, span["often"], language))
        found += [_threshold_sentence(question, one, answer, language) for one in answer.thresholds]
    elif answer.status == "everywhere":
        found.append(said("seek.everywhere", language, **span))
    elif answer.status == "nowhere":
        found.append(said("seek.nowhere", language, **span))
        found.append(_at_best(question, answer.best, language))
    else:
        found.append(said("seek.open", language, count=answer.demand.simulations, **span))
        found += [_threshold_sentence(question, one, answer, language) for one in answer.thresholds]
        found.append(_at_best(question, answer.best, language))
    if answer.effect.is_flat and answer.status != "found":
        found.append(_flat_sentence(question, answer, language))
    found += as_is_sentence(question, answer, language)
    found += cost_sentences(question, answer, language)
    if answer.is_uneven:
        found.append(said("seek.uneven", language))
    return found


def _range_sentence(question: Question, answer: SeekAnswer, often: str, language: Language) -> str:
    unit, best = question.lever.unit, answer.best.value
    low = next((t.reached for t in answer.thresholds if _rises(t, best)), None)
    high = next((t.reached for t in answer.thresholds if not _rises(t, best)), None)
    ends = {
        name: lever_text(value, unit, language)
        for name, value in (("low", low), ("high", high))
        if value is not None
    }
    both = "seek.between" if len(ends) == 2 else None
    return said(
        both or ("seek.up_to" if low is None else "seek.from"), language, often=often, **ends
    )


def _rises(threshold: Threshold, best: float) -> bool:
    """Whether more of the lever leads from the threshold to the best value."""
    if threshold.missed is not None and threshold.reached is not None:
        return threshold.missed < threshold.reached
    known = threshold.reached if threshold.reached is not None else threshold.missed
    return known is not None and known <= best


def _threshold_sentence(
    question: Question, threshold: Threshold, answer: SeekAnswer, language: Language
) -> str:
    unit = question.lever.unit
    level = per_cent(answer.demand.confidence, language)
    if threshold.missed is not None and threshold.reached is not None:
        low, high = sorted((threshold.missed, threshold.reached))
        first, last = lever_number(low, unit, language), lever_text(high, unit, language)
        return said("seek.threshold", language, first=first, last=last, level=level)
    if threshold.missed is not None:
        value = lever_text(threshold.missed, unit, language)
        return said("seek.missed", language, value=value, level=level)
    if threshold.reached is not None:
        value = lever_text(threshold.reached, unit, language)
        is_below = _rises(threshold, answer.best.value)
        key = "seek.reached_not_below" if is_below else "seek.reached_not_above"
        return said(key, language, value=value, level=level)
    return said("seek.no_threshold", language)


def _at_best(question: Question, best: Point, language: Language) -> str:
    value = lever_text(best.value, question.lever.unit, language)
    often = counted_text(best.reached, best.simulations, language)
    unit = question.outcome.definition.unit
    mean = outcome_text(float(np.nanmean(best.outcomes)), unit, language)
    return said("seek.at_best", language, value=value, often=often, mean=mean)


def _flat_sentence(question: Question, answer: SeekAnswer, language: Language) -> str:
    unit = question.outcome.definition.unit
    effect = answer.effect
    mean = difference_text(effect.mean, unit, language)
    ends = ends_text(effect.ends, unit, language)
    name, level = difference_unit_text(unit, language), per_cent(answer.demand.confidence, language)
    if effect.ends.is_known:
        ends = said("seek.interval", language, level=level, ends=ends)
    return said("seek.flat", language, mean=mean, unit=name, ends=ends)


def _basis(question: Question, answer: SeekAnswer, language: Language) -> list[str]:
    most = max(point.simulations for point in answer.points)
    begin = question.since
    effort = said(
        "seek.effort",
        language,
        runs=answer.runs,
        points=len(answer.points),
        most=most,
        seed=question.seed,
        name=getattr(question.scenario.title, language),
        since=f"{begin:%d/%m/%Y}" if language == "fr" else begin,
    )
    return [
        *definition_sentences(question.outcome, language),
        effort,
        said("seek.monotone", language),
        doubt_sentence(question.draws, question.share, language),
    ]
