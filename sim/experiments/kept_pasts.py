"""The days that runs share, kept on the disk: a scenario begins where it leaves its reference.

A file holds the state on the eve of a date and the books so far, under a name made of the engine's
version, what the plan is before that date, the date and the seed.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from sim.bounded_folder import BoundedFolder
from sim.engine.past import Past
from sim.engine.run_plan import RunPlan
from sim.user_cache import PASTS
from sim.version import results_version

SUFFIX = ".past"
MOST_BYTES = 4_000_000_000


class KeptPasts:
    """Pasts in one folder, bounded."""

    def __init__(self, root: Path) -> None:
        self._files = BoundedFolder(root / PASTS, MOST_BYTES)

    def has(self, plan: RunPlan, seed: int, until: date) -> bool:
        """Whether the past of a plan up to a date is there (it may turn out to be damaged)."""
        return self._files.has(_name(plan, seed, until))

    def find(self, plan: RunPlan, seed: int, until: date) -> Past | None:
        """The past of a plan up to a date; None when it is not there whole."""
        return self._files.read(_name(plan, seed, until), Past.from_bytes)

    def keep(self, plan: RunPlan, seed: int, until: date, past: Past) -> None:
        """Write the past of a plan up to a date."""
        self._files.write(_name(plan, seed, until), past.to_bytes())


def _name(plan: RunPlan, seed: int, until: date) -> str:
    """SHA-256 of all that the days before ``until`` depend on."""
    words = [results_version(), str(seed), str(plan.start), plan.base.fingerprint(), str(until)]
    words += [f"{day} {changed.fingerprint()}" for day, changed in plan.changes if day < until]
    return f"{hashlib.sha256('|'.join(words).encode('ascii')).hexdigest()}{SUFFIX}"
