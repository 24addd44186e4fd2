"""Whether a table is about single persons, told before a value of it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from brought.columns import Kind
from brought.heads import Sheet
from brought.personal_heads import is_personal
from brought.personal_values import is_of_a_person
from brought.spelling import plain, squeezed

Refusal = Literal["person_column", "person_number"]

NAMES = ("nom", "noms", "name", "names", "libelle nom")
AGES = ("age", "ages")
CLASS_OF_AGE = re.compile(r"[A-Za-z+<>≥≤]|[0-9]\s*[-–/]\s*[0-9]")
MOST_ROWS_PER_KEY = 1.5
"""More rows than this for each month and territory are rows of persons, not of a series."""
FEWEST_ROWS, FEWEST_PLACES, FEWEST_NUMBERED = 12, 12, 30
LEAST_SHARE = 0.8
"""Share of counts of 0 or 1 from which each place is one person."""


def reason_to_refuse(sheet: Sheet) -> tuple[Refusal, int, str] | None:
    """Why a table is about persons: the reason, the line, the head; None when it may be a series.

    The value that was found is not given: it must not be shown or kept.
    """
    for place, head in enumerate(sheet.head):
        if is_personal(head) and not _is_of_places(sheet, place):
            return "person_column", sheet.head_line, head
    for line, row in zip(sheet.lines, sheet.rows, strict=True):
        for place, cell in enumerate(row):
            if is_of_a_person(cell):
                return "person_number", line, sheet.head[place] if place < len(sheet.head) else ""
    return None


def are_rows_of_persons(
    kind: Kind, rows: Sequence[Mapping[str, str | float]], keys: Sequence[tuple[str, ...]]
) -> bool:
    """Whether checked rows are one for each person.

    There are clearly more rows than months and territories; or very many places with counts of 0
    or 1; or places that are numbers of files.
    """
    if len(rows) < FEWEST_ROWS or not kind.key:
        return False
    dated = [key for key, row in zip(keys, rows, strict=True) if "month" in row]
    if len(dated) >= FEWEST_ROWS and len(dated) > MOST_ROWS_PER_KEY * len(set(dated)):
        return True
    places = {str(row["territory"]) for row in rows if "territory" in row}
    counts = [row["households"] for row in rows if "households" in row]
    if counts:
        single = sum(value in (0.0, 1.0) for value in counts)
        return len(places) >= FEWEST_PLACES and single >= LEAST_SHARE * len(counts)
    if "fte" in kind.by_name:
        return False
    stems = {re.sub(r"[0-9]+", "", squeezed(place)) for place in places}
    return len(places) >= FEWEST_NUMBERED and len(stems) == 1 and len(rows) < 2 * len(places)


def _is_of_places(sheet: Sheet, place: int) -> bool:
    """Whether a column of names goes with codes of departments, or one of ages holds classes."""
    flat = plain(sheet.head[place])
    cells = [str(row[place]) for row in sheet.rows if place < len(row)]
    if flat in AGES:
        return bool(cells) and all(map(CLASS_OF_AGE.search, cells))
    codes = [
        position
        for position, head in enumerate(sheet.head)
        if squeezed(head) in ("department", "departement", "codedepartement", "dep")
    ]
    if flat not in NAMES or not codes:
        return False
    pairs = {
        (str(row[codes[0]]), str(row[place]))
        for row in sheet.rows
        if len(row) > max(place, codes[0])
    }
    return len(pairs) == len({code for code, _ in pairs}) == len({name for _, name in pairs})
