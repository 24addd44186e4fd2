"""From the bytes of a CSV or XLSX file (or pasted text) to rows of text, within bounds."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MOST_BYTES = 5_000_000
MOST_UNPACKED_BYTES = 60_000_000
MOST_ROWS, MOST_COLUMNS = 20_000, 60
LONGEST_CELL = 200
SEPARATORS = (";", "\t", ",")
ENCODINGS = ("utf-8-sig", "cp1252")
XLSX_MAGIC = b"PK\x03\x04"


@dataclass(frozen=True)
class Sheet:
    """A head and rows of text; ``lines`` are the numbers of the rows in the file."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


class UnreadableError(Exception):
    """A file that cannot be read; ``key`` is the text under ``own`` that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def read_file(content: bytes) -> Sheet:
    """The table of a file; raises `UnreadableError`."""
    if len(content) > MOST_BYTES:
        raise UnreadableError("too_large")
    if content.startswith(XLSX_MAGIC):
        return _sheet(_xlsx_rows(content))
    return read_text(_decoded(content))


def read_text(written: str) -> Sheet:
    """The table of pasted text; raises `UnreadableError`."""
    if len(written) > MOST_BYTES:
        raise UnreadableError("too_large")
    if "\x00" in written:
        raise UnreadableError("not_a_table")
    head = written.lstrip("\ufeff\r\n").partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    try:
        return _sheet(csv.reader(io.StringIO(written.lstrip("\ufeff")), delimiter=separator))
    except csv.Error:
        raise UnreadableError("not_a_table") from None


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError("not_a_table")


def _xlsx_rows(content: bytes) -> Iterable[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED_BYTES:
                raise UnreadableError("too_large")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(
            max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1, values_only=True
        ):
            yield [_text(cell) for cell in row]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError):
        raise UnreadableError("not_a_table") from None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _sheet(rows: Iterable[list[str]]) -> Sheet:
    head: tuple[str, ...] = ()
    found: list[tuple[str, ...]] = []
    lines: list[int] = []
    for line, row in enumerate(rows, start=1):
        cells = tuple(cell.strip()[:LONGEST_CELL] for cell in row)
        if not any(cells):
            continue
        if not head:
            head = cells[: 1 + max(place for place, cell in enumerate(cells) if cell)]
            if len(head) > MOST_COLUMNS:
                raise UnreadableError("too_large")
            continue
        found.append((*cells, *[""] * len(head))[: len(head)])
        lines.append(line)
        if len(found) > MOST_ROWS:
            raise UnreadableError("too_large")
    if not head or not found:
        raise UnreadableError("empty")
    return Sheet(head, tuple(found), tuple(lines))
