"""Spells of a log as survival analysis reads them: who, from when, to when, why it ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.errors import Fault, InputError
from sim.event_codebook import CODEBOOK, LABELS, VOCABULARY, names_of
from sim.events import COLUMNS as LOG_COLUMNS
from sim.events import EventLog
from sim.experiments.arrow_columns import columns_of_run
from sim.experiments.event_table import EPOCH_TO_1970, in_words
from sim.experiments.experiment import Experiment
from sim.experiments.runner import Replication
from sim.experiments.spell_codebook import COLUMNS, SPELLS, SpellKind
from sim.experiments.tables import frame_of, with_draws_as_numbers
from sim.parameters import Parameters
from sim.policy import Scenario
from sim.units import MINUTES_PER_DAY, day_number
from sim.vocabulary import Record

if TYPE_CHECKING:
    import pandas as pd

Codes = NDArray[np.int64]
MOST_DAYS = 1 << 20
"""More than any day number has: a person and a day become one number."""


def spell_table(experiment: Experiment, replication: Replication, *spells: str) -> pd.DataFrame:
    """The spells of every scenario of a replication with logs; dates are ``datetime64``.

    ``replication`` is what `run_experiment` hands to ``on_finished`` with ``is_logging``.
    ``spells`` are names of `sim.experiments.spell_codebook.SPELLS`, all of them without any.
    Raises `InputError` for another name, or when the replication has no log.
    """
    return frame_of(arrow_spells(experiment, replication, *spells))


def arrow_spells(experiment: Experiment, replication: Replication, *spells: str) -> pa.Table:
    """The same with Arrow's types; what a column is stands in the metadata of its field."""
    unknown = [name for name in spells if name not in SPELLS]
    if unknown:
        raise InputError([Fault("spells", "spell", repr(unknown[0]), ", ".join(SPELLS))])
    if not replication.logs:
        found = f"replication {replication.number} without logs"
        raise InputError([Fault("spells", "log", found, "run_experiment with is_logging")])
    draw = experiment.draw_of(replication.number)
    parts = []
    for name, scenario, log in zip(
        experiment.names,
        experiment.scenarios_of(replication.number),
        replication.logs,
        strict=True,
    ):
        found_spells = spells_of(log, scenario, spells or tuple(SPELLS))
        count = len(found_spells)
        run = {
            "scenario": in_words(np.zeros(count, dtype=np.int64), [name]),
            **columns_of_run(replication.number, draw, replication.seed, count),
        }
        columns = {**run, **dict(zip(found_spells.column_names, found_spells.columns, strict=True))}
        parts.append(pa.table(columns))
    table = pa.concat_tables(parts).unify_dictionaries()
    fields = [field.with_metadata({"meaning": COLUMNS[field.name]}) for field in table.schema]
    return with_draws_as_numbers(table.cast(pa.schema(fields)))


def spells_of(log: EventLog, scenario: Scenario, spells: Sequence[str]) -> pa.Table:
    """The spells of one log, kind by kind, each in the order in which they began."""
    days = log.rows[:, LOG_COLUMNS.index("time")] // MINUTES_PER_DAY
    rows = log.rows[np.argsort(days, kind="stable")]
    parts = [_of_kind(rows, scenario, name) for name in spells]
    return pa.concat_tables(parts).unify_dictionaries()


def _of_kind(rows: Codes, scenario: Scenario, name: str) -> pa.Table:
    kind, parameters = SPELLS[name], scenario.base
    begun = _rows_of(rows, kind, parameters, *kind.begins)
    ended = _rows_of(rows, kind, parameters, kind.ends)
    starts = _days(begun)
    place = _places(_keys(begun, starts), _keys(ended, _cells(ended, "origin")))
    is_ended = place >= 0
    ends = np.full(len(begun), day_number(scenario.end))
    if kind.until:
        ends = np.minimum(ends, _first_after(rows, kind.until, begun, starts))
    reasons = np.full(len(begun), -1)
    ends[is_ended] = _days(ended)[place[is_ended]]
    reasons[is_ended] = _reasons(rows, kind, ended, parameters)[place[is_ended]]
    return pa.table(
        {
            "spell": in_words(np.zeros(len(begun), dtype=np.int64), [name]),
            "person": pa.array(_cells(begun, "who")),
            "start": _dates(starts),
            "end": _dates(ends),
            "days": pa.array((ends - starts).astype(np.int32)),
            "reason": in_words(reasons, _words(kind, parameters)),
            "censored": pa.array(~is_ended),
            "territory": in_words(_cells(begun, "territory"), parameters.labels("territories")),
            "pathway": in_words(_cells(begun, "pathway"), parameters.labels("pathways")),
        }
    )


