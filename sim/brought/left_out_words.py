"""What was done to read a table, in a sentence of each language."""

from __future__ import annotations

from collections.abc import Iterable

from sim.brought.faults import TableRemark
from sim.remarks import Remark

MOST_LINES = 5


def in_words(remarks: Iterable[TableRemark]) -> tuple[Remark, ...]:
    """Each remark as it is said."""
    return tuple(map(_sentence, remarks))


def _sentence(remark: TableRemark) -> Remark:
    count, found, column = len(remark.lines), remark.found, remark.column
    lines, lignes = _lines(remark.lines, "line", "more"), _lines(remark.lines, "ligne", "autres")
    match remark.key:
        case "total":
            return Remark(
                f"{_count(count, 'row')} of totals left out ({lines}): {found}.",
                f"{_count(count, 'ligne')} de total laissée de côté ({lignes}) : {found}."
                if count == 1
                else f"{count} lignes de total laissées de côté ({lignes}) : {found}.",
            )
        case "note":
            return Remark(
                f"{_count(count, 'note')} beside the table left out ({lines}): {found}.",
                f"Hors du tableau, laissé de côté ({lignes}) : {found}.",
            )
        case "head_again":
            return Remark(
                f"{_count(count, 'row')} repeating the head left out ({lines}).",
                f"En-tête répété, laissé de côté ({lignes}).",
            )
        case "secret":
            return Remark(
                f"{column}: {_count(count, 'value')} withheld ({lines}), such as {found}.",
                f"{column} : {_count(count, 'valeur')} sous secret ou non communiquée ({lignes}), "
                f"comme {found}."
                if count == 1
                else f"{column} : {count} valeurs sous secret ou non communiquées ({lignes}), "
                f"comme {found}.",
            )
        case "empty":
            return Remark(
                f"{column}: {_count(count, 'value')} missing ({lines}).",
                f"{column} : {_count(count, 'valeur')} absente ({lignes})."
                if count == 1
                else f"{column} : {count} valeurs absentes ({lignes}).",
            )
        case "unit":
            return Remark(
                f"{column}: read in the unit that the head names.",
                f"{column} : lu dans l'unité que porte l'en-tête.",
            )


def _count(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _lines(lines: tuple[int, ...], word: str, more: str) -> str:
    shown = ", ".join(map(str, lines[:MOST_LINES]))
    rest = len(lines) - MOST_LINES
    named = word if len(lines) == 1 else f"{word}s"
    return f"{named} {shown} + {rest} {more}" if rest > 0 else f"{named} {shown}"
