"""Months that are imported while the app runs: nothing is shown, or run, of the figures before."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sim.outcomes import definitions, table
from sim.outcomes.definitions import Measure
from sim.parameters.imported import DATA_VARIABLE, MONTHLY_FILE
from ui.study import shipped
from ui.study.references import new_study
from ui.work import job
from ui.work.asking import identity_of_search, write_search
from ui.work.run_files import RunState, identity_of, read_state, want, write_request, write_state
from ui.work.weighing import Weighed

DEPARTMENT, CODE = "finistere", "29"
VISITOR = "a visitor"


def question() -> Weighed:
    return Weighed.model_validate(
        {
            "study": new_study(DEPARTMENT),
            "territory": DEPARTMENT,
            "outcome": "wait_for_caseworker_days_mean",
            "factors": ("effects.contact_size",),
        }
    )


def import_months(folder: Path) -> None:
    rows = [f"{CODE},2026-{month:02d},{19_000 + month}" for month in range(1, 10)]
    content = "\n".join(["department,month,households", *rows])
    (folder / MONTHLY_FILE).write_text(content + "\n", encoding="utf-8")


def test_runs_and_questions_of_the_months_before_are_neither_shown_nor_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    study, asked = new_study(DEPARTMENT), question()
    start = shipped(study.reference).start
    run, search = identity_of(study), identity_of_search(asked)
    for identity in (run, search):
        want(identity, VISITOR)
    write_request(run, study)
    write_search(search, asked)
    import_months(tmp_path)
    assert shipped(study.reference).start > start
    assert identity_of(study) != run
    assert identity_of_search(asked) != search
    for identity in (run, search):
        write_state(identity, RunState("queued"))
        assert job.run(identity, os.getppid()) == 0
        state = read_state(identity)
        assert state is not None
        assert (state.status, state.done) == ("cancelled", 0)


def test_what_an_outcome_measures_is_part_of_a_runs_name(monkeypatch: pytest.MonkeyPatch) -> None:
    study = new_study(DEPARTMENT)
    before = identity_of(study)
    known = dict(definitions.outcome_definitions())
    other: Measure = known["exits_work"].measure
    known["jobs_started"] = known["jobs_started"].model_copy(update={"measure": other})
    monkeypatch.setattr(table, "outcome_definitions", lambda: known)
    table.definitions_identity.cache_clear()
    try:
        assert identity_of(study) != before
    finally:
        monkeypatch.undo()
        table.definitions_identity.cache_clear()
    assert identity_of(study) == before
