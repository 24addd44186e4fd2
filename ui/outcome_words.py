"""Outcomes as they are written: names, units, scale, definition with its starting point."""

from __future__ import annotations

from dataclasses import dataclass

from sim.outcomes import ALL, outcome_definition
from sim.parameters import Parameters
from sim.parameters.entry import Uncertainty
from ui.numbers import DECIMALS, PER_CENT, number, plain_number, takes_singular
from ui.texts import has_text, language, text, words

COUNTED = ("households", "persons")
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
        """The unit of a difference of so much, in the singular where the language asks for it."""
        unit = outcome_definition(self.name).unit
        one = f"unit_one.{'points' if unit == 'share' else unit}"
        if takes_singular(amount, self.decimals) and has_text(one):
            return text(one)
        return self.difference_unit

    @property
    def axis(self) -> str:
        """The unit along the axis."""
        return self.unit or text("chart.number")

    @property
    def difference_axis(self) -> str:
        """The unit along the axis of differences."""
        return text("chart.difference_axis", unit=self.difference_unit).strip()


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
    shown = PER_CENT * value if unit == "share" else value
    return f"{plain_number(shown, 3)} {unit_word(unit)}".strip()


def doubt_text(known: Uncertainty) -> str:
    """The range of a parameter with its probability; a dash where none is stated."""
    if known.interval is None or known.low is None or known.high is None:
        return "–"
    return text(
        "method.range",
        low=plain_number(known.low, 4),
        high=plain_number(known.high, 4),
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
