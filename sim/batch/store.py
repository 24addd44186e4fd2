"""The store of results: a Parquet dataset by experiment, its records and its catalogue.

Every chunk is one file of rows and one record with its checksum. The rows are written first, so a
record says that its rows were whole; a file that was cut short later no longer fits its record.

    outcomes/experiment=<label>/<chunk>.parquet
    catalogue/<label>/manifest.json, plan.yaml, settings.parquet, draws.parquet
    catalogue/<label>/records/<chunk>.json, claims/<chunk>.json

Manifest and records are JSON under a seal; the manifest has the digests of the files beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sim.batch.claims import Claims
from sim.batch.digests import digest_of, read_sealed_json, sealed_json
from sim.errors import Fault, InputError
from sim.files import TEMPORARY, is_abandoned, write_atomically

if TYPE_CHECKING:
    from sim.batch.chunks import Chunk
    from sim.batch.work import ChunkResult

STORE = Path("runs/experiments")
"""Where results go when no folder is given."""
OUTCOMES, CATALOGUE, RECORDS, CLAIMS = "outcomes", "catalogue", "records", "claims"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class ChunkRecord:
    """What is known of one written chunk."""

    name: str
    rows: int
    size: int
    sha256: str
    cpu_seconds: float
    tasks: tuple[int, int]
    failures: tuple[Mapping[str, object], ...]


@dataclass(frozen=True)
class Store:
    """A folder of experiments."""

    root: Path

    def __init__(self, root: str | Path) -> None:
        object.__setattr__(self, "root", Path(root))

    def check(self) -> None:
        """Refuse a folder that holds something else; raises `InputError`."""
        accepted = "a new folder, an empty one, or a store of experiments"
        if self.root.exists() and not self.root.is_dir():
            raise InputError([Fault("command line", "--store", f"the file {self.root}", accepted)])
        if not self.root.exists():
            return
        strangers = sorted({path.name for path in self.root.iterdir()} - {OUTCOMES, CATALOGUE})
        if strangers:
            found = f"{self.root} with {', '.join(strangers[:3])}"
            raise InputError([Fault("command line", "--store", found, accepted)])

    def labels(self) -> tuple[str, ...]:
        """The experiments of the store, in alphabetical order."""
        found = {path.parent.name for path in self._catalogue.glob(f"*/{MANIFEST}")}
        found |= {path.parent.name for path in self._catalogue.glob(f"*/{RECORDS}")}
        return tuple(sorted(found))

    def folder(self, label: str) -> Path:
        """The folder of an experiment in the catalogue."""
        return self._catalogue / label

    def rows_path(self, label: str, chunk: str) -> Path:
        """The file of the rows of a chunk."""
        return self.root / OUTCOMES / f"experiment={label}" / f"{chunk}.parquet"

    def claims(self, label: str) -> Claims:
        """The claims of this process on chunks of an experiment."""
        return Claims(self.folder(label) / CLAIMS)

    def write_file(self, label: str, name: str, content: bytes) -> None:
        """Write a file of the catalogue unless it is there, whole, already."""
        path = self.folder(label) / name
        if not path.is_file() or path.read_bytes() != content:
            write_atomically(path, content)

    def write_chunk(self, label: str, result: ChunkResult) -> None:
        """Write the rows of a chunk, then its record."""
        name = result.chunk.name
        write_atomically(self.rows_path(label, name), result.content)
        record = result.record() | {
            "experiment": label,
            "chunk": name,
            "bytes": len(result.content),
            "sha256": hashlib.sha256(result.content).hexdigest(),
        }
        write_atomically(self.record_path(label, name), sealed_json(record))

    def chunk_names(self, label: str) -> tuple[str, ...]:
        """The chunks that have a record, in order."""
        return tuple(sorted(path.stem for path in (self.folder(label) / RECORDS).glob("*.json")))

    def read_record(self, label: str, chunk: str, *, is_seal_needed: bool = True) -> ChunkRecord:
        """The record of a chunk, whatever became of its rows.

        Raises OSError when it cannot be read and ValueError when it is not what was written.
        """
        path = self.record_path(label, chunk)
        content = read_sealed_json(path, is_seal_needed=is_seal_needed)
        try:
            return _record(content, label, chunk)
        except (KeyError, TypeError):
            raise ValueError("no record of a chunk") from None

    def record(self, label: str, chunk: str) -> ChunkRecord | None:
        """The record of a chunk whose rows are there and true to their digest; None otherwise."""
        try:
            record = self.read_record(label, chunk)
            is_whole = digest_of(self.rows_path(label, chunk)) == record.sha256
        except (OSError, ValueError):
            return None
        return record if is_whole else None

    def records(self, label: str) -> Iterator[ChunkRecord]:
        """The records of the chunks that are whole."""
        for chunk in self.chunk_names(label):
            record = self.record(label, chunk)
            if record is not None:
                yield record

    def is_done(self, label: str, chunk: Chunk) -> bool:
        """Whether a chunk is there, without a failed task and true to its digest."""
        record = self.record(label, chunk.name)
        return record is not None and not record.failures

    def clear_remains(self, label: str) -> None:
        """Take away the claims of processes that died, and what they were writing."""
        self.claims(label).clear()
        for folder in (self.rows_path(label, "_").parent, self.folder(label)):
            for path in folder.rglob(f".*{TEMPORARY}"):
                if is_abandoned(path):
                    path.unlink(missing_ok=True)

    def record_path(self, label: str, chunk: str) -> Path:
        """The file of the record of a chunk."""
        return self.folder(label) / RECORDS / f"{chunk}.json"

    @property
    def _catalogue(self) -> Path:
        return self.root / CATALOGUE


def _record(content: Mapping[str, object], label: str, chunk: str) -> ChunkRecord:
    """The record in a file, which is that of this chunk; raises ValueError when it is not."""
    whose = (content.get("experiment", label), content.get("chunk", chunk))
    if whose != (label, chunk):
        raise ValueError(f"the record of {whose[1]} of {whose[0]}")
    first, stop = cast("list[int]", content["tasks"])
    return ChunkRecord(
        name=chunk,
        rows=int(str(content["rows"])),
        size=int(str(content["bytes"])),
        sha256=str(content["sha256"]),
        cpu_seconds=float(str(content["cpu_seconds"])),
        tasks=(int(first), int(stop)),
        failures=tuple(cast("list[Mapping[str, object]]", content["failures"])),
    )
