"""Sees what a process writes: whoever writes outside of its folders is found."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGING = frozenset(
    {
        "os.chmod",
        "os.chown",
        "os.link",
        "os.mkdir",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.symlink",
        "os.truncate",
        "os.utime",
        "shutil.rmtree",
    }
)
"""Events of the interpreter (PEP 578) that change the disk; their first arguments are paths."""
DEVICES = ("/dev/", "/proc/")


class WriteGuard:
    """Remembers each write outside of some folders; an audit hook cannot be taken away again."""

    def __init__(self, allowed: Sequence[Path]) -> None:
        self._allowed = tuple(str(folder.resolve()) for folder in allowed)
        self._found: list[str] = []
        self._is_looking = True
        sys.addaudithook(self._see)

    def taken(self) -> tuple[str, ...]:
        """What was seen since the last call."""
        found, self._found = tuple(self._found), []
        return found

    def _see(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if not isinstance(flags, int) or not flags & WRITING:
                return
            self._judge(event, path)
        elif event in CHANGING:
            paths = arguments[:2] if event in ("os.rename", "os.link") else arguments[:1]
            for path in paths:
                self._judge(event, path)
        elif event == "socket.connect":
            self._judge_address(arguments[1])

    def _judge(self, event: str, path: object) -> None:
        if not self._is_looking or not isinstance(path, (str, bytes, os.PathLike)):
            return
        # What is asked here must not be seen again by the hook.
        self._is_looking = False
        try:
            where = os.path.realpath(os.fsdecode(path))
        finally:
            self._is_looking = True
        if where.startswith(DEVICES):
            return
        if not any(where == one or where.startswith(one + os.sep) for one in self._allowed):
            self._found.append(f"{event} {where}")

    def _judge_address(self, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else address
        if str(host) not in ("127.0.0.1", "::1", "localhost"):
            self._found.append(f"connection to {host}")