def _rows_of(rows: Codes, kind: SpellKind, parameters: Parameters, *records: Record) -> Codes:
    """The rows of some records; of occupations those that are jobs."""
    found = rows[np.isin(rows[:, LOG_COLUMNS.index("kind")], [int(one) for one in records])]
    if not kind.is_job:
        return found
    types = parameters.labels("job_types")
    is_job = np.array([parameters.flag(f"job_types.{one}.is_job") for one in types])
    jobs: Codes = found[is_job[_cells(found, "detail")]]
    return jobs


def _words(kind: SpellKind, parameters: Parameters) -> tuple[str, ...]:
    """Every reason that spells of a kind can have."""
    if kind.told_by is not None:
        return kind.told_by.name.lower(), kind.others
    detail = CODEBOOK[kind.ends].detail
    group = LABELS.get(detail)
    return names_of(VOCABULARY[detail]) if group is None else tuple(parameters.labels(group))


def _reasons(rows: Codes, kind: SpellKind, ended: Codes, parameters: Parameters) -> Codes:
    """Why the spells of some ending rows ended, as numbers of `_words`."""
    if kind.told_by is None:
        return _cells(ended, "detail")
    telling = _rows_of(rows, kind, parameters, kind.told_by)
    place = _places(
        _keys(ended, _cells(ended, "origin")), _keys(telling, _cells(telling, "origin"))
    )
    is_told = place >= 0
    is_told[is_told] = _days(telling)[place[is_told]] == _days(ended)[is_told]
    reasons: Codes = np.where(is_told, 0, 1)
    return reasons


def _places(wanted: Codes, among: Codes) -> Codes:
    """Where each key is in another list, the n-th like it for the n-th of its kind; −1 for none."""
    _, number = np.unique(np.concatenate([wanted, among]), return_inverse=True)
    left, right = (
        one + len(number) * _occurrences(one)
        for one in (number[: len(wanted)], number[len(wanted) :])
    )
    order = np.argsort(right)
    if not len(order):
        return np.full(len(left), -1)
    at = np.minimum(np.searchsorted(right[order], left), len(order) - 1)
    found: Codes = np.where(right[order][at] == left, order[at], -1)
    return found


def _occurrences(numbers: Codes) -> Codes:
    """How many equal numbers stand before each."""
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    found = np.empty(len(numbers), dtype=np.int64)
    found[order] = np.arange(len(numbers)) - np.searchsorted(ordered, ordered)
    return found


def _first_after(rows: Codes, records: Sequence[Record], begun: Codes, starts: Codes) -> Codes:
    """The first day after each start on which one of some records is written of the same person."""
    found = rows[np.isin(rows[:, LOG_COLUMNS.index("kind")], [int(one) for one in records])]
    keys = np.sort(_keys(found, _days(found)))
    mine = _keys(begun, starts)
    at = np.searchsorted(keys, mine, side="right")
    after = keys[np.minimum(at, len(keys) - 1)] if len(keys) else mine
    is_mine = (at < len(keys)) & (after // MOST_DAYS == mine // MOST_DAYS)
    return np.where(is_mine, after % MOST_DAYS, MOST_DAYS)


def _cells(rows: Codes, column: str) -> Codes:
    cells: Codes = rows[:, LOG_COLUMNS.index(column)]
    return cells


def _days(rows: Codes) -> Codes:
    days: Codes = _cells(rows, "time") // MINUTES_PER_DAY
    return days


def _keys(rows: Codes, days: Codes) -> Codes:
    """Whom and from which day: one number."""
    return _cells(rows, "who") * MOST_DAYS + days


def _dates(days: Codes) -> pa.Array:
    return pa.array((days - EPOCH_TO_1970).astype(np.int32), pa.date32())
