"""Memory: bytes for one more person, of the tables and of the whole process.

Sizes are compared, so that what does not grow with people (libraries, compiled code, ledger)
cancels out. Peaks are those of child processes, one for each size.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.cases import REFERENCE, SEED, enlarged
from sim.engine.run import run_plan
from sim.engine.starting_population import starting_population
from sim.vocabulary import Stock

SIZES = (1.0, 2.0, 4.0)
KILOBYTE = 1024


@dataclass(frozen=True)
class Size:
    """One size: living adults at the end, bytes of people's tables, peak of the process."""

    times: float
    persons: int
    table_bytes: int
    rows_of_people: int
    peak_bytes: int


@dataclass(frozen=True)
class Memory:
    """Sizes, and the bytes for one more person between neighbouring sizes."""

    sizes: tuple[Size, ...]

    @property
    def table_bytes_per_person(self) -> tuple[float, ...]:
        """Of households and adults, those gone included, between neighbouring sizes."""
        return tuple(
            (b.table_bytes - a.table_bytes) / (b.persons - a.persons)
            for a, b in pairwise(self.sizes)
        )

    @property
    def peak_bytes_per_person(self) -> tuple[float, ...]:
        """Of the resident memory of the process, with start, run and result kept at once."""
        return tuple(
            (b.peak_bytes - a.peak_bytes) / (b.persons - a.persons) for a, b in pairwise(self.sizes)
        )


def measured_sizes() -> Memory:
    """Each size in a process of its own; populations are made before, by this process."""
    sizes = []
    for times in SIZES:
        starting_population(enlarged(REFERENCE, times), SEED)
        answer = subprocess.run(
            [sys.executable, "-m", "benchmarks.memory", str(times)],
            check=True,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[1],
        )
        sizes.append(Size(**json.loads(answer.stdout)))
    return Memory(tuple(sizes))


def measure(times: float) -> Size:
    """One run in this process."""
    plan = enlarged(REFERENCE, times)
    result = run_plan(plan, SEED, start=starting_population(plan, SEED))
    stocks = result.ledger.stocks[[Stock.PERSONS, Stock.PERSONS_IN_POOL], -1]
    last = result.last
    tables = (last.households, last.people, last.agenda, last.office, last.caseworkers)
    return Size(
        times=times,
        persons=int(stocks.sum()),
        table_bytes=sum(table.nbytes for table in tables),
        rows_of_people=len(last.people),
        peak_bytes=peak_bytes(),
    )


def peak_bytes() -> int:
    """Peak resident memory of this process.

    Linux hands the peak of a parent down to its children in ``ru_maxrss``, so its own account of
    the process is read where there is one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        if found is not None:
            return int(found[1]) * KILOBYTE
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * KILOBYTE


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(float(sys.argv[1])).__dict__))
