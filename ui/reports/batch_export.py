"""Exports: rows of an experiment with everything that is needed to read them elsewhere.

Every row carries its place in the design (scenario, setting and the values of the factors, draw,
seed), its outcome and unit. What an outcome is (label, starting point of what is counted, written
definition) stands once: in a codebook beside a CSV, on a sheet of a workbook. Parquet keeps it in
the rows, where a repeated word costs nothing. Whether runs of one number share people and luck is
said beside them.
"""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.batch.beside_factors import rows_question
from sim.batch.codebook import codebook, outcome_rows
from sim.batch.holdings import Holding, whole_holding
from sim.batch.store import Store
from sim.batch.views import opened
from sim.errors import Fault, InputError
from sim.files import temporary_path, write_atomically
from sim.language import Language
from sim.plain_text import spreadsheet_text
from ui.reports.batch_words import design_text, runs_text
from ui.reports.batch_workbook import MOST_ROWS, write_workbook
from ui.reports.wording import unit_named
from ui.texts import at, said

Format = Literal["csv", "xlsx", "parquet"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "parquet")
ROWS_AT_ONCE = 100_000
PACKED = ".gz"
METADATA_KEY = b"rsa_caseload"


def format_of(path: Path | None) -> Format | None:
    """The format that the last ending of a file's name asks for; None where none has this ending.

    CSV without a name. Capitals do not count, and `PACKED` comes after the ending.
    """
    if path is None:
        return "csv"
    name = Path(path.stem) if path.suffix.lower() == PACKED else path
    ending = name.suffix.lower()
    return next((one for one in FORMATS if ending == f".{one}"), None)


@dataclass(frozen=True)
class Export:
    """What is exported of an experiment, and how it is written."""

    label: str
    format: Format
    path: Path
    outcomes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    is_total: bool = False
    """The whole period instead of months."""
    is_french: bool = False
    """French words; in CSV also semicolons and decimal commas."""
    is_alone: bool = False
    """A CSV that goes without its codebook: its rows say what their outcome is."""

    @property
    def language(self) -> Language:
        """The language of heads, labels and definitions."""
        return "fr" if self.is_french else "en"

    @property
    def codebook(self) -> Path | None:
        """The file beside a CSV that says what its outcomes are; None for other exports."""
        if self.format != "csv" or self.is_alone:
            return None
        name = self.path.stem if self.is_packed else self.path.name
        return self.path.with_name(f"{Path(name).stem}.codebook.csv")

    @property
    def is_packed(self) -> bool:
        """Whether a CSV is written as gzip, by its name."""
        return self.format == "csv" and self.path.suffix.lower() == PACKED

    @property
    def encoding(self) -> str:
        """How its text is written: French spreadsheets expect a byte order mark."""
        return "utf-8-sig" if self.is_french else "utf-8"

    @property
    def words(self) -> tuple[str, ...]:
        """What every row says of its outcome in words."""
        if self.codebook is not None:
            return ()
        return ("label",) if self.format == "xlsx" else ("label", "start", "definition")


def export(store: Store, asked: Export) -> int:
    """Write an export and return its number of rows; raises `InputError`.

    When runs are missing, every row says how many are there; when they are not paired, it says so.
    """
    holding = whole_holding(store, asked.label)
    with opened([holding]) as connection:
        question, values = rows_question(
            connection,
            outcomes=asked.outcomes,
            territories=asked.territories,
            is_total=asked.is_total,
        )
        counted = connection.execute(f"select count(*) from ({question})", values).fetchall()
        count = int(counted[0][0])
        _check_count(count, asked)
        reader = connection.sql(question, params=values).to_arrow_reader(ROWS_AT_ONCE)
        batches = (_told(batch, holding, asked) for batch in reader)
        temporary = temporary_path(asked.path)
        asked.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            if asked.format == "csv":
                _write_csv(
                    temporary,
                    (table.to_pandas(strings_to_categorical=True) for table in batches),
                    asked,
                    is_packed=asked.is_packed,
                )
                _write_codebook(asked)
            elif asked.format == "xlsx":
                write_workbook(temporary, batches, _sheets(holding, asked), asked.language)
            else:
                _write_parquet(temporary, batches, holding, asked)
            os.replace(temporary, asked.path)  # noqa: PTH105 (also replaces on Windows)
        finally:
            temporary.unlink(missing_ok=True)
    return count


def _check_count(count: int, asked: Export) -> None:
    if not count:
        accepted = "outcomes and territories that the experiment has kept"
        raise InputError([Fault("command line", "export", "no row", accepted)])
    if asked.format == "xlsx" and count > MOST_ROWS:
        accepted = f"at most {MOST_ROWS:,} rows: fewer outcomes, --totals, or csv or parquet"
        raise InputError([Fault("command line", "--format", f"xlsx for {count:,} rows", accepted)])


