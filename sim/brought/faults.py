"""What is found in a table besides its values: faults, remarks, questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Expected = Literal[
    "column", "twice", "cells", "long", "computed", "month", "date_order", "day", "count",
    "number", "text", "department", "unit", "unit_twice", "once", "constant", "mean", "territory",
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


@dataclass(frozen=True)
class Question:
    """What the table leaves open in a column: how a mark is meant, or the unit."""

    key: Literal["mark", "unit"]
    column: str
    line: int
    found: str
