"""Questions that run in a process of their own: a goal-seek, or a weighing of what matters most.

A question is a small file in the folder of its run; its answer is another one beside it.
"""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, field, replace

from sim.version import results_version
from ui.work import seeking, weighing
from ui.work.kept_files import write_kept
from ui.work.places import run_folder
from ui.work.run_files import RunState, read_left, read_request, write_state
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
    """The name of a question: equal for equal questions to an equal model."""
    content = f"{FORMAT} {results_version()} {_request(asked)} {asked.model_dump_json()}"
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:24]


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
    if (folder / weighing.REQUEST).is_file():
        weighed = read_request(identity, weighing.REQUEST, Weighed)
        content = weighing.weigh(weighed, cancel, on_run)
    else:
        sought = read_request(identity, seeking.REQUEST, Sought)
        content = seeking.seek(sought, cancel, on_run)
    write_kept(folder / ANSWER, json.dumps(content, ensure_ascii=False))


def read_answer(identity: str) -> Found | None:
    """The answer of a weighing; None when there is none that holds: it may be asked again."""
    return read_left(identity, ANSWER, lambda content: Found(**json.loads(bytes(content))))


def read_target_answer(identity: str) -> TargetAnswer | None:
    """The answer of a goal-seek; None when there is none that holds: it may be asked again."""
    return read_left(identity, ANSWER, lambda content: TargetAnswer.of(json.loads(bytes(content))))


def _request(asked: Asked) -> str:
    return weighing.REQUEST if isinstance(asked, Weighed) else seeking.REQUEST
