"""The readable table of events: the days in order, words for codes, trainings apart from jobs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.event_codebook import CODEBOOK, LABELS, VOCABULARY
from sim.events import EventLog
from sim.experiments.event_page import COLUMNS, codebook_text, page
from sim.experiments.event_table import arrow_table, event_table
from sim.parameters import Parameters
from sim.units import MINUTES_PER_DAY, day_number
from sim.vocabulary import Contact, ExitReason, OrientedBy, Record

ROOT = Path(__file__).resolve().parents[2]
FIRST, SECOND = day_number(date(2023, 4, 1)), day_number(date(2023, 4, 2))


def row(kind: Record, day: int, minute: int = 0, who: int = 9, detail: int = 0) -> list[int]:
    return [day * MINUTES_PER_DAY + minute, who, int(kind), 0, -1, detail, 0, day]


def log_of(*rows: list[int]) -> EventLog:
    return EventLog(np.array(rows, dtype=np.int64))


def test_rows_are_ordered_by_day_and_keep_their_order_within_it(somme: Parameters) -> None:
    """The engine lives two days of one household, then those of the next, then opens the office."""
    log = log_of(
        row(Record.BARRIER_ONSET, FIRST, 600, who=9),
        row(Record.BARRIER_REMOVAL, SECOND, 60, who=9),
        row(Record.BARRIER_ONSET, FIRST, 30, who=17),
        row(Record.ORIENTED, SECOND, 500, who=9),
        row(Record.SUPPORT_STARTED, SECOND, who=9),
    )
    table = event_table(log, somme)
    assert table["number"].tolist() == list(range(5))
    assert table["date"].dt.day.tolist() == [1, 1, 2, 2, 2]
    assert table["who"].tolist() == [9, 17, 9, 9, 9]
    assert table["record"].tolist()[2:] == ["barrier_removal", "oriented", "support_started"]
    assert len(log) == 5
    assert log.rows[1, 1] == 9, "the log itself stays as the engine wrote it"


def test_a_training_is_no_job(somme: Parameters) -> None:
    types = somme.labels("job_types")
    training = next(n for n, one in enumerate(types) if not somme.flag(f"job_types.{one}.is_job"))
    job = next(n for n, one in enumerate(types) if somme.flag(f"job_types.{one}.is_job"))
    table = event_table(
        log_of(
            row(Record.JOB_STARTED, FIRST, detail=job),
            row(Record.JOB_ENDED, FIRST, detail=job),
            row(Record.PLACE_REFUSED, FIRST, detail=training),
            row(Record.JOB_STARTED, FIRST, detail=training),
            row(Record.JOB_ENDED, FIRST, detail=training),
        ),
        somme,
    )
    assert table["record"].tolist() == [
        "job_started", "job_ended", "training_refused", "training_started", "training_ended",
    ]  # fmt: skip
    assert table["detail_name"].tolist() == [types[job]] * 2 + [types[training]] * 3


@pytest.mark.parametrize(
    ("kind", "detail", "word"),
    [
        (Record.EXIT, ExitReason.MOVED_AWAY, "moved_away"),
        (Record.REENTRY, ExitReason.WORK, "work"),
        (Record.ORIENTED, OrientedBy.CALL, "call"),
        (Record.CONTACT_HELD, Contact.FOLLOW_UP, "follow_up"),
    ],
)
def test_details_have_their_word(somme: Parameters, kind: Record, detail: int, word: str) -> None:
    assert event_table(log_of(row(kind, FIRST, detail=detail)), somme)["detail_name"][0] == word


def test_every_label_of_a_department_is_found_and_numbers_have_no_word(somme: Parameters) -> None:
    for kind, meaning in CODEBOOK.items():
        group = LABELS.get(meaning.detail)
        words = somme.labels(group) if group else ()
        rows = [row(kind, FIRST, detail=n) for n in range(max(len(words), 1))]
        named = event_table(log_of(*rows), somme)["detail_name"]
        if group:
            assert tuple(named) == words
        elif meaning.detail not in VOCABULARY:
            assert named.isna().all()


def test_the_codebook_is_whole_and_said_in_every_place(somme: Parameters) -> None:
    assert list(CODEBOOK) == list(Record)
    assert codebook_text() in (sim.event_table.__doc__ or "")
    assert (ROOT / "docs" / "events.md").read_text(encoding="utf-8") == page()
    schema = arrow_table(log_of(row(Record.EXIT, FIRST)), somme).schema
    assert schema.names == list(COLUMNS)
    assert schema.metadata[b"epoch"] == b"1960-01-01"
    assert b"contact_held" in schema.metadata[b"records"]
    assert schema.field("origin").metadata[b"meaning"].decode() == COLUMNS["origin"]
