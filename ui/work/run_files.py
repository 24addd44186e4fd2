"""The folder of a run: what was asked, how far it is, what came out."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel

from sim.experiments.experiment import Experiment
from sim.outcomes.table import definitions_identity
from sim.version import package_version, results_version
from ui.study import Study, experiment_of
from ui.work.kept_files import read_made, write_kept
from ui.work.places import run_folder

REQUEST, STATE, RESULTS = "request.json", "state.json", "results.sealed"
WANTED = "wanted"
Request = TypeVar("Request", bound=BaseModel)
Content = TypeVar("Content")
FORMAT = 8
Status = Literal["queued", "running", "complete", "cancelled", "failed"]
UNFINISHED: tuple[Status, ...] = ("queued", "running")
SILENT_SECONDS = 60.0
"""A run that has not written its state for so long is no longer there."""


@dataclass(frozen=True)
class RunState:
    """How far a run is; times in seconds since 1970."""

    status: Status
    done: int = 0
    steps: int = 0
    replications: int = 0
    asked: int = 0
    began: float = 0.0
    updated: float = 0.0
    process: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    is_refined: bool = True
    """False while a finished run still measures what rests on literature."""
    shown: int = 0
    """Replications whose results can be read while the run goes on."""
    part_shown: float = 1.0
    """How much of the department these are of."""

    @property
    def share(self) -> float:
        """The part of the steps that is done, 0 to 1."""
        return min(self.done / self.steps, 1.0) if self.steps else 0.0

    @property
    def seconds_left(self) -> float | None:
        """What the pace so far makes of the rest; None before there is a pace."""
        if not self.done or not self.began or self.status != "running":
            return None
        return (self.updated - self.began) / self.done * (self.steps - self.done)


def identity_of(study: Study) -> str:
    """The name of a run: equal for equal scenarios, seed, replications and model."""
    return name_of(FORMAT, *basis_of(experiment_of(study)))


def basis_of(experiment: Experiment) -> list[object]:
    """All that the results of an experiment depend on, the program itself included."""
    return [
        results_version(),
        package_version(),
        definitions_identity(),
        [scenario.fingerprint() for scenario in experiment.scenarios],
        experiment.seed,
        experiment.replications,
        None if experiment.draws is None else experiment.draws.identity,
    ]


def name_of(*content: object) -> str:
    """The name of a folder: equal for equal contents."""
    return hashlib.sha256(json.dumps(content).encode("ascii")).hexdigest()[:24]


def read_state(identity: str) -> RunState | None:
    """How far a run is; None when it was never asked for. A dead run reads as failed."""
    state = read_made(
        run_folder(identity) / STATE, lambda content: RunState(**json.loads(bytes(content)))
    )
    if state is not None and state.status == "running" and not _is_alive(state):
        return replace(state, status="failed")
    return state


def read_left(identity: str, name: str, read: Callable[[memoryview], Content]) -> Content | None:
    """What ``read`` makes of a file that a finished run left; None when it is not there whole.

    A run that is complete and has none counts as never asked for, so that it is made again.
    """
    found = read_made(run_folder(identity) / name, read)
    state = read_state(identity) if found is None else None
    if state is not None and state.status == "complete":
        (run_folder(identity) / STATE).unlink(missing_ok=True)
    return found


def write_state(identity: str, state: RunState) -> None:
    """Put a state in the place of the former one, whole."""
    now = replace(state, updated=time.time())
    write_kept(run_folder(identity) / STATE, json.dumps(asdict(now)))


def write_request(identity: str, study: Study) -> None:
    """What the process of the run will read."""
    write_kept(run_folder(identity) / REQUEST, study.model_dump_json())


def read_request(identity: str, name: str, kind: type[Request]) -> Request:
    """What was asked for; raises ValueError when it is not there whole."""
    asked = read_made(
        run_folder(identity) / name, lambda content: kind.model_validate_json(bytes(content))
    )
    if asked is None:
        raise ValueError(f"the run {identity} has no {name}")
    return asked


def study_of_run(identity: str) -> Study:
    """What a run was asked for; raises ValueError when its request is not there whole."""
    return read_request(identity, REQUEST, Study)


def want(identity: str, visitor: str) -> None:
    """Note that a visitor waits for a run."""
    mark = _mark(identity, visitor)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()


def drop(identity: str, visitor: str) -> None:
    """Note that a visitor no longer waits: a run that nobody wants ends."""
    _mark(identity, visitor).unlink(missing_ok=True)


def is_wanted(identity: str) -> bool:
    """Whether anybody waits for a run."""
    folder = run_folder(identity) / WANTED
    return folder.is_dir() and any(folder.iterdir())


def _mark(identity: str, visitor: str) -> Path:
    name = hashlib.sha256(visitor.encode("utf-8")).hexdigest()[:16]
    return run_folder(identity) / WANTED / name


def _is_alive(state: RunState) -> bool:
    if time.time() - state.updated < SILENT_SECONDS:
        return True
    try:
        os.kill(state.process, 0)
    except (OSError, OverflowError):
        return False
    return time.time() - state.updated < 10 * SILENT_SECONDS
