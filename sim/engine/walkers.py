"""What every walker can do, and the one way to move a walker through a calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.compiled import JIT_ENABLED
from sim.engine.calendar import DayPlan, OfficeCalendar
from sim.engine.packed import Packed, pack
from sim.engine.run_plan import RunPlan
from sim.engine.staffing import Post
from sim.engine.state import State
from sim.events import EventLog
from sim.ledger import Ledger
from sim.replaced import refuse_replaced_functions
from sim.units import date_of

WALKERS = ("columns", "objects")
DAYS_AT_ONCE = 16
"""Working days that are planned, then lived, in a row: each change of hands costs time."""


class Cancelled(Exception):  # noqa: N818 - a request that was met, not an error
    """The run was asked to stop; nothing of it is kept."""


class Walker(Protocol):
    """A way to move a department through time: same rules, same order, same log."""

    ledger: Ledger

    def adopt(self, packed: Packed, previous: int) -> None:
        """New parameters from the day after ``previous`` on."""

    def office_days(self, plans: Sequence[DayPlan], previous: int) -> None:
        """Working days one after the other, each in the order of the day.

        The first of them comes after ``previous``; parameters that take effect are adopted before.
        """

    def live_until(self, previous: int, last: int) -> None:
        """Lives after ``previous`` up to ``last`` included, with closed offices."""

    def take_stock(self, day: int) -> None:
        """Count the stocks on the eve of ``day``."""

    def live_history(
        self, territory: int, target: int, counts_persons: bool, start: int, end: int
    ) -> int:
        """Fill a territory with ordinary lives; returns the number of first entries."""

    def paid_households(self) -> NDArray[np.int64]:
        """Households on RSA now, by territory."""

    def set_arrivals(
        self, time: NDArray[np.float64], number: NDArray[np.int64], hazard: NDArray[np.float64]
    ) -> None:
        """The next candidate for arrival of each territory."""

    def open_offices(self, packed: Packed, day: int) -> None:
        """Leave the history: people meet the offices from ``day`` on."""

    def remove_surplus(self, territory: int, first_number: int, day: int) -> None:
        """Take back households of the history from ``first_number`` on."""

    @property
    def log(self) -> EventLog | None:
        """What happened, when logging."""

    def state(self, day: int) -> State:
        """The present state; its rows are good until the walker moves on."""


def make_walker(
    name: str,
    packed: Packed,
    state: State,
    posts: tuple[Post, ...],
    ledger: Ledger,
    *,
    is_logging: bool,
    months_ahead: float,
) -> Walker:
    """The walker of that name, at ``state``; it writes on in ``ledger``.

    Raises `ReplacedFunctionError` where compiled code would ignore what replaces a function.
    """
    if name == "columns":
        if JIT_ENABLED:
            refuse_replaced_functions()
        from sim.engine.compiled_walker import ColumnsWalker

        return ColumnsWalker(
            packed, state, posts, ledger, is_logging=is_logging, months_ahead=months_ahead
        )
    if name == "objects":
        # Mesa takes a second to import: only who asks for objects pays it.
        from sim.engine.objects.walker import ObjectsWalker

        return ObjectsWalker(packed, state, posts, ledger, is_logging=is_logging)
    raise ValueError(f"no walker is called {name!r}; there are {', '.join(WALKERS)}")


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
