"""Tables with a column for each month, turned into rows of one month each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brought.columns import Column, Kind
from brought.dates import dated
from brought.heads import MOST_LINES_ABOVE, exact_heads
from brought.page import Cell, Page

LEAST_MONTHS = 3
"""A row with so many months is the head of such a table."""


@dataclass(frozen=True)
class Turned:
    """The page of rows, and where the head of the table was in the page as it was brought."""

    page: Page
    place: int


def turned(page: Page, kind: Kind) -> Turned | None:
    """The table with a month in each row; None for one that has its months in rows already.

    Where the names of the rows are columns of the kind, each of them becomes a column; otherwise
    the cells are the one column that the kind needs, and the names are territories.
    """
    if not any(one.shape == "month" for one in kind.columns):
        return None
    for place in range(min(len(page.rows) - 1, MOST_LINES_ABOVE)):
        months = [at for at, cell in enumerate(page.rows[place]) if _is_month(cell)]
        if len(months) >= LEAST_MONTHS:
            found = _turned(page, place, months, kind)
            return None if found is None else Turned(found, place)
    return None


def _turned(page: Page, place: int, months: Sequence[int], kind: Kind) -> Page | None:
    head, rows = page.rows[place], page.rows[place + 1 :]
    lines = page.lines[place + 1 :]
    names = [at for at in range(months[0]) if any(_cell(row, at) != "" for row in rows)]
    labels = [str(_cell(row, names[-1])) if names else "" for row in rows]
    known = exact_heads(kind, labels)
    columns = {labels[at]: name for name, places in known.items() for at in places}
    is_named = bool(labels) and all(label in columns for label in labels if label)
    if is_named and any(labels) and len(names) == 1:
        return _by_name(page, head, rows, lines, labels, months, kind)
    value = _only_needed(kind)
    if value is None:
        return None
    territory = kind.by_name.get("territory")
    kept = names[:1] if territory is not None else []
    found: list[tuple[Cell, ...]] = []
    numbers: list[int] = []
    for row, line in zip(rows, lines, strict=True):
        for at in months:
            cell = _cell(row, at)
            if cell == "":
                continue
            found.append((head[at], *(_cell(row, name) for name in kept), cell))
            numbers.append(line)
    heads = (_head(kind, "month"), *(_head(kind, "territory") for _ in kept), value.heads[0])
    return _page(page, place, heads, found, numbers)


def _by_name(
    page: Page,
    head: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    lines: Sequence[int],
    labels: Sequence[str],
    months: Sequence[int],
    kind: Kind,
) -> Page:
    """Each named row as a column."""
    found = [(head[at], *(_cell(row, at) for row in rows)) for at in months]
    heads = (_head(kind, "month"), *labels)
    return _page(page, page.rows.index(tuple(head)), heads, found, [lines[0]] * len(found))


def _page(
    page: Page,
    place: int,
    heads: Sequence[Cell],
    rows: Sequence[tuple[Cell, ...]],
    lines: Sequence[int],
) -> Page:
    numbers = (page.lines[place], *lines)
    return Page(page.name, (tuple(heads), *rows), numbers, is_text=False)


def _only_needed(kind: Kind) -> Column | None:
    """The one column of numbers that the kind needs; None where it needs none or several."""
    needed = [one for one in kind.columns if one.is_needed and one.shape in ("count", "number")]
    return needed[0] if len(needed) == 1 else None


def _head(kind: Kind, name: str) -> str:
    return kind.by_name[name].heads[0]


def _is_month(cell: Cell) -> bool:
    found = dated(cell)
    return found is not None and found.is_first_or_last


def _cell(row: Sequence[Cell], at: int) -> Cell:
    return row[at] if at < len(row) else ""
