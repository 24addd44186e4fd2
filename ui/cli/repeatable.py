"""What a command names, as every folder names it: the command that is written down holds there."""

from __future__ import annotations

from pathlib import Path

from sim.experiments.run_folder import MANIFEST
from sim.policy.places import is_path, without_tilde


def anywhere(name: str) -> str:
    """A shipped name as it is; of a scenario, department or plan file or a run the whole path."""
    is_run = (Path(name) / MANIFEST).is_file()
    return file_anywhere(Path(name)) if is_path(name) or is_run else name


def file_anywhere(file: Path) -> str:
    """The whole path of a file or folder."""
    return str(without_tilde(str(file)).absolute())
