"""What a run under way shows before it is over, with the wider interval that this gives.

The results after its first replications; and before these, where a whole department would keep its
reader waiting, the first replications of a part of it.
"""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import replace

from sim.experiments.experiment import Experiment
from sim.experiments.runner import Replication, Results, run_experiment
from sim.experiments.size import size_of_experiment
from ui.study import Study
from ui.work.extras import Extras
from ui.work.kept_files import read_made
from ui.work.places import run_folder
from ui.work.reference_runs import prepared
from ui.work.results import FullRun, arrays_of, full_run, write_results
from ui.work.run_files import read_state

LOG = logging.getLogger(__name__)
FIRST = "first.sealed"
COUNTS = (4, 8, 16, 32)
"""After so many replications the results so far are written, if more are to come."""
LONGEST_WAIT_SECONDS = 25.0
"""Where the first of these are estimated to take longer, a part of the department comes before
them. Estimates (`sim.experiments.cost`) are two to three times what runs take."""
SECONDS_OF_A_PART = 4.0
"""The estimate that the part is cut to, as far as it may be cut."""
LEAST_PART = 0.05
"""Less of a department tells little of it, and takes no less time: each month has its own cost."""


class FirstResults:
    """Hears the replications of a run as they finish.

    ``shown`` is how many were last written, ``part`` of how much of the department.
    """

    def __init__(self, identity: str, experiment: Experiment, extras: Extras) -> None:
        self._identity = identity
        self._experiment = experiment
        self._extras = extras
        self._finished: list[Replication] = []
        self.shown = 0
        self.part = 1.0

    def show_part(self, part: float, cancel: threading.Event) -> None:
        """Run the first replications in a part of the department, and write what they found.

        Where that fails nothing is shown: the whole department follows all the same.
        """
        try:
            small = _first_of(self._experiment).scaled(part)
            extras = Extras(small)
            results = run_experiment(small, on_run=extras.hear, cancel=cancel)
            if not results.is_cancelled:
                write_results(self._identity, results, extras, None, FIRST)
                self.shown, self.part = small.replications, part
        except Exception:
            LOG.exception("no part of the department before the run %s", self._identity)

    def hear(self, replication: Replication) -> None:
        """Add one; called from one thread."""
        self._finished.append(replace(replication, logs=()))
        count = len(self._finished)
        if count not in COUNTS or count >= self._experiment.replications:
            return
        ordered = sorted(self._finished, key=lambda one: one.number)
        results = Results(self._experiment, tuple(ordered), is_cancelled=True, seconds=0.0)
        write_results(self._identity, results, self._extras, None, FIRST)
        self.shown, self.part = count, 1.0


def part_first(study: Study, experiment: Experiment) -> float:
    """How much of the department is shown before the first replications of the whole.

    1 where these are soon there.
    """
    waited = _first_of(experiment)
    done, _ = prepared(study) or (0, 0)
    if done >= waited.replications and len(waited.scenarios) > 1:
        waited = replace(waited, scenarios=waited.scenarios[1:])
    seconds = size_of_experiment(waited).seconds / (os.cpu_count() or 1)
    if seconds <= LONGEST_WAIT_SECONDS:
        return 1.0
    return max(SECONDS_OF_A_PART / seconds, LEAST_PART)


def _first_of(experiment: Experiment) -> Experiment:
    """The replications after which results are first written, or all where these are fewer."""
    return replace(experiment, replications=min(COUNTS[0], experiment.replications))


def read_first(identity: str, study: Study) -> FullRun | None:
    """The results so far of a run under way; None when there are none yet."""
    state = read_state(identity)
    kept = read_made(run_folder(identity) / FIRST, arrays_of)
    return None if state is None or kept is None else full_run(study, state, kept)
