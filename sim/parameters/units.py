"""The closed list of units a parameter may have, each with the form and range it accepts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Shape = Literal["number", "flag", "word", "words"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what one unit of it means and the widest range its values may take."""

    name: str
    meaning: str
    low: float | None = 0.0
    high: float | None = None
    shape: Shape = "number"


_ALL = (
    Unit("per_month", "hazard: expected events per month while exposed"),
    Unit("per_year", "rate of change a year", low=-1.0, high=1.0),
    Unit("share", "part of a whole, 0 to 1", high=1.0),
    Unit("factor", "multiplier without unit"),
    Unit("relative_change", "relative increase (0.25 is +25 %)", low=-1.0),
    Unit("coefficient", "multiple of a legal amount"),
    Unit("exponent", "power or elasticity without unit", low=None),
    Unit("log_sd", "standard deviation of a natural logarithm"),
    Unit("correlation", "correlation, -1 to 1", low=-1.0, high=1.0),
    Unit("days", "calendar days"),
    Unit("weeks", "weeks"),
    Unit("months", "months of 365.25 / 12 days"),
    Unit("years", "years"),
    Unit("minutes", "minutes of work"),
    Unit("hours_per_week", "hours a week"),
    Unit("per_person_month", "number a month for one person"),
    Unit("minutes_per_person_month", "minutes of work a month for one person"),
    Unit("eur", "euro"),
    Unit("eur_per_month", "euro a month"),
    Unit("persons_per_month", "persons a month"),
    Unit("eur_per_year", "euro a year"),
    Unit("households", "households of the benefit"),
    Unit("stock", "households or persons, as stock_unit says"),
    Unit("persons", "persons"),
    Unit("persons_per_fte", "persons for one full-time caseworker"),
    Unit("fte", "full-time equivalents dedicated to recipients of the benefit"),
    Unit("places", "places that can be held at the same time"),
    Unit("desks", "interviews that can be held side by side"),
    Unit("count", "a number of things"),
    Unit("points", "integer points of the assessment"),
    Unit("rank", "order, 0 first"),
    Unit("yes_no", "true or false", shape="flag"),
    Unit("word", "one word of a closed list", shape="word"),
    Unit("words", "a list of words of a closed list", shape="words"),
)

UNITS: dict[str, Unit] = {unit.name: unit for unit in _ALL}
KINDS = ("published", "derived", "calibrated", "literature", "assumed")
KINDS_NEEDING_A_NOTE = ("derived", "assumed")
