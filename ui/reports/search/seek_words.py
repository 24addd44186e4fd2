"""The answer of a goal-seek in sentences, in English and French."""

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
    period_text,
    place_text,
    simulations_text,
)
from ui.reports.wording import difference_text, difference_unit_text, ends_text


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
    return f"{question.lever.label[language]} ({place})"


def _title(question: Question, language: Language) -> str:
    outcome, target = question.outcome, question.target
    name = getattr(outcome.definition.label, language)
    limit = limit_text(question, language)
    when = period_text(question.month, question.since, language)
    elsewhere = ""
    if outcome.territory != (question.lever.territory or ALL):
        elsewhere = f" ({place_text(question.scenario, outcome.territory, language)})"
    lever = lever_name(question, language)
    if language == "fr":
        side = "d'au plus" if target.is_upper else "d'au moins"
        period = f"en {when}" if question.month != ALL else f"sur la {when}"
        return (
            f"{lever} : quelle valeur pour que l'indicateur « {name} »{elsewhere} soit {side} "
            f"{limit} {period} ?"
        )
    side = "at most" if target.is_upper else "at least"
    period = f"in {when}" if question.month != ALL else f"over the {when}"
    return f"{lever}: which value makes “{name}”{elsewhere} {side} {limit} {period}?"


def _findings(question: Question, answer: SeekAnswer, language: Language) -> list[str]:
    is_french = language == "fr"
    often = simulations_text(answer.demand.share, language)
    unit = question.lever.unit
    span = [
        lever_text(question.lever.bounds.low, unit, language),
        lever_text(question.lever.bounds.value(question.lever.bounds.last), unit, language),
    ]
    found: list[str] = []
    if answer.status == "found":
        found.append(_range_sentence(question, answer, often, language))
        found += [_threshold_sentence(question, one, answer, language) for one in answer.thresholds]
    elif answer.status == "everywhere":
        found.append(
            f"L'objectif est atteint dans au moins {often} sur toute la plage étudiée, de "
            f"{span[0]} à {span[1]}."
            if is_french
            else f"The target is reached in at least {often} over the whole range studied, from "
            f"{span[0]} to {span[1]}."
        )
    elif answer.status == "nowhere":
        found.append(
            f"L'objectif n'est pas atteignable dans {often} entre {span[0]} et {span[1]}."
            if is_french
            else f"The target cannot be reached in {often} between {span[0]} and {span[1]}."
        )
        found.append(_at_best(question, answer.best, language))
    else:
        found.append(
            f"Avec {answer.demand.simulations} simulations au plus, on ne peut ni confirmer ni "
            f"exclure que l'objectif soit atteint dans {often} entre {span[0]} et {span[1]}."
            if is_french
            else f"With at most {answer.demand.simulations} simulations, it can neither be "
            f"confirmed nor ruled out that the target is reached in {often} between {span[0]} and "
            f"{span[1]}."
        )
        found += [_threshold_sentence(question, one, answer, language) for one in answer.thresholds]
        found.append(_at_best(question, answer.best, language))
    if answer.effect.is_flat and answer.status != "found":
        found.append(_flat_sentence(question, answer, language))
    found += as_is_sentence(question, answer, language)
    found += cost_sentences(question, answer, language)
    if answer.is_uneven:
        found.append(
            "Attention : au milieu de la plage, l'objectif est moins souvent atteint qu'aux deux "
            "bouts ; l'effet du levier n'est pas régulier."
            if is_french
            else "Beware: in the middle of the range the target is reached less often than at both "
            "ends; the effect of the lever is not regular."
        )
    return found


