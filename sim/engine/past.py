"""The days that two plans share: a run up to the first date that tells them apart.

Who runs several plans under one seed lives these days once. What follows is the same, record for
record, as if each plan had been run from its start.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.engine import array_file
from sim.engine.state import State
from sim.ledger import BOOKS, Ledger, LedgerShape, empty_ledger


@dataclass(frozen=True)
class Past:
    """People on the eve of a day and what was counted so far; never written to.

    ``ledger`` holds the months begun before that day, and the courses of those whose rows were
    dropped.
    """

    state: State
    ledger: Ledger

    @classmethod
    def of(cls, state: State, ledger: Ledger) -> Past:
        """What a walker is to leave; its rows and its books are copied."""
        shape = replace(ledger.shape, months=ledger.shape.months_begun(state.day))
        books = {name: getattr(ledger, name)[:, : shape.months].copy() for name in BOOKS}
        return cls(state.copied(), Ledger(shape, **books, courses=ledger.courses))

    def books_of(self, shape: LedgerShape) -> Ledger:
        """The books of a longer run with these days in them, free to be written."""
        ledger = empty_ledger(shape)
        for name in BOOKS:
            getattr(ledger, name)[:, : self.ledger.shape.months] = getattr(self.ledger, name)
        return replace(ledger, courses=self.ledger.courses)

    def to_bytes(self) -> bytes:
        """The past as one file."""
        return array_file.to_bytes({**self.state.to_arrays(), **self.ledger.to_arrays()})

    @classmethod
    def from_bytes(cls, content: bytes | memoryview) -> Past:
        """The inverse of ``to_bytes``; raises ValueError, KeyError or TypeError for another."""
        arrays = array_file.from_bytes(content)
        ledger = Ledger.from_arrays(arrays)
        people = {name: array for name, array in arrays.items() if name not in ledger.to_arrays()}
        return cls(State.from_arrays(people), ledger)
