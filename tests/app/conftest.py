"""The app in tests: its own folder, nothing loaded ahead, a small part of a department."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
from app_worlds import SHARE, Done, small_study

from ui.study.references import SHARE_VARIABLE
from ui.work import first_results, job
from ui.work.places import VARIABLE, new_owner
from ui.work.run_files import RunState, identity_of, want, write_request, write_state
from ui.work.shared import COLD, IS_WARM

logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel("ERROR")


@pytest.fixture(scope="session", autouse=True)
def app_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("app")))
    patch.setenv(COLD, "1")
    patch.setenv(SHARE_VARIABLE, SHARE)
    IS_WARM.set()
    yield
    patch.undo()


@pytest.fixture(scope="session")
def done(app_folder: None) -> Done:
    """A study whose full run is finished; its first replication was told on the way."""
    patch = pytest.MonkeyPatch()
    patch.setattr(first_results, "COUNTS", (1,))
    study, visitor = small_study(), new_owner()
    identity = identity_of(study)
    want(identity, visitor)
    write_request(identity, study)
    write_state(identity, RunState("queued"))
    assert job.run(identity, os.getppid()) == 0
    patch.undo()
    return Done(study, identity, visitor)
