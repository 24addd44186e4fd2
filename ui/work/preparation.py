"""The server's side of preparing references: one process of low priority, ended by any real run."""

from __future__ import annotations

import logging
import subprocess
import threading
from collections import OrderedDict
from collections.abc import Callable

from ui.study import Study
from ui.work.reference_runs import reference_alone

LOG = logging.getLogger(__name__)
MOST_WANTED = 6
"""Studies of visitors that are remembered; older ones are prepared by nobody."""


class Preparation:
    """Prepares the reference of the visitor who came last, while no real run wants the machine."""

    def __init__(
        self, start_process: Callable[[], subprocess.Popen[str]], is_ready: threading.Event
    ) -> None:
        """``is_ready``: the model is compiled; nothing begins before, so that only one compiles."""
        self._start_process = start_process
        self._is_ready = is_ready
        self._changed = threading.Condition()
        self._wanted: OrderedDict[str, str] = OrderedDict()
        """By visitor, the last one last: the study to prepare."""
        self._done: set[str] = set()
        self._runs = 0
        self._process: subprocess.Popen[str] | None = None
        self._prepared_now = ""
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._was_ended = False
        """Whether the present process was ended before it was done."""

    def want(self, study: Study, visitor: str) -> None:
        """Note what a visitor will compare with; what others wanted before comes after it."""
        asked = reference_alone(study).model_dump_json()
        with self._changed:
            if self._is_closed or self._wanted.get(visitor) == asked:
                return
            self._wanted[visitor] = asked
            self._wanted.move_to_end(visitor)
            while len(self._wanted) > MOST_WANTED:
                self._wanted.popitem(last=False)
            if self._next() != self._prepared_now:
                self._end_process()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def give_way(self) -> None:
        """A real run begins: end the process at once. Every call needs one of `resume`."""
        with self._changed:
            self._runs += 1
            self._end_process()

    def resume(self) -> None:
        """A real run ended."""
        with self._changed:
            self._runs -= 1
            self._changed.notify_all()

    def close(self) -> None:
        """End the process and start no other."""
        with self._changed:
            self._is_closed = True
            self._end_process()
            self._changed.notify_all()

    def _next(self) -> str:
        """The study of the last visitor whose reference is not prepared yet; empty for none."""
        wanted = (study for study in reversed(self._wanted.values()) if study not in self._done)
        return next(wanted, "")

    def _end_process(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._was_ended = True
            self._process.kill()

    def _work(self) -> None:
        self._is_ready.wait()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_closed or (not self._runs and self._next()))
                if self._is_closed:
                    return
                study = self._prepared_now = self._next()
                try:
                    self._was_ended = False
                    process = self._process = self._start_process()
                    _tell(process, study)
                except OSError:
                    LOG.exception("a reference could not be prepared")
                    self._done.add(study)
                    continue
            code = process.wait()
            with self._changed:
                self._prepared_now = ""
                if not self._was_ended:
                    if code:
                        LOG.error("preparing a reference ended with %s", code)
                    self._done.add(study)


def _tell(process: subprocess.Popen[str], study: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{study}\n")
    process.stdin.close()
