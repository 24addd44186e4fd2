"""A folder of files that can be made again: bounded, and what was used longest ago goes first."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from pathlib import Path

from sim.experiments.files import temporary_path


class BoundedFolder:
    """Files by name; several processes may share the folder.

    A file is whole or absent. A disk that takes no more, or that cannot be read, is no fault of
    who asks: then nothing is kept or found.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._lock = threading.Lock()

    def has(self, name: str) -> bool:
        """Whether a file is there (it may still turn out to be damaged)."""
        return (self._folder / name).is_file()

    def read(self, name: str) -> bytes | None:
        """The content of a file, noted as used now; None when it is not there."""
        path = self._folder / name
        try:
            content = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return content

    def write(self, name: str, content: bytes) -> None:
        """Keep a file, and the folder within its bound."""
        path = self._folder / name
        temporary = temporary_path(path)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(content)
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            return
        with self._lock:
            keep_within(self._folder, self._most_bytes)

    def drop(self, name: str) -> None:
        """Take a damaged file away."""
        (self._folder / name).unlink(missing_ok=True)


def keep_within(folder: Path, most_bytes: int) -> None:
    """Take files out of a folder, those used longest ago first, until they fit."""
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
        Path(path).unlink(missing_ok=True)
        total -= size


def _entries(folder: Path) -> Iterable[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if entry.is_file()]
    except OSError:
        return []
