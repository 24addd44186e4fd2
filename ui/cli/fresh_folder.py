"""Where results go when no folder is named: never into one that is there."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from pathlib import Path

LONGEST_NAME = 80


def fresh_folder(root: Path, name: str) -> Path:
    """A folder named after the moment and what was asked; numbered where there is one already."""
    wanted = root / f"{datetime.now():%Y%m%d-%H%M%S}_{name[:LONGEST_NAME]}"
    if not wanted.exists():
        return wanted
    numbered = (wanted.with_name(f"{wanted.name}_{number}") for number in count(2))
    return next(folder for folder in numbered if not folder.exists())


def stems(names: tuple[str, ...]) -> str:
    """The names of scenarios or of their files as one."""
    return "_".join(Path(name).stem for name in names)