def _told(batch: pa.RecordBatch, holding: Holding, asked: Export) -> pa.Table:
    """Rows with the words of their outcome, heads in the language of the export."""
    table = pa.Table.from_batches([batch])
    words = {str(row["outcome"]): row for row in outcome_rows(asked.language)}
    found = table.column("outcome").to_pylist()
    if asked.is_french:
        units = [
            # A share is written as it is, not in the hundredths in which it is shown.
            said("batch_export.share", "fr") if one == "share" else unit_named(one, "fr")
            for one in table["unit"].to_pylist()
        ]
        place = table.column_names.index("unit")
        table = table.set_column(place, "unit", pa.array(units, pa.string()).dictionary_encode())
    for name in asked.words:
        column = pa.array([str(words[one][name]) for one in found], pa.string())
        table = table.append_column(name, column.dictionary_encode())
    for name, text in _remarks(holding, asked.language).items():
        column = pa.array([text] * len(table), pa.string())
        table = table.append_column(name, column.dictionary_encode())
    heads: Mapping[str, str] = at("batch_export.heads", asked.language)
    return table.rename_columns([heads.get(name, name) for name in table.column_names])


def _remarks(holding: Holding, language: Language) -> dict[str, str]:
    """What every row says of an experiment that is half-done, or whose runs are not paired."""
    remarks = {} if holding.is_whole else {"runs_done": runs_text(holding, language)}
    return remarks if holding.is_paired else {**remarks, "design": design_text(holding, language)}


def _write_codebook(asked: Export) -> None:
    """What the outcomes of a CSV are: before its rows, so that they are never without."""
    if asked.codebook is not None:
        write_atomically(asked.codebook, _codebook_bytes(asked))


def shares_codebook(asked: Export) -> bool:
    """Whether the codebook that an export writes is there already, from another one."""
    file = asked.codebook
    return file is not None and file.is_file() and file.read_bytes() == _codebook_bytes(asked)


def _codebook_bytes(asked: Export) -> bytes:
    file = io.StringIO(newline="")
    _write_rows(file, iter([pd.DataFrame(_definitions(asked))]), asked)
    return file.getvalue().encode(asked.encoding)


@contextmanager
def _text_file(path: Path, encoding: str, *, is_packed: bool) -> Iterator[TextIO]:
    """A file to write text into; packed, equal texts give equal bytes."""
    if not is_packed:
        with path.open("w", encoding=encoding, newline="") as file:
            yield file
        return
    with (
        path.open("wb") as packed,
        gzip.GzipFile("", "wb", fileobj=packed, mtime=0) as stream,
        io.TextIOWrapper(stream, encoding=encoding, newline="") as file,
    ):
        yield file


def _write_csv(
    path: Path, frames: Iterator[pd.DataFrame], asked: Export, *, is_packed: bool
) -> None:
    with _text_file(path, asked.encoding, is_packed=is_packed) as file:
        _write_rows(file, frames, asked)


def _write_rows(file: TextIO, frames: Iterator[pd.DataFrame], asked: Export) -> None:
    separator, decimal = (";", ",") if asked.is_french else (",", ".")
    for position, frame in enumerate(frames):
        for name in frame.columns:
            if frame[name].dtype.name in ("category", "object", "str"):
                frame[name] = frame[name].map(spreadsheet_text, na_action="ignore")
        frame.to_csv(
            file, index=False, header=position == 0, sep=separator, decimal=decimal,
            lineterminator="\r\n",
        )  # fmt: skip


def _write_parquet(
    path: Path, batches: Iterator[pa.Table], holding: Holding, asked: Export
) -> None:
    """Rows, with codebook and manifest in the metadata of the file."""
    about = {
        "manifest": holding.manifest,
        "runs_done": runs_text(holding, asked.language),
        "design": design_text(holding, asked.language),
        "codebook": codebook(asked.language),
    }
    metadata = {METADATA_KEY: json.dumps(about, ensure_ascii=False).encode()}
    first = next(batches)
    schema = first.schema.with_metadata(metadata)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        writer.write_table(first.cast(schema))
        for table in batches:
            writer.write_table(table.cast(schema))


def _sheets(holding: Holding, asked: Export) -> dict[str, list[dict[str, object]]]:
    """The sheets beside the rows: what outcomes and columns mean, how it was made."""
    heads: Mapping[str, str] = at("batch_export.heads", asked.language)
    made = {
        heads["runs_done"]: runs_text(holding, asked.language),
        heads["design"]: design_text(holding, asked.language),
        **holding.manifest,
    }
    about: list[dict[str, object]] = [
        {
            "name": name,
            "value": value if isinstance(value, (int, float, str)) else json.dumps(value),
        }
        for name, value in made.items()
    ]
    sheets = at("batch_export.sheets", asked.language)
    return {sheets["definitions"]: _definitions(asked), sheets["provenance"]: about}


def _definitions(asked: Export) -> list[dict[str, object]]:
    """What the outcomes of an export are, under heads in its language."""
    heads: Mapping[str, str] = at("batch_export.heads", asked.language)
    return [
        {heads.get(name, name): value for name, value in row.items()}
        for row in outcome_rows(asked.language)
        if not asked.outcomes or row["outcome"] in asked.outcomes
    ]
