"""``python -m ui.work.job``: one full run in a process of its own.

The process reads the identity of its run from a line of standard input, which lets the server
keep one process warm ahead of the next run. It ends itself when nobody wants the run any more
or when the server is gone.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from dataclasses import replace

from sim.engine.journey import Cancelled
from sim.experiments.kept_runs import kept_runs
from sim.experiments.literature import whole_without
from sim.experiments.runner import Progress, Results, run_experiment
from ui.study import experiment_of
from ui.work.asking import is_search, run_search
from ui.work.extras import Extras
from ui.work.first_results import FirstResults, part_first
from ui.work.model import load_model
from ui.work.results import write_results
from ui.work.run_files import (
    RunState,
    identity_of,
    is_wanted,
    read_state,
    study_of_run,
    write_state,
)

LOG = logging.getLogger(__name__)
SECONDS_BETWEEN_STATES = 0.3
SECONDS_BETWEEN_CHECKS = 0.2


def main() -> int:
    """Load the model, wait for a run, do it; 0 when it was done or cancelled."""
    parent = os.getppid()
    load_model()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    identity = sys.stdin.readline().strip()
    return run(identity, parent) if identity else 0


def run(identity: str, parent: int) -> int:
    """Do one run (or search); its state and results are in its folder."""
    if is_search(identity):
        return search(identity, parent)
    study = study_of_run(identity)
    experiment = experiment_of(study)
    if identity_of(study) != identity:
        # Months were imported since it was asked for; under its own name it is asked for anew.
        write_state(identity, RunState("cancelled"))
        return 0
    state = RunState(
        "running", asked=experiment.replications, began=time.time(), process=os.getpid()
    )
    write_state(identity, state)
    cancel, ended = threading.Event(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(identity, parent, cancel, ended), daemon=True)
    watcher.start()
    extras = Extras(experiment)
    first = FirstResults(identity, experiment, extras)
    last_written = 0.0

    def report(progress: Progress) -> None:
        nonlocal last_written
        if time.monotonic() - last_written < SECONDS_BETWEEN_STATES:
            return
        last_written = time.monotonic()
        write_state(
            identity,
            replace(
                state,
                done=progress.steps_done,
                steps=progress.steps,
                replications=progress.replications_done,
                shown=first.shown,
                part_shown=first.part,
            ),
        )

    try:
        part = part_first(study, experiment)
        if part < 1.0:
            first.show_part(part, cancel)
            # The time left is told by the pace of the whole.
            state = replace(state, began=time.time())
            write_state(identity, replace(state, shown=first.shown, part_shown=first.part))
        results = run_experiment(
            experiment,
            on_progress=report,
            on_finished=first.hear,
            on_run=extras.hear,
            cancel=cancel,
            kept=kept_runs(),
        )
        if results.replications:
            write_results(identity, results, extras, None)
    except Exception:
        LOG.exception("the run %s failed", identity)
        write_state(identity, replace(read_state(identity) or state, status="failed"))
        ended.set()
        return 1
    count = len(results.replications)
    finished = replace(
        state,
        status="cancelled" if results.is_cancelled else "complete",
        done=count,
        steps=experiment.replications,
        replications=count,
        seconds=results.seconds,
        cpu_seconds=time.process_time(),
        is_refined=results.is_cancelled,
    )
    write_state(identity, finished)
    if not results.is_cancelled:
        _refine(identity, results, extras, cancel)
        write_state(identity, replace(finished, is_refined=True))
    ended.set()
    return 0


def _refine(identity: str, results: Results, extras: Extras, cancel: threading.Event) -> None:
    """Add to a finished run what is left of its effects without literature; the answer stands."""
    try:
        without = whole_without(results.experiment, cancel, kept_runs())
        if without is not None:
            write_results(identity, results, extras, without)
    except Exception:
        LOG.exception("the run %s could not be run without the effects of literature", identity)


def search(identity: str, parent: int) -> int:
    """Do one search; its answer is in its folder."""
    state = RunState("running", began=time.time(), process=os.getpid())
    write_state(identity, state)
    cancel, ended = threading.Event(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(identity, parent, cancel, ended), daemon=True)
    watcher.start()
    try:
        run_search(identity, state, cancel)
    except Cancelled:
        write_state(identity, replace(state, status="cancelled"))
        return 0
    except Exception:
        LOG.exception("the search %s failed", identity)
        write_state(identity, replace(state, status="failed"))
        return 1
    finally:
        ended.set()
    write_state(identity, replace(state, status="complete"))
    return 0


def _watch(identity: str, parent: int, cancel: threading.Event, ended: threading.Event) -> None:
    """Cancel when nobody waits or the server went away."""
    while not ended.wait(SECONDS_BETWEEN_CHECKS):
        if not is_wanted(identity) or os.getppid() != parent:
            cancel.set()
            return


if __name__ == "__main__":
    sys.exit(main())
