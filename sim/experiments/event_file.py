"""The full log of every run as one Parquet file, written while replications finish."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
from numpy.typing import NDArray

from sim.events import COLUMNS, EventLog
from sim.experiments.experiment import Experiment
from sim.experiments.run_folder import EVENTS
from sim.experiments.runner import Replication
from sim.files import temporary_path
from sim.units import EPOCH, MINUTES_PER_DAY
from sim.vocabulary import Record

EPOCH_TO_1970 = (np.datetime64("1970-01-01") - np.datetime64(EPOCH)).astype(int)


class EventFile:
    """Collects logs under a temporary name; the file gets its name when it is closed."""

    def __init__(self, folder: Path, experiment: Experiment) -> None:
        self._path = folder / EVENTS
        self._temporary = temporary_path(self._path)
        self._names = experiment.names
        self._territories = experiment.reference.base.labels("territories")
        self._pathways = experiment.reference.base.labels("pathways")
        self._writer: parquet.ParquetWriter | None = None

    def add(self, replication: Replication) -> None:
        """Append the logs of one replication."""
        for position, log in enumerate(replication.logs):
            table = self._table(log, position, replication.number)
            if self._writer is None:
                self._temporary.parent.mkdir(parents=True, exist_ok=True)
                self._writer = parquet.ParquetWriter(self._temporary, table.schema)
            self._writer.write_table(table)

    def close(self) -> None:
        """Give the file its name; nothing is left when no log came."""
        if self._writer is not None:
            self._writer.close()
            os.replace(self._temporary, self._path)  # noqa: PTH105 (also replaces on Windows)

    def discard(self) -> None:
        """Take the unfinished file away, if there is one."""
        self._temporary.unlink(missing_ok=True)

    def _table(self, log: EventLog, scenario: int, replication: int) -> pa.Table:
        cells = {name: log.rows[:, column] for column, name in enumerate(COLUMNS)}
        days = cells["time"] // MINUTES_PER_DAY - EPOCH_TO_1970
        count = len(log)
        return pa.table(
            {
                "scenario": _words(np.full(count, scenario), self._names),
                "replication": pa.array(np.full(count, replication), pa.int32()),
                "date": pa.array(days.astype(np.int32), pa.date32()),
                "time": pa.array(cells["time"]),
                "who": pa.array(cells["who"]),
                "record": _words(cells["kind"], tuple(kind.name.lower() for kind in Record)),
                "territory": _words(cells["territory"], self._territories),
                "pathway": _words(cells["pathway"], self._pathways),
                "detail": pa.array(cells["detail"]),
                "value": pa.array(cells["value"]),
                "origin": pa.array(cells["origin"]),
            }
        )


def _words(numbers: NDArray[np.int64], words: tuple[str, ...]) -> pa.DictionaryArray:
    """Numbers as words; a negative number is nothing."""
    indices = pa.array(numbers.astype(np.int32), mask=numbers < 0)
    return pa.DictionaryArray.from_arrays(indices, list(words))
