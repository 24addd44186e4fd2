"""Where the table begins in a file, and which of its columns is which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from brought.columns import Kind
from brought.money_units import split_head
from brought.page import Cell, Page
from brought.spelling import squeezed, visible

MOST_LINES_ABOVE = 40


@dataclass(frozen=True)
class Sheet:
    """A head and the rows below it; ``lines`` are the numbers of the rows in the file."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, ...]
    head_line: int
    page: str = ""
    is_text: bool = True


def sheet_at(page: Page, place: int) -> Sheet:
    """The table whose head is in one row of a page."""
    cells = [visible(str(cell)) for cell in page.rows[place]]
    width = 1 + max(position for position, cell in enumerate(cells) if cell)
    return Sheet(
        tuple(cells[:width]), page.rows[place + 1 :], page.lines[place + 1 :], page.lines[place],
        page.name, page.is_text,
    )  # fmt: skip


def possible_sheets(pages: Iterable[Page], kind: Kind) -> list[Sheet]:
    """The tables that have all the needed columns by their names: at most one of each page."""
    found = []
    for page in pages:
        for place in range(min(len(page.rows) - 1, MOST_LINES_ABOVE)):
            heads = exact_heads(kind, [str(cell) for cell in page.rows[place]])
            if all(heads[one.name] for one in kind.columns if one.is_needed) and any(
                heads.values()
            ):
                found.append(sheet_at(page, place))
                break
    return found


def likeliest_sheet(pages: Sequence[Page], kind: Kind) -> Sheet:
    """A table to begin with when none has all the needed columns.

    It has the most columns that are known; else it begins with the first row of several cells.
    """
    places = [
        (page, place)
        for page in pages
        for place in range(min(len(page.rows) - 1, MOST_LINES_ABOVE))
    ]

    def likelihood(one: tuple[Page, int]) -> tuple[int, bool]:
        page, place = one
        row = [str(cell) for cell in page.rows[place]]
        known = sum(bool(positions) for positions in exact_heads(kind, row).values())
        return known, sum(bool(cell) for cell in row) > 1

    return sheet_at(*max(places, key=likelihood))


def exact_heads(kind: Kind, head: Sequence[str]) -> dict[str, list[int]]:
    """The positions of the heads that mean each column, spelled as the kind spells them."""
    whole = [squeezed(one) for one in head]
    without_unit = [split_head(one)[0] for one in head]
    found: dict[str, list[int]] = {}
    for column in kind.columns:
        spellings = [squeezed(one) for one in (column.name, *column.heads)]
        found[column.name] = sorted(
            (
                place
                for place in range(len(head))
                if whole[place] in spellings or without_unit[place] in spellings
            ),
            key=lambda place: _rank(spellings, whole[place], without_unit[place]),
        )
    return found


def guessed_mapping(kind: Kind, head: Sequence[str]) -> tuple[dict[str, str], bool]:
    """Which head probably is which column, and whether every one is spelled as the kind does."""
    exact = exact_heads(kind, head)
    found: dict[str, str] = {}
    for name, places in exact.items():
        free = [head[place] for place in places if head[place] not in found.values()]
        if free:
            found[name] = free[0]
    is_sure = all(name in found for name in _needed(kind))
    for column in kind.columns:
        if column.name in found:
            continue
        spellings = [squeezed(one) for one in column.heads]
        for one in head:
            flat = squeezed(one)
            if one not in found.values() and any(spelling in flat for spelling in spellings):
                found[column.name] = one
                break
    return found, is_sure


def sure_mapping(kind: Kind, head: Sequence[str]) -> Mapping[str, str]:
    """The heads that are spelled as the kind does, by column."""
    return {name: head[places[0]] for name, places in exact_heads(kind, head).items() if places}


def alike(head: Sequence[str], chosen: str) -> list[str]:
    """The heads of a table that are the chosen one, however it is spelled."""
    return [one for one in head if squeezed(one) == squeezed(chosen)]


def _needed(kind: Kind) -> list[str]:
    return [one.name for one in kind.columns if one.is_needed]


def _rank(spellings: Sequence[str], *spelled: str) -> int:
    return min(spellings.index(one) for one in spelled if one in spellings)
