"""What every run conserves: a change of a stock is its entries less its exits, to the unit.

Stocks are counted person by person at the end of each month; flows are records. Nothing else links
the two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.ledger import Ledger
from sim.vocabulary import Record, Stock

Counts = NDArray[np.int64]
PLACES = (
    Stock.WAITING_FOR_CASEWORKER,
    Stock.KEPT_UNTIL_CALLED,
    Stock.SUPPORTED,
    Stock.IN_JOB_FOLLOW_UP,
)
"""Where someone who is oriented may be."""


def number(ledger: Ledger, records: Sequence[Record]) -> Counts:
    """Number of records by month, territory and pathway + 1."""
    counted: Counts = ledger.flows[list(records)][..., 0].sum(axis=(0, 4))
    return counted


def change(ledger: Ledger, stocks: Sequence[Stock]) -> Counts:
    """Change of the sum of some stocks by month, territory and pathway + 1."""
    changed: Counts = np.diff(ledger.stocks[list(stocks)].sum(axis=0), axis=0)
    return changed


def lost_households(ledger: Ledger) -> Counts:
    """Change less first entries and returns, plus exits; by month and territory.

    Moves from one territory to another are left out: without them, zero in each territory.
    """
    came = number(ledger, [Record.FIRST_ENTRY, Record.REENTRY])
    flows = came - number(ledger, [Record.EXIT])
    lost: Counts = (change(ledger, [Stock.HOUSEHOLDS]) - flows).sum(-1)
    return lost


def lost_in_orientation(ledger: Ledger) -> Counts:
    """Change of the queue of orientation less who joined it, plus who left it."""
    joined = number(ledger, [Record.WAIT_FOR_ORIENTATION_STARTED])
    left = number(ledger, [Record.WAIT_FOR_ORIENTATION_ENDED])
    return change(ledger, [Stock.WAITING_FOR_ORIENTATION]) - joined + left


def lost_in_queues(ledger: Ledger) -> Counts:
    """Change of the queue of each pathway less who joined it, plus who left it."""
    joined = number(ledger, [Record.WAIT_FOR_CASEWORKER_STARTED])
    left = number(ledger, [Record.WAIT_FOR_CASEWORKER_ENDED])
    return change(ledger, [Stock.WAITING_FOR_CASEWORKER]) - joined + left


def nowhere(ledger: Ledger) -> Counts:
    """People with rights and duties who are in no place of the offices, by month and territory.

    Places: waiting for orientation or a caseworker, kept until called, supported, followed in a
    job.
    """
    stocks = ledger.stocks.sum(axis=-1)
    somewhere = stocks[[Stock.WAITING_FOR_ORIENTATION, *PLACES]].sum(axis=0)
    missing: Counts = stocks[Stock.PERSONS_WITH_DUTIES] - somewhere
    return missing


def overspent(ledger: Ledger) -> Counts:
    """Minutes of staff used beyond those that there were, by month and territory."""
    minutes = ledger.flows[..., 1].sum(axis=(3, 4))
    left, available = minutes[Record.STAFF_MINUTES_LEFT], minutes[Record.STAFF_MINUTES_AVAILABLE]
    beyond: Counts = np.maximum(left - available, 0) + np.maximum(-left, 0)
    return beyond


BALANCES: Mapping[str, Callable[[Ledger], Counts]] = {
    "households": lost_households,
    "queue of orientation": lost_in_orientation,
    "queues for a caseworker": lost_in_queues,
    "people with rights and duties": nowhere,
    "minutes of staff": overspent,
}
"""All are zero everywhere in every run of a department without moves inside."""


def unbalanced(ledger: Ledger) -> list[str]:
    """The balances that do not hold in a run."""
    return [name for name, lost in BALANCES.items() if lost(ledger).any()]
