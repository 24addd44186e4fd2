"""The way of a department through the working days of a calendar."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from sim.engine.calendar import DayPlan, OfficeCalendar
from sim.engine.packed import pack
from sim.engine.run_plan import RunPlan
from sim.engine.walker import Walker
from sim.units import date_of

DAYS_AT_ONCE = 16
"""Working days that are planned, then lived, in a row: each change of hands costs time."""


class Cancelled(Exception):  # noqa: N818 - a request that was met, not an error
    """The run was asked to stop; nothing of it is kept."""


class Journey:
    """A walker on its way through the working days of a calendar, from day ``first`` on.

    ``should_stop`` is asked now and then, between two working days; the journey ends with
    ``Cancelled`` when it says so.
    """

    def __init__(
        self,
        walker: Walker,
        calendar: OfficeCalendar,
        plan: RunPlan,
        seed: int,
        first: int,
        should_stop: Callable[[], bool] | None = None,
    ) -> None:
        self._walker = walker
        self._plan = plan
        self._seed = seed
        self._should_stop = should_stop
        self._days = calendar.days(date_of(first))
        self._coming: list[DayPlan] = []
        self._previous = first - 1

    def go_before(self, day: int) -> int:
        """Live every working day before ``day``; returns the day after the last one lived."""
        while span := self._next_span(day):
            self._live(span)
        return self._previous + 1

    def end(self, day: int) -> None:
        """Go on to the eve of ``day``, with closed offices after the last working day."""
        self.go_before(day)
        self._walker.live_until(self._previous, day - 1)
        self._walker.take_stock(day)

    def _next_span(self, day: int) -> list[DayPlan]:
        """The next working days before ``day`` on which nothing but the first changes policy."""
        if not self._coming:
            self._coming = list(islice(self._days, DAYS_AT_ONCE))
        count = 0
        for plan in self._coming:
            if plan.day >= day or (count and plan.parameters is not None):
                break
            count += 1
        span, self._coming = self._coming[:count], self._coming[count:]
        return span

    def _live(self, span: list[DayPlan]) -> None:
        if self._should_stop is not None and self._should_stop():
            raise Cancelled(self._plan.name)
        first = span[0]
        since = max(first.previous, self._previous)
        if first.parameters is not None:
            packed = pack(first.parameters, date_of(first.day), self._seed)
            self._walker.adopt(packed, since)
        self._walker.office_days(span, since)
        self._previous = span[-1].day
