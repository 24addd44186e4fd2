"""Units of amounts and counts, as heads and cells write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from brought.spelling import plain, squeezed

UNITS: Mapping[str, int] = {"eur": 1, "keur": 1_000, "meur": 1_000_000}
"""Units of an amount of money, in euro."""
THOUSANDS, MILLIONS = 1_000, 1_000_000

_EURO = r"(?:d )?eur(?:os?)?"
_FACTORS = (
    (THOUSANDS, rf"k ?{_EURO}|milliers?(?: {_EURO})?|thousands?(?: (?:of )?{_EURO})?"),
    (MILLIONS, rf"m ?{_EURO}|mio ?{_EURO}|millions?(?: (?:of )?{_EURO})?"),
    (1, _EURO),
)
_UNIT = {factor: re.compile(rf"(?:{words})") for factor, words in _FACTORS}
_AT_END = {
    factor: re.compile(rf"(?:^|\s)(?:(?:en|in)\s)?(?:{words})$") for factor, words in _FACTORS
}
CELL = re.compile(r"(?P<number>[^A-Za-z€]*)(?P<unit>[A-Za-z€][^0-9]*)?")


def factor_of(unit: str) -> int | None:
    """Euro in a unit written alone (``k€``, ``milliers d'euros``); None if it is not one."""
    flat = plain(unit)
    return next((factor for factor, known in _UNIT.items() if known.fullmatch(flat)), None)


def split_head(head: str) -> tuple[str, int | None]:
    """A head without the unit at its end, squeezed, and the factor of that unit (None: none)."""
    flat = plain(head)
    for factor, known in _AT_END.items():
        found = known.search(flat)
        if found is not None:
            return squeezed(flat[: found.start()]), factor
    return squeezed(flat), None


def split_cell(written: str) -> tuple[str, int | None]:
    """The digits of a cell and the factor of a unit after them (None: none, or not one)."""
    found = CELL.fullmatch(written)
    unit = found["unit"] if found is not None else None
    factor = factor_of(unit) if unit else None
    if found is None or factor is None:
        return written, None
    return found["number"].strip(), factor
