"""Questions that run in a process of their own: a goal-seek, or a weighing of what matters most.

A question is a small file in the folder of its run; its answer is another one beside it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sim.engine.journey import Cancelled
from ui.study import of_any_size
from ui.work import seeking, weighing
from ui.work.kept_files import write_kept
from ui.work.places import run_folder
from ui.work.run_files import (
    RunState,
    basis_of,
    name_of,
    read_left,
    read_request,
    write_state,
)
from ui.work.seeking import Sought, TargetAnswer
from ui.work.weighing import Weighed

FORMAT = 4
ANSWER = "answer.json"
Asked = Sought | Weighed


@dataclass(frozen=True)
class Found:
    """A weighing in words and as a table, heads first, by language; and its bars."""

    title: dict[str, str]
    findings: dict[str, list[str]]
    basis: dict[str, list[str]]
    table: dict[str, list[list[str]]]
    bars: list[dict[str, object]] = field(default_factory=list)


def identity_of_search(asked: Asked) -> str:
    """The name of a question: equal for equal questions to an equal model with equal figures."""
    basis = basis_of(of_any_size(asked.study))
    return name_of(FORMAT, _request(asked), asked.model_dump_json(), *basis)


def write_search(identity: str, asked: Asked) -> None:
    """What the process of the question will read."""
    write_kept(run_folder(identity) / _request(asked), asked.model_dump_json())


def is_search(identity: str) -> bool:
    """Whether a run is a question."""
    folder = run_folder(identity)
    return any((folder / name).is_file() for name in (seeking.REQUEST, weighing.REQUEST))


def run_search(identity: str, state: RunState, cancel: threading.Event) -> None:
    """Answer a question and write the answer; raises ``Cancelled`` and `InputError`."""
    done = 0

    def on_run(count: int, expected: int) -> None:
        nonlocal done
        done += count
        write_state(identity, replace(state, done=done, steps=max(expected, done + 1)))

    folder = run_folder(identity)
    asked = _asked(identity)
    if identity_of_search(asked) != identity:
        # Months were imported since it was asked; under its own name it is asked anew.
        raise Cancelled
    content: Mapping[str, object]
    if isinstance(asked, Weighed):
        content = weighing.weigh(asked, cancel, on_run)
    else:
        content = seeking.seek(asked, cancel, on_run)
    write_kept(folder / ANSWER, json.dumps(content, ensure_ascii=False))


def _asked(identity: str) -> Asked:
    if (run_folder(identity) / weighing.REQUEST).is_file():
        return read_request(identity, weighing.REQUEST, Weighed)
    return read_request(identity, seeking.REQUEST, Sought)


def read_answer(identity: str) -> Found | None:
    """The answer of a weighing; None when there is none that holds: it may be asked again."""
    return read_left(identity, ANSWER, lambda content: Found(**json.loads(bytes(content))))


def read_target_answer(identity: str) -> TargetAnswer | None:
    """The answer of a goal-seek; None when there is none that holds: it may be asked again."""
    return read_left(identity, ANSWER, lambda content: TargetAnswer.of(json.loads(bytes(content))))


def _request(asked: Asked) -> str:
    return weighing.REQUEST if isinstance(asked, Weighed) else seeking.REQUEST
