"""The office calendar: working days, intake sessions, policy dates and the lives of the posts.

SimPy runs one process per post and one per policy date; its events grow with offices and weeks,
never with people. Everything of the staff happens in continuous time; the offices look at it at
midday of each working day of the department, which is when a ``DayPlan`` is made. Sessions and
workshops need no process: a working day holds those of its weekday.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.engine.open_days import working_days
from sim.engine.post_life import Life, PostLife, StaffBoard
from sim.engine.staffing import Post, post_terms, roster
from sim.parameters import Parameters
from sim.units import DAYS_PER_WEEK, date_of, day_number, weekday
from sim.vocabulary import WEEKDAYS

Number = TypeVar("Number", bound=np.generic)

INTAKE = "intake"
WORKSHOP = "workshop"
"""What territories hold on weekdays, by the name of its block of parameters."""
MIDDAY = 0.5
LONGEST_CLOSURE_DAYS = 7
"""More than any run of closed days: weekends joined to public holidays."""


@dataclass(frozen=True, slots=True, eq=False)
class DayPlan:
    """What one working day offers. Arrays may be shared between days and cannot be written to."""

    day: int
    """Day number of this working day."""
    previous: int
    """Day number of the working day before; lives since then are still to be advanced."""
    minutes: NDArray[np.int64]
    """By post row: minutes for contacts and intake today."""
    capacity: NDArray[np.int64]
    """By post row: portfolio capacity in hundredths of a person, 0 while vacant."""
    reserve: NDArray[np.int64]
    """By post row: places of a vacancy that colleagues hold until the post is filled again."""
    leaving: NDArray[np.int32]
    """Post rows, in order, whose holder left since the previous working day."""
    sessions: NDArray[np.bool_]
    """By territory: whether an intake session is held today."""
    workshops: NDArray[np.bool_]
    """By territory: whether a workshop is held today."""
    parameters: Parameters | None
    """Parameters that take effect today, before anything else."""


def session_weekdays(parameters: Parameters, territory: str, what: str) -> frozenset[int]:
    """Weekdays (Monday is 0) on which a territory holds intake sessions or workshops."""
    names = parameters.words(f"territories.{territory}.{what}.weekdays")
    return frozenset(WEEKDAYS.index(name) for name in names)


def _sessions_by_weekday(parameters: Parameters) -> dict[str, NDArray[np.bool_]]:
    """Of sessions and workshops, by weekday and territory: whether one is held."""
    held = {
        what: [
            session_weekdays(parameters, territory, what)
            for territory in parameters.labels("territories")
        ]
        for what in (INTAKE, WORKSHOP)
    }
    return {
        what: _frozen(
            [[day in days for days in weekdays] for day in range(DAYS_PER_WEEK)], np.bool_
        )
        for what, weekdays in held.items()
    }


class _Offices:
    """One SimPy environment with all the processes of a calendar."""

    def __init__(
        self,
        seed: int,
        begins: int,
        posts: tuple[Post, ...],
        policy: dict[int, Parameters],
        parameters: Parameters,
    ) -> None:
        self.env = simpy.Environment(initial_time=begins)
        self.board = StaffBoard(len(posts))
        self.new_parameters: Parameters | None = None
        self._posts = posts
        self._in_force = parameters
        # Policy dates are scheduled first, so that they come first among the events of their day.
        for day, changed in policy.items():
            self.env.process(self._policy_date(day, changed))
        self._sessions = _sessions_by_weekday(parameters)
        self._lives = [
            PostLife(self.env, self.board, row, post.key(seed), terms)
            for row, (post, terms) in enumerate(
                zip(posts, post_terms(parameters, posts), strict=True)
            )
        ]

    def held_on(self, what: str, day: int) -> NDArray[np.bool_]:
        """By territory: whether a session is held on a working day."""
        held: NDArray[np.bool_] = self._sessions[what][weekday(day)]
        return held

    def _policy_date(self, day: int, parameters: Parameters) -> Life:
        yield self.env.timeout(day - self.env.now)
        self.new_parameters = parameters
        if parameters is self._in_force:
            # A date of law: the staff goes on as it is.
            return
        self._in_force = parameters
        self._sessions = _sessions_by_weekday(parameters)
        for life, terms in zip(self._lives, post_terms(parameters, self._posts), strict=True):
            life.adopt(terms)


class OfficeCalendar:
    """The working days of a run.

    ``timeline`` holds the parameters at ``begins``, then those of each later date, in order of
    date; each item is complete. A date on a closed day takes effect on the next working day, and
    items that would take effect at ``ends`` or later are ignored. ``posts`` is the roster whose
    rows the plans follow. Raises ValueError for a timeline that is empty or out of order.
    """

    def __init__(
        self, seed: int, begins: date, ends: date, timeline: Sequence[tuple[date, Parameters]]
    ) -> None:
        dates = [day for day, _ in timeline]
        if not dates or dates != sorted(dates):
            raise ValueError("the timeline needs at least one item, in order of date")
        self._seed = seed
        self._begins = begins
        self._parameters = timeline[0][1]
        margin = timedelta(days=LONGEST_CLOSURE_DAYS)
        open_days = working_days(begins - margin, ends, self._parameters.code)
        self._open_days = [day for day in open_days if day >= day_number(begins)]
        self._last_before = max(day for day in open_days if day < day_number(begins))
        self._policy: dict[int, Parameters] = {}
        for when, parameters in timeline[1:]:
            effective = next((day for day in self._open_days if day >= day_number(when)), None)
            if effective is not None:
                self._policy[effective] = parameters
        in_force = [(begins, self._parameters)]
        in_force += [(date_of(day), parameters) for day, parameters in self._policy.items()]
        self.posts: tuple[Post, ...] = roster(in_force)

    @property
    def open_days(self) -> tuple[int, ...]:
        """Day numbers of the working days, in order."""
        return tuple(self._open_days)

    def latest_change(self, since: int, before: int) -> tuple[Parameters, date] | None:
        """The last parameters that took effect from one day on and before another, and when."""
        days = [day for day in self._policy if since <= day < before]
        return (self._policy[max(days)], date_of(max(days))) if days else None

    def days(self, first: date) -> Iterator[DayPlan]:
        """Plans of the working days from ``first`` on.

        The staff lives from the beginning of the calendar whatever ``first``, in an environment
        of its own for each call. ``previous`` of the first plan may lie before ``first``.
        """
        offices = _Offices(
            self._seed, day_number(self._begins), self.posts, self._policy, self._parameters
        )
        env, board = offices.env, offices.board
        minutes = capacity = reserve = _frozen([], np.int64)
        nobody = _frozen([], np.int32)
        first_day, previous = day_number(first), self._last_before
        for day in self._open_days:
            while env.peek() < day + MIDDAY:
                env.step()
            if day >= first_day:
                if board.is_changed:
                    minutes = _frozen(board.minutes, np.int64)
                    capacity = _frozen(board.capacity, np.int64)
                    reserve = _frozen(board.reserve, np.int64)
                    board.is_changed = False
                leaving = _frozen(sorted(board.leaving), np.int32) if board.leaving else nobody
                yield DayPlan(
                    day,
                    previous,
                    minutes,
                    capacity,
                    reserve,
                    leaving,
                    offices.held_on(INTAKE, day),
                    offices.held_on(WORKSHOP, day),
                    offices.new_parameters,
                )
            board.leaving.clear()
            offices.new_parameters = None
            previous = day


def _frozen(numbers: Sequence[object], kind: type[Number]) -> NDArray[Number]:
    array = np.array(numbers, dtype=kind)
    array.flags.writeable = False
    return array
