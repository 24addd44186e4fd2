"""Own series and column mappings of a visitor, kept on this machine until they are deleted."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.experiments.run_folder import write_atomically
from ui.own_data.kinds import KINDS
from ui.study.draft import slug
from ui.work.places import owner_file, owner_folder

SERIES, MAPPINGS = "series", "mappings"
MOST_SERIES = 50


@dataclass(frozen=True)
class OwnSeries:
    """One kept file: its kind, department, name and checked rows."""

    key: str
    kind: str
    department: str
    title: str
    when: float
    rows: tuple[Mapping[str, str | float], ...]


def keep_series(
    owner: str, kind: str, department: str, title: str, rows: Sequence[Mapping[str, str | float]]
) -> None:
    """Keep checked rows under a title."""
    content = {
        "kind": kind,
        "department": department,
        "title": title[:80],
        "when": time.time(),
        "rows": list(rows),
    }
    path = owner_file(owner, SERIES, f"{kind}_{slug(title)}")
    write_atomically(path, json.dumps(content, ensure_ascii=False).encode("utf-8"))


def own_series(owner: str, department: str | None = None) -> list[OwnSeries]:
    """What a visitor keeps (of one department), the last one first."""
    folder = owner_folder(owner, SERIES)
    found = []
    for path in sorted(folder.glob("*.json"))[:MOST_SERIES] if folder.is_dir() else []:
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            one = OwnSeries(
                path.stem,
                str(content["kind"]),
                str(content["department"]),
                str(content["title"]),
                float(content["when"]),
                tuple(content["rows"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if one.kind in KINDS and department in (None, one.department):
            found.append(one)
    return sorted(found, key=lambda one: -one.when)


def delete_series(owner: str, key: str) -> None:
    """Delete a kept file."""
    owner_file(owner, SERIES, key).unlink(missing_ok=True)


def keep_mapping(owner: str, kind: str, head: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Remember which column is which for files with this head."""
    path = owner_file(owner, MAPPINGS, _name(kind, head))
    write_atomically(path, json.dumps(dict(mapping), ensure_ascii=False).encode("utf-8"))


def kept_mapping(owner: str, kind: str, head: Sequence[str]) -> dict[str, str] | None:
    """The mapping that was used before for files with this head."""
    try:
        content = json.loads(
            owner_file(owner, MAPPINGS, _name(kind, head)).read_text(encoding="utf-8")
        )
    except (OSError, ValueError):
        return None
    if not isinstance(content, dict):
        return None
    return {str(name): str(column) for name, column in content.items()}


def _name(kind: str, head: Sequence[str]) -> str:
    digest = hashlib.sha256("\x1f".join(head).encode("utf-8")).hexdigest()[:16]
    return f"{kind}_{digest}"
