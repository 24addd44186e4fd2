"""How far a compilation is: it takes a minute or two, which nobody should spend in silence."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from numba.core import event

SECONDS_BETWEEN_LINES = 10.0


class Progress(event.Listener):
    """Says every few seconds how many functions were compiled so far."""

    def __init__(self) -> None:
        self.functions = 0
        self._said_at = time.perf_counter()

    def on_start(self, _event: Any) -> None:
        """A function is begun; what it calls is compiled within it."""

    def on_end(self, _event: Any) -> None:
        """A function is ready."""
        self.functions += 1
        now = time.perf_counter()
        if now - self._said_at >= SECONDS_BETWEEN_LINES:
            self._said_at = now
            sys.stdout.write(f"  {self.functions} functions compiled\n")
            sys.stdout.flush()


@contextmanager
def told() -> Iterator[Progress]:
    """While code is compiled, lines on standard output tell how far it is."""
    progress = Progress()
    with event.install_listener("numba:compile", progress):
        yield progress
