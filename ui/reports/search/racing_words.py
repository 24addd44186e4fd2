"""The result of a race in sentences and as a table, in English and French."""

from __future__ import annotations

from collections.abc import Mapping

from sim.language import Language
from sim.outcomes.table import ALL
from sim.search.racing import Contest
from sim.search.selecting import Podium
from ui.reports.search.seek_words import Told
from ui.reports.search.wording import (
    counted_text,
    definition_sentences,
    doubt_sentence,
    outcome_text,
    per_cent,
    period_text,
    place_text,
)
from ui.reports.wording import difference_text, difference_unit_text, ends_text, number_text

HEADS: Mapping[str, tuple[str, ...]] = {
    "en": ("Scenario", "Mean", "Lead of the best one", "Interval", "The best is better in", ""),
    "fr": ("Scénario", "Moyenne", "Avance du meilleur", "Intervalle", "Le meilleur l'emporte", ""),
}


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
    rows = [list(HEADS[language])]
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
    if language == "fr":
        return "en tête" if is_leader else "écarté"
    return "leads" if is_leader else "left"


def _title(asked: Contest, language: Language) -> str:
    name = getattr(asked.outcome.definition.label, language)
    place = place_text(asked.scenarios[0], asked.outcome.territory, language)
    when = period_text(asked.month, asked.since, language)
    if language == "fr":
        side = "la plus basse" if asked.race.is_lower_better else "la plus haute"
        period = f"en {when}" if asked.month != ALL else f"sur la {when}"
        return f"Quel scénario donne la valeur {side} de « {name} » ({place}) {period} ?"
    side = "lowest" if asked.race.is_lower_better else "highest"
    period = f"in {when}" if asked.month != ALL else f"over the {when}"
    return f"Which scenario gives the {side} “{name}” ({place}) {period}?"


def _findings(asked: Contest, podium: Podium, language: Language) -> list[str]:
    unit = asked.outcome.definition.unit
    titles = titles_of(asked, language)
    level = per_cent(asked.race.probability, language)
    count = podium.simulations
    best = podium.entrants[podium.best]
    value = outcome_text(best.mean, unit, language)
    matters = outcome_text(asked.race.indifference, unit, language)
    is_french = language == "fr"
    if not podium.is_decided:
        names = [f"« {titles[p]} »" if is_french else f"“{titles[p]}”" for p in podium.leaders]
        listed = ", ".join(names[:-1]) + (" et " if is_french else " and ") + names[-1]
        return [
            f"Après {count} simulations, {listed} ne sont pas départagés au seuil de {level}."
            if is_french
            else f"After {count} simulations {listed} are not told apart at {level}.",
            f"Le meilleur de tous en fait partie, avec une probabilité d'au moins {level}. "
            "Indiquer la plus petite différence qui compte permet de conclure."
            if is_french
            else f"The best of all is among them, with a probability of at least {level}. Giving "
            "the smallest difference that matters lets the race end.",
        ]
    least = f"{number_text(min(_share_won(podium)), 'share', language)} %"
    if is_french:
        sure = f"Probabilité de choisir juste : au moins {level}"
        if asked.race.indifference:
            sure += f", dès que le meilleur devance les autres d'au moins {matters}"
        return [
            f"« {titles[podium.best]} » est le meilleur : {value} en moyenne.",
            f"{sure}, après {count} simulations.",
            f"Il l'emporte sur chacun des autres dans au moins {least} des simulations.",
        ]
    sure = f"Probability of choosing right: at least {level}"
    if asked.race.indifference:
        sure += f", where the best leads the others by at least {matters}"
    return [
        f"“{titles[podium.best]}” is the best: {value} on average.",
        f"{sure}, after {count} simulations.",
        f"It beats each other one in at least {least} of the simulations.",
    ]


def _share_won(podium: Podium) -> list[float]:
    """In which part of the simulations the best one is better than each other one."""
    others = (one.position for one in podium.entrants if one.position != podium.best)
    return [float((podium.leads(position) > 0.0).mean()) for position in others]


def _basis(asked: Contest, podium: Podium, language: Language) -> list[str]:
    seed = asked.experiment.seed
    if asked.race.indifference:
        rule = (
            "procédure KN (Kim et Nelson, 2001)"
            if language == "fr"
            else ("procedure KN (Kim and Nelson, 2001)")
        )
    else:
        rule = (
            "élimination sur différences appariées, erreur répartie entre les examens successifs"
            if language == "fr"
            else "elimination on paired differences, the error shared out over the looks"
        )
    runs = sum(len(one.outcomes) for one in podium.entrants)
    effort = (
        f"{runs} simulations en tout, {podium.simulations} au plus par scénario, mêmes personnes "
        f"et même hasard d'un scénario à l'autre (graine {seed}) ; {rule}."
        if language == "fr"
        else f"{runs} simulations in all, {podium.simulations} at most for each scenario, with the "
        f"same people and luck in all scenarios (seed {seed}); {rule}."
    )
    return [
        *definition_sentences(asked.outcome, language),
        effort,
        doubt_sentence(asked.draws, asked.share, language),
    ]
