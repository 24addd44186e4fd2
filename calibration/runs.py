"""Runs members in threads and keeps every finished one in a file, so that nothing is run twice.

The compiled simulator releases the interpreter's lock. A member's outputs depend on its values
and its seed alone, so neither the number of threads nor an interruption changes a result.

The file is a header and one record for each finished member, appended in the order in which they
finish: its number, its outputs and a checksum. What follows a record that was cut off or damaged is
dropped when the file is opened again; a file of other positions, seeds or versions is started anew.
"""

from __future__ import annotations

import hashlib
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from calibration.study import FitStudy, Floats, Whole
from sim.experiments.threads import in_threads
from sim.files import write_atomically
from sim.sealed import tell
from sim.version import results_version

HEADER_BYTES = 32
NUMBER_BYTES = 8
CHECK_BYTES = 8


class Interrupted(Exception):  # noqa: N818 (no error: the user asked)
    """The user asked to stop; finished members are kept."""


@dataclass(frozen=True)
class RunProgress:
    """How far all runs of a fit are; ``seconds_left`` is None before the first one finishes."""

    stage: str
    done: int
    runs: int
    seconds_left: float | None


class Watch:
    """Counts runs over all stages; the time left is at the pace since the fit was taken up."""

    def __init__(self, runs: int, show: Callable[[RunProgress], None] | None = None) -> None:
        self._runs, self._show = runs, show
        self._done = self._ran = 0
        self._began = time.monotonic()

    def found(self, stage: str, runs: int) -> None:
        """Some runs of a stage were there already."""
        self._done += runs
        self._tell(stage)

    def ran(self, stage: str) -> None:
        """One run was finished."""
        self._done += 1
        self._ran += 1
        self._tell(stage)

    def _tell(self, stage: str) -> None:
        if self._show is None:
            return
        pace = (time.monotonic() - self._began) / self._ran if self._ran else None
        left = None if pace is None else pace * max(self._runs - self._done, 0)
        self._show(RunProgress(stage, self._done, self._runs, left))


class RunStore:
    """The finished members of one stage, on disk."""

    def __init__(self, file: Path, values: Floats, seeds: Whole, outputs: int) -> None:
        self._file = file
        self._outputs = np.full((len(values), outputs), np.nan)
        self._is_done = np.zeros(len(values), dtype=np.bool_)
        digest = hashlib.sha256(f"{results_version()} {values.shape} {outputs}".encode())
        digest.update(np.ascontiguousarray(values).tobytes())
        digest.update(np.ascontiguousarray(seeds).tobytes())
        self._header = digest.digest()
        self._open()

    @property
    def outputs(self) -> Floats:
        """Outputs of the finished members, NaN elsewhere, (members, outputs)."""
        return self._outputs

    @property
    def missing(self) -> list[int]:
        """Numbers of the members that are not finished."""
        return [int(number) for number in np.flatnonzero(~self._is_done)]

    def add(self, member: int, outputs: Floats) -> None:
        """Keep a finished member: written in one call, so whole or cut off at its end."""
        record = np.int64(member).tobytes() + outputs.astype(np.float64).tobytes()
        record += zlib.crc32(record).to_bytes(CHECK_BYTES, "little")
        with self._file.open("ab", buffering=0) as file:
            file.write(record)
        self._take(member, outputs)

    def _take(self, member: int, outputs: Floats) -> None:
        self._outputs[member] = outputs
        self._is_done[member] = True

    def _open(self) -> None:
        """Read what is whole and cut off what is not."""
        content = self._file.read_bytes() if self._file.exists() else b""
        if content[:HEADER_BYTES] != self._header:
            if content:
                tell(f"dropped {self._file}, to be made again: of other runs, or damaged")
            write_atomically(self._file, self._header)
            return
        width = NUMBER_BYTES + 8 * self._outputs.shape[1]
        whole = HEADER_BYTES
        for start in range(HEADER_BYTES, len(content), width + CHECK_BYTES):
            record = content[start : start + width]
            check = content[start + width : start + width + CHECK_BYTES]
            if len(check) < CHECK_BYTES or zlib.crc32(record) != int.from_bytes(check, "little"):
                break
            member = int(np.frombuffer(record, dtype=np.int64, count=1)[0])
            self._take(member, np.frombuffer(record, dtype=np.float64, offset=NUMBER_BYTES))
            whole = start + width + CHECK_BYTES
        if whole < len(content):
            tell(f"{self._file} is cut off at its first damaged run; the rest is made again")
            with self._file.open("r+b") as file:
                file.truncate(whole)


def run_members(
    study: FitStudy,
    stage: str,
    positions: Floats,
    seeds: Whole,
    folder: Path,
    *,
    workers: int | None = None,
    watch: Watch | None = None,
    cancel: threading.Event | None = None,
) -> Floats:
    """Outputs of every member, (members, outputs); those in the folder's file are not run again.

    Raises `Interrupted` when ``cancel`` is set; the watch is told from the calling thread.
    """
    values = study.to_values(positions)
    store = RunStore(folder / f"{stage}.runs", values, seeds, len(study.outputs))
    watch = watch or Watch(len(positions))
    missing = store.missing
    watch.found(stage, len(positions) - len(missing))

    def keep(member: int, outputs: Floats) -> None:
        store.add(member, outputs)
        watch.ran(stage)

    is_complete = in_threads(
        lambda member: study.simulate(values[member], int(seeds[member])),
        missing,
        keep,
        workers=workers,
        cancel=cancel,
    )
    if not is_complete:
        raise Interrupted(stage)
    return store.outputs
