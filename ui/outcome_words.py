"""Outcomes as they are written: names, units, scale, definition with its starting point."""

from __future__ import annotations

from dataclasses import dataclass

from sim.outcomes.definitions import outcome_definition
from sim.outcomes.table import ALL
from sim.parameters import Parameters
from sim.parameters.entry import Uncertainty, dated_pairs
from ui.numbers import DECIMALS, PER_CENT, number, plain_number, takes_singular
from ui.spoken import has_text, language, text, words

YES_NO = "yes_no"
IN_PER_CENT = ("share", "relative_change")
COUNTED = ("households", "persons")
MOST_MORE_DECIMALS = 2
FROM_ZERO = ("days", "share", "per_person_month", "fte")


@dataclass(frozen=True)
class Shown:
    """An outcome as it is written: its unit, that of its differences, scale and decimals."""

    name: str
    label: str
    unit: str
    difference_unit: str
    scale: float
    decimals: int
    is_counted: bool
    """Households or persons: a difference is also given in per cent."""
    from_zero: bool

    @classmethod
    def of(cls, outcome: str) -> Shown:
        """Shares are shown in per cent, their differences in points."""
        definition = outcome_definition(outcome)
        unit = definition.unit
        scale = PER_CENT if unit == "share" else 1.0
        return cls(
            outcome,
            label_of(outcome),
            text(f"unit.{unit}"),
            text("unit.points") if unit == "share" else text(f"unit.{unit}"),
            scale,
            DECIMALS.get(unit, 0),
            unit in COUNTED,
            unit in FROM_ZERO,
        )

    def unit_beside(self, amount: float) -> str:
        """The unit of a difference of so much."""
        unit = outcome_definition(self.name).unit
        name = "points" if unit == "share" else unit
        return _one_or_more(amount, self.decimals, self.difference_unit, name)

    @property
    def ceiling(self) -> float | None:
        """The most that a delay can be said to be: whoever waits longer counts as this."""
        definition = outcome_definition(self.name)
        return definition.days_observed if definition.unit == "days" else None

    def level(self, value: float, *, decimals: int | None = None) -> str:
        """A level with its unit; one at the ceiling says that it may be more.

        ``decimals``: other ones than those of the unit.
        """
        scaled, most = value * self.scale, self.decimals if decimals is None else decimals
        written = number(scaled, most)
        is_at_ceiling = bool(self.ceiling) and number(value, self.decimals) == number(
            self.ceiling or 0.0, self.decimals
        )
        if is_at_ceiling:
            written = number(self.ceiling or 0.0)
        unit = _one_or_more(scaled, most, self.unit, outcome_definition(self.name).unit)
        named = f"{written} {unit}".strip()
        return text("answer.or_more", value=named) if is_at_ceiling else named

    def decimals_beside(self, low: float, high: float) -> int:
        """Decimals with which an interval on one side of zero does not end at zero."""
        decimals = self.decimals
        if low <= 0.0 <= high:
            return decimals
        smallest = min(abs(low), abs(high))
        while decimals < self.decimals + MOST_MORE_DECIMALS and smallest < 0.5 * 10.0**-decimals:
            decimals += 1
        return decimals

    @property
    def titled(self) -> str:
        """The name with the unit."""
        return with_unit(self.label, self.unit)

    @property
    def axis(self) -> str:
        """The unit along the axis."""
        return self.unit or text("chart.number")

    @property
    def difference_axis(self) -> str:
        """The unit along the axis of differences."""
        return text("chart.difference_axis", unit=self.difference_unit).strip()


def _one_or_more(amount: float, decimals: int, unit: str, name: str) -> str:
    """A unit beside an amount, in the singular where the language asks for it.

    Nothing beside what is told without a unit. ``name``: of the unit in the catalogue.
    """
    one = f"unit_one.{name}"
    is_one = bool(unit) and takes_singular(amount, decimals) and has_text(one)
    return text(one) if is_one else unit


def with_unit(name: str, unit: str) -> str:
    """A name with its unit in brackets, unless the name says it; never two brackets in a row."""
    if not unit or unit.casefold() in name.casefold():
        return name
    return f"{name[:-1]}, {unit})" if name.endswith(")") else f"{name} ({unit})"


def label_of(outcome: str) -> str:
    """The name of an outcome."""
    label = outcome_definition(outcome).label
    return label.fr if language() == "fr" else label.en


def definition_of(outcome: str) -> str:
    """What an outcome counts, from when, for whom."""
    one = outcome_definition(outcome)
    definition, start, population = (
        (one.definition.fr, one.start.fr, one.population.fr)
        if language() == "fr"
        else (one.definition.en, one.start.en, one.population.en)
    )
    return text("chart.definition", definition=definition, start=start, population=population)


def unit_word(unit: str) -> str:
    """The unit of a parameter as people say it."""
    return text(f"unit.{unit}") if has_text(f"unit.{unit}") else unit.replace("_", " ")


def amount_text(value: float, unit: str) -> str:
    """A value of a parameter with its unit; shares in per cent."""
    return f"{plain_number(_scale(unit) * value, 3)} {unit_word(unit)}".strip()


def _scale(unit: str) -> float:
    return PER_CENT if unit in IN_PER_CENT else 1.0


def value_text(value: object, unit: str, base: Parameters) -> str:
    """Any value of a parameter as people write it: a number, a word, a list, values by date."""
    if unit == YES_NO:
        return text("common.yes" if value else "common.no")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return amount_text(float(value), unit)
    if isinstance(value, tuple) and (dated := dated_pairs(value)):
        return ", ".join(f"{day:%d/%m/%Y} : {value_text(one, unit, base)}" for day, one in dated)
    if isinstance(value, tuple | list):
        return ", ".join(value_text(one, unit, base) for one in value) or text("common.none")
    return value_word(value, base)


def doubt_text(known: Uncertainty, unit: str = "") -> str:
    """The range of a parameter with its probability; a dash where none is stated."""
    if known.interval is None or known.low is None or known.high is None:
        return "–"
    sign = " %" if unit in IN_PER_CENT else ""
    low, high = (plain_number(_scale(unit) * end, 4) for end in (known.low, known.high))
    return text(
        "method.range",
        low=f"{low}{sign}",
        high=f"{high}{sign}",
        percent=f"{number(PER_CENT * known.interval)} %",
    )


def place_text(base: Parameters, place: str) -> str:
    """A territory, or the whole department."""
    if place == ALL:
        return f"{base.label}, {text('common.whole_department')}"
    return base.label_text("territories", place, language())


def value_word(name: object, base: Parameters) -> str:
    """A word of the tables (a role, a weekday, a channel) as people say it."""
    if str(name) in base.labels("roles"):
        return base.label_text("roles", str(name), language())
    return words("word.names").get(str(name), str(name).replace("_", " "))
