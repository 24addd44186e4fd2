"""From the bytes of a file, or pasted text, to pages of cells, within bounds."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from brought.page import Cell, Page, UnreadableError
from brought.workbooks import MOST_TAGS, MOST_UNPACKED_BYTES, sheets

MOST_BYTES = 50_000_000
MOST_ROWS, MOST_COLUMNS = 200_000, 200
SEPARATORS = (";", "\t", ",", "|")
SAMPLE_LINES = 200
ZIP_MAGIC, OLD_EXCEL_MAGIC = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MARKS_OF_ENCODINGS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
LEAST_NULS = 0.3
"""Share of zero bytes at odd or even places from which text without a mark is UTF-16."""


@dataclass(frozen=True)
class Limits:
    """How much is read; ``unpacked_bytes`` and ``tags`` bound what is in a workbook."""

    bytes: int = MOST_BYTES
    rows: int = MOST_ROWS
    columns: int = MOST_COLUMNS
    unpacked_bytes: int = MOST_UNPACKED_BYTES
    tags: int = MOST_TAGS


def pages_of_file(content: bytes, limits: Limits = Limits()) -> tuple[Page, ...]:
    """The visible sheets of a workbook, or the one page of a text file.

    Raises `UnreadableError`.
    """
    if len(content) > limits.bytes:
        raise UnreadableError("too_large")
    if content.startswith(OLD_EXCEL_MAGIC):
        raise UnreadableError("old_excel")
    if content.startswith(ZIP_MAGIC):
        opened = sheets(content, limits.unpacked_bytes, limits.tags)
        pages = tuple(_page(name, rows, limits, is_text=False) for name, rows in opened)
    else:
        return pages_of_text(_decoded(content), limits)
    return _with_rows(pages)


def pages_of_text(written: str, limits: Limits = Limits()) -> tuple[Page, ...]:
    """The one page of text with separators; raises `UnreadableError`."""
    if len(written) > limits.bytes:
        raise UnreadableError("too_large")
    written = written.lstrip("\ufeff")
    if any(one < " " and one not in "\t\r\n\f" for one in set(written)):
        raise UnreadableError("not_a_table")
    first, _, rest = written.partition("\n")
    separator = _separator_named(first)
    offset = 1 if separator else 0
    body = rest if separator else written
    separator = separator or _separator(body)
    return _with_rows((_page("", _rows(body, separator, offset), limits, is_text=True),))


def _with_rows(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    if not any(len(page.rows) > 1 for page in pages):
        raise UnreadableError("empty")
    return pages


def _decoded(content: bytes) -> str:
    named = next((name for mark, name in MARKS_OF_ENCODINGS if content.startswith(mark)), None)
    candidates = [named] if named else [*_utf16_without_mark(content), "utf-8", "cp1252"]
    for encoding in candidates:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError("not_a_table")


def _utf16_without_mark(content: bytes) -> list[str]:
    sample = content[:4000]
    places = Counter(place % 2 for place, byte in enumerate(sample) if byte == 0)
    least = max(1.0, LEAST_NULS * len(sample) / 2)
    return [name for place, name in ((1, "utf-16-le"), (0, "utf-16-be")) if places[place] >= least]


def _separator_named(first_line: str) -> str:
    """The separator of a first line ``sep=;``, as Excel writes it."""
    name, _, sign = first_line.strip().partition("=")
    return sign if name.lower() == "sep" and sign in SEPARATORS else ""


def _separator(written: str) -> str:
    """The separator by which most lines after one another have the same number of cells."""
    lines = [one for one in written[:200_000].splitlines() if one.strip()][:SAMPLE_LINES]

    def longest_run(separator: str) -> tuple[int, int]:
        counts = [_count_of_cells(line, separator) for line in lines]
        runs = [(len(list(run)), cells) for cells, run in groupby(counts) if cells > 1]
        return max(runs, default=(0, 0))

    return max(SEPARATORS, key=longest_run)


def _count_of_cells(line: str, separator: str) -> int:
    """Cells of one line; a separator between quotes is none."""
    outside = line.split('"')[::2]
    return 1 + sum(part.count(separator) for part in outside)


def _rows(written: str, separator: str, offset: int) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Rows with the line where each begins; raises `UnreadableError` on quotes left open."""
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for row in reader:
            line, begins = begins + offset, reader.line_num + 1
            if any("\n" in cell and separator in cell for cell in row):
                raise UnreadableError("quote", line)
            yield line, row
    except csv.Error as error:
        key = "long" if "field larger" in str(error) else "quote"
        raise UnreadableError(key, begins + offset) from None


def _page(
    name: str, rows: Iterable[tuple[int, Sequence[Cell]]], limits: Limits, *, is_text: bool
) -> Page:
    found: list[tuple[Cell, ...]] = []
    lines: list[int] = []
    for line, row in rows:
        cells = tuple(cell.strip() if isinstance(cell, str) else cell for cell in row)
        if all(cell == "" for cell in cells):
            continue
        if 1 + max(place for place, cell in enumerate(cells) if cell != "") > limits.columns:
            raise UnreadableError("too_large", line)
        found.append(cells)
        lines.append(line)
        if len(found) > limits.rows:
            raise UnreadableError("too_large", line)
    return Page(name, tuple(found), tuple(lines), is_text)
