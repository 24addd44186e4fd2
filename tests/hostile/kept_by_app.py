"""What the app keeps on the disk: how each kind of file is written, and what is made of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest import mock

from tests.app_worlds import finished, small_study
from ui.own_data.store import keep_series, own_series
from ui.study import Study
from ui.study.references import SHARE_VARIABLE
from ui.study.saved import save, saved
from ui.work import asking
from ui.work.asking import ANSWER
from ui.work.history import history, remember
from ui.work.kept_files import write_kept
from ui.work.places import VARIABLE, run_folder
from ui.work.results import read_results
from ui.work.run_files import RunState, identity_of, write_state

OWNER = "0" * 32
QUESTION = "question"
ANSWERED = (
    '{"title": {"fr": "Combien"}, "findings": {"fr": ["14 postes"]}, "basis": {"fr": []}, '
    '"table": {"fr": [["a", "b"], ["1", "2"]]}}'
)


@contextmanager
def _app(folder: Path) -> Iterator[None]:
    with mock.patch.dict(os.environ, {VARIABLE: str(folder), SHARE_VARIABLE: "0.01"}):
        yield


@cache
def _study() -> Study:
    return small_study().model_copy(update={"months": 12, "replications": 2})


def write_run(folder: Path) -> None:
    """A finished comparison: its request, its state and its results."""
    with _app(folder):
        finished(_study())


def read_run(folder: Path) -> object:
    """The outcomes and the money that the pages show; None when the run is offered anew."""
    with _app(folder):
        found = read_results(identity_of(_study()), _study())
    if found is None:
        return None
    outcomes = [one for each in found.results.replications for one in each.outcomes]
    flows = [flow.tobytes() for flow in found.flows.values()]
    return [one.values.tobytes() + one.whole.tobytes() for one in outcomes], flows, found.observed


def write_answer(folder: Path) -> None:
    """The answer of a question."""
    with _app(folder):
        write_kept(run_folder(QUESTION) / ANSWER, ANSWERED)
        write_state(QUESTION, RunState("complete"))


def read_answer(folder: Path) -> object:
    """The answer as the page tells it; None when the question is offered anew."""
    with _app(folder):
        return asking.read_answer(QUESTION)


def write_owned(folder: Path) -> None:
    """A saved scenario, a series and a run in the history of a visitor."""
    with _app(folder):
        study = _study()
        save(OWNER, study, study.drafts[0])
        keep_series(OWNER, "caseload", "somme", "Mes chiffres", [{"month": "2024-01", "value": 7}])
        remember(OWNER, "abc", study)


def read_owned(folder: Path) -> object:
    """All that a visitor finds again; None when something is missing."""
    with _app(folder):
        found = saved(OWNER), own_series(OWNER), history(OWNER)
    return found if all(found) else None
