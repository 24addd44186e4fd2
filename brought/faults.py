"""What is found in a table besides its values: faults, remarks, questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.remarks import Remark, remarked

Expected = Literal[
    "column", "twice", "cells", "long", "computed", "month", "date_order", "day", "period",
    "count", "number", "text", "department", "unit", "unit_twice", "once", "constant", "mean",
    "territory",
]  # fmt: skip
"""What would have been right."""

RemarkKey = Literal["total", "note", "head_again", "secret", "empty", "unit"]


@dataclass(frozen=True)
class LineFault:
    """What is wrong in a line (0: the whole table): the column, what was found, what is expected.

    ``detail`` names the other line or the other spelling, where there is one.
    """

    line: int
    column: str
    found: str
    expected: Expected
    detail: str = ""


@dataclass(frozen=True)
class TableRemark:
    """What was done with lines or a column, and must be said: ``found`` is an example."""

    key: RemarkKey
    column: str
    found: str
    lines: tuple[int, ...]


MOST_LINES = 5
"""So many lines are named."""


def as_remark(one: TableRemark) -> Remark:
    """What was done with a table, with the number of lines and the first of them."""
    count, more = len(one.lines), len(one.lines) - MOST_LINES
    named = ", ".join(map(str, one.lines[:MOST_LINES]))
    which = "line" if count == 1 else "lines" if more <= 0 else "lines_and_more"
    lines = remarked(which, lines=named, more=more)
    return remarked(
        f"table_{one.key}" if count == 1 or one.key == "unit" else f"table_{one.key}_many",
        column=one.column,
        found=one.found,
        count=count,
        lines=(lines,),
    )


@dataclass(frozen=True)
class Question:
    """What the table leaves open in a column: how a mark is meant, or the unit."""

    key: Literal["mark", "unit"]
    column: str
    line: int
    found: str
