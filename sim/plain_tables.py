"""Structured arrays read without compilation: rows with attributes, numbers of plain Python.

NumPy keeps 8- and 16-bit fields narrow and would overflow where compiled code widens; here every
number read is a Python one, so that uncompiled rules compute what compiled ones do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
WHOLE = frozenset({int, *(np.dtype(code).type for code in np.typecodes["AllInteger"])})
"""Types of whole numbers; a flag or ``1.0`` would find the row that is kept under 1."""


class PlainCells:
    """A field with a shape of its own."""

    __slots__ = ("_cells", "_item")

    def __init__(self, cells: Array) -> None:
        self._cells = cells
        self._item = cells.item

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the field."""
        shape: tuple[int, ...] = self._cells.shape
        return shape

    def __getitem__(self, index: Any) -> Any:
        return self._item(index)

    def __setitem__(self, index: Any, value: Any) -> None:
        self._cells[index] = value


def _reader_of_cells(field: Array) -> Callable[[Any], PlainCells]:
    return lambda index: PlainCells(field[index])


class PlainRow:
    """One row; reading and writing attributes reaches into the table."""

    __slots__ = ("_at",)

    def __init__(self, table: PlainTable, index: Any) -> None:
        object.__setattr__(self, "_at", (table, index, table.readers))

    def __getattr__(self, name: str) -> Any:
        _, index, readers = self._at
        return readers[name](index)

    def __setattr__(self, name: str, value: Any) -> None:
        table, index, _ = self._at
        table.fields[name][index] = value

    @property
    def raw(self) -> np.void:
        """The row itself."""
        table, index, _ = self._at
        row: np.void = table.whole[index]
        return row


class PlainTable:
    """A structured array; the index of one row gives the row, any other the array's own answer.

    ``fields`` are its columns by name; ``readers`` give what a column holds at the index of a row.
    """

    __slots__ = ("_rows", "fields", "readers", "whole")

    def __init__(self, table: Array) -> None:
        self.whole = table
        self.fields: dict[str, Array] = {name: table[name] for name in table.dtype.names or ()}
        self.readers: dict[str, Callable[[Any], Any]] = {
            name: field.item if field.ndim == table.ndim else _reader_of_cells(field)
            for name, field in self.fields.items()
        }
        self._rows: dict[Any, PlainRow] = {}

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the table."""
        shape: tuple[int, ...] = self.whole.shape
        return shape

    def __len__(self) -> int:
        return len(self.whole)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return self.whole if dtype is None else self.whole.astype(dtype)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the rows."""
        row_type: np.dtype[Any] = self.whole.dtype
        return row_type

    def copy(self) -> Array:
        """A copy of the array."""
        return self.whole.copy()

    def __getitem__(self, index: Any) -> Any:
        kind = type(index)
        if kind in WHOLE or (kind is tuple and WHOLE.issuperset(map(type, index))):
            try:
                return self._rows[index]
            except KeyError:
                return self._kept(index)
        return self.whole[index]

    def _kept(self, index: Any) -> Any:
        """A row that was not read before, kept; raises `IndexError` beyond the ends."""
        found = self.whole[index]
        if not isinstance(found, np.void):
            return found  # Fewer numbers than the table has axes.
        return self._rows.setdefault(index, PlainRow(self, index))

    def __setitem__(self, index: Any, value: Any) -> None:
        self.whole[index] = value.raw.copy() if isinstance(value, PlainRow) else value
