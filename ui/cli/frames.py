"""Tables of a store on the terminal, their rows as plain values, and what is noted beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.table import Table

from ui.cli.spoken import counted, in_language
from ui.cli.terminal import complain, screen

MOST_ROWS = 100


def tell(notes: Sequence[str]) -> None:
    """Say on standard error what whoever reads the answer must know."""
    for note in notes:
        complain(note)


def print_frame(frame: pd.DataFrame) -> None:
    """Show the first rows, and how many more there are."""
    table = empty_table(*map(str, frame.columns))
    for values in frame.head(MOST_ROWS).itertuples(index=False):
        table.add_row(*(cell_text(value) for value in values))
    console = screen()
    console.print(table)
    if len(frame) > MOST_ROWS:
        left = len(frame) - MOST_ROWS
        console.print(counted("cli.and_more_rows", left))


def cell_text(value: object) -> str:
    """A value of a cell; ``–`` where there is none."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return "–"
    return in_language(f"{value:,.6g}") if isinstance(value, float) else str(value)


def plain_rows(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as plain values."""
    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in frame.astype(object).to_dict(orient="records")
    ]


def _plain(value: object) -> object:
    if value is pd.NA or value is pd.NaT:
        return None
    plain = getattr(value, "tolist", None)
    return plain() if callable(plain) else value


def empty_table(*heads: str) -> Table:
    """A table with these heads and no row."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    return table
