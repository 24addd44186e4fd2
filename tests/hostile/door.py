"""A door: one way in which something foreign reaches the program, and what may come of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Ending(StrEnum):
    """What became of one input; only the first two are right."""

    TAKEN = "taken"
    REFUSED = "refused"
    TRACEBACK = "tracebacks"
    CRASH = "crashes"
    HANG = "hangs"
    DIFFERENCE = "silent differences"
    OUTSIDE = "writes outside"


RIGHT = (Ending.TAKEN, Ending.REFUSED)
WRONG = tuple(ending for ending in Ending if ending not in RIGHT)

Attempt = Callable[[random.Random], Ending]
"""Makes one input from its luck and gives it to the program.

Returns what became of it. Any exception but `SilentDifferenceError` is a traceback that a user
would see.
"""


class SilentDifferenceError(AssertionError):
    """A wrong number, a lost file or private data that was kept, without a word."""


@dataclass(frozen=True)
class Door:
    """One door.

    ``inputs`` are those of a whole campaign. ``prepared`` makes the attempt: it is called once in
    each process, with a folder in which the attempt may write. ``patience`` are the seconds after
    which an attempt is taken to hang.
    """

    name: str
    inputs: int
    prepared: Callable[[Path], Attempt]
    patience: float = 60.0
