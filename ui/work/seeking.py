"""Goal-seek in a process of its own: which value of a lever reaches a target, in a small world."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.experiments.experiment import Experiment
from sim.experiments.run_folder import write_atomically
from sim.policy import Scenario
from sim.search.curve import curve_table
from sim.search.demand import Demand
from sim.search.question import Question, answer, ask
from sim.search.seek_words import told
from sim.version import engine_version
from ui.study import Study, experiment_of
from ui.study.draft import Slug
from ui.work.places import run_folder
from ui.work.preview import Small, households_of
from ui.work.run_files import RunState, write_state

REQUEST, ANSWER = "seek.json", "answer.json"
LANGUAGES: tuple[Literal["fr", "en"], ...] = ("fr", "en")
SIMULATIONS = 40
USUAL_RUNS = 300
"""A search takes about so many runs: the measure of its progress."""
WANTED_HOUSEHOLDS = 1200.0
MONTHS = 24
LEVERS = ("additional_fte", "portfolio_cap", "desks", "notification_days")
"""Levers that a search moves in one territory, by the names that the search knows."""
TARGETS = {
    "wait_for_caseworker_days_mean": "<=",
    "wait_for_orientation_days_mean": "<=",
    "oriented_within_15_days_share": ">=",
    "support_started_within_30_days_share": ">=",
    "contacts_achieved_share": ">=",
    "contacts_held_per_person": ">=",
}
"""Outcomes of a small world that can be aimed at, and the side that is wanted."""


class Sought(BaseModel):
    """What is asked: from the reference (no draft) or one scenario of a study."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    study: Study
    lever: Slug
    """One of `LEVERS`."""
    territory: Slug
    outcome: Slug
    """One of `TARGETS`."""
    limit: Annotated[float, Field(ge=0.0, le=10_000.0)]

    @model_validator(mode="after")
    def _known(self) -> Sought:
        if self.lever not in LEVERS or self.outcome not in TARGETS:
            raise ValueError("a search that is not offered")
        return self


@dataclass(frozen=True)
class Found:
    """An answer in words and as a table, heads first, by language."""

    title: dict[str, str]
    findings: dict[str, list[str]]
    basis: dict[str, list[str]]
    table: dict[str, list[list[str]]]


def identity_of_search(sought: Sought) -> str:
    """The name of a search."""
    content = f"{engine_version()} {sought.model_dump_json()}"
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:24]


def write_search(identity: str, sought: Sought) -> None:
    """What the process of the search will read."""
    write_atomically(run_folder(identity) / REQUEST, sought.model_dump_json().encode("utf-8"))


def is_search(identity: str) -> bool:
    """Whether a run is a search."""
    return (run_folder(identity) / REQUEST).is_file()


def question_of(sought: Sought) -> Question:
    """The question in a small world of the territory alone; raises `InputError`."""
    experiment: Experiment = experiment_of(sought.study)
    scenario: Scenario = experiment.scenarios[-1]
    kept = (sought.territory,)
    share = min(1.0, WANTED_HOUSEHOLDS / max(households_of(scenario, kept), 1.0))
    small = Small(kept, share, min(scenario.months, MONTHS)).of(scenario)
    limit = f"{sought.outcome} {TARGETS[sought.outcome]} {sought.limit:.6f}"
    return ask(
        small,
        f"{sought.lever} [{sought.territory}]",
        limit,
        demand=Demand(simulations=SIMULATIONS),
    )


def run_search(identity: str, state: RunState, cancel: threading.Event) -> None:
    """Search and write the answer; raises ``Cancelled`` and `InputError`."""
    sought = Sought.model_validate_json((run_folder(identity) / REQUEST).read_bytes())
    question = question_of(sought)
    done = 0

    def on_run(count: int) -> None:
        nonlocal done
        done += count
        steps = max(USUAL_RUNS, done + 1)
        write_state(identity, replace(state, done=done, steps=steps))

    found = answer(question, cancel=cancel, on_run=on_run)
    words = {language: told(question, found, language) for language in LANGUAGES}
    content = {
        "title": {name: one.title for name, one in words.items()},
        "findings": {name: list(one.findings) for name, one in words.items()},
        "basis": {name: list(one.basis) for name, one in words.items()},
        "table": {language: curve_table(question, found, language) for language in LANGUAGES},
    }
    write_atomically(
        run_folder(identity) / ANSWER, json.dumps(content, ensure_ascii=False).encode("utf-8")
    )


def read_answer(identity: str) -> Found | None:
    """The answer of a search; None when there is none."""
    try:
        return Found(**json.loads((run_folder(identity) / ANSWER).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
