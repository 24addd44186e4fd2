"""The chronicle: where everything that happens is said, once."""

from __future__ import annotations

import numpy as np

from sim.events import COLUMNS, EventLog
from sim.ledger import Ledger, post_to_ledger
from sim.units import MINUTES_PER_DAY, month_starts, months_by_day
from sim.vocabulary import Record

MONTH_OF: list[int] = months_by_day().tolist()
"""Month number of every day of the calendar."""
MONTH_START: list[int] = month_starts().tolist()
"""First day of every month of the calendar."""


class Chronicle:
    """Counts every record in a ledger, and keeps the records themselves when asked."""

    def __init__(self, ledger: Ledger, *, is_logging: bool) -> None:
        self.ledger = ledger
        self.is_logging = is_logging
        self._rows: list[tuple[int, ...]] = []

    def note(
        self,
        kind: Record,
        time: float,
        *,
        who: int,
        territory: int,
        pathway: int,
        detail: int,
        value: int,
        since: int,
    ) -> None:
        """Say that something happened at ``time`` (days); ``since`` is its day of origin."""
        first = self.ledger.shape.first_month
        post_to_ledger(
            self.ledger.flows,
            self.ledger.durations,
            int(kind),
            MONTH_OF[int(time)] - first,
            MONTH_OF[since] - first,
            territory,
            pathway,
            detail,
            value,
        )
        if self.is_logging:
            minute = int(time * MINUTES_PER_DAY)
            self._rows.append((minute, who, int(kind), territory, pathway, detail, value, since))

    def log(self) -> EventLog:
        """The records so far, in the order in which things happened."""
        rows = np.array(self._rows, dtype=np.int64)
        return EventLog(rows.reshape(len(self._rows), len(COLUMNS)))
