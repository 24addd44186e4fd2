"""What a column and a kind of table are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Shape = Literal["month", "day", "period", "count", "number", "text", "department", "unit"]
"""``count`` is whole; ``day`` is a day, or the first one of a month or a year; ``period`` is a
month or a year."""


@dataclass(frozen=True)
class Column:
    """One column: what it holds, whether it must be there, heads that mean it, its bounds.

    ``unit`` is ``eur`` for money, which the head or each row may give in thousands or millions.
    ``can_be_missing``: a cell may be empty or kept secret. ``is_end_of_month``: a day other than
    the first or the last one is not a month.
    """

    name: str
    shape: Shape
    is_needed: bool
    heads: tuple[str, ...]
    low: float = 0.0
    high: float = 5_000_000.0
    unit: str = ""
    can_be_missing: bool = True
    is_end_of_month: bool = False


@dataclass(frozen=True)
class Ratio:
    """A quotient of two columns and the bounds in which it makes sense."""

    above: str
    below: str
    low: float
    high: float


@dataclass(frozen=True)
class Kind:
    """One kind of table: its columns and those that no two rows may share.

    ``constant``: columns that have one value in the whole table.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    ratios: tuple[Ratio, ...] = ()
    constant: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """A column by its name."""
        return next(one for one in self.columns if one.name == name)

    @property
    def by_name(self) -> Mapping[str, Column]:
        """Every column by its name."""
        return {one.name: one for one in self.columns}
