"""A run of the same text without compilation, in a process of its own.

``python -m sim.experiments.plain_run GIVEN FOUND`` reads a plan, a seed and a starting population
and writes the result; both files are pickles of this program.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from sim.compiled import JIT_ENABLED
from sim.engine.run import RunResult, run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.state import State


def plain_run(plan: RunPlan, seed: int, start: State) -> RunResult:
    """The run with its log; raises `subprocess.CalledProcessError` when the process fails."""
    with TemporaryDirectory() as folder:
        given, found = Path(folder) / "given", Path(folder) / "found"
        given.write_bytes(pickle.dumps((plan, seed, start)))
        subprocess.run(
            [sys.executable, "-m", __name__, str(given), str(found)],
            env={**os.environ, "CASELOAD_JIT": "0"},
            check=True,
        )
        result: RunResult = pickle.loads(found.read_bytes())
    return result


def _run_here(given: Path, found: Path) -> None:
    if JIT_ENABLED:
        raise RuntimeError("a plain run is not compiled")
    plan, seed, start = pickle.loads(given.read_bytes())
    found.write_bytes(pickle.dumps(run_plan(plan, seed, is_logging=True, start=start)))


if __name__ == "__main__":
    _run_here(*map(Path, sys.argv[1:]))
