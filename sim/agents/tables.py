"""What the columns of the engine say, read as the fields declare it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.agents.engine_door import RunningDepartment
from sim.agents.fields import FIELDS, Field, Reading, field_named
from sim.errors import Fault, InputError
from sim.parameters import Parameters
from sim.parameters.schema import nearest
from sim.units import EPOCH, date_of

MANY = 8
"""One row in so many is many: picked one by one out of whole rows they would take longer."""
FIRST_DAY = np.datetime64(EPOCH, "D")


class Tables:
    """Values of fields, one by one or for many rows at once.

    A label or a word is a string, None for none; a set of labels is a frozenset; a date is a
    `datetime.date` or None, in an array a ``datetime64`` or NaT; the rest are numbers.
    """

    def __init__(self, department: RunningDepartment, parameters: Parameters) -> None:
        self._department = department
        self._parameters = parameters
        self._world: Any = None
        self.home: NDArray[np.int32] = np.zeros(0, np.int32)
        """The row of the household of each person, as of the last look."""
        self._columns: dict[tuple[str, str], NDArray[Any]] = {}
        self._words = {
            (table, field.name): _words_of(field, parameters)
            for table, fields in FIELDS.items()
            for field in fields
            if field.words
        }

    def raw(self, table: str, column: str) -> NDArray[Any]:
        """A column as the engine keeps it; it is the engine's own memory."""
        if self._department.world is not self._world:
            # Tables that were made anew: those of before are of another moment.
            self._world = self._department.world
            self._columns = {}
        key = (table, column)
        if key not in self._columns:
            self._columns[key] = self._department.column(table, column)
        return self._columns[key]

    def _numbers(self, table: str, column: str, rows: NDArray[np.intp]) -> NDArray[Any]:
        """A column in some rows; where they are many, all are brought together first."""
        numbers = self.raw(table, column)
        if len(rows) > len(numbers) // MANY:
            return np.ascontiguousarray(numbers)[rows]
        return numbers[rows]

    def value(self, table: str, field: Field, row: int) -> Any:
        """What a field says in one row."""
        number = self.raw(table, field.column)[row].item()
        words = self._words.get((table, field.name))
        if words is not None:
            return words[number]
        if field.reading is Reading.DATE:
            return None if int(number) in field.missing else date_of(int(number))
        return bool(number) if field.reading is Reading.FLAG else number

    def values(self, table: str, field: Field, rows: NDArray[np.intp]) -> NDArray[Any]:
        """What a field says in many rows."""
        numbers = self._numbers(table, field.column, rows)
        words = self._words.get((table, field.name))
        if words is not None:
            return np.take(words, numbers)
        if field.reading is Reading.DATE:
            days = numbers.astype(np.int64)
            dates = FIRST_DAY + days
            dates[np.isin(days, field.missing)] = np.datetime64("NaT", "D")
            return dates
        return numbers != 0 if field.reading is Reading.FLAG else numbers

    def of_people(self, name: str, rows: NDArray[np.intp]) -> NDArray[Any] | None:
        """A field of beneficiaries or of their households, by row of people; None if unknown."""
        place = self.place(name, rows)
        return None if place is None else self.values(*place)

    def place(
        self, name: str, rows: NDArray[np.intp]
    ) -> tuple[str, Field, NDArray[np.intp]] | None:
        """The table, the field and the rows that say something about people."""
        field = field_named("people", name)
        if field is not None:
            return "people", field, rows
        field = field_named("households", name)
        return (
            None if field is None else ("households", field, self.raw("people", "household")[rows])
        )

    def meets(
        self, table: str, field: Field, rows: NDArray[np.intp], wanted: Any
    ) -> NDArray[np.bool_]:
        """Whether a field says what is wanted: a value, several of them, or a test of an array.

        Raises `InputError` for a word or a label that the field never says.
        """
        if callable(wanted):
            test: Callable[[NDArray[Any]], Any] = wanted
            return np.asarray(test(self.values(table, field, rows)), dtype=np.bool_)
        accepted = wanted if isinstance(wanted, (list, tuple, set)) else [wanted]
        words = self._words.get((table, field.name))
        if words is not None and field.reading is not Reading.LABELS:
            codes = [self._code(words, field, word) for word in accepted]
            numbers = self._numbers(table, field.column, rows)
            is_one: NDArray[np.bool_] = np.logical_or.reduce([numbers == code for code in codes])
            return is_one
        values = self.values(table, field, rows)
        found = np.zeros(len(rows), dtype=np.bool_)
        for one in accepted:
            found |= np.isnat(values) if one is None else values == _comparable(one)
        return found

    def number(self, table: str, field: Field, value: Any) -> Any:
        """A value as the engine keeps it; raises `InputError` for one that the field cannot say."""
        words = self._words.get((table, field.name))
        if words is not None:
            return self._code(words, field, value)
        if field.reading is Reading.FLAG and isinstance(value, (bool, np.bool_)):
            return int(value)
        is_number = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
        column = self.raw(table, field.column)
        if field.reading is Reading.NUMBER and is_number and 0.0 <= value < np.inf:
            whole = np.issubdtype(column.dtype, np.integer)
            if not whole or (value == int(value) and value <= np.iinfo(column.dtype).max):
                return value
        accepted = "a number from 0 on" if field.reading is Reading.NUMBER else field.type_text
        raise InputError([Fault("change", field.name, repr(value), accepted)])

    def code_of(self, table: str, name: str, word: str) -> int:
        """The number of a word or a label; raises `InputError` with the nearest ones."""
        field = field_named(table, name)
        if field is None:
            raise KeyError(name)
        if field.reading is Reading.LABELS:
            known = self._parameters.labels(str(field.words))
            return self._code(np.array(known, dtype=object), field, word)
        return self._code(self._words[table, name], field, word)

    @staticmethod
    def _code(words: NDArray[Any], field: Field, word: Any) -> int:
        known = list(words)
        if word not in known:
            accepted = nearest(str(word), [one for one in known if one is not None])
            raise InputError([Fault("agents", field.name, repr(word), accepted)])
        return -1 if word is None else known.index(word)


def _words_of(field: Field, parameters: Parameters) -> NDArray[Any]:
    """What each number of a field stands for; the last one, -1, for none."""
    if isinstance(field.words, type) and issubclass(field.words, IntEnum):
        return np.array([word.name.lower() for word in field.words], dtype=object)
    labels = parameters.labels(str(field.words))
    if field.reading is Reading.LABEL:
        return np.array([*labels, None], dtype=object)
    sets = np.empty(1 << len(labels), dtype=object)
    for bits in range(len(sets)):
        sets[bits] = frozenset(label for place, label in enumerate(labels) if bits >> place & 1)
    return sets


def _comparable(value: Any) -> Any:
    return np.datetime64(value, "D") if isinstance(value, date) else value
