"""``python -m sim.engine.warm``: compile the model ahead of its first run, and tell how far."""

from __future__ import annotations

import sys
import time
from datetime import date

from sim.compilation import told
from sim.engine.run import run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import build_population
from sim.parameters import load_department, scale_department, shipped_departments

SMALL_SHARE = 0.01


def warm_up() -> float:
    """Run a small department for a month; returns the seconds that it took.

    Compiled code stays on disk, keyed by the text of the engine.
    """
    began = time.perf_counter()
    department = load_department(shipped_departments()[0])
    plan = RunPlan("warm", date(2023, 1, 1), 1, scale_department(department, SMALL_SHARE))
    start = build_population(plan, seed=1)
    for is_logging in (False, True):
        run_plan(plan, 1, start=start, is_logging=is_logging)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.stdout.write("Compiling the model, once for this version: a minute or two.\n")
    sys.stdout.flush()
    with told() as compiling:
        seconds = warm_up()
    sys.stdout.write(f"{compiling.functions} functions compiled in {seconds:.0f} s\n")
