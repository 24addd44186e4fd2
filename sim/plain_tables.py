"""Structured arrays read without compilation: rows with attributes, numbers of plain Python.

NumPy keeps 8- and 16-bit fields narrow and would overflow where compiled code widens; here every
number read is a Python one, so that uncompiled rules compute what compiled ones do.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
WHOLE = (int, np.integer)


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
    """One row; reading and writing attributes reaches into the table."""

    __slots__ = ("_at",)

    def __init__(self, table: PlainTable, index: Any) -> None:
        object.__setattr__(self, "_at", (table, index))

    def __getattr__(self, name: str) -> Any:
        table, index = self._at
        item = table.items.get(name)
        return PlainCells(table.fields[name][index]) if item is None else item(index)

    def __setattr__(self, name: str, value: Any) -> None:
        table, index = self._at
        table.fields[name][index] = value

    @property
    def raw(self) -> np.void:
        """The row itself."""
        table, index = self._at
        row: np.void = table.whole[index]
        return row


class PlainTable:
    """A structured array; the index of one row gives the row, any other the array's own answer.

    ``fields`` are its columns by name; ``items`` read a number of those that hold one a row.
    """

    __slots__ = ("_rows", "fields", "items", "whole")

    def __init__(self, table: Array) -> None:
        self.whole = table
        self.fields: dict[str, Array] = {name: table[name] for name in table.dtype.names or ()}
        self.items = {
            name: field.item for name, field in self.fields.items() if field.ndim == table.ndim
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
        try:
            return self._rows[index]
        except (KeyError, TypeError):
            # A row that was not read before, or an index that is none of a row (or no key at all).
            if self._is_of_a_row(index):
                return self._rows.setdefault(index, PlainRow(self, index))
            return self.whole[index]

    def _is_of_a_row(self, index: Any) -> bool:
        if self.whole.ndim == 1:
            return isinstance(index, WHOLE)
        return isinstance(index, tuple) and all(isinstance(part, WHOLE) for part in index)

    def __setitem__(self, index: Any, value: Any) -> None:
        self.whole[index] = value.raw.copy() if isinstance(value, PlainRow) else value
