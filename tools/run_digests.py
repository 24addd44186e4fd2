"""Digests of what every shipped scenario lives: a change of form must leave them as they are.

``python tools/run_digests.py docs/decisions/runs.sha256`` compares with the file and ends with 1
where one differs; ``--write`` makes the file. Each line: SHA-256 of the event log (COLUMNS of
`sim.events`, 64-bit integers), SHA-256 of the ledger's arrays in their order, scenario. Whole
departments, all months of the plan, one seed. Machine code of another processor may round an
exponential differently: compare on one machine.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from sim.engine.run import run_plan
from sim.experiments.experiment import run_plan_of
from sim.ledger import BOOKS, Ledger
from sim.policy import load_scenario, shipped_scenarios

SEED = 7


def digest_of_run(name: str) -> str:
    """The line of one scenario."""
    found = run_plan(run_plan_of(load_scenario(name)), SEED, is_logging=True)
    assert found.log is not None
    log = hashlib.sha256(found.log.rows.astype("<i8").tobytes()).hexdigest()
    return f"{log} {digest_of_ledger(found.ledger)} {name}"


def digest_of_ledger(ledger: Ledger) -> str:
    """SHA-256 over the counts of a ledger, by their names in order."""
    digest = hashlib.sha256()
    counts = {name: getattr(ledger, name) for name in BOOKS}
    counts["first_month"] = np.array(ledger.shape.first_month)
    for name, array in sorted(counts.items()):
        digest.update(name.encode("ascii"))
        digest.update(array.tobytes())
    return digest.hexdigest()


def main() -> int:
    """Compare or write; prints each scenario that differs."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    asked.add_argument("file", type=Path)
    asked.add_argument("--write", action="store_true")
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("names", nargs="*", help="scenarios; all shipped ones when none is named")
    given = asked.parse_args()
    names = given.names or sorted(shipped_scenarios())
    first = digest_of_run(names[0])
    with ThreadPoolExecutor(given.workers) as pool:
        found = [first, *pool.map(digest_of_run, names[1:])]
    if given.write:
        given.file.write_text("\n".join(found) + "\n", encoding="ascii")
        return 0
    kept = set(given.file.read_text(encoding="ascii").splitlines())
    different = [line.split()[-1] for line in found if line not in kept]
    sys.stdout.write(f"{len(found) - len(different)} of {len(found)} as before\n")
    sys.stdout.write("".join(f"differs: {name}\n" for name in different))
    return bool(different)


if __name__ == "__main__":
    raise SystemExit(main())
