"""A tool that is no dependency runs in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path


def python_with(requirement: str, folder: Path) -> Path:
    """The interpreter of the environment in a folder; it is made anew for another requirement."""
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    mark = folder / ".requirement"
    if not mark.exists() or mark.read_text(encoding="utf-8") != requirement:
        venv.create(folder, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, requirement], check=True)
        mark.write_text(requirement, encoding="utf-8")
    return python
