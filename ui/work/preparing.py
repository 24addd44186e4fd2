"""``python -m ui.work.preparing``: runs of a reference made ahead, at the lowest priority.

The process reads a study from a line of standard input. At most one such process works on a
machine; whatever it finished is kept, so it may be ended at any moment.
"""

from __future__ import annotations

import os
import sys
import threading
import time

from sim.batch.claims import Claims
from ui.study import Study
from ui.work.model import load_model
from ui.work.places import root
from ui.work.reference_runs import prepare_reference

LOWEST_PRIORITY = 19
CLAIM = "preparation"
SECONDS_BETWEEN_CLAIMS = 2.0
SECONDS_BETWEEN_CHECKS = 0.5


def main() -> int:
    """Wait for the turn of this process, then prepare."""
    parent = os.getppid()
    study = Study.model_validate_json(sys.stdin.readline())
    if hasattr(os, "nice"):
        os.nice(LOWEST_PRIORITY)
    claims = Claims(root() / "claims")
    cancel, ended = threading.Event(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(parent, claims, cancel, ended), daemon=True)
    watcher.start()
    try:
        while not claims.take(CLAIM):
            if cancel.wait(SECONDS_BETWEEN_CLAIMS):
                return 0
        load_model()
        # One processor is left to the pages and their previews.
        prepare_reference(study, max(1, (os.cpu_count() or 1) - 1), cancel)
    finally:
        ended.set()
        claims.give_up_all()
    return 0


def _watch(parent: int, claims: Claims, cancel: threading.Event, ended: threading.Event) -> None:
    """Keep the claim fresh; end when the server is gone."""
    while not ended.is_set():
        time.sleep(SECONDS_BETWEEN_CHECKS)
        claims.renew()
        if os.getppid() != parent:
            cancel.set()
            return


if __name__ == "__main__":
    sys.exit(main())
