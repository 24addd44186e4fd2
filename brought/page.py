"""A page of cells, as every reader of a file gives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Cell = str | int | float | date
"""Text as written, or what a workbook holds as a number or a day."""

LONGEST_CELL = 200


@dataclass(frozen=True)
class Page:
    """Rows of cells that are not all empty; ``lines`` are their numbers in the file.

    ``is_text`` when separators stand between the cells, so that a row can have too many.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, ...]
    is_text: bool


class UnreadableError(Exception):
    """A file without a table; ``key`` says why, ``line`` where (0: the whole file)."""

    def __init__(self, key: str, line: int = 0) -> None:
        super().__init__(key, line)
        self.key, self.line = key, line
