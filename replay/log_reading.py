"""Who wrote each row of a log: the offices on a working day, a policy date, or lives.

A run writes, from one working day to the next: what a policy date does to people; the lives of
the days since the last one; then, at the first minute of the day, what the offices do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sim.units import MINUTES_PER_DAY
from sim.vocabulary import MEMBER_BITS, Record

Row = list[int]
TIME, WHO, KIND = 0, 1, 2
OFFICE = -1
"""``who`` of a row about no person."""
CLOSING = frozenset(
    {
        Record.ACTIVITY_ENDED,
        Record.ACTION_ENDED,
        Record.FOLLOW_UP_ENDED,
        Record.SUPPORT_ENDED,
        Record.WAIT_FOR_CASEWORKER_ENDED,
        Record.WAIT_FOR_CASEWORKER_STARTED,
    }
)
HANDED_OVER = CLOSING | {Record.CASEWORKER_CHANGED}
"""What the leave of a caseworker, before the offices open, may write."""
TAKEN_IN_AGAIN = CLOSING | {
    Record.REASSIGNED,
    Record.PATHWAY_SWITCHED,
    Record.TO_BE_CALLED_AGAIN,
}
"""What a policy date may write."""


@dataclass
class Told:
    """What a log tells of one household: its life, and when offices did what to it (days)."""

    life: list[Row] = field(default_factory=list)
    acts: list[tuple[float, bool, Row]] = field(default_factory=list)
    """Time at which it takes effect; whether it comes with a policy date."""


@dataclass(frozen=True)
class Span:
    """Rows from one working day to the end of the next, in their order; None after the last."""

    previous: int
    day: int | None
    policy: list[Row]
    lives: list[Row]
    offices: list[Row]


@dataclass
class ReadLog:
    """A log by household, and by working day."""

    households: dict[int, Told]
    spans: list[Span]

    @property
    def working_days(self) -> list[int]:
        """Days on which the offices were open."""
        return [span.day for span in self.spans if span.day is not None]


def household_of(who: int) -> int:
    """The household of a person, or itself."""
    return who >> MEMBER_BITS << MEMBER_BITS


def read_log(rows: list[Row], start: int) -> ReadLog:
    """Sort the rows of a log whose first day is ``start``."""
    told: dict[int, Told] = defaultdict(Told)
    read = ReadLog(told, [])
    previous, position = start - 1, 0
    while position < len(rows):
        opening = _next_opening(rows, position)
        day = rows[opening][TIME] // MINUTES_PER_DAY if opening < len(rows) else None
        first = _end_of_policy_date(rows, position, opening, (previous + 1) * MINUTES_PER_DAY)
        last = opening if day is None else _begin_of_leave(rows, first, opening, day)
        _add_acts(told, rows[position:first], previous + 1.0, with_policy=True)
        for row in rows[first:last]:
            told[household_of(row[WHO])].life.append(row)
        end = len(rows) if day is None else _end_of_day(rows, opening)
        span = Span(previous, day, rows[position:first], rows[first:last], rows[last:end])
        read.spans.append(span)
        if day is None:
            break
        _add_acts(told, span.offices, day + 1.0, with_policy=False)
        position, previous = end, day
    return read


def _add_acts(told: dict[int, Told], rows: Iterable[Row], at: float, *, with_policy: bool) -> None:
    for row in rows:
        if row[WHO] != OFFICE:
            told[household_of(row[WHO])].acts.append((at, with_policy, row))


def _next_opening(rows: list[Row], position: int) -> int:
    """Index of the first row of the next working day: the minutes of its staff."""
    while position < len(rows) and rows[position][KIND] != Record.STAFF_MINUTES_AVAILABLE:
        position += 1
    return position


def _end_of_day(rows: list[Row], opening: int) -> int:
    """Index after the last row of a working day: minutes left, contacts promised."""
    position = opening
    while rows[position][KIND] != Record.STAFF_MINUTES_LEFT:
        position += 1
    while position < len(rows) and rows[position][KIND] in (
        Record.STAFF_MINUTES_LEFT,
        Record.CONTACT_DUE,
    ):
        position += 1
    return position


def _end_of_policy_date(rows: list[Row], first: int, last: int, minute: int) -> int:
    """Index after what a policy date did; ``first`` where there is none.

    It tells of one person after the other, each time beginning with a new pathway or support.
    """
    position = first
    person = None
    while position < last and rows[position][TIME] == minute:
        row = rows[position]
        begins = row[KIND] in (Record.REASSIGNED, Record.PATHWAY_SWITCHED)
        if not begins and (row[WHO] != person or row[KIND] not in TAKEN_IN_AGAIN):
            break
        person = row[WHO]
        position += 1
    return position


def _begin_of_leave(rows: list[Row], first: int, opening: int, day: int) -> int:
    """Index of the first row about the portfolios of those who left their post."""
    minute = day * MINUTES_PER_DAY
    position = opening
    while (
        position > first
        and rows[position - 1][TIME] == minute
        and rows[position - 1][KIND] in HANDED_OVER
    ):
        position -= 1
    if position == first or rows[position - 1][TIME] != minute:
        return position
    # The last household before may have ended something itself in that very minute.
    home = household_of(rows[position - 1][WHO])
    while position < opening and household_of(rows[position][WHO]) == home:
        position += 1
    return position
