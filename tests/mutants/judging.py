"""Whether the naive replay finds a mutant: busy departments are lived, then relived.

A mutant is lived day by day from the people of the first day that the text as it stands left, and
no longer than until its log is another one. What the replay then says of these days is what
`tests/naive/test_busy.py` would say: it checks each household and each day by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from busy import PLANS, SEED, relive_busy_lives
from numpy.typing import NDArray
from recounting import differing_memories

from replay.comparing import compare_run
from replay.log_reading import read_log
from replay.regime import regimes_of
from replay.runs import LivedRun, departures, relive_offices
from sim.engine.run import BegunRun, RunResult, begin_run
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import build_population
from sim.engine.state import State
from sim.events import EventLog
from sim.ledger import BOOKS
from sim.population.life_courses import MEMORIES
from sim.units import day_number
from sim.world.world import LOG_ROWS

Rows = NDArray[np.int64]
HISTORY = "history"
"""The world of lives without offices."""
NAMES = (*PLANS, HISTORY)


class Seen(Enum):
    """What a world shows of a mutant."""

    NOTHING = "nothing differs"
    IN_BOOKS = "the same log, other books or another last day"
    BY_RECOUNT = "people remember other months than the log tells"
    IN_LOG = "another log, with which the replay agrees"
    BY_REPLAY = "the naive replay finds it"


@dataclass(frozen=True)
class Kept:
    """What a world leaves with the text as it stands: its log, and all else by name."""

    plan: RunPlan
    start: State
    log: Rows
    left: dict[str, bytes]


def live_as_it_stands(name: str) -> Kept | None:
    """Live a world with the text as it stands; raises AssertionError where the replay differs."""
    if name == HISTORY:
        assert not relive_busy_lives().disagreements
        return None
    plan = PLANS[name]()
    start = build_population(plan, SEED)
    run = begin_run(plan, SEED, is_logging=True, start=start)
    run.journey.end(plan.end_day)
    assert not _is_found(plan, start, _log_of(run), plan.end_day)
    return Kept(plan, start, _log_of(run), _left(run, plan))


def judge(kept: Kept | None) -> Seen:
    """What a world shows of the mutant that is planted; its own errors are raised."""
    if kept is None:
        return Seen.BY_REPLAY if relive_busy_lives().disagreements else Seen.NOTHING
    plan = kept.plan
    run = begin_run(plan, SEED, is_logging=True, start=kept.start)
    compared = 0
    differs = False
    for day in range(day_number(plan.start) + 1, plan.end_day + 1):
        lived = run.journey.go_before(day)
        log = _log_of(run)
        if not differs and not _begins_alike(log, kept.log, compared):
            differs = True
            if _is_found(plan, kept.start, log, lived):
                return Seen.BY_REPLAY
        compared = len(log)
    run.journey.end(plan.end_day)
    log = _log_of(run)
    if differs or not np.array_equal(log, kept.log):
        is_found = _is_found(plan, kept.start, log, plan.end_day)
        return Seen.BY_REPLAY if is_found else Seen.IN_LOG
    if _left(run, plan) == kept.left:
        return Seen.NOTHING
    return Seen.BY_RECOUNT if _is_remembered_otherwise(run, plan, kept.start) else Seen.IN_BOOKS


def _log_of(run: BegunRun) -> Rows:
    world = run.people.world
    rows: Rows = world.log[: world.state[LOG_ROWS]]
    return rows


def _begins_alike(log: Rows, kept: Rows, compared: int) -> bool:
    """Whether the rows after those that were compared are those of the kept log."""
    return len(log) <= len(kept) and np.array_equal(log[compared:], kept[compared : len(log)])


def _is_found(plan: RunPlan, start: State, log: Rows, until: int) -> bool:
    """Whether the replay disagrees with a log of the days before ``until``."""
    read = read_log(log.tolist(), day_number(plan.start))
    lived = LivedRun(plan, SEED, start, read, regimes_of(plan, SEED, read.working_days))
    people = lived.people()
    if compare_run(read, lived.regimes, people, until).disagreements:
        return True
    return relive_offices(lived, departures(people)).first is not None


def _is_remembered_otherwise(run: BegunRun, plan: RunPlan, start: State) -> bool:
    """Whether what people remember at the end is not what the log tells."""
    last = run.people.state(plan.end_day)
    log = EventLog(_log_of(run))
    lived = RunResult(plan, SEED, run.people.finished(last), log, last, 0.0, 0.0)
    return any(differing_memories(start, lived, memory) for memory in MEMORIES)


def _left(run: BegunRun, plan: RunPlan) -> dict[str, bytes]:
    """All that a run leaves beside its log: books, and every array of the last day."""
    last = run.people.state(plan.end_day)
    left = {book: getattr(run.people.ledger, book).tobytes() for book in BOOKS}
    for name in last.__dataclass_fields__:
        value = getattr(last, name)
        if isinstance(value, np.ndarray):
            left[name] = value.tobytes()
    return left
