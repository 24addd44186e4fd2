"""Everything that the compiled walker reads and writes, as one bundle of arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import Table, kernel
from sim.compiled_bundle import Bundle
from sim.events import COLUMNS
from sim.ledger import post_to_ledger
from sim.units import MINUTES_PER_DAY

HOUSEHOLDS, PEOPLE, LOG_ROWS, LOG_ON, FIRST_MONTH, MISSED, STOCKS_TAKEN = range(7)
STATE_SIZE = 7
JOB_PLACES, ACTION_PLACES, ACTIVITY_PLACES, SUPPORTED_NOW, FOLLOWED_NOW = range(5)
PLACE_KINDS = 5


class World(Bundle):
    """Arrays of one run. Tables of parameters are replaced in place on policy dates."""

    national: Table
    territories: Table
    organisation: Table
    households: Table
    people: Table
    agenda: NDArray[np.int16]  # by household: day of the next event of its life
    awaits_refresh: NDArray[np.int8]  # by household: the agenda holds nothing but a refresh
    office: NDArray[np.int16]  # by person: day on which an office has to look at them
    posts: Table
    places: NDArray[np.int64]  # [kind, territory, index]: limited places in use, people supported
    desks: NDArray[np.int64]  # [territory, desk]: minutes already promised
    arrival_time: NDArray[np.float64]  # by territory: next candidate
    arrival_number: NDArray[np.int64]
    arrival_hazard: NDArray[np.float64]  # candidates per month
    flows: NDArray[np.int64]
    durations: NDArray[np.int32]
    stocks: NDArray[np.int64]
    log: NDArray[np.int64]
    state: NDArray[np.int64]
    month_of: NDArray[np.int32]
    month_start: NDArray[np.int32]


def empty_log(rows: int) -> NDArray[np.int64]:
    """Room for ``rows`` records."""
    return np.zeros((rows, len(COLUMNS)), dtype=np.int64)


@kernel
def record(
    w: World,
    kind: int,
    time: float,
    who: int,
    territory: int,
    pathway: int,
    detail: int,
    value: int,
    origin: int,
) -> None:
    """The one way to say that something happened: ledger always, log when asked."""
    first = w.state[FIRST_MONTH]
    post_to_ledger(
        w.flows,
        w.durations,
        kind,
        w.month_of[int(time)] - first,
        w.month_of[origin] - first,
        territory,
        pathway,
        detail,
        value,
    )
    if w.state[LOG_ON] == 1:
        row = w.state[LOG_ROWS]
        w.log[row, 0] = int(time * MINUTES_PER_DAY)
        w.log[row, 1] = who
        w.log[row, 2] = kind
        w.log[row, 3] = territory
        w.log[row, 4] = pathway
        w.log[row, 5] = detail
        w.log[row, 6] = value
        w.log[row, 7] = origin
        w.state[LOG_ROWS] = row + 1
