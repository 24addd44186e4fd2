"""The result of a race in sentences and as a table."""

from __future__ import annotations

from sim.language import Language
from sim.search.racing import Contest
from sim.search.selecting import Podium
from ui.reports.search.seek_words import Told
from ui.reports.search.wording import (
    counted_text,
    definition_sentences,
    doubt_sentence,
    outcome_text,
    per_cent,
    period_phrase,
    place_text,
)
from ui.reports.wording import difference_text, difference_unit_text, ends_text, number_text
from ui.texts import at, said


def told_contest(asked: Contest, podium: Podium, language: Language = "fr") -> Told:
    """The whole result in words."""
    return Told(
        title=_title(asked, language),
        findings=tuple(_findings(asked, podium, language)),
        basis=tuple(_basis(asked, podium, language)),
    )


def contest_table(asked: Contest, podium: Podium, language: Language) -> list[list[str]]:
    """Each scenario, the best one first, as texts with the heads before them."""
    definition = asked.outcome.definition
    sign = 1.0 if podium.race.is_lower_better else -1.0
    others = sorted(
        (one.position for one in podium.entrants if one.position != podium.best),
        key=lambda position: sign * podium.entrants[position].mean,
    )
    first = podium.entrants[podium.best]
    rows = [[str(head) for head in at("race.heads", language)]]
    mean = outcome_text(first.mean, definition.unit, language)
    rows.append([titles_of(asked, language)[podium.best], mean, "", "", "", _rank(True, language)])
    for position in others:
        entrant = podium.entrants[position]
        lead, ends = podium.lead(position)
        leads = podium.leads(position)
        rows.append(
            [
                titles_of(asked, language)[position],
                outcome_text(entrant.mean, definition.unit, language),
                f"{difference_text(lead, definition.unit, language)} "
                f"{difference_unit_text(definition.unit, language)}",
                ends_text(ends, definition.unit, language),
                counted_text(int((leads > 0.0).sum()), len(leads), language),
                _rank(position in podium.leaders, language),
            ]
        )
    return rows


def titles_of(asked: Contest, language: Language) -> list[str]:
    """The titles of the scenarios."""
    return [getattr(scenario.title, language) for scenario in asked.scenarios]


def _rank(is_leader: bool, language: Language) -> str:
    return said("race.leads" if is_leader else "race.left", language)


def _title(asked: Contest, language: Language) -> str:
    return said(
        "race.lowest" if asked.race.is_lower_better else "race.highest",
        language,
        name=getattr(asked.outcome.definition.label, language),
        place=place_text(asked.scenarios[0], asked.outcome.territory, language),
        period=period_phrase(asked.month, asked.since, language),
    )


def _findings(asked: Contest, podium: Podium, language: Language) -> list[str]:
    unit = asked.outcome.definition.unit
    titles = titles_of(asked, language)
    known = {"level": per_cent(asked.race.probability, language), "count": podium.simulations}
    if not podium.is_decided:
        *names, last = (said("race.quoted", language, title=titles[p]) for p in podium.leaders)
        listed = said("race.listed", language, names=", ".join(names), last=last)
        return [
            said("race.open", language, listed=listed, **known),
            said("race.among", language, **known),
        ]
    best = podium.entrants[podium.best]
    value = outcome_text(best.mean, unit, language)
    least = outcome_text(asked.race.indifference, unit, language)
    sure = "race.sure_beyond" if asked.race.indifference else "race.sure"
    share = f"{number_text(min(_share_won(podium)), 'share', language)} %"
    return [
        said("race.best", language, title=titles[podium.best], value=value),
        said(sure, language, least=least, **known),
        said("race.won", language, share=share),
    ]


def _share_won(podium: Podium) -> list[float]:
    """In which part of the simulations the best one is better than each other one."""
    others = (one.position for one in podium.entrants if one.position != podium.best)
    return [float((podium.leads(position) > 0.0).mean()) for position in others]


def _basis(asked: Contest, podium: Podium, language: Language) -> list[str]:
    rule = "race.rule_kn" if asked.race.indifference else "race.rule_paired"
    effort = said(
        "race.effort",
        language,
        runs=sum(len(one.outcomes) for one in podium.entrants),
        most=podium.simulations,
        seed=asked.experiment.seed,
        rule=said(rule, language),
    )
    return [
        *definition_sentences(asked.outcome, language),
        effort,
        doubt_sentence(asked.draws, asked.share, language),
    ]
