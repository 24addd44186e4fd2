"""Faults of what a user gives us (files, parameter tables, scenarios, command-line values).

A reader collects every fault it can find before it raises, so that a faulty file is repaired
in one go. Programming errors are ordinary Python exceptions, never `InputError`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST_FAULTS_SHOWN = 20
LONGEST_FOUND_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where it stands, what was found, what would be accepted."""

    file: str
    field: str
    found: str
    accepted: str

    @property
    def found_shown(self) -> str:
        """What was found, cut where it is too long to be shown."""
        is_long = len(self.found) > LONGEST_FOUND_SHOWN
        return self.found[: LONGEST_FOUND_SHOWN - 1] + "…" if is_long else self.found

    @property
    def where(self) -> str:
        """The file, and the field in it; one of both where the other has no name."""
        return ": ".join(part for part in (self.file, self.field) if part)

    def __str__(self) -> str:
        return f"{self.where}: found {self.found_shown}; accepted: {self.accepted}"


class InputError(Exception):
    """Raised once for all the faults of an input. The command line exits with code 2 on it."""

    exit_code = 2

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        if not self.faults:
            raise ValueError("an InputError needs at least one fault")
        super().__init__(self.faults)

    def __str__(self) -> str:
        count = len(self.faults)
        heading = "1 fault in the input" if count == 1 else f"{count} faults in the input"
        lines = [heading, *(f"  {fault}" for fault in self.faults[:MOST_FAULTS_SHOWN])]
        if count > MOST_FAULTS_SHOWN:
            lines.append(f"  … and {count - MOST_FAULTS_SHOWN} more")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Fault, ...]]]:
        return type(self), (self.faults,)
