"""What a part of the validation report tells the first page: how much was tested, what failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Count:
    """How many of some tests held; ``where`` is a department, or what stands in its place."""

    where: str
    what: str
    tested: int
    held: int


@dataclass(frozen=True)
class Failure:
    """One thing that is outside, not kept or not as it must be: where, what (if more), in words."""

    where: str
    what: str
    words: str

    @property
    def line(self) -> str:
        """As the list of the first page has it."""
        what = f", {self.what}" if self.what else ""
        return f"- **{self.where}**{what}: {self.words}"


class Measurement(NamedTuple):
    """Which engine gave numbers (`sim.version.engine_version`, empty: none), on which day."""

    engine: str
    day: str


@dataclass(frozen=True)
class Part:
    """One part: its title, where it is told (from docs/), its counts and its failures.

    ``held`` is the word for what did not fail; ``measured`` says of all its numbers by which engine
    and when; ``unjudged`` is the number of things that are shown
    and cannot be judged. ``is_by_department``: its counts are those of departments.
    """

    title: str
    link: str
    held: str
    counts: Sequence[Count]
    failures: Sequence[Failure]
    measured: Sequence[Measurement]
    unjudged: int = 0
    is_by_department: bool = False

    @property
    def tested(self) -> int:
        """All tests of the part."""
        return sum(one.tested for one in self.counts)

    @property
    def failed(self) -> int:
        """Those that did not hold."""
        return self.tested - sum(one.held for one in self.counts)
