"""What is derived beneath a department's own file: the same rules, from the people it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import ceil, floor
from typing import Any

from sim.parameters.derivation.carried import Carried
from sim.parameters.derivation.offices import rules_of_offices
from sim.parameters.derivation.people import Counted, share_in
from sim.parameters.derivation.stated import INTERVAL, Doubt, Entry
from sim.parameters.derivation.statistics import Figure

SAFE_DIGITS = 9
"""A product is rounded to so many digits before its whole part is taken."""


PERSONS, REMAINDER = "persons", "remainder"
"""Units of a territory's stock; the third one is households."""


@dataclass(frozen=True)
class Said:
    """What a file says of its people, as far as the rules start from it.

    ``territories``: count and unit of each, in the order of the file; none where the file names
    none. ``stock`` and ``adults_per_household`` are None where the file leaves them derived.
    """

    stock: Figure | None
    adults_per_household: float | None
    territories: Mapping[str, tuple[float, str]]
    has_own_rule: bool
    """Whether the file states a part of the rule of the assessment."""


@dataclass(frozen=True)
class CountedInFile(Counted):
    """The people of a department that has a file, or of one of its territories."""

    said: Said
    territory: str = ""

    @cached_property
    def stock(self) -> Figure:
        """Households: those of the file, else the last published figure."""
        return self.said.stock or super().stock

    @property
    def has_derived_rule(self) -> bool:
        """Whether the file leaves the assessment to the rules."""
        return not self.said.has_own_rule

    @cached_property
    def carried(self) -> Carried | None:
        """None where the file says its households."""
        return None if self._is_printed else super().carried

    @cached_property
    def adults(self) -> Figure:
        """Adults per household: those of the file, else published ones at the file's precision."""
        published, stated = super().adults, self.said.adults_per_household
        value = self.printed("adults", published.value) if stated is None else stated
        return replace(published, value=value)

    @property
    def persons(self) -> float:
        """Adults on the RSA."""
        return self._counted(self.territory) if self.territory else self._everybody

    @property
    def part(self) -> float:
        """The part of the department's persons that lives here."""
        return self.persons / self._everybody

    def range_of(self, kind: str, doubt: Doubt, value: float, figures: Sequence[Figure]) -> Entry:
        """The range of the rules for files, else one that grows with age."""
        rule = _rules()["ranges"].get(kind) if self._is_printed else None
        if rule is None or value <= 0.0:
            return super().range_of(kind, doubt, value, figures)
        low, high = _ends(rule, value)
        return {"low": low, "high": high, "interval": INTERVAL}

    @property
    def _everybody(self) -> float:
        return self.stock.value * self.adults.value if self._is_printed else super().persons

    @property
    def _is_printed(self) -> bool:
        """Whether the file says its households: it is derived as files are (`rules.yaml`)."""
        return self.said.stock is not None

    def _counted(self, territory: str) -> float:
        count, unit = self.said.territories[territory]
        if unit == REMAINDER:
            counted = [one for one, (_, of) in self.said.territories.items() if of != REMAINDER]
            persons = self._everybody - sum(map(self._counted, counted))
        else:
            persons = count if unit == PERSONS else count * self.adults.value
        # Counts that do not fit into the department are refused where the file is read; what is
        # derived must not add faults of its own.
        is_possible = 0.0 < persons <= self._everybody
        return persons if is_possible else self._everybody / len(self.said.territories)

    def taker_of_the_rest(self, types: dict[str, Entry]) -> str:
        """The largest type: it moves least."""
        if not self._is_printed:
            return super().taker_of_the_rest(types)
        return max(types, key=lambda name: share_in(types[name]))

    def printed(self, what: str, value: float) -> float:
        """A share as it is printed."""
        return round(value, int(_rules()["digits"][what])) if self._is_printed else value


def day_after(said: Said, otherwise: date) -> date:
    """The day that a file stands for: the one after that of its households."""
    return otherwise if said.stock is None else date.fromordinal(said.stock.as_of.toordinal() + 1)


def _rules() -> Mapping[str, Any]:
    rules: Mapping[str, Any] = rules_of_offices()["beneath_files"]
    return rules


def _ends(rule: Mapping[str, Any], value: float) -> tuple[float, float]:
    if "around" in rule:
        low, high = value - rule["around"], value + rule["around"]
    else:
        low, high = value * rule["low"], value * rule["high"]
    if rule.get("outward"):
        return floor(round(low, SAFE_DIGITS)), ceil(round(high, SAFE_DIGITS))
    return round(low, rule["digits"]), round(high, rule["digits"])
