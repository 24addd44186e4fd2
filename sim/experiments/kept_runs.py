"""Finished runs kept on the disk: what was run under a plan and a seed is not run again.

A file holds the books of one run and the statistics of its last day, compressed, under a name made
of the engine's version, the plan (parameters of every date, start, months) and the seed. The folder
is bounded: what was used longest ago goes first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from sim.bounded_folder import BoundedFolder
from sim.engine import array_file
from sim.engine.run_plan import RunPlan
from sim.experiments.books import Books
from sim.experiments.kept_pasts import KeptPasts
from sim.ledger import Ledger
from sim.user_cache import RUNS, cache_root
from sim.version import results_version

SUFFIX = ".books"
MOST_BYTES = 1_000_000_000
COMPRESSION = "zstd"
LEVEL = 3
LENGTH_BYTES = 8


class KeptRuns:
    """The books of finished runs in one folder, and the days that runs share in another.

    Without ``has_pasts`` jobs neither read nor write these days: for who runs many worlds, each a
    few times, of which books are small and pasts are not.
    """

    def __init__(self, root: Path, *, has_pasts: bool = True, part: str = "") -> None:
        self._root = root
        self._end = f"{part}{SUFFIX}"
        self._books = BoundedFolder(root / RUNS, MOST_BYTES)
        self.pasts = KeptPasts(root)
        self.has_pasts = has_pasts

    def of_part(self, territories: Sequence[int]) -> KeptRuns:
        """Books of the same plans in some territories alone, which have names of their own."""
        part = "".join(f"-{position}" for position in territories)
        return KeptRuns(self._root, has_pasts=False, part=part)

    def has(self, name: str) -> bool:
        """Whether the run of a name is there (it may still turn out to be damaged)."""
        return self._books.has(f"{name}{self._end}")

    def find(self, plan: RunPlan, seed: int) -> Books | None:
        """The books of a run; None when it is not there whole."""
        name = f"{name_of_run(plan, seed)}{self._end}"
        return self._books.read(name, lambda content: _read(content, plan, seed))

    def keep(self, books: Books) -> None:
        """Write the books of a run."""
        self._books.write(f"{name_of_run(books.plan, books.seed)}{self._end}", _written(books))


def kept_runs(*, has_pasts: bool = True) -> KeptRuns | None:
    """The kept runs of this user; None where the environment turns the caches off."""
    root = cache_root()
    return None if root is None else KeptRuns(root, has_pasts=has_pasts)


def name_of_run(plan: RunPlan, seed: int) -> str:
    """SHA-256 of all that the books of a run depend on; the name of the plan is not part of it."""
    words = [results_version(), str(seed), str(plan.start), str(plan.months)]
    words.append(plan.base.fingerprint())
    words += [f"{day} {parameters.fingerprint()}" for day, parameters in plan.changes]
    return hashlib.sha256("|".join(words).encode("ascii")).hexdigest()


def _written(books: Books) -> bytes:
    """Length of the arrays, the arrays compressed."""
    statistics = {name: np.array(value) for name, value in books.statistics.items()}
    content = array_file.to_bytes(
        {
            **books.ledger.to_arrays(),
            "places": books.places,
            "cpu_seconds": np.array(books.cpu_seconds),
            **statistics,
        }
    )
    codec = pa.Codec(COMPRESSION, compression_level=LEVEL)
    packed: bytes = codec.compress(content, asbytes=True)
    return len(content).to_bytes(LENGTH_BYTES, "little") + packed


def _read(content: memoryview, plan: RunPlan, seed: int) -> Books:
    """The inverse of `_written`; raises ValueError or KeyError for other arrays."""
    length = int.from_bytes(content[:LENGTH_BYTES], "little")
    unpacked = pa.Codec(COMPRESSION).decompress(content[LENGTH_BYTES:], length, asbytes=True)
    arrays = array_file.from_bytes(unpacked)
    ledger = Ledger.from_arrays(arrays)
    places, seconds = arrays["places"], float(arrays["cpu_seconds"])
    others = {*ledger.to_arrays(), "places", "cpu_seconds"}
    statistics = {name: float(value) for name, value in arrays.items() if name not in others}
    return Books(plan, seed, ledger, places, seconds, kept_statistics=statistics)
