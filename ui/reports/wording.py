"""Numbers, dates and units as people read them, in English and French."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sim.experiments.intervals import Ends
from sim.language import Language
from sim.outcomes.table import ALL
from sim.plain_text import escaped
from sim.policy import Scenario
from ui.texts import at, said
from ui.texts.figures import bracketed, in_figures
from ui.texts.typography import composed

MINUS = "\u2212"
PERCENT = 100.0
DECIMALS: Mapping[str, int] = {
    "days": 1,
    "fte": 1,
    "months": 2,
    "per_person": 2,
    "per_person_month": 2,
    "share": 1,
}
"""Digits after the point by unit; none for the other units."""

NO_VALUE = "–"


def number_text(value: float, unit: str, language: Language = "en") -> str:
    """A value: shares in per cent, thousands apart, ``–`` when there is none."""
    if not math.isfinite(value):
        return NO_VALUE
    shown = value * PERCENT if unit == "share" else value
    text = f"{shown:,.{DECIMALS.get(unit, 0)}f}"
    if float(text.replace(",", "")) == 0.0:
        text = text.removeprefix("-")
    return in_figures(text.replace("-", MINUS), language)


def difference_text(value: float, unit: str, language: Language = "en") -> str:
    """A difference with its sign; those of shares are in points."""
    text = number_text(value, unit, language)
    is_zero = not any(digit in text for digit in "123456789")
    return text if is_zero or value < 0.0 or not math.isfinite(value) else f"+{text}"


def interval_text(low: float, high: float, unit: str, language: Language = "en") -> str:
    """An interval between brackets, ``–`` when there is none."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return NO_VALUE
    ends = (difference_text(low, unit, language), difference_text(high, unit, language))
    return bracketed(ends, language)


def ends_text(
    ends: Ends, unit: str, language: Language = "en", *, is_over_draws: bool = False
) -> str:
    """An interval between brackets, or in a few words why there is none.

    ``is_over_draws``: of means of draws, each of several simulations.
    """
    counted = "_draws" if is_over_draws else ""
    if ends.is_known:
        low, high = (difference_text(end, unit, language) for end in (ends.low, ends.high))
        written = interval_text(ends.low, ends.high, unit, language)
        return written if low != high else f"{written}, {said('report.interval_exact', language)}"
    if ends.replications < 1:
        return NO_VALUE
    if ends.replications > 1 and not ends.differing:
        count = number_text(ends.replications, "number", language)
        return said(f"report.interval_same{counted}", language, count=count)
    count = number_text(_about(ends.needed), "number", language)
    return said(f"report.interval_few{counted}", language, count=count)


def _about(count: float) -> float:
    """A number that is only roughly known, with two significant digits, rounded up."""
    step = 10.0 ** max(math.floor(math.log10(count)) - 1, 0)
    return math.ceil(count / step) * step


def unit_text(unit: str, language: Language = "en") -> str:
    """The name of a unit; empty for a number of what the label names."""
    return said(f"unit.{unit}", language)


def unit_named(unit: str, language: Language) -> str:
    """The name of a unit where one has to stand: along an axis, in a column of units."""
    return unit_text(unit, language) or said("chart.number", language)


def difference_unit_text(unit: str, language: Language = "en") -> str:
    """The name of the unit of a difference: shares differ by points."""
    return "points" if unit == "share" else unit_text(unit, language)


def month_text(year: int, month: int, language: Language = "en") -> str:
    """A month of a year, such as ``Apr 2023`` or ``avr. 2023``."""
    return f"{at('date.short_months', language)[month - 1]} {year}"


def label_text(label: str, language: Language = "en") -> str:
    """A month label (``2023-04``) in words."""
    year, month = label.split("-")
    return month_text(int(year), int(month), language)


def territory_text(scenario: Scenario, territory: str, language: Language) -> str:
    """The name of a territory, or of the whole department."""
    if territory == ALL:
        return f"{scenario.base.label}, {said('report.whole_department', language)}"
    return scenario.base.label_text("territories", territory, language)


def html_text(text: str) -> str:
    """French text for a page: escaped, with the spaces that must not break."""
    return escaped(composed(text))
