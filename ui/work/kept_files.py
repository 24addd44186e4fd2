"""The files that the app reads back, each under a seal that says whose and what it is.

What belongs to a run is made again when it does not hold. What a person kept cannot be: it is set
aside under another name, for whoever looks after the machine.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from sim.sealed import DamagedFileError, read_sealed, tell, tell_once, unsealed, write_sealed
from ui.work.places import root

Content = TypeVar("Content")
ASIDE = ".damaged"


def write_kept(path: Path, content: str | bytes) -> None:
    """Put a file in the place of the former one, whole."""
    whole = content.encode("utf-8") if isinstance(content, str) else content
    write_sealed(path, whole, purpose_of(path))


def read_made(path: Path, read: Callable[[memoryview], Content]) -> Content | None:
    """What ``read`` makes of a file that is made again when this is None."""
    return read_sealed(path, read, purpose_of(path))


def read_owned(path: Path, read: Callable[[str], Content]) -> Content | None:
    """What ``read`` makes of a file that a person keeps; None when it is not there.

    One that does not hold is set aside, which is said on standard error.
    """
    try:
        content = path.read_bytes()
        if content.startswith(b"{"):
            # Kept before there were seals: taken as it is, and sealed from now on.
            found = read(content.decode("utf-8"))
            write_kept(path, content.decode("utf-8"))
            return found
        return read(str(unsealed(content, purpose_of(path)), "utf-8"))
    except FileNotFoundError:
        return None
    except DamagedFileError as error:
        tell(f"set aside as {path.with_suffix(ASIDE)}: {error}")
        with suppress(OSError):
            path.replace(path.with_suffix(ASIDE))
    except (OSError, ValueError, KeyError, TypeError) as error:
        tell_once(f"{path} cannot be read: {type(error).__name__}")
    return None


def purpose_of(path: Path) -> str:
    """Where a file belongs, wherever the folder of the app is."""
    return path.relative_to(root()).as_posix()
