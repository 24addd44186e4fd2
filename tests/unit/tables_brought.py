"""Small tables as people bring them, and how the app reads them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from brought.checking import Checked, ColumnAnswers, check
from brought.columns import Kind
from brought.heads import guessed_mapping, likeliest_sheet, possible_sheets
from brought.kinds import OWN_KINDS
from brought.pages import pages_of_file

CASELOAD, SPENDING = OWN_KINDS["caseload"], OWN_KINDS["spending"]
DELAYS = OWN_KINDS["delays"]


def understood(
    content: bytes | str, kind: Kind = CASELOAD, answers: ColumnAnswers | None = None
) -> Checked:
    """What the app understands of a file without a choice of the person."""
    pages = pages_of_file(content.encode() if isinstance(content, str) else content)
    sheets = possible_sheets(pages, kind)
    sheet = sheets[0] if sheets else likeliest_sheet(pages, kind)
    return check(kind, sheet, guessed_mapping(kind, sheet.head)[0], answers or ColumnAnswers())


def column(cells: Sequence[str], name: str = "households", kind: Kind = CASELOAD) -> Checked:
    """One column of numbers, one month after the other."""
    head = kind.column(name).heads[0]
    rows = [f"{2010 + place // 12}-{place % 12 + 1:02d};{cell}" for place, cell in enumerate(cells)]
    return understood("\n".join([f"mois;{head}", *rows]), kind)


def values(found: Checked, name: str = "households") -> list[object]:
    """The values of a column; None where one is missing."""
    assert not found.faults, found.faults
    assert not found.questions, found.questions
    return [row.get(name) for row in found.rows]


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """An .xlsx file with these rows in its sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
