"""What a run under way shows after its first replications: the wider interval that they give."""

from __future__ import annotations

from dataclasses import replace

from sim.experiments.experiment import Experiment
from sim.experiments.runner import Replication, Results
from ui.study import Study
from ui.work.extras import Extras
from ui.work.kept_files import read_made
from ui.work.places import run_folder
from ui.work.results import FullRun, arrays_of, full_run, write_results
from ui.work.run_files import read_state

FIRST = "first.sealed"
COUNTS = (4, 8, 16, 32)
"""After so many replications the results so far are written, if more are to come."""


class FirstResults:
    """Hears the replications of a run as they finish; ``shown`` is how many were last written."""

    def __init__(self, identity: str, experiment: Experiment, extras: Extras) -> None:
        self._identity = identity
        self._experiment = experiment
        self._extras = extras
        self._finished: list[Replication] = []
        self.shown = 0

    def hear(self, replication: Replication) -> None:
        """Add one; called from one thread."""
        self._finished.append(replace(replication, logs=()))
        count = len(self._finished)
        if count not in COUNTS or count >= self._experiment.replications:
            return
        ordered = sorted(self._finished, key=lambda one: one.number)
        results = Results(self._experiment, tuple(ordered), is_cancelled=True, seconds=0.0)
        write_results(self._identity, results, self._extras, None, FIRST)
        self.shown = count


def read_first(identity: str, study: Study) -> FullRun | None:
    """The results so far of a run under way; None when there are none yet."""
    state = read_state(identity)
    kept = read_made(run_folder(identity) / FIRST, arrays_of)
    return None if state is None or kept is None else full_run(study, state, kept)
