"""Numbers as people write them; what a mark means is decided by the whole column.

``16.580`` is sixteen thousand households or sixteen days and a half. A cell that shows it alone
(``1.234.567``, ``41.5``) decides for the others; so do the bounds of the column, and that it counts
whole things. What is still open is a question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from brought.money_units import split_cell
from brought.page import Cell

Role = Literal["decimal", "thousands"]
ROLES: tuple[Role, ...] = ("decimal", "thousands")
MARKS = (".", ",")
MOST_DIGITS = 18

MISSING = re.compile(
    r"|n\.?[ /]?[cdsra]\.?|#n/a|s|c|x|\.{1,3}|…|[-–—*/]+|sec(?:ret)?(?: stat\w*)?|na|nan|null|"
    r"non (?:communiqu|disponible|renseign|signif)\w*.*|confidentiel\w*|"
    r"(?:<|≤|<=|moins de|inf\w*\.?(?: [àa])?)\s?\d{1,2}",
    re.IGNORECASE,
)
"""Empty cells and the words by which a value is withheld (``NC``, ``<5``, ``s``)."""

_SPACES = re.compile(r"[ \u00a0\u202f\u2009\u2007'\u2019]")
_MINUS = ("-", "\u2212", "\u2010", "\u2011")
_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?: [0-9]{3})+")
_ONE_MARK = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?P<mark>[.,])(?P<part>[0-9]+)")
_GROUPS = re.compile(r"[0-9]{1,3}(?P<mark>[.,])[0-9]{3}(?:(?P=mark)[0-9]{3})+")
_BOTH = re.compile(
    r"(?P<whole>[0-9]{1,3}(?P<group>[.,])[0-9]{3}(?:(?P=group)[0-9]{3})*)"
    r"(?!(?P=group))(?P<mark>[.,])(?P<part>[0-9]+)"
)


@dataclass(frozen=True)
class Numeral:
    """A number as written: its value by the role of ``mark``, and what it shows of roles.

    ``values`` holds one reading, or two when the cell alone cannot tell.
    """

    values: dict[Role, Decimal]
    mark: str = ""
    shown: dict[str, Role] = field(default_factory=dict)
    factor: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether the cell alone cannot tell."""
        return len(self.values) > 1


@dataclass(frozen=True)
class Accepted:
    """Which numbers a column takes: bounds, whether they are whole, whether units may follow them.

    ``factor`` is what one of the unit in the head counts in the unit of the column; None: the head
    names no unit.
    """

    low: float
    high: float
    is_whole: bool
    takes_units: bool = False
    factor: int | None = None

    def value(self, written: Decimal, factor: int | None) -> float | None:
        """The number in the unit of the column; None outside of what is accepted."""
        if factor is not None and (not self.takes_units or self.factor not in (None, factor)):
            return None
        found = written * (factor or self.factor or 1)
        if self.is_whole and found != found.to_integral_value():
            return None
        return float(found) if self.low <= found <= self.high else None


def is_missing(cell: Cell) -> bool:
    """Whether a cell is empty or says that its value is withheld."""
    return isinstance(cell, str) and MISSING.fullmatch(cell.strip()) is not None


def numeral(cell: Cell) -> Numeral | None:
    """What a cell can mean; None if it is no number."""
    if isinstance(cell, (int, float)):
        return _exact(Decimal(repr(cell))) if abs(cell) < 10.0**MOST_DIGITS else None
    if not isinstance(cell, str) or sum(one.isdigit() for one in cell) > MOST_DIGITS:
        return None
    written, factor = split_cell(cell.strip())
    sign = -1 if written.startswith(_MINUS) else 1
    body = _SPACES.sub(" ", written[1:] if sign < 0 else written.removeprefix("+")).strip()
    found = _unsigned(body)
    if found is None:
        return None
    values = {role: sign * value for role, value in found.values.items()}
    return Numeral(values, found.mark, found.shown, factor)


def roles(numerals: Sequence[Numeral | None], accepted: Accepted) -> dict[str, Role | None]:
    """What each mark means in the cells of a column that are open; None: cannot be told."""
    shown: dict[str, set[Role]] = {mark: set() for mark in MARKS}
    for one in numerals:
        for mark, role in one.shown.items() if one is not None else ():
            shown[mark].add(role)
            shown[_other(mark)].add(_opposite(role))
    return {
        mark: _role(
            [one for one in numerals if one is not None and one.is_open and one.mark == mark],
            shown[mark],
            accepted,
        )
        for mark in MARKS
    }


def _role(cells: Sequence[Numeral], shown: set[Role], accepted: Accepted) -> Role | None:
    possible = [
        role
        for role in ROLES
        if all(accepted.value(one.values[role], one.factor) is not None for one in cells)
    ]
    if accepted.is_whole:
        if len(possible) > 1:
            return "thousands" if shown == {"thousands"} else None
        return possible[0] if possible else "thousands"
    if shown:
        return next(iter(shown)) if len(shown) == 1 else None
    return possible[0] if len(possible) == 1 else None


def _unsigned(body: str) -> Numeral | None:
    if _WHOLE.fullmatch(body):
        return _exact(Decimal(body.replace(" ", "")))
    one = _ONE_MARK.fullmatch(body)
    if one is not None:
        return _with_one_mark(one["whole"], one["mark"], one["part"])
    groups = _GROUPS.fullmatch(body)
    if groups is not None:
        value = Decimal(body.replace(groups["mark"], ""))
        return Numeral({"thousands": value}, groups["mark"], {groups["mark"]: "thousands"})
    both = _BOTH.fullmatch(body)
    if both is None:
        return None
    value = Decimal(f"{both['whole'].replace(both['group'], '')}.{both['part']}")
    return Numeral({"decimal": value}, both["mark"], {both["mark"]: "decimal"})


def _with_one_mark(whole: str, mark: str, part: str) -> Numeral:
    value = Decimal(f"{whole.replace(' ', '')}.{part}")
    is_open = len(part) == 3 and len(whole) <= 3 and not whole.startswith("0")
    if not is_open:
        return Numeral({"decimal": value}, mark, {mark: "decimal"})
    return Numeral({"decimal": value, "thousands": value * 1000}, mark)


def _exact(value: Decimal) -> Numeral:
    return Numeral({"decimal": value})


def _other(mark: str) -> str:
    return MARKS[1 - MARKS.index(mark)]


def _opposite(role: Role) -> Role:
    return ROLES[1 - ROLES.index(role)]
