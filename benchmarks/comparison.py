"""``python -m benchmarks.comparison``: a full comparison as the app runs it, cold and prepared.

Everything happens in a folder of its own, so nothing that was kept before helps. On a shared
machine read the CPU seconds; the wall clock there says more about the others.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from collections.abc import Callable
from tempfile import TemporaryDirectory

from benchmarks.mini import run_mini
from benchmarks.speed import STOCK
from benchmarks.visitors import draft
from sim.user_cache import CACHE_VARIABLE
from ui.study import Study
from ui.study.references import new_study
from ui.work import job
from ui.work.model import load_model
from ui.work.places import VARIABLE
from ui.work.reference_runs import prepare_reference, prepared
from ui.work.run_files import identity_of, read_state, want, write_request

DEPARTMENT = "somme"


def study_of(posts: float, replications: int) -> Study:
    study = new_study(DEPARTMENT)
    made = study.with_draft(draft(posts))
    return made.model_copy(update={"replications": replications})


def timed(name: str, work: Callable[[Study], str], study: Study) -> None:
    """Do one piece of work and say what it took, beside the yardstick of that moment."""
    machine = run_mini(STOCK).nanoseconds
    began, used = time.perf_counter(), time.process_time()
    note = work(study)
    wall, cpu = time.perf_counter() - began, time.process_time() - used
    machine = (machine + run_mini(STOCK).nanoseconds) / 2.0
    sys.stdout.write(f"{name}: {wall:.1f} s, {cpu:.1f} CPU s{note}; yardstick {machine:.0f} ns\n")
    sys.stdout.flush()


def full_run(study: Study) -> str:
    identity = identity_of(study)
    want(identity, "benchmark")
    write_request(identity, study)
    code = job.run(identity, os.getppid())
    state = read_state(identity)
    if code or state is None or state.status != "complete":
        raise RuntimeError("the run did not finish")
    return f"; the answer after {state.seconds:.1f} s, then its part from literature"


def prepare(study: Study) -> str:
    prepare_reference(study, os.cpu_count() or 1, threading.Event())
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=50)
    parser.add_argument("--no-cold", action="store_true", help="Only with a prepared reference.")
    chosen = parser.parse_args()
    count = chosen.replications
    load_model()
    if not chosen.no_cold:
        with TemporaryDirectory() as folder:
            os.environ[CACHE_VARIABLE] = os.environ[VARIABLE] = folder
            cold = study_of(14.0, count)
            timed(f"{count} replications, nothing kept", full_run, cold)
    with TemporaryDirectory() as folder:
        os.environ[CACHE_VARIABLE] = os.environ[VARIABLE] = folder
        first, second = study_of(14.0, count), study_of(10.0, count)
        timed("preparing the reference", prepare, first)
        sys.stdout.write(f"prepared: {prepared(first)}\n")
        timed(f"{count} replications, prepared", full_run, first)
        timed(f"{count} replications, another scenario", full_run, second)
    return 0


if __name__ == "__main__":
    sys.exit(main())
