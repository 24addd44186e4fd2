"""The wait of the intake stage against the M/M/c queue (Erlang C).

Sessions are held on every day around the clock, interviews are exponential, minutes of staff are
ample, nobody is absent and nobody leaves: what remains of the department is three queues with one,
two and four desks. The means of independent worlds give the tolerance.
"""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray
from small_worlds import STANDARD_ERRORS, idle, somme

from sim.engine.calendar import DayPlan
from sim.engine.packed import pack
from sim.engine.staffing import Post
from sim.engine.walker import Walker, blank_state
from sim.events import EventLog
from sim.ledger import LedgerShape, empty_ledger
from sim.parameters import Parameters
from sim.units import DAYS_PER_MONTH, MINUTES_PER_DAY, day_number, month_number
from sim.vocabulary import Record

WORLDS, DAYS, WARM_UP_DAYS = 30, 400, 40
INTERVIEW_MINUTES = 360
LOAD = 0.6
DESKS = (1, 2, 4)
BEGINS = date(2010, 1, 4)
AMPLE = 1_000_000
WHOLE_MINUTES = 2.0
"""Arrival, start and record are each rounded down to a minute."""


def queues() -> Parameters:
    changes = idle(somme()) | {"calendar.refresh_days": 31}
    for territory, desks in zip(somme().labels("territories"), DESKS, strict=True):
        prefix = f"territories.{territory}.intake"
        changes |= {
            f"{prefix}.desks": desks,
            f"{prefix}.opening_minutes": MINUTES_PER_DAY,
            f"{prefix}.interview_minutes": INTERVIEW_MINUTES,
            f"{prefix}.interview_form": "exponential",
            f"{prefix}.notification_days": 0,
            f"{prefix}.channel": "telephone",
        }
    changes["channels.telephone.no_show_share"] = 0.0
    changes["inflow.season"] = [1.0] * 12
    return somme(changes)


def world(parameters: Parameters, seed: int) -> EventLog:
    """The log of one world: arrivals, sessions and interviews of `DAYS` days."""
    packed = pack(parameters, BEGINS, seed)
    shape = LedgerShape(
        month_number(BEGINS),
        1,
        packed.shape.territories,
        packed.shape.pathways,
        packed.shape.details,
    )
    posts = tuple(Post(False, territory, 0, 0) for territory in range(len(DESKS)))
    first = day_number(BEGINS)
    walker = Walker(
        packed,
        blank_state(packed, posts, first),
        posts,
        empty_ledger(shape),
        is_logging=True,
        months_ahead=0.0,
    )
    rate = LOAD * np.array(DESKS) * MINUTES_PER_DAY / INTERVIEW_MINUTES
    candidates = rate * DAYS_PER_MONTH * parameters.number("inflow.candidate_factor")
    walker.set_arrivals(
        np.full(len(DESKS), float(first)), np.zeros(len(DESKS), np.int64), candidates
    )
    for day in range(first, first + DAYS):
        plan = DayPlan(
            day=day,
            previous=day - 1,
            minutes=np.full(len(posts), AMPLE, np.int64),
            capacity=np.zeros(len(posts), np.int64),
            reserve=np.zeros(len(posts), np.int64),
            leaving=np.zeros(0, np.int32),
            sessions=np.ones(len(DESKS), np.bool_),
            workshops=np.zeros(len(DESKS), np.bool_),
            parameters=None,
        )
        walker.office_days([plan], day - 1)
    log = walker.log
    assert log is not None
    return log


def waits(log: EventLog) -> list[NDArray[np.float64]]:
    """Minutes from opening of rights to interview, by territory, after the warm-up."""
    frame = log.frame()
    began = frame[frame["kind"] == Record.WAIT_FOR_ORIENTATION_STARTED].set_index("who")
    received = frame[frame["kind"] == Record.ORIENTED].set_index("who")
    first = day_number(BEGINS)
    # The last days are left out: of those who came then, only the quick are received in time.
    counted = began[
        (began["day"] >= first + WARM_UP_DAYS) & (began["day"] < first + DAYS - WARM_UP_DAYS)
    ]
    ends = received["time"].reindex(counted.index)
    minutes = (ends - counted["time"]).fillna(math.inf)
    return [
        minutes[counted["territory"] == territory].to_numpy(np.float64)
        for territory in range(len(DESKS))
    ]


def chance_of_waiting(desks: int, load: float) -> float:
    """Erlang C."""
    offered = desks * load
    terms = [offered**k / math.factorial(k) for k in range(desks)]
    last = offered**desks / math.factorial(desks) / (1 - load)
    return last / (sum(terms) + last)


@pytest.fixture(scope="module")
def worlds() -> list[list[NDArray[np.float64]]]:
    parameters = queues()
    return [waits(world(parameters, seed)) for seed in range(WORLDS)]


@pytest.mark.slow
@pytest.mark.parametrize("queue", range(len(DESKS)))
def test_mean_wait_is_that_of_erlang(worlds: list[list[NDArray[np.float64]]], queue: int) -> None:
    desks = DESKS[queue]
    means = [float(minutes[queue].mean()) for minutes in worlds]
    error = float(np.std(means, ddof=1)) / math.sqrt(WORLDS)
    expected = chance_of_waiting(desks, LOAD) * INTERVIEW_MINUTES / (desks * (1 - LOAD))
    print(f"{desks} desks: {np.mean(means):.1f} +- {error:.1f} minutes, expected {expected:.1f}")
    assert error < expected / 15
    allowed = STANDARD_ERRORS * error + WHOLE_MINUTES
    assert float(np.mean(means)) == pytest.approx(expected, abs=allowed)


@pytest.mark.slow
@pytest.mark.parametrize("queue", range(len(DESKS)))
def test_share_who_wait_is_that_of_erlang(
    worlds: list[list[NDArray[np.float64]]], queue: int
) -> None:
    desks = DESKS[queue]
    shares = [float((minutes[queue] > WHOLE_MINUTES).mean()) for minutes in worlds]
    error = float(np.std(shares, ddof=1)) / math.sqrt(WORLDS)
    expected = chance_of_waiting(desks, LOAD)
    # Waits of less than the rounding are not seen; waits given waiting are exponential.
    unseen = expected * -math.expm1(-2 * WHOLE_MINUTES * desks * (1 - LOAD) / INTERVIEW_MINUTES)
    allowed = STANDARD_ERRORS * error + unseen
    assert float(np.mean(shares)) == pytest.approx(expected, abs=allowed)
