"""What a visitor has run: one small file a run, kept on the machine, never shown to others."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

from ui.study.draft import Study
from ui.work.kept_files import read_owned, write_kept
from ui.work.places import owner_file, owner_folder
from ui.work.run_files import RunState, read_state

PART = "history"


@dataclass(frozen=True)
class PastRun:
    """One run of the past; ``when`` in seconds since 1970."""

    identity: str
    when: float
    study: Study
    state: RunState | None


def remember(owner: str, identity: str, study: Study) -> None:
    """Note that a visitor ran a study now."""
    content = {"when": time.time(), "study": study.model_dump(mode="json")}
    write_kept(owner_file(owner, PART, identity), json.dumps(content, ensure_ascii=False))


def history(owner: str) -> list[PastRun]:
    """The runs of a visitor, the last one first."""
    folder = owner_folder(owner, PART)
    if not folder.is_dir():
        return []
    found = []
    for path in folder.glob("*.json"):
        kept = read_owned(path, _read)
        if kept is not None:
            found.append(PastRun(path.stem, *kept, read_state(path.stem)))
    return sorted(found, key=lambda past: -past.when)


def _read(text: str) -> tuple[float, Study]:
    content = json.loads(text)
    return float(content["when"]), Study.model_validate(content["study"])


def forget_run(owner: str, identity: str) -> None:
    """Take a run out of a visitor's history (its results stay for others who share the link)."""
    owner_file(owner, PART, identity).unlink(missing_ok=True)
