"""The department that a visitor used last, so that the app opens on it."""

from __future__ import annotations

import json

from ui.study import departments
from ui.work.kept_files import read_owned, write_kept
from ui.work.places import owner_file

PART, NAME = "choices", "department"


def remember_department(owner: str, department: str) -> None:
    """Keep it for the next visit."""
    write_kept(owner_file(owner, PART, NAME), json.dumps(department))


def last_department(owner: str) -> str | None:
    """The one that was kept; None at a first visit, or where it is no longer known."""
    found = read_owned(owner_file(owner, PART, NAME), json.loads)
    return found if isinstance(found, str) and found in departments() else None
