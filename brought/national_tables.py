"""The table of a workbook that counts benefits of the whole country, months down, benefits across.

The DREES publishes it beside the table of departments, often with months that the latter lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from brought.department_tables import (
    COUNTRY_READ,
    MOST_HEAD_ROWS,
    cell_at,
    country_months,
    first_month,
    month_at,
    title_above,
)
from brought.page import Cell, Page
from brought.published import Published, heads_rsa_households, without_marks
from sim.remarks import remarked

MOST_COLUMNS = 40
"""A table of the country has a column for each benefit; wider ones are of places."""


@dataclass(frozen=True)
class NationalTable:
    """Cells of households on RSA by month, with the line of each; ``provisional``: marked so."""

    page: str
    title: str
    months: tuple[int, ...]
    cells: tuple[tuple[int, Cell], ...]
    provisional: frozenset[int]


def with_country(file: str, found: Published, pages: Iterable[Page]) -> Published:
    """What was read, with the national table of the workbook where it reaches further.

    It is taken where one table has one column of households on RSA, known by its head. Raises
    `InputError` with every cell of it that is no count.
    """
    tables = [one for page in pages if (one := national_table(page)) is not None]
    if len(tables) != 1:
        return found
    (table,) = tables
    months = country_months(file, table.page, table.months, table.cells)
    if max(months, default=0) <= max(found.country, default=0):
        return found
    said = remarked(COUNTRY_READ, page=table.page, title=table.title)
    remarks = (*(one for one in found.remarks if one.key != COUNTRY_READ), said)
    provisional = found.provisional | (table.provisional & months.keys())
    return replace(found, country=months, remarks=remarks, provisional=provisional)


def national_table(page: Page) -> NationalTable | None:
    """The national table of a page, if it has one."""
    begun = first_month(page.rows, MOST_COLUMNS)
    if begun is None or begun[0] > MOST_HEAD_ROWS:
        return None
    first, of_month = begun
    heads, title = _heads(page.rows[:first]), title_above(page.rows[:first])
    columns = [
        column
        for column, head in heads.items()
        if column > of_month and heads_rsa_households(head, f"{title} {page.name}")
    ]
    if len(columns) != 1 or max(heads) > MOST_COLUMNS:
        return None
    rows = [
        (line, row, month)
        for line, row in zip(page.lines[first:], page.rows[first:], strict=True)
        if (month := month_at(cell_at(row, of_month))) is not None
    ]
    marked = (month for _, row, month in rows if without_marks(cell_at(row, of_month))[1])
    return NationalTable(
        page.name,
        title_above(page.rows[: first - 1]),
        tuple(month for _, _, month in rows),
        tuple((line, without_marks(cell_at(row, columns[0]))[0]) for line, row, _ in rows),
        frozenset(marked),
    )


def _heads(rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """The words above each column but the first, where titles stand."""
    found: dict[int, str] = {}
    for row in rows:
        for column, cell in enumerate(row):
            if column and isinstance(cell, str) and cell:
                found[column] = f"{found.get(column, '')} {cell}".strip()
    return found
