"""A folder of files that can be made again: bounded, and what was used longest ago goes first."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from sim.files import TEMPORARY, sweep
from sim.sealed import read_sealed, tell_once, write_sealed

Content = TypeVar("Content")


class BoundedFolder:
    """Sealed files by name; several processes may share the folder.

    A name says all that its content depends on. A file is whole or absent, and one that does not
    hold what was written is taken away. A disk that takes no more, or that cannot be read, is no
    fault of who asks: then nothing is kept or found, which is said once.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._lock = threading.Lock()

    def has(self, name: str) -> bool:
        """Whether a file is there (it may still turn out to be damaged)."""
        return (self._folder / name).is_file()

    def read(self, name: str, read: Callable[[memoryview], Content]) -> Content | None:
        """What ``read`` makes of a file, noted as used now; None when it is not there whole."""
        path = self._folder / name
        content = read_sealed(path, read)
        if content is not None:
            with suppress(OSError):
                os.utime(path)
        return content

    def write(self, name: str, content: bytes) -> None:
        """Keep a file, and the folder within its bound."""
        try:
            write_sealed(self._folder / name, content)
        except OSError as error:
            tell_once(f"nothing is kept in {self._folder}: {error.strerror}")
            return
        with self._lock:
            keep_within(self._folder, self._most_bytes)


def keep_within(folder: Path, most_bytes: int) -> None:
    """Take files out of a folder, those used longest ago first, until they fit.

    What processes that are gone were writing goes in any case.
    """
    sweep(folder)
    found = []
    for entry in _entries(folder):
        try:
            about = entry.stat()
        except OSError:
            continue
        found.append((about.st_mtime_ns, about.st_size, entry.path))
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if total <= most_bytes:
            return
        try:
            Path(path).unlink(missing_ok=True)
        except OSError:
            return
        total -= size


def _entries(folder: Path) -> Iterable[os.DirEntry[str]]:
    """The whole files of a folder."""
    try:
        with os.scandir(folder) as entries:
            return [
                entry for entry in entries if entry.is_file() and not entry.name.endswith(TEMPORARY)
            ]
    except OSError:
        return []
