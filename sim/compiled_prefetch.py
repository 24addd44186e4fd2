"""Asks the processor to fetch the next row of a table while the present one is worked on.

A hint without effect on results. Lives are visited in an order that the processor cannot guess,
so that a tenth of a run was spent waiting for the first word of a row.
"""

from __future__ import annotations

from typing import Any

ROWS_AHEAD, NAMED_ROWS_AHEAD = 8, 4
"""How many places ahead of the present one the rows of a list are fetched, then those they name."""


def fetch_soon(table: Any, row: int, lines: int) -> None:
    """Fetch the first ``lines`` lines of 64 bytes of a row; ``row`` must be in the table.

    Nothing in plain Python; `sim.compiler.prefetch` is its compiled form.
    """


def fetch_field_soon(table: Any, row: int, field: str) -> None:
    """Fetch only the line in which a field of a row begins: a quarter of a row, where it is all.

    Nothing in plain Python, as above.
    """