def _range_sentence(question: Question, answer: SeekAnswer, often: str, language: Language) -> str:
    unit, best = question.lever.unit, answer.best.value
    low = next((t.reached for t in answer.thresholds if _rises(t, best)), None)
    high = next((t.reached for t in answer.thresholds if not _rises(t, best)), None)
    texts = {
        name: lever_text(value, unit, language)
        for name, value in (("low", low), ("high", high))
        if value is not None
    }
    if language == "fr":
        goal = f"l'objectif est atteint dans au moins {often}"
        if len(texts) == 2:
            return f"Entre {texts['low']} et {texts['high']}, {goal}."
        return (
            f"À partir de {texts['low']}, {goal}."
            if low is not None
            else (f"Jusqu'à {texts['high']}, {goal}.")
        )
    goal = f"the target is reached in at least {often}"
    if len(texts) == 2:
        return f"Between {texts['low']} and {texts['high']}, {goal}."
    return (
        f"From {texts['low']} on, {goal}."
        if low is not None
        else (f"Up to {texts['high']}, {goal}.")
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
        return (
            f"Le seuil se situe entre {first} et {last} (intervalle de confiance à {level})."
            if language == "fr"
            else f"The threshold lies between {first} and {last} ({level} confidence interval)."
        )
    if threshold.missed is not None:
        value = lever_text(threshold.missed, unit, language)
        return (
            f"À {value}, l'objectif n'est pas atteint assez souvent (confiance {level})."
            if language == "fr"
            else f"At {value} the target is not reached often enough ({level} confidence)."
        )
    if threshold.reached is not None:
        value = lever_text(threshold.reached, unit, language)
        is_below = _rises(threshold, answer.best.value)
        if language == "fr":
            side = "en deçà" if is_below else "au-delà"
            return (
                f"À {value}, l'objectif est atteint assez souvent (confiance {level}) ; {side}, "
                "les simulations ne permettent pas de trancher."
            )
        side = "below" if is_below else "above"
        return (
            f"At {value} the target is reached often enough ({level} confidence); {side}, the "
            "simulations cannot tell."
        )
    return (
        "Les simulations ne permettent pas de situer un seuil."
        if language == "fr"
        else "The simulations cannot place a threshold."
    )


def _at_best(question: Question, best: Point, language: Language) -> str:
    value = lever_text(best.value, question.lever.unit, language)
    often = counted_text(best.reached, best.simulations, language)
    unit = question.outcome.definition.unit
    mean = outcome_text(float(np.nanmean(best.outcomes)), unit, language)
    if language == "fr":
        return (
            f"Au mieux, à {value}, il est atteint dans {often} ; l'indicateur vaut alors {mean} en "
            "moyenne."
        )
    return f"At best, at {value}, it is reached in {often}; the outcome is then {mean} on average."


def _flat_sentence(question: Question, answer: SeekAnswer, language: Language) -> str:
    unit = question.outcome.definition.unit
    effect = answer.effect
    mean = difference_text(effect.mean, unit, language)
    ends = ends_text(effect.ends, unit, language)
    name, level = difference_unit_text(unit, language), per_cent(answer.demand.confidence, language)
    if effect.ends.is_known:
        ends = f"intervalle à {level} : {ends}" if language == "fr" else f"{level} interval {ends}"
    if language == "fr":
        return (
            "Ce levier n'a pas d'effet décelable sur l'indicateur : d'un bout à l'autre de la "
            f"plage, l'écart moyen est de {mean} {name} ({ends})."
        )
    return (
        "This lever has no effect that can be seen on the outcome: from one end of the range to "
        f"the other the mean difference is {mean} {name} ({ends})."
    )


def _basis(question: Question, answer: SeekAnswer, language: Language) -> list[str]:
    most = max(point.simulations for point in answer.points)
    begin = question.since
    name, seed = question.scenario.title, question.seed
    if language == "fr":
        effort = (
            f"{answer.runs} simulations de {len(answer.points)} valeurs du levier, {most} au plus "
            f"par valeur, sur les mêmes personnes et avec le même hasard (graine {seed}). Scénario "
            f"« {name.fr} », levier déplacé à partir du {begin:%d/%m/%Y}."
        )
        monotone = (
            "Le seuil suppose qu'une simulation qui atteint l'objectif l'atteint encore quand le "
            "levier s'en éloigne davantage."
        )
    else:
        effort = (
            f"{answer.runs} simulations of {len(answer.points)} values of the lever, {most} at "
            f"most for each, with the same people and luck (seed {seed}). Scenario “{name.en}”, "
            f"lever moved from {begin} on."
        )
        monotone = (
            "The threshold supposes that a simulation that reaches the target still reaches it "
            "farther away from the threshold."
        )
    return [
        *definition_sentences(question.outcome, language),
        effort,
        monotone,
        doubt_sentence(question.draws, question.share, language),
    ]
