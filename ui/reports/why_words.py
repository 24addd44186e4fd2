"""The reason of an answer in words: the bottleneck of a territory under each scenario."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.experiments.experiment import Experiment
from sim.experiments.headlines import territories_shown
from sim.experiments.why import MONTHS_READ, Lived, Need, Why, why
from sim.language import Language
from sim.outcomes.table import ALL
from sim.policy import Scenario
from ui.reports.wording import PERCENT, number_text, territory_text
from ui.texts import at, said
from ui.texts.figures import is_singular


def shown_reasons(lived: Lived) -> tuple[Why, ...]:
    """The reasons in the territories that a comparison shows, the whole department left out."""
    places = territories_shown(lived.experiment)
    found = why(lived, [place for place in places if place != ALL])
    return explained(found, lived.experiment)


def explained(found: Iterable[Why], experiment: Experiment) -> tuple[Why, ...]:
    """Reasons without those of a scenario that is the reference itself: nothing differs.

    The reference has its own where another one differs from it, or where it stands alone.
    """
    own = experiment.reference.fingerprint()
    kept = {place for place, one in enumerate(experiment.scenarios) if one.fingerprint() != own}
    if kept or len(experiment.scenarios) == 1:
        kept.add(0)
    return tuple(one for one in found if one.position in kept)


def why_sentences(
    found: Iterable[Why], experiment: Experiment, language: Language
) -> tuple[str, ...]:
    """A sentence for each scenario and territory."""
    return tuple(
        said(
            "why.frame",
            language,
            scenario=_title(experiment.scenarios[one.position], language),
            place=territory_text(experiment.reference, one.territory, language),
            reason=reason_text(one, experiment.scenarios[one.position], language),
        )
        for one in found
        if one.needs
    )


def _title(scenario: Scenario, language: Language) -> str:
    return str(getattr(scenario.title, language) or scenario.name)


def reason_text(found: Why, scenario: Scenario, language: Language) -> str:
    """What is short, by how much, and what one more unit changes; or that nothing is."""
    first = found.needs[0]
    if found.bottleneck is None:
        limit = limit_text(first, scenario, language)
        used = number_text(PERCENT * first.ratio, "number", language)
        return said("why.nothing", language, limit=limit, used=used)
    return said(f"why.{first.limit}", language, **_words(first, scenario, language))


def reason_begun(found: Why, scenario: Scenario, language: Language) -> str:
    """The reason as the beginning of a cell or a line."""
    return _capital(reason_text(found, scenario, language))


def limit_begun(need: Need, scenario: Scenario, language: Language) -> str:
    """The name of a limit as the beginning of a cell."""
    return _capital(limit_text(need, scenario, language))


def unit_text(need: Need, language: Language) -> str:
    """What is there and what is asked for are counted in."""
    return said(f"why.unit_{need.limit}", language)


def means_text(language: Language) -> str:
    """Of which months the numbers are means."""
    return said("why.means", language, months=MONTHS_READ)


def limit_heads(language: Language) -> tuple[str, ...]:
    """The heads of a table of limits: who and where, then limit, unit and numbers."""
    numbers = (*at("why.limit_heads", language), said("why.ratio", language))
    return (*at("why.heads", language), *numbers)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def limit_text(need: Need, scenario: Scenario, language: Language) -> str:
    """The name of a limit, with its role."""
    return said(f"why.limit_{need.limit}", language, role=_role(need, scenario, language))


def _role(need: Need, scenario: Scenario, language: Language) -> str:
    return _labels(scenario, "roles", (need.role,) if need.role else (), language)


def _words(need: Need, scenario: Scenario, language: Language) -> dict[str, str]:
    amounts = {"asked": need.asked, "there": need.there, "each": need.each, "more": need.each}
    written = {name: number_text(amount, "number", language) for name, amount in amounts.items()}
    return {
        **written,
        "role": _role(need, scenario, language),
        "units": _units(need, language),
        "pathways": _labels(scenario, "pathways", need.pathways, language),
    }


def _units(need: Need, language: Language) -> str:
    """Posts, or desks of intake, with their number."""
    name, unit = ("desks", "number") if need.limit == "sessions" else ("posts", "fte")
    number = "_one" if is_singular(need.units, language) else ""
    return said(f"why.{name}{number}", language, units=number_text(need.units, unit, language))


def _labels(scenario: Scenario, group: str, names: Sequence[str], language: Language) -> str:
    base = scenario.base
    return ", ".join(base.label_text(group, name, language) for name in names)
