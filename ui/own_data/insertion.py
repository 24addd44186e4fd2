"""A department's own lines of insertion, kept on this machine until they are taken back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sim.money.budget.insertion import problems_of
from sim.money.costs.entered import InsertionAmount
from ui.work.kept_files import read_owned, write_kept
from ui.work.places import entry_name, owner_file

PART = "insertion"
Amounts = tuple[InsertionAmount, ...]


@dataclass(frozen=True)
class OwnLines:
    """What was entered: ``used`` in a budget, or ``left_out`` as the budget has no such line."""

    used: Amounts
    left_out: Amounts

    @property
    def kept(self) -> Amounts:
        """All that was entered."""
        return (*self.used, *self.left_out)


def own_lines(owner: str, department: str, lines: Sequence[str]) -> OwnLines:
    """What a visitor entered for a department, beside the lines of a budget."""
    kept = kept_amounts(owner, department)
    strange = {one.position for one in problems_of(kept, lines)}
    return OwnLines(
        tuple(one for place, one in enumerate(kept) if place not in strange),
        tuple(one for place, one in enumerate(kept) if place in strange),
    )


def keep_amounts(owner: str, department: str, amounts: Sequence[InsertionAmount]) -> None:
    """Keep what a visitor entered for a department, in the place of what was kept before."""
    content = [asdict(one) for one in amounts]
    write_kept(_file(owner, department), json.dumps(content, ensure_ascii=False))


def kept_amounts(owner: str, department: str) -> Amounts:
    """What a visitor entered for a department; nothing where that cannot be read."""
    found = read_owned(_file(owner, department), _amounts)
    return () if found is None else found


def forget_amounts(owner: str, department: str) -> None:
    """Take back what was entered."""
    _file(owner, department).unlink(missing_ok=True)


def _amounts(content: str) -> Amounts:
    return tuple(
        InsertionAmount(str(one["line"]), str(one["period"]), float(one["eur"]))
        for one in json.loads(content)
    )


def _file(owner: str, department: str) -> Path:
    return owner_file(owner, PART, entry_name(department, department))
