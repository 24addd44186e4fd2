"""The rows of a run in an Arrow table: one for each value, names as dictionaries."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.batch.plan import BatchPlan
from sim.batch.row_columns import COLUMNS
from sim.batch.task import Task
from sim.outcomes.definitions import outcome_definitions
from sim.outcomes.table import ALL, OutcomeAxes, Outcomes, outcome_axes
from sim.units import month_number

TYPES = {
    "varchar": pa.dictionary(pa.int16(), pa.string()),
    "integer": pa.int32(),
    "bigint": pa.int64(),
    "double": pa.float64(),
}
SCHEMA = pa.schema([(name, TYPES[kind]) for name, kind in COLUMNS.items()])


class RunRows:
    """Makes the rows of the runs of one plan, all with the same dictionaries."""

    def __init__(self, plan: BatchPlan) -> None:
        self._plan = plan

    def table(self, outcomes: Outcomes, scenario: int, task: Task, seed: int) -> pa.Table:
        """Every value that is kept of one run; the whole period is the month "all"."""
        cube = outcomes.whole[:, None]
        if self._plan.keep.by_month:
            cube = np.concatenate([outcomes.values, cube], axis=1)
        first_month = len(self._months) - cube.shape[1]
        cube = cube[self._rows]
        if not self._plan.keep.by_pathway:
            cube = cube[..., :1]
        outcome, month, territory, pathway = np.nonzero(~np.isnan(cube))
        count = len(outcome)
        columns = [
            _words(np.zeros(count), (self._plan.label,)),
            _words(np.full(count, scenario), self._plan.names),
            pa.array(np.full(count, task.setting, dtype=np.int32)),
            pa.nulls(count, pa.int32())
            if task.draw is None
            else pa.array(np.full(count, task.draw, dtype=np.int32)),
            pa.array(np.full(count, task.replication, dtype=np.int32)),
            pa.array(np.full(count, seed, dtype=np.int64)),
            _words(month + first_month, self._months),
            _words(territory, self._axes.territories),
            _words(pathway, self._axes.pathways),
            _words(outcome, self._plan.keep.outcomes),
            pa.array(cube[outcome, month, territory, pathway]),
            _words(self._unit_of[outcome], self._units),
        ]
        return pa.Table.from_arrays(columns, schema=SCHEMA)

    @cached_property
    def _axes(self) -> OutcomeAxes:
        reference = self._plan.experiment.reference
        return outcome_axes(month_number(reference.start), reference.months, reference.base)

    @cached_property
    def _months(self) -> tuple[str, ...]:
        return (*self._axes.months, ALL)

    @cached_property
    def _rows(self) -> NDArray[np.int64]:
        """Rows of the outcomes that are kept."""
        names = [self._axes.outcomes.index(name) for name in self._plan.keep.outcomes]
        return np.array(names, dtype=np.int64)

    @cached_property
    def _units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.unit for one in outcome_definitions().values()))

    @cached_property
    def _unit_of(self) -> NDArray[np.int64]:
        known = outcome_definitions()
        units = [self._units.index(known[name].unit) for name in self._plan.keep.outcomes]
        return np.array(units, dtype=np.int64)


def parquet_bytes(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file; equal tables give equal bytes."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", compression_level=1)
    return bytes(sink.getvalue().to_pybytes())


def _words(codes: NDArray[np.generic], words: tuple[str, ...]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int16)), pa.array(words))
