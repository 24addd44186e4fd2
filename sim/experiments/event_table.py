"""The log of a run as a table for readers: words instead of codes, in the order of the days."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.event_codebook import CODEBOOK, LABELS, TRAINING, VOCABULARY, names_of
from sim.events import COLUMNS as LOG_COLUMNS
from sim.events import EventLog
from sim.experiments.event_page import COLUMNS, ORDER, codebook_text
from sim.experiments.tables import frame_of
from sim.parameters import Parameters
from sim.units import EPOCH, MINUTES_PER_DAY
from sim.vocabulary import Record

if TYPE_CHECKING:
    import pandas as pd

EPOCH_TO_1970 = (np.datetime64("1970-01-01") - np.datetime64(EPOCH)).astype(int)
SUBJECTS = ("household", "person", "office")
Codes = NDArray[np.int64]


def event_table(log: EventLog, parameters: Parameters) -> pd.DataFrame:
    """The log of one run as a table; ``parameters`` name its labels (those of its scenario).

    `run_experiment` hands the logs of a replication to ``on_finished`` with ``is_logging``, one for
    each scenario, whose ``base`` is such parameters. Dates are ``datetime64``.
    """
    return frame_of(arrow_table(log, parameters))


event_table.__doc__ = f"{event_table.__doc__}\n\n{codebook_text()}\n"


def arrow_table(log: EventLog, parameters: Parameters) -> pa.Table:
    """The same with Arrow's types; the epoch and the codebook are in its metadata."""
    days = log.rows[:, LOG_COLUMNS.index("time")] // MINUTES_PER_DAY
    rows = log.rows[np.argsort(days, kind="stable")]
    cells: dict[str, Codes] = {name: rows[:, n] for n, name in enumerate(LOG_COLUMNS)}
    kinds, details = cells["kind"], cells["detail"]
    subjects = np.array([SUBJECTS.index(CODEBOOK[kind].who) for kind in Record])
    dates = cells["time"] // MINUTES_PER_DAY - EPOCH_TO_1970
    columns = {
        "number": pa.array(np.arange(len(rows), dtype=np.int32)),
        "date": pa.array(dates.astype(np.int32), pa.date32()),
        "time": pa.array(cells["time"]),
        "who": pa.array(cells["who"]),
        "subject": in_words(subjects[kinds], SUBJECTS),
        "record": in_words(
            _named_apart(kinds, details, parameters), (*names_of(Record), *TRAINING.values())
        ),
        "territory": in_words(cells["territory"], parameters.labels("territories")),
        "pathway": in_words(cells["pathway"], parameters.labels("pathways")),
        "detail": pa.array(details),
        "detail_name": _detail_names(kinds, details, parameters),
        "value": pa.array(cells["value"]),
        "origin": pa.array(cells["origin"]),
    }
    fields = [
        pa.field(name, column.type, metadata={"meaning": COLUMNS[name]})
        for name, column in columns.items()
    ]
    records = {kind.name.lower(): vars(meaning) for kind, meaning in CODEBOOK.items()}
    about = {"epoch": str(EPOCH), "order": ORDER, "records": json.dumps(records)}
    return pa.Table.from_arrays(list(columns.values()), schema=pa.schema(fields, metadata=about))


def in_words(numbers: Codes, words: Sequence[str]) -> pa.DictionaryArray:
    """Numbers as words; a negative number is nothing."""
    indices = pa.array(numbers.astype(np.int32), mask=numbers < 0)
    return pa.DictionaryArray.from_arrays(indices, list(words))


def _named_apart(kinds: Codes, details: Codes, parameters: Parameters) -> Codes:
    """Kinds of record, with those of trainings after the others, in the order of `TRAINING`."""
    types = parameters.labels("job_types")
    is_training = ~np.array([parameters.flag(f"job_types.{one}.is_job") for one in types])
    named = kinds.copy()
    for place, kind in enumerate(TRAINING):
        of_kind = np.flatnonzero(kinds == kind)
        named[of_kind[is_training[details[of_kind]]]] = len(Record) + place
    return named


def _detail_names(kinds: Codes, details: Codes, parameters: Parameters) -> pa.DictionaryArray:
    """The words of details: each kind of record reads its own stretch of one list."""
    words: list[str] = []
    begins: dict[str, int] = {}
    for detail in (*VOCABULARY, *LABELS):
        begins[detail] = len(words)
        group = LABELS.get(detail)
        words += names_of(VOCABULARY[detail]) if group is None else parameters.labels(group)
    begin = np.array([begins.get(CODEBOOK[kind].detail, -1) for kind in Record])[kinds]
    return in_words(np.where(begin < 0, -1, begin + details), words)
