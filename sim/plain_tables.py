"""Structured arrays read without compilation: rows with attributes, numbers of plain Python.

NumPy keeps 8- and 16-bit fields narrow and would overflow where compiled code widens; here every
number read is a Python one, so that uncompiled rules compute what compiled ones do.
"""

from __future__ import annotations

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


class PlainRow:
    """One row; a table's rows are of a class of their own, with a property for each column."""

    __slots__ = ("_cells", "_index", "_table")

    def __init__(self, table: PlainTable, index: Any) -> None:
        self._table = table
        self._index = index
        self._cells: dict[str, PlainCells] = {}

    @property
    def raw(self) -> np.void:
        """The row itself."""
        row: np.void = self._table.whole[self._index]
        return row


def _class_of_rows(table: Array) -> type[PlainRow]:
    """The class of a table's rows; properties are several times as fast as ``__getattr__``."""
    columns = {
        name: _column(table[name]) if table[name].ndim == table.ndim else _cells(table[name], name)
        for name in table.dtype.names or ()
    }
    return type("PlainRowOfTable", (PlainRow,), {"__slots__": (), **columns})


def _column(field: Array) -> property:
    """Reads and writes the number of a row."""
    item = field.item

    def read(row: PlainRow) -> Any:
        return item(row._index)

    def write(row: PlainRow, value: Any) -> None:
        field[row._index] = value

    return property(read, write)


def _cells(field: Array, name: str) -> property:
    """Reads and writes the numbers of a row in a field with a shape of its own."""

    def read(row: PlainRow) -> PlainCells:
        found = row._cells.get(name)
        if found is None:
            found = row._cells[name] = PlainCells(field[row._index])
        return found

    def write(row: PlainRow, value: Any) -> None:
        field[row._index] = value

    return property(read, write)


class PlainTable:
    """A structured array; the index of one row gives the row, any other the array's own answer."""

    __slots__ = ("_row", "_rows", "whole")

    def __init__(self, table: Array) -> None:
        self.whole = table
        self._row = _class_of_rows(table)
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
        return self._rows.setdefault(index, self._row(self, index))

    def __setitem__(self, index: Any, value: Any) -> None:
        self.whole[index] = value.raw.copy() if isinstance(value, PlainRow) else value
