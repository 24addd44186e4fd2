"""A department's own lines of insertion, kept on this machine until they are taken back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from sim.money.costs.entered import InsertionAmount
from ui.work.kept_files import read_owned, write_kept
from ui.work.places import entry_name, owner_file

PART = "insertion"


def keep_amounts(owner: str, department: str, amounts: Sequence[InsertionAmount]) -> None:
    """Keep what a visitor entered for a department, in the place of what was kept before."""
    content = [asdict(one) for one in amounts]
    write_kept(_file(owner, department), json.dumps(content, ensure_ascii=False))


def kept_amounts(owner: str, department: str) -> tuple[InsertionAmount, ...]:
    """What a visitor entered for a department; nothing where that cannot be read."""
    found = read_owned(_file(owner, department), _amounts)
    return () if found is None else found


def forget_amounts(owner: str, department: str) -> None:
    """Take back what was entered."""
    _file(owner, department).unlink(missing_ok=True)


def _amounts(content: str) -> tuple[InsertionAmount, ...]:
    return tuple(
        InsertionAmount(str(one["line"]), str(one["period"]), float(one["eur"]))
        for one in json.loads(content)
    )


def _file(owner: str, department: str) -> Path:
    return owner_file(owner, PART, entry_name(department, department))
