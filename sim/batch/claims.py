"""Claims: which process works on a chunk, so that two of them do not do the same work.

A claim only spares work. If two processes run the same chunk after all, both write the same file.
"""

from __future__ import annotations

import json
import os
import platform
import time
from pathlib import Path

from sim.files import is_alive

STALE_SECONDS = 120.0
"""A claim that was not renewed for so long belongs to nobody."""
UNFINISHED_SECONDS = 5.0
"""A claim without content, so old, was left by a process that died while writing it."""


class Claims:
    """The claims of one process in a folder that processes share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: set[str] = set()
        self._renewed_at = time.monotonic()

    def take(self, name: str) -> bool:
        """Claim a chunk; False when another living process has it."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if self._is_stale(path):
            path.unlink(missing_ok=True)
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        except FileExistsError:
            return False
        try:
            with os.fdopen(handle, "w") as file:
                json.dump({"host": platform.node(), "process": os.getpid()}, file)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        self._held.add(name)
        return True

    def give_up(self, name: str) -> None:
        """End a claim, the work done or not."""
        self._held.discard(name)
        self._path(name).unlink(missing_ok=True)

    def renew(self) -> None:
        """Say now and then that the claims are still held."""
        if time.monotonic() - self._renewed_at < STALE_SECONDS / 6:
            return
        self._renewed_at = time.monotonic()
        for name in self._held:
            path = self._path(name)
            if path.exists():
                os.utime(path)

    def give_up_all(self) -> None:
        """End every claim of this process."""
        for name in tuple(self._held):
            self.give_up(name)

    def clear(self) -> None:
        """Take away the claims of processes that are gone."""
        for path in self._folder.glob("*.json"):
            if self._is_stale(path):
                path.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    def _is_stale(self, path: Path) -> bool:
        try:
            age = time.time() - path.stat().st_mtime
            text = path.read_text(encoding="utf-8")
        except OSError:
            return False
        if age > STALE_SECONDS:
            return True
        try:
            owner = json.loads(text)
            is_here = owner["host"] == platform.node()
            return is_here and not is_alive(int(owner["process"]))
        except (ValueError, KeyError, TypeError):
            return age > UNFINISHED_SECONDS
