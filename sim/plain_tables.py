"""Structured arrays read without compilation: rows with attributes, numbers of plain Python.

NumPy keeps 8- and 16-bit fields narrow and would overflow where compiled code widens; here every
number read is a Python one, so that uncompiled rules compute what compiled ones do.
"""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


class PlainCells:
    """A field with a shape of its own."""

    __slots__ = ("_cells",)

    def __init__(self, cells: Array) -> None:
        self._cells = cells

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the field."""
        shape: tuple[int, ...] = self._cells.shape
        return shape

    def __getitem__(self, index: Any) -> Any:
        return self._cells[index].item()

    def __setitem__(self, index: Any, value: Any) -> None:
        self._cells[index] = value


class PlainRow:
    """One row; reading and writing attributes reaches into the table."""

    __slots__ = ("_row",)

    def __init__(self, row: np.void) -> None:
        object.__setattr__(self, "_row", row)

    def __getattr__(self, name: str) -> Any:
        value = self._row[name]
        return PlainCells(value) if isinstance(value, np.ndarray) else value.item()

    def __setattr__(self, name: str, value: Any) -> None:
        self._row[name] = value

    @property
    def raw(self) -> np.void:
        """The row itself."""
        row: np.void = self._row
        return row


class PlainTable:
    """A structured array; an integer index gives a row, anything else the array's own answer."""

    def __init__(self, table: Array) -> None:
        self._table = table

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the table."""
        shape: tuple[int, ...] = self._table.shape
        return shape

    def __len__(self) -> int:
        return len(self._table)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return self._table if dtype is None else self._table.astype(dtype)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the rows."""
        row_type: np.dtype[Any] = self._table.dtype
        return row_type

    def copy(self) -> Array:
        """A copy of the array."""
        return self._table.copy()

    def __getitem__(self, index: Any) -> Any:
        found = self._table[index]
        return PlainRow(found) if isinstance(found, np.void) else found

    def __setitem__(self, index: Any, value: Any) -> None:
        self._table[index] = value.raw.copy() if isinstance(value, PlainRow) else value
