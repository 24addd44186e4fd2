"""The reason of an answer in words: the bottleneck of a territory under each scenario."""

from __future__ import annotations

from collections.abc import Sequence

from sim.experiments.runner import Results
from sim.experiments.why import Need, Why, why
from sim.language import Language
from sim.outcomes.table import ALL
from sim.policy import Scenario
from ui.reports.wording import PERCENT, number_text, territory_text
from ui.texts import said


def why_sentences(
    results: Results,
    territories: Sequence[str],
    language: Language,
    positions: Sequence[int] | None = None,
) -> tuple[str, ...]:
    """A sentence for each scenario (those at ``positions``, or all) and territory.

    None for the whole department.
    """
    places = [one for one in territories if one != ALL]
    if not results.replications or not places:
        return ()
    experiment = results.experiment
    scenarios = dict(zip(experiment.names, experiment.scenarios, strict=True))
    return tuple(
        said(
            "why.frame",
            language,
            scenario=getattr(scenarios[one.scenario].title, language) or one.scenario,
            place=territory_text(experiment.reference, one.territory, language),
            reason=reason_text(one, scenarios[one.scenario], language),
        )
        for one in why(results, places, positions)
        if one.needs
    )


def reason_text(found: Why, scenario: Scenario, language: Language) -> str:
    """What is short, by how much, and what one more unit changes; or that nothing is."""
    first = found.needs[0]
    role = _labels(scenario, "roles", (first.role,) if first.role else (), language)
    if found.bottleneck is None:
        limit = said(f"why.limit_{first.limit}", language, role=role)
        used = number_text(PERCENT * first.ratio, "number", language)
        return said("why.nothing", language, limit=limit, used=used)
    return said(f"why.{first.limit}", language, role=role, **_words(first, scenario, language))


def _words(need: Need, scenario: Scenario, language: Language) -> dict[str, str]:
    amounts = {"asked": need.asked, "there": need.there, "each": need.each, "more": need.each}
    written = {name: number_text(amount, "number", language) for name, amount in amounts.items()}
    return {
        **written,
        "units": number_text(need.units, "number" if need.limit == "sessions" else "fte", language),
        "pathways": _labels(scenario, "pathways", need.pathways, language),
    }


def _labels(scenario: Scenario, group: str, names: Sequence[str], language: Language) -> str:
    base = scenario.base
    return ", ".join(base.label_text(group, name, language) for name in names)
