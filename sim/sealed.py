"""Files that carry a digest of what they hold: read back as they were written, or not at all.

The first line is the seal, the content follows as it is. The digest covers what the file is for,
so that two whole files under each other's names do not hold either.
"""

from __future__ import annotations

import hashlib
import sys
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from sim.files import write_atomically
from sim.plain_text import one_line

Content = TypeVar("Content")
MARK = b"caseload sealed 1 "
SEAL_BYTES = 96
"""A multiple of the alignment of arrays, which may follow."""
BLOCK_BYTES = 1 << 20


class DamagedFileError(ValueError):
    """A file does not hold what was written under its seal."""


def seal(content: bytes | memoryview, purpose: str) -> bytes:
    """The seal of a content: `SEAL_BYTES` bytes of ASCII that end their line."""
    return (MARK + digest(content, purpose).encode("ascii")).ljust(SEAL_BYTES - 1) + b"\n"


def digest(content: bytes | memoryview, purpose: str) -> str:
    """SHA-256, in hexadecimal, over the purpose, the size and the CRC-32 of every block.

    It recognises accidents, not forgery. A CRC-32 of every block costs a third of a SHA-256 of
    all bytes, and people and pasts are read between two runs of half a second.
    """
    view = memoryview(content)
    found = hashlib.sha256(f"{purpose}\n{len(view)}\n".encode())
    for start in range(0, len(view), BLOCK_BYTES):
        found.update(zlib.crc32(view[start : start + BLOCK_BYTES]).to_bytes(4, "little"))
    return found.hexdigest()


def unsealed(sealed: bytes, purpose: str) -> memoryview:
    """The content under a seal; raises `DamagedFileError` when it is not what was written."""
    content = memoryview(sealed)[SEAL_BYTES:]
    if sealed[:SEAL_BYTES] != seal(content, purpose):
        raise DamagedFileError("a file that is not what was written")
    return content


def write_sealed(path: Path, content: bytes, purpose: str = "") -> None:
    """Write a content under its seal; the file is whole or absent.

    ``purpose`` says what the file is for; without it, its name does.
    """
    write_atomically(path, seal(content, purpose or path.name), content)


def read_sealed(
    path: Path, read: Callable[[memoryview], Content], purpose: str = ""
) -> Content | None:
    """What ``read`` makes of a sealed file that can be made again; None when it is to be made.

    A file that does not hold is taken away, which is said on standard error.
    """
    try:
        return read(unsealed(path.read_bytes(), purpose or path.name))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        tell(f"dropped {path}, to be made again: {error or type(error).__name__}")
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        tell(f"{path} cannot be taken away: {error}")
    return None


def tell(what: str) -> None:
    """One line on standard error about what was repaired."""
    sys.stderr.write(f"caseload: {one_line(what)}\n")


@cache
def tell_once(what: str) -> None:
    """The same for what would be repeated: each line once in a process."""
    tell(what)
