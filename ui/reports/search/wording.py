"""Words that every answer of a search shares: shares of simulations, units of levers, the frame."""

from __future__ import annotations

import math
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
    unit_named,
    unit_text,
)
from ui.texts import said
from ui.texts.figures import in_figures, is_singular

TENTHS, HUNDREDTHS = 10, 100
IN_PER_CENT = ("share", "relative_change")
DECIMAL_PLACES = 3


def lever_number(value: float, unit: str, language: Language) -> str:
    """A value of a lever: shares in per cent, other numbers with the digits that they need."""
    if unit in IN_PER_CENT:
        return number_text(value, "share", language)
    text = f"{round(value, DECIMAL_PLACES):,.{DECIMAL_PLACES}f}".rstrip("0").rstrip(".")
    return in_figures(text, language).replace("-", "\u2212")


def lever_text(value: float, unit: str, language: Language) -> str:
    """A value of a lever with its unit."""
    return f"{lever_number(value, unit, language)} {unit_text(unit, language)}".strip()


def outcome_text(value: float, unit: str, language: Language) -> str:
    """A value of an outcome with its unit."""
    return f"{number_text(value, unit, language)} {unit_text(unit, language)}".strip()


def simulations_text(share: float, language: Language) -> str:
    """A share of simulations as people say it: 8 simulations out of 10."""
    for parts in (TENTHS, HUNDREDTHS):
        if math.isclose(share * parts, round(share * parts), abs_tol=1e-9):
            return counted_text(round(share * parts), parts, language)
    fraction = Fraction(share).limit_denominator(1000)
    return counted_text(fraction.numerator, fraction.denominator, language)


def counted_text(count: int, of: int, language: Language) -> str:
    """``36 simulations sur 40``."""
    key = "search.of_one" if is_singular(count, language) else "search.of"
    return said(key, language, count=count, all=of)


def per_cent(level: float, language: Language) -> str:
    """A probability or a level of confidence."""
    return in_figures(f"{HUNDREDTHS * level:g} %", language)


def period_text(month: str, since: date, language: Language) -> str:
    """When the outcome is read."""
    if month != ALL:
        return label_text(month, language)
    begin = month_text(since.year, since.month, language)
    return said("search.period", language, begin=begin)


def period_phrase(month: str, since: date, language: Language) -> str:
    """When the outcome is read, with its preposition."""
    key = "search.over_period" if month == ALL else "search.in_month"
    return said(key, language, when=period_text(month, since, language))


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
    unit = unit_named(definition.unit, language)
    return [
        said("search.definition", language, **words),
        said("search.counts", language, unit=unit, **words),
    ]


def doubt_sentence(draws: Draws | None, share: float, language: Language) -> str:
    """Which doubts the simulations hold and which they leave out."""
    if draws is None:
        key = "search.lives_drawn"
    else:
        is_national = draws.department == SHARED
        key = "search.both_drawn_nationally" if is_national else "search.both_drawn"
    sentence = said(key, language)
    if share == 1.0:
        return sentence
    part = said("search.part", language, share=number_text(share, "share", language))
    return f"{sentence} {part}"
