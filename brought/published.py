"""What a publisher's file gives: households of departments by month, and what was done to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

from brought.dates import Dated, dated
from brought.page import LONGEST_CELL, Cell
from brought.spelling import plain, squeezed
from brought.values import department_code
from sim.remarks import Remark

Publisher = Literal["drees", "cnaf"]
"""``drees`` counts every household, ``cnaf`` those that the family funds pay (no farmers' fund)."""

Months = dict[int, float]
Names = Mapping[str, str]
"""Codes of departments by their squeezed names."""
Known = Mapping[str, Mapping[int, float]]
"""Households that are known already, by department and month."""

LEAST_COMMON, MOST_REVISED = 20, 0.02
"""A table is of households on RSA if so many of its numbers are at known places, and within this of
the known ones in the median: other benefits and persons are tens of percent away."""

COUNTRY = ("france", "france entiere", "ensemble france", "total france")
"""How the whole country is named; ``France métropolitaine`` is a part of it."""

_MARKS = re.compile(r"(?:\s*(?:\*+|\((?:p|sd|d|r|e|[0-9])\)))+$", re.IGNORECASE)
_BEFORE_NAME = re.compile(r"(?P<code>[0-9]{1,3}|2[ABab])\s*(?:[-–:]\s*|\s)(?P<name>\D+)")
_WRITTEN = re.compile(r"[0-9]{1,9}(?:\.[0-9]+)?")
_RSA = re.compile(r"\brsa\b|\brevenu de solidarite active\b")
_COUNTED = re.compile(r"\bfoyers?\b|\ballocataires?\b|\bmenages?\b")
_NOT_ALL = re.compile(
    r"\bprime\b|\bppa\b|\baah\b|\bass\b|\bpersonnes\b|\bentre(?:es|nts?)\b|\bsort(?:ies|ants?)\b|"
    r"\bmajore\b|\bjeunes?\b|\btaux\b|\bparts?\b|\bmontants?\b|\bdepenses?\b|\bcvs\b|"
    r"\bdesaisonnalise\w*|\bvariations saisonnieres\b|\bensemble des minima\b"
)
_NO_STOCK = re.compile(
    r"\bentre(?:es|nts?)\b|\bsort(?:ies|ants?)\b|\btaux\b|\bmontants?\b|\bdepenses?\b|\bcvs\b|"
    r"\bdesaisonnalise\w*|\bvariations saisonnieres\b|\bpersonnes\b|\bmetropolitaine\b|\bregions?\b"
)


@dataclass(frozen=True)
class Published:
    """Households by department and month, with remarks; ``provisional``: months marked so.

    ``country``: households of the whole country by month, where the file counts them.
    """

    publisher: Publisher
    households: Mapping[str, Mapping[int, float]]
    remarks: tuple[Remark, ...] = ()
    provisional: frozenset[int] = field(default_factory=frozenset)
    country: Mapping[int, float] = field(default_factory=dict)


def counts_rsa_households(title: str) -> bool:
    """Whether a title speaks of all households on RSA, as a count."""
    words = plain(title)
    return bool(_RSA.search(words) and _COUNTED.search(words)) and not _NOT_ALL.search(words)


def heads_rsa_households(head: str, title: str) -> bool:
    """Whether a column of a table of several benefits counts all households on RSA.

    The title names the benefits; what it must not be is of flows, amounts or shares.
    """
    words = plain(head)
    is_rsa = bool(_RSA.search(words)) and not _NOT_ALL.search(words)
    return is_rsa and not _NO_STOCK.search(plain(title))


def is_country(cell: Cell) -> bool:
    """Whether a cell names the whole country, overseas departments included."""
    return isinstance(cell, str) and plain(without_marks(cell)[0] or "") in COUNTRY


def agree(cells: Iterable[tuple[str, int, Cell]], known: Known) -> bool:
    """Whether numbers by department and month are the known counts, some revised."""
    ratios = [
        float(number) / before
        for code, month, cell in cells
        if (before := known.get(code, {}).get(month)) and (number := _number(cell)) is not None
    ]
    return len(ratios) >= LEAST_COMMON and abs(median(ratios) - 1.0) <= MOST_REVISED


def _number(cell: Cell) -> float | None:
    if isinstance(cell, str):
        cell = cell.replace(" ", "").replace(",", ".")
        return float(cell) if _WRITTEN.fullmatch(cell) else None
    return float(cell) if isinstance(cell, (int, float)) else None


def without_marks(cell: Cell) -> tuple[Cell, bool]:
    """A cell without the marks that publishers put behind it (``*``, ``(p)``), and if it had any.

    Marks alone stand for a value that is withheld, and stay.
    """
    if not isinstance(cell, str):
        return cell, False
    bare = _MARKS.sub("", cell)
    return (bare, bare != cell) if bare else (cell, False)


def month_in(cell: Cell) -> Dated | None:
    """The month of a cell, with or without marks."""
    if isinstance(cell, str) and len(cell) > LONGEST_CELL:
        return None
    return dated(without_marks(cell)[0])


def code_in(cell: Cell, names: Names) -> str | None:
    """The department that a cell names: ``80``, ``1``, ``80 - Somme``, ``Somme``."""
    if isinstance(cell, str) and len(cell) > LONGEST_CELL:
        return None
    code = department_code(cell)
    if code is not None or not isinstance(cell, str):
        return code
    found = _BEFORE_NAME.fullmatch(cell.strip())
    if found is not None:
        return department_code(found["code"])
    return names.get(squeezed(cell))
