"""Something dated in a household's life."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


def nothing(time: float) -> None:
    """Only the hazards change, at a date known before."""


class Event(NamedTuple):
    """A time, in days from the epoch, and what happens then.

    At a refresh only the slow factors are looked at again.
    """

    time: float
    happens: Callable[[float], None] = nothing
    is_refresh: bool = False
