"""The one file of the Mesa window that calls the engine: a running department, day by day.

Between two working days an intervention does what every action of an office does: clocks are read
up to the end of the last day, the transition acts, the life looks ahead anew. Lives that it does
not touch go on as if nothing had been done.
"""

from __future__ import annotations

import time
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.compiled import entry, kernel
from sim.engine.run import begin_run
from sim.engine.run_plan import RunPlan
from sim.engine.state import State
from sim.events import EventLog
from sim.ledger import Ledger
from sim.processes.benefit import leave_rsa
from sim.processes.jobs import end_occupation
from sim.processes.living.lives import fire_household, fire_person, resume, settle_to
from sim.processes.meetings import count_meeting
from sim.processes.orientation import orient
from sim.processes.portfolio import find_lightest, needs, open_roles, requeue, take_place
from sim.processes.resources import update_below
from sim.processes.sanctions import sanction
from sim.randomness import uniform
from sim.units import day_number
from sim.vocabulary import OrientedBy, post_id
from sim.world.codes import BARRIERS, CLASS_LEAVING, JOB_FINDING, MOVE, REENTRY, RUPTURE
from sim.world.reading import person_key
from sim.world.world import HOUSEHOLDS, LOG_ROWS, PEOPLE, World


class Act(IntEnum):
    """What can be done to a life between two days; ``detail`` says which or how much."""

    SETTLE = 0
    RESUME = 1
    FIND_OCCUPATION = 2
    END_OCCUPATION = 3
    LOSE_CONTRACT = 4
    LEAVE_STAYERS = 5
    CHANGE_BARRIER = 6
    LEAVE_RSA = 7
    ENTER_RSA = 8
    MOVE = 9
    SANCTION = 10
    ORIENT = 11
    START_SUPPORT = 12
    REQUEUE = 13
    MEET = 14


RECORDS_OF_AN_ACT = 200
"""Far more than an act on one household can write."""
BY_SESSION = int(OrientedBy.SESSION)


@entry
def intervene(
    w: World, row: int, person: int, act: int, detail: int, size: float, day: int
) -> bool:
    """Do one act to a household or one of its adults; returns whether it took place."""
    done = True
    if act != Act.RESUME:
        settle_to(w, row, day + 1.0)
    if act >= Act.ORIENT:
        done = act_as_office(w, person, act, detail, size, day)
    elif act > Act.RESUME:
        act_on_life(w, row, person, act, detail, day)
    if act != Act.SETTLE:
        update_below(w, row, float(day))
        resume(w, row, day + 1.0)
    return done


@kernel
def act_on_life(w: World, row: int, person: int, act: int, detail: int, day: int) -> None:
    """What happens to a life by itself: as if its clock had fired, or its date had come."""
    time = float(day)
    if act == Act.FIND_OCCUPATION:
        fire_person(w, row, person, JOB_FINDING, time)
    elif act == Act.END_OCCUPATION:
        end_occupation(w, row, person, time)
    elif act == Act.LOSE_CONTRACT:
        fire_person(w, row, person, RUPTURE, time)
    elif act == Act.LEAVE_STAYERS:
        fire_person(w, row, person, CLASS_LEAVING, time)
    elif act == Act.CHANGE_BARRIER:
        fire_person(w, row, person, BARRIERS + detail, time)
    elif act == Act.LEAVE_RSA:
        leave_rsa(w, row, time, detail)
    elif act == Act.ENTER_RSA:
        fire_household(w, row, REENTRY, time)
    elif act == Act.MOVE:
        fire_household(w, row, MOVE, time)
    elif act == Act.SANCTION:
        sanction(w, day, person, person_key(w, person))


