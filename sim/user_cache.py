"""The folder of this user in which what was worked out once is kept: kernels, people, runs."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path

from sim.replaced import replaced_functions
from sim.version import DISTRIBUTION

CACHE_VARIABLE = "CASELOAD_CACHE"
"""Names another folder for populations, pasts and runs; empty, nothing of them is kept."""
POPULATIONS = "populations"
PASTS = "pasts"
RUNS = "runs"
KERNELS = "kernels"


def cache_root() -> Path | None:
    """The folder of starting populations, pasts and kept runs; None where they are turned off.

    They are while a function of the engine is replaced: what it gives is of another model.
    """
    named = os.environ.get(CACHE_VARIABLE)
    if named == "" or replaced_functions():
        return None
    return Path(named) if named else user_cache_path(DISTRIBUTION)


def kernels_root() -> Path:
    """The folder of compiled kernels, a folder for each text of the engine."""
    return user_cache_path(DISTRIBUTION) / KERNELS
