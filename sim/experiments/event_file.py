"""The full log of every run as one Parquet file, written while replications finish."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet

from sim.events import EventLog
from sim.experiments.arrow_columns import columns_of_run
from sim.experiments.event_table import arrow_table, in_words
from sim.experiments.experiment import Experiment
from sim.experiments.run_folder import EVENTS
from sim.experiments.runner import Replication
from sim.experiments.spell_codebook import RUN_COLUMNS
from sim.experiments.tables import with_draws_as_numbers
from sim.files import put_on_disk, temporary_path


class EventFile:
    """Collects logs under a temporary name; the file gets its name with its folder's manifest."""

    def __init__(self, folder: Path, experiment: Experiment) -> None:
        self._temporary = temporary_path(folder / EVENTS)
        self._experiment = experiment
        self._writer: parquet.ParquetWriter | None = None
        self._early: dict[int, Replication] = {}
        self._next = 0

    def add(self, replication: Replication) -> None:
        """Take the logs of one replication: they are written in the order of the replications.

        Those of a replication that ends before an earlier one are kept until that one comes, so
        that the file does not depend on which thread was faster.
        """
        self._early[replication.number] = replication
        while self._next in self._early:
            self._append(self._early.pop(self._next))
            self._next += 1

    def _append(self, replication: Replication) -> None:
        for position, log in enumerate(replication.logs):
            table = self._table(log, position, replication)
            if self._writer is None:
                self._temporary.parent.mkdir(parents=True, exist_ok=True)
                self._writer = parquet.ParquetWriter(self._temporary, table.schema)
            self._writer.write_table(table)

    def close(self) -> Path | None:
        """The finished file, still under its temporary name; None when no log came."""
        for number in sorted(self._early):  # a cancelled run lacks those between
            self._append(self._early.pop(number))
        if self._writer is None:
            return None
        self._writer.close()
        put_on_disk(self._temporary)
        return self._temporary

    def discard(self) -> None:
        """Take the unfinished file away, if there is one."""
        self._temporary.unlink(missing_ok=True)

    def _table(self, log: EventLog, scenario: int, replication: Replication) -> pa.Table:
        number, seed = replication.number, replication.seed
        run = {
            "scenario": in_words(np.full(len(log), scenario), self._experiment.names),
            **columns_of_run(number, self._experiment.draw_of(number), seed, len(log)),
        }
        table = arrow_table(log, self._experiment.reference.base)
        for place, (name, meaning) in enumerate(RUN_COLUMNS.items()):
            field = pa.field(name, run[name].type, metadata={"meaning": meaning})
            table = table.add_column(place, field, run[name])
        return with_draws_as_numbers(table)
