"""The event log: integer columns, one row per thing that happened.

``time`` is minutes since 1 January 1960, ``origin`` days since then. What ``who``, ``detail``,
``value`` and ``origin`` are for each kind of record is in `sim.event_codebook`; the table for
readers is `sim.experiments.event_table`. ``COLUMNS`` gives the order of the columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.units import MINUTES_PER_DAY
from sim.vocabulary import Record

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("time", "who", "kind", "territory", "pathway", "detail", "value", "origin")

DURATION_RECORDS: tuple[Record, ...] = (
    Record.WAIT_FOR_ORIENTATION_ENDED,
    Record.ORIENTED,
    Record.WAIT_FOR_CASEWORKER_ENDED,
    Record.SUPPORT_STARTED,
    Record.ENGAGEMENT_CONTRACT_SIGNED,
    Record.CONTRACT_RUPTURE,
    Record.FIRST_JOB_SINCE_SUPPORT,
    Record.FIRST_DURABLE_JOB_SINCE_SUPPORT,
    Record.CALL_HELD,
    Record.WORKSHOP_HELD,
)
"""Records whose value is a number of days since ``origin``; the ledger keeps their distribution."""


@dataclass(frozen=True)
class EventLog:
    """Rows of int64 in the order in which the engine wrote them.

    At every working day it lives one household after the other up to the evening, each in its own
    order over all the days since the offices were last open; then the offices act, and their
    records carry the first minute of their day. So days go back from one household to the next. A
    stable sort by day gives the order in which things happened, as in `event_table`.
    """

    rows: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.rows)

    def frame(self) -> pd.DataFrame:
        """The log as it is, with named columns; ``day`` is ``time`` in days from the epoch.

        A training is a ``job_started`` here, as in the engine: `event_table` names it apart.
        """
        import pandas as pd  # slow to import, and only tables need it

        table = pd.DataFrame(self.rows, columns=list(COLUMNS))
        table["day"] = table["time"] / MINUTES_PER_DAY
        table["record"] = [Record(kind).name.lower() for kind in table["kind"]]
        return table

    def of_person(self, household: int, person: int) -> NDArray[np.int64]:
        """Rows about one person or its household."""
        who = self.rows[:, COLUMNS.index("who")]
        mine: NDArray[np.int64] = self.rows[(who == household) | (who == person)]
        return mine


def first_difference(left: EventLog, right: EventLog) -> int | None:
    """Index of the first row that differs; None when both logs are identical."""
    shared = min(len(left), len(right))
    unequal = np.flatnonzero((left.rows[:shared] != right.rows[:shared]).any(axis=1))
    if len(unequal):
        return int(unequal[0])
    return None if len(left) == len(right) else shared
