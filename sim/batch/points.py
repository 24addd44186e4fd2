"""Sample points of the researcher's own: a table with one column for each factor, one point a row.

CSV as R, pandas and spreadsheets write it (UTF-8; commas, semicolons or tabs between the cells; a
decimal comma where there are semicolons), or Parquet. The table is read strictly: it is a design
that a program made, so that nothing in it is guessed, and nothing left out but the numbers that R
and pandas give the rows.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path

from sim.batch.form import MOST_POINTS
from sim.errors import Fault, InputError
from sim.parameters.schema import nearest

PARQUET = (".parquet", ".pq")
INDEX_OF_PANDAS = "__index_level_0__"
ACCEPTED = "a CSV or Parquet file with a head and one point a row"
SEPARATORS = (";", "\t", ",")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_FLAGS = {"true": True, "false": False}

Row = tuple[object, ...]


class UnreadableError(Exception):
    """Bytes that are no table: what was found, what would be accepted."""

    def __init__(self, found: str, accepted: str = ACCEPTED) -> None:
        super().__init__(found, accepted)
        self.found, self.accepted = found, accepted


@dataclass(frozen=True)
class Points:
    """The points of a file: a column for each factor, all of the same length."""

    file: str
    columns: Mapping[str, tuple[object, ...]]
    """Values by factor; None where a cell is empty."""
    places: tuple[str, ...]
    """Where each point stands, such as ``line 2``."""
    sha256: str

    def __len__(self) -> int:
        return len(self.places)


def read_points(path: Path) -> Points:
    """The points of a file; raises `InputError` with all faults that need no factor to be seen."""
    file = str(path)
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        is_missing = isinstance(error, FileNotFoundError)
        found = "no such file" if is_missing else "no file to read"
        raise InputError([Fault(file, "", found, ACCEPTED)]) from None
    try:
        is_parquet = path.suffix.lower() in PARQUET
        head, rows, places = _parquet(content) if is_parquet else _csv(content)
    except UnreadableError as error:
        raise InputError([Fault(file, "", error.found, error.accepted)]) from None
    own = _without_row_names(head, rows)
    faults = [*_faults_of_head(head, own, file), *_faults_of_rows(head, rows, places, file)]
    if faults:
        raise InputError(faults)
    columns = {head[at]: tuple(row[at] for row in rows) for at in own}
    return Points(file, columns, tuple(places), hashlib.sha256(content).hexdigest())


def faults_of_points(
    points: Points, wanted: Sequence[str], others: Sequence[str]
) -> Iterable[Fault]:
    """Columns that are no factor, factors that have no column, empty cells, points that are twice.

    ``wanted`` are the factors that take their values from the points, ``others`` those that have
    values or a range in the plan.
    """
    for name, column in points.columns.items():
        if name in others:
            found = "a column of a factor that has values or a range in the plan"
            yield Fault(points.file, name, found, "one of the two")
        elif name not in wanted:
            accepted = nearest(name, tuple(wanted)) if wanted else "a factor of the plan"
            yield Fault(points.file, name, "a column that is no factor of the plan", accepted)
        else:
            for place, value in zip(points.places, column, strict=True):
                if value is None:
                    yield Fault(points.file, f"{place}, {name}", "nothing", "a value in each cell")
    for name in wanted:
        if name not in points.columns:
            accepted = "a column for each factor without values and range"
            yield Fault(points.file, name, "no such column", accepted)
    seen: dict[Row, str] = {}
    for row, place in zip(zip(*points.columns.values(), strict=True), points.places, strict=True):
        if row in seen:
            yield Fault(points.file, place, f"the point of {seen[row]} again", "each point once")
        seen.setdefault(row, place)


def _csv(content: bytes) -> tuple[list[str], list[Row], list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError("bytes that are not UTF-8 text") from None
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    is_decimal_comma = separator == ";"
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    places: list[str] = []
    try:
        head = [name.strip() for name in next(reader, [])]
        for cells in islice(filter(None, reader), MOST_POINTS + 1):
            rows.append(tuple(_value(cell.strip(), is_decimal_comma) for cell in cells))
            places.append(f"line {reader.line_num}")
    except csv.Error as error:
        if "field larger" in str(error):
            raise UnreadableError("a cell of more than 131,072 characters") from None
        found = "a quotation mark that is not closed or stands astray"
        raise UnreadableError(found, "quotation marks in pairs") from None
    return head, rows, places


def _value(cell: str, is_decimal_comma: bool) -> object:
    """A number, true or false, a word; None for an empty cell."""
    number = cell.replace(",", ".", 1) if is_decimal_comma else cell
    if _WHOLE.fullmatch(number):
        return int(number)
    if _NUMBER.fullmatch(number):
        return float(number)
    return _FLAGS.get(cell.lower(), cell or None)


def _parquet(content: bytes) -> tuple[list[str], list[Row], list[str]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(io.BytesIO(content)) as file:
            head = [str(name) for name in file.schema_arrow.names]
            columns = ([one.to_pylist() for one in batch.columns] for batch in file.iter_batches())
            found = (row for batch in columns for row in zip(*batch, strict=True))
            rows = [tuple(map(_plain, row)) for row in islice(found, MOST_POINTS + 1)]
    except (pa.ArrowException, OSError, ValueError):
        raise UnreadableError("no readable table") from None
    return head, rows, [f"row {number + 1}" for number in range(len(rows))]


def _plain(cell: object) -> object:
    """A cell as a CSV would hold it; pandas writes a missing one as a number that is none."""
    if isinstance(cell, Decimal):
        cell = float(cell)
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return None
    return cell if isinstance(cell, bool | int | float | str) else str(cell)


def _without_row_names(head: Sequence[str], rows: Sequence[Row]) -> list[int]:
    """The positions of the columns, but for the one in which R and pandas number the rows.

    In a CSV it is the first one, without a name; pandas names it in Parquet.
    """
    numbers = [row[0] if row else None for row in rows]
    is_first = numbers in ([*range(len(rows))], [*range(1, len(rows) + 1)])
    return [
        at
        for at, name in enumerate(head)
        if name != INDEX_OF_PANDAS and not (at == 0 and not name and is_first)
    ]


def _faults_of_head(head: Sequence[str], own: Sequence[int], file: str) -> Iterable[Fault]:
    for position in own:
        name = head[position]
        if not name:
            yield Fault(file, f"column {position + 1}", "no name", "the name of a factor")
        elif name in head[:position]:
            yield Fault(file, name, "a column twice", "each factor once")


def _faults_of_rows(
    head: Sequence[str], rows: Sequence[Row], places: Sequence[str], file: str
) -> Iterable[Fault]:
    if not rows:
        found = "a head without a row" if head else "an empty file"
        yield Fault(file, "", found, "at least one point")
    if len(rows) > MOST_POINTS:
        yield Fault(file, "", f"more than {MOST_POINTS:,} points", f"at most {MOST_POINTS:,}")
        return
    for row, place in zip(rows, places, strict=True):
        if len(row) != len(head):
            accepted = f"as many cells as the head: {len(head)}"
            yield Fault(file, place, f"{len(row)} cells", accepted)
