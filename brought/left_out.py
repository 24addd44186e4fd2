"""Rows that are no data: totals, notes below the table, heads printed again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from brought.columns import Kind
from brought.faults import RemarkKey, TableRemark
from brought.heads import Sheet
from brought.page import LONGEST_CELL, Cell
from brought.spelling import plain, squeezed, visible

TOTAL = re.compile(
    r"(?:sous |grand )?tota(?:l|ux)(?: .*)?|ensemble(?: d.*)?|all|whole department|"
    r"(?:tous|toutes)(?: les)? (?:territoires|secteurs|uts|cantons|mds)|departement(?: entier)?|"
    r"france(?: entiere| metropolitaine)?|(?:sum|somme) (?:totale?|generale?|of all\b.*)"
)
NOTE = re.compile(
    r"(?:sources?|notes?|nb|champ|lecture|donnees|attention|remarque|nota|extrait|mise a jour|"
    r"maj|copyright|date d|edite|imprime)\b"
)
LEAST_MONTHS, LEAST_SUM = 2, 1000.0
"""From so many months, or from such a sum on, equal numbers are no chance."""


def rows_of_data(
    kind: Kind, sheet: Sheet, places: Mapping[str, int]
) -> tuple[list[int], list[TableRemark]]:
    """Positions of the rows that are data, and what is left out."""
    reasons: dict[RemarkKey, list[int]] = defaultdict(list)
    named = [
        places[one.name]
        for one in kind.columns
        if one.name in places and one.shape not in ("count", "number", "unit")
    ]
    territory = places.get("territory")
    head = [squeezed(one) for one in sheet.head]
    kept = []
    for position, row in enumerate(sheet.rows):
        reason = _reason(row, head, named)
        if reason is None:
            kept.append(position)
        else:
            reasons[reason].append(position)
    if not kept and territory is not None:
        # A table of the whole department alone: what it calls a total is all there is.
        kept, reasons["total"] = reasons["total"], []
    remarks = [
        TableRemark(key, "", _example(sheet.rows[positions[0]]), _lines(sheet, positions))
        for key, positions in reasons.items()
        if positions
    ]
    return kept, remarks


def unnamed_totals(
    rows: Sequence[Mapping[str, str | float]], columns: Sequence[str]
) -> tuple[set[int], set[int]]:
    """Rows that add up the others of their month; and rows without a territory that do not.

    ``columns`` are those that can be added.
    """
    by_month: dict[str, dict[str, int]] = defaultdict(dict)
    for position, row in enumerate(rows):
        by_month[str(row.get("month", ""))][str(row.get("territory", ""))] = position
    if all(set(places) == {""} for places in by_month.values()):
        return set(), set()
    names = dict.fromkeys(str(row.get("territory", "")) for row in rows)
    totals: set[int] = set()
    for name in names:
        positions = [places[name] for places in by_month.values() if name in places]
        sums = [
            _adds_up(rows, places, name, columns) for places in by_month.values() if name in places
        ]
        if all(sums) and (len(sums) >= LEAST_MONTHS or max(sums) >= LEAST_SUM):
            totals.update(positions)
    lost = {places[""] for places in by_month.values() if "" in places} - totals
    return totals, lost


def _adds_up(
    rows: Sequence[Mapping[str, str | float]],
    places: Mapping[str, int],
    name: str,
    columns: Sequence[str],
) -> float:
    """The sum of the other territories if a row gives just that, in every column; else 0."""
    others = [rows[place] for other, place in places.items() if other != name]
    total = rows[places[name]]
    largest = 0.0
    if len(others) < 2:
        return 0.0
    for column in columns:
        value, parts = total.get(column), [one.get(column) for one in others]
        if value is None and all(part is None for part in parts):
            continue
        numbers = [part for part in parts if isinstance(part, float)]
        if not isinstance(value, float) or len(numbers) < len(parts) or sum(numbers) != value:
            return 0.0
        largest = max(largest, value)
    return largest


def _reason(row: Sequence[Cell], head: Sequence[str], named: Sequence[int]) -> RemarkKey | None:
    words = [
        plain(cell)
        for place in named
        if place < len(row) and isinstance(cell := row[place], str) and _may_be_words(cell)
    ]
    if any(TOTAL.fullmatch(one) for one in words):
        return "total"
    filled = [cell for cell in row if cell != ""]
    if (
        len(filled) == 1
        and isinstance(filled[0], str)
        and NOTE.match(plain(filled[0][:LONGEST_CELL]))
    ):
        return "note"
    if not row or not isinstance(row[0], str) or len(row[0]) > LONGEST_CELL:
        return None
    is_again = squeezed(row[0]) == head[0] and len(filled) > 1
    if is_again and [squeezed(str(cell)[:LONGEST_CELL]) for cell in row[: len(head)]] == list(head):
        return "head_again"
    return None


def _may_be_words(cell: str) -> bool:
    return cell[:1].isalpha() and len(cell) <= LONGEST_CELL


def _example(row: Sequence[Cell]) -> str:
    return visible(" · ".join(str(cell) for cell in row if cell != ""))[:80]


def _lines(sheet: Sheet, positions: Sequence[int]) -> tuple[int, ...]:
    return tuple(sheet.lines[position] for position in positions)
