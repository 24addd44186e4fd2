"""The server's side of full runs: a queue, a process kept warm, cancelling."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from ui.study import Study
from ui.work.asking import Asked, identity_of_search, write_search
from ui.work.preparation import Preparation
from ui.work.run_files import (
    UNFINISHED,
    RunState,
    drop,
    identity_of,
    is_wanted,
    read_state,
    want,
    write_request,
    write_state,
)

LOG = logging.getLogger(__name__)
MOST_AT_ONCE = 2
RUN, PREPARE = "ui.work.job", "ui.work.preparing"
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 15.0
"""A cancelled process ends by itself within a second or two; after this it is ended."""


class Server:
    """Runs of all visitors of this server; one process per run, at most two at once.

    ``is_ready`` is set when the model is compiled: references are not prepared before.
    """

    def __init__(self, is_ready: threading.Event, *, keeps_warm: bool = True) -> None:
        self._places = threading.Semaphore(MOST_AT_ONCE)
        self._lock = threading.Lock()
        self._asked: set[str] = set()
        self._keeps_warm = keeps_warm
        self._warm: subprocess.Popen[str] | None = None
        self.preparation = Preparation(lambda: _process(PREPARE), is_ready)

    def prepare(self) -> None:
        """Start a process that loads the model ahead of the next run."""
        with self._lock:
            if self._keeps_warm and (self._warm is None or self._warm.poll() is not None):
                self._warm = _process()

    def start(self, study: Study, visitor: str) -> str:
        """Ask for a run (or join one that is under way, or was done before)."""
        identity = identity_of(study)
        self._ask(identity, visitor, study.replications, lambda: write_request(identity, study))
        return identity

    def search(self, asked: Asked, visitor: str) -> str:
        """Ask for a search."""
        identity = identity_of_search(asked)
        self._ask(identity, visitor, 0, lambda: write_search(identity, asked))
        return identity

    def _ask(
        self, identity: str, visitor: str, replications: int, write: Callable[[], None]
    ) -> None:
        want(identity, visitor)
        with self._lock:
            state = read_state(identity)
            is_done = state is not None and state.status == "complete"
            if is_done or identity in self._asked:
                return
            self._asked.add(identity)
            write()
            write_state(identity, RunState("queued", asked=replications))
        self.preparation.give_way()
        threading.Thread(target=self._run, args=(identity,), daemon=True).start()

    def cancel(self, identity: str, visitor: str) -> None:
        """A visitor no longer wants a run; it ends unless another one does."""
        drop(identity, visitor)

    def close(self) -> None:
        """End the process that waits for a run and the one that prepares."""
        self.preparation.close()
        with self._lock:
            if self._warm is not None and self._warm.poll() is None:
                self._warm.kill()
                self._warm.wait()
            self._warm = None

    def _run(self, identity: str) -> None:
        try:
            with self._places:
                if is_wanted(identity):
                    self._work(identity)
                else:
                    write_state(identity, RunState("cancelled"))
        except Exception:
            LOG.exception("the run %s could not be started", identity)
            write_state(identity, RunState("failed"))
        finally:
            with self._lock:
                self._asked.discard(identity)
            self.preparation.resume()

    def _work(self, identity: str) -> None:
        with self._lock:
            warm, self._warm = self._warm, None
        process = warm if warm is not None and warm.poll() is None else _process()
        assert process.stdin is not None
        process.stdin.write(f"{identity}\n")
        process.stdin.flush()
        unwanted_since: float | None = None
        while process.poll() is None:
            time.sleep(0.1)
            if is_wanted(identity):
                unwanted_since = None
                continue
            unwanted_since = unwanted_since or time.monotonic()
            if time.monotonic() - unwanted_since > PATIENCE_SECONDS:
                process.kill()
        process.stdin.close()
        state = read_state(identity)
        if state is None or state.status in UNFINISHED:
            write_state(identity, RunState("failed" if is_wanted(identity) else "cancelled"))
        self.prepare()


def _process(module: str = RUN) -> subprocess.Popen[str]:
    """A process that waits for a line that says what to do."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    return subprocess.Popen(
        (sys.executable, "-m", module),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env=environment,
    )
