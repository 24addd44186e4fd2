"""The luck of one post, keyed by its identity: hazards, sickness lengths, weeks of annual leave."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from functools import cache

from sim.compiled import plain, u64
from sim.randomness import threshold, uniform
from sim.units import (
    DAYS_PER_WEEK,
    NEVER,
    clock_increment,
    date_of,
    day_number,
    in_days,
    in_months,
    months_until,
)
from sim.vocabulary import Decision

# The same arithmetic without compilation: one operation is done sooner than handed over.
_growth, _until = plain(clock_increment), plain(months_until)
_days, _months = plain(in_days), plain(in_months)

LEAVE_DRAWS_PER_YEAR = 64
"""More than the weeks of a year: the keyed counts of two years never meet."""


class HazardClock:
    """A clock of one post: runs under a hazard, pauses, and fires at a keyed threshold."""

    __slots__ = ("_count", "_decision", "_hazard", "_key", "_remaining", "_since", "fires_at")

    def __init__(self, key: int, decision: Decision) -> None:
        self._key = u64(key)
        self._decision = int(decision)
        self._count = 0
        self._remaining = threshold(self._key, self._decision, 0)
        self._hazard = 0.0
        self._since = NEVER
        self.fires_at = NEVER

    def run(self, now: float, hazard_per_month: float) -> None:
        """Let the clock run from ``now`` (days). Running on under the same hazard changes nothing,
        not even a rounding.
        """
        if self._since != NEVER:
            if hazard_per_month == self._hazard:
                return
            self.pause(now)
        self._since = now
        self._hazard = hazard_per_month
        if hazard_per_month > 0.0:
            self.fires_at = now + _days(_until(self._remaining, hazard_per_month))

    def pause(self, now: float) -> None:
        """Stop the clock and keep what remains until the threshold."""
        if self._since == NEVER:
            return
        grown = _growth(self._hazard, _months(now - self._since))
        self._remaining = max(0.0, self._remaining - grown)
        self._since = NEVER
        self.fires_at = NEVER

    def fire(self) -> int:
        """Stop the clock, set the threshold of the next time, and return how often it had fired."""
        fired = self._count
        self._count += 1
        self._remaining = threshold(self._key, self._decision, self._count)
        self._since = NEVER
        self.fires_at = NEVER
        return fired


def sickness_days(key: int, count: int, mean_days: float) -> float:
    """Length of a post's ``count``-th sickness, in days (exponential)."""
    return mean_days * threshold(u64(key), int(Decision.POST_SICKNESS_LENGTH), count)


def leaves_from(key: int, day: float, weeks_per_year: int) -> Iterator[tuple[int, int]]:
    """Annual leaves that end after ``day``, in order: (first day, day after the last).

    Leave is taken by whole weeks from Monday. The weeks of a year are distinct, and asking for
    one more keeps the others. Without leave the iterator is empty.
    """
    if weeks_per_year <= 0:
        return
    year = date_of(math.floor(day)).isocalendar().year
    while True:
        for monday in leave_mondays(key, year, weeks_per_year):
            if monday + DAYS_PER_WEEK > day:
                yield monday, monday + DAYS_PER_WEEK
        year += 1


def leave_mondays(key: int, year: int, weeks: int) -> list[int]:
    """First days of a post's leave weeks in an ISO year (a partial shuffle of its weeks)."""
    first = _first_monday(year)
    mondays = list(range(first, _first_monday(year + 1), DAYS_PER_WEEK))
    taken = min(weeks, len(mondays))
    for i in range(taken):
        u = uniform(u64(key), int(Decision.POST_HOLIDAY), year * LEAVE_DRAWS_PER_YEAR + i)
        j = i + int(u * (len(mondays) - i))
        mondays[i], mondays[j] = mondays[j], mondays[i]
    return sorted(mondays[:taken])


@cache
def _first_monday(year: int) -> int:
    return day_number(date.fromisocalendar(year, 1, 1))
