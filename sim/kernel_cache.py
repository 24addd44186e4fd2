"""Where compiled kernels are kept: one folder for each text of the engine, the latest few only."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sim.user_cache import kernels_root
from sim.version import engine_version

KEPT_ENGINES = 4
"""Texts of the engine whose kernels are kept: one takes about a gigabyte."""


def kernel_folder() -> Path:
    """The folder of this engine's kernels, marked as used now; those of old engines are removed.

    A process that still runs an engine whose folder goes only compiles again. Without the right
    to write there, nothing is removed and numba looks for another place.
    """
    kernels = kernels_root()
    folder = kernels / engine_version()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        remove_old_engines(kernels)
    except OSError:
        pass
    return folder


def remove_old_engines(kernels: Path, kept: int = KEPT_ENGINES) -> None:
    """Remove all but the ``kept`` folders that were used last."""
    used = sorted(
        (entry for entry in kernels.iterdir() if entry.is_dir()),
        key=lambda entry: entry.stat().st_mtime,
    )
    for folder in used[:-kept]:
        shutil.rmtree(folder, ignore_errors=True)
