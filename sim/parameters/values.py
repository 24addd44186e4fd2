"""What a value may be: its type, its range, its accepted words; and the canonical form of it.

A number declared whole is kept as ``int``, any other number as ``float``, so that 7 and 7.0 are
the same value. Lists are kept as tuples, dated values as tuples of (date, value) in date order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from sim.parameters.units import UNITS

DatedItem = float | int | bool | str
Dated = tuple[tuple[date, DatedItem], ...]
Value = float | int | bool | str | tuple[float, ...] | tuple[str, ...] | Dated
LONGEST_SHOWN = 60
LARGEST = 1e15


class NotAcceptedError(Exception):
    """A value that its form refuses: what was found, what would be accepted."""

    def __init__(self, found: str, accepted: str) -> None:
        super().__init__(found, accepted)
        self.found = found
        self.accepted = accepted


def shown(value: object) -> str:
    """How a refused value is shown in a message, with its type when that is what is wrong."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = value if len(value) <= LONGEST_SHOWN else value[: LONGEST_SHOWN - 1] + "…"
        return f"the text '{text}'"
    if isinstance(value, Mapping):
        return "a block of keys"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value)}"
    if isinstance(value, date):
        return f"the date {value.isoformat()}"
    return str(value)[:LONGEST_SHOWN]


@dataclass(frozen=True, slots=True)
class Form:
    """The form of the values of one parameter; ``accept`` checks and normalises a value."""

    unit: str
    low: float | None = None
    high: float | None = None
    whole: bool = False
    length: int | None = None
    choices: tuple[str, ...] = ()
    is_dated: bool = False
    may_be_empty: bool = False

    @property
    def accepted(self) -> str:
        """The accepted form in words, as shown in messages."""
        one = self._accepted_item()
        if self.is_dated:
            return f"{one}, or dates each with {one}"
        return one if self.length is None else f"a list of {self.length}, each {one}"

    def _accepted_item(self) -> str:
        shape = UNITS[self.unit].shape
        if shape == "flag":
            return "true or false"
        if shape == "word":
            return "one of " + ", ".join(self.choices)
        if shape == "words":
            how_many = "any number" if self.may_be_empty else "at least one"
            return f"a list of {how_many} of " + ", ".join(self.choices)
        return f"a {'whole ' if self.whole else ''}number in {self.unit}{self._range()}"

    def _range(self) -> str:
        if self.low is not None and self.high is not None:
            return f" from {self.low:g} to {self.high:g}"
        if self.low is not None:
            return f", at least {self.low:g}"
        return "" if self.high is None else f", at most {self.high:g}"

    def accept(self, value: object) -> Value:
        """The canonical form of ``value``; raises NotAcceptedError."""
        if isinstance(value, np.generic):
            value = value.item()
        elif isinstance(value, np.ndarray):
            value = value.tolist()
        if self.is_dated:
            return self._dates(value)
        if UNITS[self.unit].shape == "words":
            return self._words(value)
        return self.accept_item(value) if self.length is None else self._numbers(value)

    def accept_item(self, value: object) -> DatedItem:
        """The canonical form of one number, word or flag; raises NotAcceptedError."""
        shape = UNITS[self.unit].shape
        if shape == "flag":
            return self._flag(value)
        return self._word(value) if shape == "word" else self._number(value)

    def _refuse(self, value: object, what: str = "") -> NotAcceptedError:
        return NotAcceptedError(what or shown(value), self.accepted)

    def _flag(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise self._refuse(value)
        return value

    def _word(self, value: object) -> str:
        if not isinstance(value, str) or value not in self.choices:
            raise self._refuse(value)
        return value

    def _words(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, (list, tuple)) or not (value or self.may_be_empty):
            raise self._refuse(value)
        words = tuple(self._word(word) for word in value)
        if len(set(words)) != len(words):
            raise self._refuse(value, "the same word twice")
        return words

    def _number(self, value: object) -> float | int:
        if isinstance(value, np.generic):
            value = value.item()
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self._refuse(value)
        if abs(value) > LARGEST or math.isnan(value):
            raise self._refuse(value, "a number too large" if value == value else "not a number")
        if (self.low is not None and value < self.low) or (
            self.high is not None and value > self.high
        ):
            raise self._refuse(value)
        if not self.whole:
            return float(value)
        if value != int(value):
            raise self._refuse(value)
        return int(value)

    def _numbers(self, value: object) -> tuple[float, ...]:
        if not isinstance(value, (list, tuple)) or len(value) != self.length:
            raise self._refuse(value)
        return tuple(self._number(item) for item in value)

    def _dates(self, value: object) -> Dated:
        """Dated values; a single value holds at all dates."""
        if isinstance(value, (int, float, str)):
            return ((date(1960, 1, 1), self.accept_item(value)),)
        pairs: list[tuple[object, object]]
        if isinstance(value, Mapping):
            pairs = list(value.items())
        elif isinstance(value, (list, tuple)):
            pairs = [tuple(pair) if self._is_pair(pair) else (None, None) for pair in value]
        else:
            raise self._refuse(value)
        if not pairs:
            raise self._refuse(value)
        dated = sorted((self._day(day), self.accept_item(item)) for day, item in pairs)
        if len({day for day, _ in dated}) != len(dated):
            raise self._refuse(value, "the same date twice")
        return tuple(dated)

    @staticmethod
    def _is_pair(pair: object) -> bool:
        return isinstance(pair, (list, tuple)) and len(pair) == 2

    def _day(self, day: object) -> date:
        if isinstance(day, date) and not isinstance(day, datetime):
            return day
        try:
            return date.fromisoformat(str(day))
        except ValueError:
            raise self._refuse(day) from None
