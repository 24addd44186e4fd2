"""The sheets of an .xlsx file: cells with the values that were computed when it was saved."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from brought.page import Cell, UnreadableError

MOST_UNPACKED_BYTES, MOST_TAGS = 60_000_000, 2_000_000
"""Enough for 400,000 cells; what is above costs minutes and gigabytes, however small the file."""
MOST_PARTS = 2_000
LAST_LINE = 250_000
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
FORMULAS = (b"<f>", b"<f ", b":f>", b":f ")


def sheets(
    content: bytes, most_bytes: int = MOST_UNPACKED_BYTES, most_tags: int = MOST_TAGS
) -> Iterator[tuple[str, Iterator[tuple[int, Sequence[Cell]]]]]:
    """Each visible sheet: its name, and its rows with their numbers.

    ``most_bytes`` and ``most_tags`` bound what the file unpacks into.

    A computed cell that was saved without its value is its formula, as text that begins with
    ``=``. Raises `UnreadableError` on whatever is no workbook.
    """
    has_formulas = _check_parts(content, most_bytes, most_tags)
    values = _opened(content, has_values=True)
    formulas = _opened(content, has_values=False) if has_formulas else None
    for place, sheet in enumerate(values.worksheets):
        if sheet.sheet_state == "visible":
            twin = None if formulas is None else formulas.worksheets[place]
            yield str(sheet.title), _rows(sheet, twin)


def _check_parts(content: bytes, most_bytes: int, most_tags: int) -> bool:
    """Refuse what unpacks too large or declares entities; whether any sheet has a formula."""
    has_formulas = False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > most_bytes:
                raise UnreadableError("too_large")
            if len(parts) > MOST_PARTS or len({part.filename for part in parts}) < len(parts):
                raise UnreadableError("not_a_table")
            tags = 0
            for part in parts:
                if not part.filename.endswith((".xml", ".rels")):
                    continue
                text = package.read(part)
                tags += text.count(b"<")
                if tags > most_tags:
                    raise UnreadableError("too_large")
                if b"\x00" in text or any(one in text for one in DECLARATIONS):
                    raise UnreadableError("not_a_table")
                is_sheet = part.filename.startswith("xl/worksheets/")
                has_formulas = has_formulas or (is_sheet and any(one in text for one in FORMULAS))
    except UnreadableError:
        raise
    except Exception:  # zipfile and its decompressors raise a dozen kinds on damaged bytes
        raise UnreadableError("not_a_table") from None
    return has_formulas


def _opened(content: bytes, *, has_values: bool) -> Any:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), read_only=True, data_only=has_values)
    except Exception:  # openpyxl raises whatever its parts meet in damaged XML
        raise UnreadableError("not_a_table") from None


def _rows(sheet: Any, twin: Any) -> Iterator[tuple[int, Sequence[Cell]]]:
    try:
        formulas = None if twin is None else _values(twin)
        for line, row in enumerate(_values(sheet), start=1):
            if line > LAST_LINE:
                raise UnreadableError("too_large", line)
            cells = [_cell(value) for value in row]
            if formulas is not None:
                computed = [_cell(value) for value in next(formulas)]
                cells = [
                    formula if cell == "" else cell
                    for cell, formula in zip(cells, computed, strict=True)
                ]
            yield line, cells
    except UnreadableError:
        raise
    except Exception:  # the cells are parsed here, by the same reader
        raise UnreadableError("not_a_table") from None


def _values(sheet: Any) -> Iterator[Sequence[object]]:
    """All rows; the dimensions that a file states for itself may be too small."""
    sheet.reset_dimensions()
    rows: Iterator[Sequence[object]] = sheet.iter_rows(values_only=True)
    return rows


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, (int, float, date)) and not isinstance(value, bool):
        return value
    return str(value)
