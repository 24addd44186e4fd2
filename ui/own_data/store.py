"""Own series and column mappings of a visitor, kept on this machine until they are deleted."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sim.remarks import Both, Remark, remarked
from ui.own_data.kinds import KINDS
from ui.reports.remarks import remark_text
from ui.study.draft import slug
from ui.work.kept_files import read_owned, write_kept
from ui.work.places import entry_name, one_writing, owner_file, owner_folder

SERIES, MAPPINGS = "series", "mappings"
LONGEST_TITLE = 60
KNOWN_FILES = 256


@dataclass(frozen=True)
class OwnSeries:
    """One kept file: its kind, department, name, checked rows, what was done to come to them."""

    key: str
    kind: str
    department: str
    title: str
    when: float
    rows: tuple[Mapping[str, str | float], ...]
    remarks: tuple[Remark, ...] = ()


def keep_series(
    owner: str,
    kind: str,
    department: str,
    title: str,
    rows: Sequence[Mapping[str, str | float]],
    remarks: Sequence[Remark] = (),
) -> None:
    """Keep checked rows and their remarks, in the place of those of the same title and kind."""
    content = {
        "kind": kind,
        "department": department,
        "title": title,
        "when": time.time(),
        "rows": list(rows),
        "remarks": [[remark_text(one, "en"), remark_text(one, "fr")] for one in remarks],
    }
    before = kept_series(owner, kind, department, title)
    key = entry_name(f"{kind}_{slug(title)}", kind, department, title)
    path = owner_file(owner, SERIES, key)
    write_kept(path, json.dumps(content, ensure_ascii=False))
    if before is not None and before.key != key:
        delete_series(owner, before.key)


def kept_series(owner: str, kind: str, department: str, title: str) -> OwnSeries | None:
    """What keeping rows under this title would replace, if there is such a thing."""
    return next(
        (
            one
            for one in own_series(owner, department)
            if one.kind == kind and one_writing(one.title) == one_writing(title)
        ),
        None,
    )


def own_series(owner: str, department: str | None = None) -> list[OwnSeries]:
    """All that a visitor keeps (of one department), the last one first."""
    folder = owner_folder(owner, SERIES)
    found = []
    for path in folder.glob("*.json") if folder.is_dir() else []:
        try:
            one = _read(path, path.stat().st_mtime_ns)
        except OSError:
            continue
        if one is not None and department in (None, one.department):
            found.append(one)
    return sorted(found, key=lambda one: (-one.when, one.key))


@lru_cache(maxsize=KNOWN_FILES)
def _read(path: Path, _changed: int) -> OwnSeries | None:
    """One kept file, read once for each of its states; None when it is none."""

    def read(text: str) -> OwnSeries:
        content = json.loads(text)
        return OwnSeries(
            path.stem,
            str(content["kind"]),
            str(content["department"]),
            str(content["title"]),
            float(content["when"]),
            tuple(content["rows"]),
            tuple(
                remarked("as_written", text=Both(str(en), str(fr)))
                for en, fr in content.get("remarks", ())
            ),
        )

    one = read_owned(path, read)
    return one if one is not None and one.kind in KINDS else None


def delete_series(owner: str, key: str) -> None:
    """Delete a kept file."""
    owner_file(owner, SERIES, key).unlink(missing_ok=True)


def keep_mapping(owner: str, kind: str, head: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Remember which column is which for files with this head."""
    path = owner_file(owner, MAPPINGS, _name(kind, head))
    write_kept(path, json.dumps(dict(mapping), ensure_ascii=False))


def kept_mapping(owner: str, kind: str, head: Sequence[str]) -> dict[str, str] | None:
    """The mapping that was used before for files with this head."""

    def read(text: str) -> dict[str, str]:
        return {str(name): str(column) for name, column in dict(json.loads(text)).items()}

    return read_owned(owner_file(owner, MAPPINGS, _name(kind, head)), read)


def _name(kind: str, head: Sequence[str]) -> str:
    digest = hashlib.sha256("\x1f".join(head).encode("utf-8")).hexdigest()[:16]
    return f"{kind}_{digest}"