@kernel
def act_as_office(w: World, person: int, act: int, detail: int, size: float, day: int) -> bool:
    """What an office does for a person; False without a place in a portfolio."""
    p = w.people[person]
    territory = w.households[p.household].territory
    if act == Act.ORIENT:
        orient(w, day, person, float(day), BY_SESSION)
    elif act == Act.START_SUPPORT:
        needed = needs(w, territory, p.pathway)
        lightest = np.full(w.spent.shape[1], -1)
        find_lightest(w, territory, needed, lightest)
        if needed & open_roles(lightest) != needed:
            return False
        take_place(w, day, person, lightest)
    elif act == Act.REQUEUE:
        requeue(w, day, person, detail)
    elif act == Act.MEET:
        count_meeting(w, day, person, size)
    return True


@entry
def own_chance(w: World, person: int, decision: int, count: int) -> float:
    """A draw of a person for a decision."""
    return uniform(person_key(w, person), decision, count)


class RunningDepartment:
    """A run of the compiled engine that stops after each working day."""

    def __init__(self, plan: RunPlan, seed: int, *, is_logging: bool) -> None:
        self.plan = plan
        self.seed = seed
        run = begin_run(plan, seed, is_logging=is_logging)
        self._people: Any = run.people
        self._journey = run.journey
        self._is_logging = is_logging
        first = day_number(plan.start)
        self._coming = [day for day in reversed(run.calendar.open_days) if day >= first]
        self.day = first - 1
        """The last day that was lived, the eve of the run at first."""
        self.cpu_seconds = 0.0

    @property
    def next_day(self) -> int | None:
        """The next working day; None at the end."""
        return self._coming[-1] if self._coming else None

    def live_day(self) -> None:
        """Live up to the next working day and that day; after the last one, to the end."""
        began = time.thread_time()
        self.day = self._coming.pop()
        self._journey.go_before(self.day + 1)
        if not self._coming:
            self._journey.end(self.plan.end_day)
            self.day = self.plan.end_day - 1
        self.cpu_seconds += time.thread_time() - began

    @property
    def world(self) -> Any:
        """The arrays of the run; another object after its tables were made anew."""
        return self._people.world

    def rows(self) -> tuple[int, int]:
        """Numbers of rows of households and of people in use."""
        state = self.world.state
        return int(state[HOUSEHOLDS]), int(state[PEOPLE])

    @property
    def caseworkers(self) -> NDArray[np.int16]:
        """By row of people: rows of the posts that support the person, -1 without."""
        caseworkers: NDArray[np.int16] = self.world.caseworkers
        return caseworkers

    @property
    def post_ids(self) -> tuple[int, ...]:
        """The identity of each post, by row."""
        return tuple(
            post_id(post.territory, post.role, post.is_additional, post.number)
            for post in self._people.posts
        )

    @property
    def ledger(self) -> Ledger:
        """What was counted so far."""
        ledger: Ledger = self._people.ledger
        return ledger

    def finished(self, last: State) -> Ledger:
        """The ledger of a run that is over, as a plain run leaves it with its ``last`` state."""
        ledger: Ledger = self._people.finished(last)
        return ledger

    @property
    def log(self) -> EventLog | None:
        """What happened so far, when logging."""
        log: EventLog | None = self._people.log
        return log

    def last_state(self) -> State:
        """The people of the last day, as a plain run leaves them."""
        state: State = self._people.state(self.day + 1)
        return state

    def has_to_make_room(self) -> bool:
        """Whether the log may be too short for the records of an intervention."""
        if not self._is_logging:
            return False
        return len(self.world.log) - int(self.world.state[LOG_ROWS]) < RECORDS_OF_AN_ACT

    def make_room(self) -> None:
        """Have room for the records of interventions; rows may move."""
        self._people.live_until(self.day, self.day)

    def act(self, row: int, person: int, act: Act, detail: int = 0, size: float = 0.0) -> bool:
        """One act on the household of ``row`` or on its adult of row ``person``."""
        return bool(intervene(self.world, row, person, int(act), detail, size, self.day))

    def chance(self, person: int, decision: int, count: int) -> float:
        """A draw between 0 and 1 that is the person's own."""
        return float(own_chance(self.world, person, decision, count))

    def column(self, table: str, name: str) -> NDArray[Any]:
        """One column of a table, all rows, free ones included."""
        return np.asarray(getattr(self.world, table))[name]
