"""Words that every answer of a search shares: shares of simulations, units of levers, the frame."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from sim.language import Language
from sim.outcomes.table import ALL
from sim.parameters.draws import SHARED, Draws
from sim.policy import Scenario
from sim.search.naming import SoughtOutcome
from ui.reports.wording import (
    label_text,
    month_text,
    number_text,
    territory_text,
    unit_text,
)
from ui.texts import at

TENTHS, HUNDREDTHS = 10, 100
LEVER_UNITS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "count": "",
        "desks": "interviews side by side",
        "factor": "times the reference",
        "hours_per_week": "hours a week",
        "months": "months",
        "per_year": "a year",
        "persons_per_fte": "persons for one FTE",
        "places": "places",
        "points": "points",
        "relative_change": "%",
        "years": "years",
    },
    "fr": {
        "count": "",
        "desks": "entretiens en parallèle",
        "factor": "fois la référence",
        "hours_per_week": "heures par semaine",
        "months": "mois",
        "per_year": "par an",
        "persons_per_fte": "personnes par ETP",
        "places": "places",
        "points": "points",
        "relative_change": "%",
        "years": "ans",
    },
}
"""Units of levers that no outcome has."""
IN_PER_CENT = ("share", "relative_change")
DECIMAL_PLACES = 3


def lever_number(value: float, unit: str, language: Language) -> str:
    """A value of a lever: shares in per cent, other numbers with the digits that they need."""
    if unit in IN_PER_CENT:
        return number_text(value, "share", language)
    text = f"{round(value, DECIMAL_PLACES):,.{DECIMAL_PLACES}f}".rstrip("0").rstrip(".")
    if language == "fr":
        text = text.replace(",", "\u202f").replace(".", ",")
    return text.replace("-", "\u2212")


def lever_unit(unit: str, language: Language) -> str:
    """The name of the unit of a lever."""
    known = {**LEVER_UNITS[language], **at("report.units", language)}
    return str(known.get(unit, unit))


def lever_text(value: float, unit: str, language: Language) -> str:
    """A value of a lever with its unit."""
    return f"{lever_number(value, unit, language)} {lever_unit(unit, language)}".strip()


def outcome_text(value: float, unit: str, language: Language) -> str:
    """A value of an outcome with its unit."""
    name = "" if unit == "number" else unit_text(unit, language)
    return f"{number_text(value, unit, language)} {name}".strip()


def simulations_text(share: float, language: Language) -> str:
    """A share of simulations as people say it: 8 simulations out of 10."""
    for parts in (TENTHS, HUNDREDTHS):
        if math.isclose(share * parts, round(share * parts), abs_tol=1e-9):
            return counted_text(round(share * parts), parts, language)
    fraction = Fraction(share).limit_denominator(1000)
    return counted_text(fraction.numerator, fraction.denominator, language)


def counted_text(count: int, of: int, language: Language) -> str:
    """``36 simulations sur 40``."""
    if language == "fr":
        return f"{count} simulation{'s' if count > 1 else ''} sur {of}"
    return f"{count} of {of} simulations"


def per_cent(level: float, language: Language) -> str:
    """A probability or a level of confidence."""
    text = f"{HUNDREDTHS * level:g} %"
    return text.replace(".", ",") if language == "fr" else text


def period_text(month: str, since: date, language: Language) -> str:
    """When the outcome is read."""
    if month != ALL:
        return label_text(month, language)
    begin = month_text(since.year, since.month, language)
    return f"période ouverte en {begin}" if language == "fr" else f"period from {begin} on"


def place_text(scenario: Scenario, territory: str | None, language: Language) -> str:
    """The name of a territory; the whole department for None."""
    return territory_text(scenario, territory or ALL, language)


def definition_sentences(outcome: SoughtOutcome, language: Language) -> list[str]:
    """What the outcome counts: definition, unit, moment from which it counts, for whom."""
    definition = outcome.definition
    words = {
        name: getattr(getattr(definition, name), language)
        for name in ("label", "definition", "start", "population")
    }
    unit = unit_text(definition.unit, language) or definition.unit
    if language == "fr":
        return [
            f"« {words['label']} » : {words['definition']}",
            f"Unité : {unit}. Point de départ (T0) : {words['start']}. "
            f"Population : {words['population']}.",
        ]
    return [
        f"{words['label']}: {words['definition']}",
        f"Unit: {unit}. Starts (T0): {words['start']}. Population: {words['population']}.",
    ]


def doubt_sentence(draws: Draws | None, share: float, language: Language) -> str:
    """Which doubts the simulations hold and which they leave out."""
    if language == "fr":
        text = (
            "Chaque simulation tire au sort les trajectoires, non les paramètres du modèle : leur "
            "incertitude s'y ajoute et n'est pas comptée ici."
            if draws is None
            else "Chaque simulation tire au sort les trajectoires et les paramètres du modèle, "
            "dans ce que les données publiées laissent ouvert"
            + (" à l'échelle nationale." if draws.department == SHARED else ".")
        )
        if share != 1.0:
            reduced = number_text(share, "share", language)
            text += f" Département réduit à {reduced} % : ordre de grandeur seulement."
        return text
    text = (
        "Each simulation draws lives, not the parameters of the model: their uncertainty comes on "
        "top and is not counted here."
        if draws is None
        else "Each simulation draws lives and the parameters of the model, within what published "
        "data leave open" + (" at national level." if draws.department == SHARED else ".")
    )
    return text if share == 1.0 else f"{text} Part of a department: an order of magnitude only."
