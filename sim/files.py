"""Files that are never seen half written, and the plain values that they hold."""

from __future__ import annotations

import hashlib
import json
import math
import os
import platform
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

TEMPORARY = ".part"


def write_atomically(path: Path, *parts: bytes) -> None:
    """Write a file, part after part, that is whole or absent, also after a power cut.

    The content is on the disk before the file gets its name, the name before this returns.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_path(path)
    try:
        with temporary.open("wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)  # noqa: PTH105 (the one call that also replaces on Windows)
        put_on_disk(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def is_there(path: Path) -> bool:
    """Whether there is a file or folder; a path that none can have (too long, say) is not there."""
    try:
        return path.exists()
    except OSError:
        return False


def temporary_path(path: Path) -> Path:
    """Where a file is written before it gets its name; no two calls give the same."""
    owner = f"{platform.node()}.{os.getpid()}-{secrets.token_hex(4)}"
    return path.with_name(f".{path.name}.{owner}{TEMPORARY}")


def is_abandoned(temporary: Path) -> bool:
    """Whether the process that was writing a temporary file on this machine is gone."""
    found = re.search(
        rf"\.{re.escape(platform.node())}\.(\d+)-[0-9a-f]+{TEMPORARY}$", temporary.name
    )
    return found is not None and not is_alive(int(found[1]))


def sweep(folder: Path) -> None:
    """Take away what processes that are gone were writing in a folder."""
    try:
        left = [path for path in folder.glob(f".*{TEMPORARY}") if is_abandoned(path)]
        for path in left:
            path.unlink(missing_ok=True)
    except OSError:
        return


def is_alive(process: int) -> bool:
    """Whether a process of this machine may still be running."""
    if os.name == "nt" or process == os.getpid():
        # Signal 0 would end a process on Windows: it is taken to be alive there.
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def json_bytes(content: object) -> bytes:
    """JSON of plain values; a number that does not exist is null."""
    text = json.dumps(plain_numbers(content), ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode()


def plain_numbers(content: object) -> object:
    """The same content with NaN and infinities as None, dates as text."""
    if isinstance(content, Mapping):
        return {str(key): plain_numbers(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [plain_numbers(value) for value in content]
    if isinstance(content, float) and not math.isfinite(content):
        return None
    return content if isinstance(content, (int, float, str, bool, type(None))) else str(content)


def put_on_disk(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk, where the system can (Windows cannot)."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
