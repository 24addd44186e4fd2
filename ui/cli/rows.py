"""Rows on the terminal, and what is noted beside them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table

from ui.cli.spoken import counted, in_language, language
from ui.cli.terminal import complain, screen
from ui.reports.refusals import note_in

MOST_ROWS = 100


def tell(notes: Sequence[str]) -> None:
    """Say on standard error what whoever reads the answer must know."""
    for note in notes:
        complain(note_in(note, language()))


def print_rows(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    """Show the first rows, and how many more there are."""
    table, left = empty_table(*columns), 0
    for row in rows:
        if table.row_count < MOST_ROWS:
            table.add_row(*map(cell_text, row))
        else:
            left += 1
    console = screen()
    console.print(table)
    if left:
        console.print(counted("cli.and_more_rows", left))


def cell_text(value: object) -> str:
    """A value of a cell; ``–`` where there is none."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    return in_language(f"{value:,.6g}") if isinstance(value, float) else str(value)


def empty_table(*heads: str) -> Table:
    """A table with these heads and no row."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    return table
