"""Work in threads: items in, results out, until all are done or somebody cancels.

The compiled walker releases the lock of the interpreter, so threads run side by side and share
the compiled code and the parameters. Results do not depend on the number of threads.
"""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

from sim.engine.journey import Cancelled

Item = TypeVar("Item")
Found = TypeVar("Found")

POLL_SECONDS = 0.1
WAITING_FOR_EACH = 2
"""Items that are handed out for each thread: one in its hands, one ready for it."""
TURN_SECONDS = 0.0005
"""For how long a thread may keep the interpreter while another one waits for it.

Compiled days end every few hundredths of a second and need it for less than a thousandth.
"""


class Threads(Generic[Item, Found]):
    """Threads that do the same work on one item after another.

    ``workers`` is their number (default: that of processors).
    """

    def __init__(self, work: Callable[[Item], Found], workers: int | None = None) -> None:
        self.count = workers or os.cpu_count() or 1
        self._work = work
        self._pool = ThreadPoolExecutor(self.count)
        self._items: dict[Future[Found], Item] = {}

    @property
    def unfinished(self) -> int:
        """Items that were handed out and did not come back."""
        return len(self._items)

    def start(self, item: Item) -> None:
        """Hand an item to the next free thread."""
        self._items[self._pool.submit(self._work, item)] = item

    def finished(self, seconds: float) -> list[tuple[Item, Found]]:
        """What was finished since the last time, in the order in which it was started.

        Waits for the first one, at most so long. Work that ended with ``Cancelled`` gives nothing;
        any other error is raised here.
        """
        ended = wait(self._items, seconds, FIRST_COMPLETED).done
        found = [(future, item) for future, item in self._items.items() if future in ended]
        for future, _ in found:
            del self._items[future]
        return [
            (item, future.result())
            for future, item in found
            if not isinstance(future.exception(), Cancelled)
        ]

    def stop(self) -> None:
        """Begin nothing more; what is under way is not waited for."""
        self._pool.shutdown(wait=not self._items, cancel_futures=True)


def in_threads(
    work: Callable[[Item], Found],
    items: Sequence[Item],
    keep: Callable[[Item, Found], object],
    *,
    workers: int | None = None,
    cancel: threading.Event | None = None,
    warm_up: Callable[[], object] | None = None,
    on_wait: Callable[[], object] | None = None,
) -> bool:
    """Do the work on every item; whether all of it was done.

    ``keep`` gets each item with what was found, in the order in which they are finished.
    ``warm_up`` runs alone before the rest: several threads must not compile or load the kernels
    at once. Without it the first item does. ``on_wait`` is called every tenth of a second or more
    often. These two run in the calling thread, ``work`` and ``warm_up`` in others.

    When ``cancel`` is set no further item is begun. An error of any of them is raised here; it,
    and whatever else ends this early, sets ``cancel`` so that ``work`` may look at it and end.
    """
    stop = cancel or threading.Event()
    if warm_up is not None and items:
        first = in_threads(
            lambda warm: warm(), [warm_up], _forget, workers=1, cancel=stop, on_wait=on_wait
        )
        if not first:
            return False
    waiting, kept = deque(items), 0
    threads = Threads(work, workers)
    is_warm = warm_up is not None
    try:
        with _SHORT_TURNS:
            while (waiting or threads.unfinished) and not stop.is_set():
                most = WAITING_FOR_EACH * threads.count if is_warm else 1
                while waiting and threads.unfinished < most:
                    threads.start(waiting.popleft())
                for item, found in threads.finished(POLL_SECONDS):
                    kept += 1
                    keep(item, found)
                is_warm = is_warm or not threads.unfinished
                if on_wait is not None:
                    on_wait()
    finally:
        if kept < len(items):
            stop.set()
        threads.stop()
    return kept == len(items)


def _forget(*_: object) -> None:
    return


class _ShortTurns:
    """Threads hand over the interpreter soon while anybody is inside."""

    def __init__(self) -> None:
        self._inside = 0
        self._usual = sys.getswitchinterval()
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._usual = sys.getswitchinterval()
                sys.setswitchinterval(TURN_SECONDS)
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                sys.setswitchinterval(self._usual)


_SHORT_TURNS = _ShortTurns()
