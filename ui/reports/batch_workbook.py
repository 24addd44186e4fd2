"""Workbooks with the rows of a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter

from sim.language import Language
from sim.plain_text import spreadsheet_text
from ui.texts import LANGUAGES, at

MOST_ROWS = 1_048_575
"""Of one sheet, below its heads."""
NARROW, WIDE = 14, 60


def write_workbook(
    path: Path,
    rows: Iterable[pa.Table],
    sheets: Mapping[str, Sequence[Mapping[str, object]]],
    language: Language,
) -> None:
    """A workbook with the rows on the first sheet and smaller tables on the others.

    Text cells are written as text: none of them is a formula.
    """
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        bold = book.add_format({"bold": True})
        sheet = _sheet(book, at("batch_export.sheets", language)["rows"])
        line = 0
        for table in rows:
            if line == 0:
                _heads(sheet, table.column_names, bold)
            for record in zip(*(column.to_pylist() for column in table.columns), strict=True):
                line += 1
                _line(sheet, line, record)
        for name, records in sheets.items():
            sheet = _sheet(book, name)
            for number, found in enumerate(records):
                if number == 0:
                    _heads(sheet, list(found), bold)
                _line(sheet, number + 1, tuple(found.values()))


def _sheet(book: Any, name: str) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    return sheet


def _heads(sheet: Any, names: Sequence[str], bold: Any) -> None:
    heads = [at("batch_export.heads", language) for language in LANGUAGES]
    widths = {"value": 2 * NARROW}
    widths |= {one["label"]: 2 * NARROW for one in heads} | {
        one["definition"]: WIDE for one in heads
    }
    for column, name in enumerate(names):
        sheet.set_column(column, column, widths.get(name, NARROW))
        sheet.write_string(0, column, spreadsheet_text(name), bold)


def _line(sheet: Any, line: int, values: Sequence[object]) -> None:
    for column, value in enumerate(values):
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            sheet.write_number(line, column, value)
        elif value is not None:
            sheet.write_string(line, column, spreadsheet_text(str(value)))
