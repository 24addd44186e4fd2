"""What the replay of offices names as a difference, and what it leaves out."""

from __future__ import annotations

from replay.office_day import first_difference
from sim.vocabulary import Record

A_ROW = [1440, 9, int(Record.SUSPENSION_ENDED), 0, -1, 0, 0, 1]


def test_rows_that_differ_are_named() -> None:
    other = [*A_ROW[:-1], 2]
    assert first_difference(1, [A_ROW], [A_ROW]) is None
    found = first_difference(1, [A_ROW, A_ROW], [A_ROW, other])
    assert found is not None
    assert (found.number, found.found, found.expected) == (1, A_ROW, other)
    missing = first_difference(1, [A_ROW], [])
    assert missing is not None
    assert missing.expected is None


def test_only_what_is_paid_back_is_not_foretold() -> None:
    repaid = [*A_ROW[:6], 500, A_ROW[7]]
    assert first_difference(1, [repaid], [A_ROW]) is None
    paid = [*repaid[:2], int(Record.CONTACT_HELD), *repaid[3:]]
    due = [*A_ROW[:2], int(Record.CONTACT_HELD), *A_ROW[3:]]
    assert first_difference(1, [paid], [due]) is not None
