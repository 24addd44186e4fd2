"""What all visitors of one server share: the queue of runs, the previews, results read once."""

from __future__ import annotations

import atexit
import os
import threading

from sim.experiments.kept_runs import kept_runs
from ui import elements as st
from ui.study import Study
from ui.visitor import visitor
from ui.work.first_results import read_first
from ui.work.preview import Previews
from ui.work.results import FullRun, read_results
from ui.work.run_files import RunState, identity_of, read_state
from ui.work.server import Server

MOST_RESULTS_IN_MEMORY = 6
COLD = "CASELOAD_APP_COLD"
"""Set in the environment of tests: nothing is loaded ahead of its use."""
IS_WARM = threading.Event()
"""Set when the model is loaded: before that a preview would make the visitor wait."""


@st.cache_resource(show_spinner=False)
def server() -> Server:
    """The queue of full runs."""
    made = Server(IS_WARM, keeps_warm=COLD not in os.environ)
    atexit.register(made.close)
    return made


@st.cache_resource(show_spinner=False)
def previews() -> Previews:
    """The small runs."""
    return Previews()


@st.cache_resource(show_spinner=False)
def prepare() -> bool:
    """Load the model in the background when the server is first visited."""
    if COLD in os.environ:
        IS_WARM.set()
        return False
    threading.Thread(target=_warm, daemon=True).start()
    return True


def prepare_reference(study: Study) -> None:
    """Have the reference of a study run ahead, once somebody has chosen what to study."""
    if COLD not in os.environ and kept_runs() is not None:
        server().preparation.want(study, visitor())


def _warm() -> None:
    from ui.work.model import load_model

    try:
        # One process compiles, the next one finds the compiled model on disk.
        load_model()
        server().prepare()
    finally:
        IS_WARM.set()


@st.cache_resource(show_spinner=False, max_entries=MOST_RESULTS_IN_MEMORY)
def _results(identity: str, written: float, study_json: str) -> FullRun | None:
    return read_results(identity, Study.model_validate_json(study_json))


def results_of(study: Study) -> FullRun | None:
    """The finished (or cancelled) full run of a study; None when there is none."""
    if not study.drafts:
        return None
    identity = identity_of(study)
    state = read_state(identity)
    if state is None or state.status not in ("complete", "cancelled"):
        return None
    return _results(identity, state.updated, study.model_dump_json())


@st.cache_resource(show_spinner=False, max_entries=MOST_RESULTS_IN_MEMORY)
def first_results_of(identity: str, shown: int, part: float, study_json: str) -> FullRun | None:
    """What a run under way had found after so many replications of a part of the department.

    None when it cannot be read.
    """
    return read_first(identity, Study.model_validate_json(study_json)) if shown else None


def state_of(study: Study) -> RunState | None:
    """How far the full run of a study is."""
    return read_state(identity_of(study)) if study.drafts else None


def _alone(study: Study) -> Study:
    return study.model_copy(update={"drafts": ()})


def reference_run(study: Study) -> FullRun | None:
    """A run that holds the reference: that of the study, else the reference alone."""
    found = results_of(study)
    if found is not None:
        return found
    state = reference_state(study)
    if state is None or state.status not in ("complete", "cancelled"):
        return None
    alone = _alone(study)
    return _results(identity_of(alone), state.updated, alone.model_dump_json())


def reference_state(study: Study) -> RunState | None:
    """How far the run of the reference alone is."""
    return read_state(identity_of(_alone(study)))
