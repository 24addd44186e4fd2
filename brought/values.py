"""The cells of one column as values, with what is wrong, missing or open in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brought.columns import Column
from brought.dates import dated, unclear_orders, year_of
from brought.faults import Expected, LineFault, Question, RemarkKey, TableRemark
from brought.money_units import factor_of, split_head
from brought.numerals import Accepted, Numeral, Role, is_missing, numeral, roles
from brought.page import LONGEST_CELL, Cell
from brought.spelling import visible

DEPARTMENT = re.compile(r"(?:0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[1-8])")
LONGEST_SHOWN = 60

Cells = Sequence[tuple[int, Cell]]
"""Each cell of a column with its line."""


@dataclass(frozen=True)
class Read:
    """The values of a column, row by row; None where there is none.

    ``has_unit``: the head or every cell names one, or a person said it.
    """

    values: Sequence[str | float | None]
    faults: Sequence[LineFault] = ()
    questions: Sequence[Question] = ()
    remarks: Sequence[TableRemark] = ()
    has_unit: bool = False
    has_some_units: bool = False


def read_column(
    column: Column, head: str, cells: Cells, mark: Role | None = None, unit: int | None = None
) -> Read:
    """The values of the cells below a head.

    ``mark`` and ``unit`` answer what the column leaves open.
    """
    if column.shape in ("count", "number"):
        return _numbers(column, head, cells, mark, unit)
    faults: list[LineFault] = []
    values: list[str | float | None] = []
    wrong = _wrong_orders(cells) if column.shape in ("month", "period") else [False] * len(cells)
    for (line, cell), is_unclear in zip(cells, wrong, strict=True):
        value = None if is_unclear else _value(column, cell)
        values.append(value)
        if value is None and (cell != "" or column.is_needed or not column.can_be_missing):
            fault: Expected = "date_order" if is_unclear else _expected(column, cell)
            faults.append(LineFault(line, column.name, shown(cell), fault))
    return Read(values, faults)


def shown(cell: Cell) -> str:
    """A cell as a fault shows it."""
    text = visible(str(cell))
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _wrong_orders(cells: Cells) -> list[bool]:
    return unclear_orders([dated(cell) for _, cell in cells])


def _expected(column: Column, cell: Cell) -> Expected:
    if isinstance(cell, str) and len(cell) > LONGEST_CELL:
        return "long"
    if isinstance(cell, str) and cell.startswith(("=", "#")):
        return "computed"
    return column.shape


def _value(column: Column, cell: Cell) -> str | float | None:
    """The value of a cell that is no number; None if it is not one of the column."""
    if column.shape == "unit":
        factor = factor_of(str(cell))
        return None if factor is None else float(factor)
    if column.shape == "department":
        return department_code(cell)
    if column.shape == "text":
        text = visible(str(cell))
        return text if text and len(str(cell)) <= LONGEST_CELL else None
    found = dated(cell)
    if column.shape == "day":
        day = year_of(cell) if found is None else found.first_day
        return None if day is None else day.isoformat()
    if found is None and column.shape == "period":
        year = year_of(cell)
        return None if year is None else str(year.year)
    if found is None or (column.is_end_of_month and not found.is_first_or_last):
        return None
    return f"{found.year:04d}-{found.month:02d}"


def department_code(cell: Cell) -> str | None:
    """The code of a department; None if it is none. Spreadsheets drop the zero of 01."""
    code = str(cell).strip().upper()
    code = code.zfill(2) if code.isascii() and code.isdigit() else code
    return code if DEPARTMENT.fullmatch(code) else None


def _numbers(column: Column, head: str, cells: Cells, mark: Role | None, unit: int | None) -> Read:
    named = split_head(head)[1]
    accepted = Accepted(
        column.low, column.high, column.shape == "count", bool(column.unit),
        named if named is not None else unit,
    )  # fmt: skip
    numerals = [None if is_missing(cell) else numeral(cell) for _, cell in cells]
    meant = roles(numerals, accepted)
    values: list[str | float | None] = []
    faults: list[LineFault] = []
    still_open: list[Question] = []
    for (line, cell), one in zip(cells, numerals, strict=True):
        role = _role(one, meant, mark)
        value = (
            None if one is None or role is None else accepted.value(one.values[role], one.factor)
        )
        values.append(value)
        if one is not None and role is None:
            still_open.append(Question("mark", column.name, line, shown(cell)))
        elif value is None and not (is_missing(cell) and column.can_be_missing):
            faults.append(LineFault(line, column.name, shown(cell), _expected(column, cell)))
    units = [one.factor is not None for one in numerals if one is not None]
    return Read(
        values, faults, still_open[:1], _remarks(column, head, named, cells),
        accepted.factor is not None or (bool(units) and all(units)), any(units),
    )  # fmt: skip


def _role(
    one: Numeral | None, meant: Mapping[str, Role | None], answer: Role | None
) -> Role | None:
    """How a cell is read: as it shows itself, as its column shows, as a person said."""
    if one is None:
        return None
    if not one.is_open:
        return next(iter(one.values))
    return meant[one.mark] or answer


def _remarks(column: Column, head: str, named: int | None, cells: Cells) -> list[TableRemark]:
    found = []
    if named not in (None, 1):
        found.append(TableRemark("unit", visible(head), "", ()))
    missing = [(line, cell) for line, cell in cells if is_missing(cell)]
    empty = [one for one in missing if one[1] == ""]
    secret = [one for one in missing if one[1] != ""]
    keys: tuple[tuple[RemarkKey, Cells], ...] = (("secret", secret), ("empty", empty))
    for key, those in keys:
        if those and column.can_be_missing and (column.is_needed or key == "secret"):
            lines = tuple(line for line, _ in those)
            found.append(TableRemark(key, visible(head), shown(those[0][1]), lines))
    return found
