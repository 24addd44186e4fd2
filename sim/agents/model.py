"""A department as a Mesa model: one step is one working day of the compiled engine."""

from __future__ import annotations

import weakref
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.agents.beneficiary_view import Beneficiary
from sim.agents.engine_door import RunningDepartment
from sim.agents.fields import BENEFICIARY, HOUSEHOLD
from sim.agents.staff_views import Caseworker, Office
from sim.agents.tables import Tables
from sim.agents.view_sets import AllAgents, Everybody, PeopleSet
from sim.engine.run_plan import RunPlan
from sim.engine.state import State
from sim.errors import Fault, InputError
from sim.events import EventLog
from sim.experiments.experiment import (
    LARGEST_SEED,
    Experiment,
    is_whole_number,
    run_plan_of,
    timeline_of,
)
from sim.experiments.runner import Replication, Results
from sim.outcomes.measures import ParametersInForce
from sim.outcomes.table import Outcomes, outcomes_of
from sim.policy import Scenario, load_scenario
from sim.units import date_of, day_number
from sim.vocabulary import Benefit

FIRST_OFFICE_ID = 1 << 57
FIRST_OTHER_ID = 1 << 58
"""Identities of offices and of agents of a user: never those of a person or of a post."""


class DepartmentModel(mesa.Model):  # type: ignore[misc]
    """Everybody in one department, from the eve of its first day.

    ``scenario`` is the name or the file of a scenario, a `Scenario`, or a `RunPlan`; ``share`` and
    ``months`` simulate a part of it, as `Scenario.scaled` and `Scenario.with_months`. With
    ``is_logging`` everything that happens is kept in ``log``. Models of one seed start from the
    same people and share every keyed draw.

    Agents appear when somebody asks for them: without observers a model costs what a run costs.
    Raises `InputError` for a scenario, a share, a number of months or a seed that is refused.
    """

    def __init__(
        self,
        scenario: str | Path | Scenario | RunPlan,
        seed: int = 1,
        share: float = 1.0,
        months: int | None = None,
        is_logging: bool = False,
    ) -> None:
        if not is_whole_number(seed, 0, LARGEST_SEED):
            accepted = f"a whole number from 0 to {LARGEST_SEED}"
            raise InputError([Fault("DepartmentModel", "seed", repr(seed), accepted)])
        super().__init__(seed=int(seed))
        self.scenario: Scenario | None = None
        """None for a model of a `RunPlan`."""
        if isinstance(scenario, RunPlan):
            plan = _part_of_plan(scenario, share, months)
        else:
            self.scenario = _scenario(scenario, share, months)
            plan = run_plan_of(self.scenario)
        self.department = RunningDepartment(plan, int(seed), is_logging=is_logging)
        self.tables = Tables(self.department, plan.base)
        self.moment = 0
        """Grows whenever rows, or who is here, may have changed."""
        self._followed = -1
        self._numbers = count(FIRST_OTHER_ID)
        self._known: dict[int, Beneficiary] = {}
        self._keys: NDArray[np.int64] | None = None
        self._keys_of_known: NDArray[np.int64] = np.zeros(0, np.int64)
        self._held: list[weakref.ref[PeopleSet]] = []
        self._rows_here: NDArray[np.intp] = np.zeros(0, np.intp)
        self._order: NDArray[np.intp] | None = None
        self.beneficiaries = Everybody(self)
        """Everybody who has not left for good, on RSA or off it for a while."""
        self._everything = AllAgents(self)
        self.caseworkers: tuple[Caseworker, ...] = tuple(
            Caseworker(self, identity, row) for row, identity in enumerate(self.department.post_ids)
        )
        """Every post of the roster, vacant ones included."""
        self.offices: tuple[Office, ...] = tuple(
            Office(self, FIRST_OFFICE_ID + row, territory)
            for row, territory in enumerate(plan.base.labels("territories"))
        )

    def __repr__(self) -> str:
        """One line: what is run, how far it is, and how many people are here."""
        end = date_of(self.department.plan.end_day - 1)
        name, seed = self.department.plan.name, self.department.seed
        people = f"{len(self.beneficiaries):,} beneficiaries"
        return f"DepartmentModel({name}, seed {seed}: {self.today}, until {end}, {people})"

    @property
    def today(self) -> date:
        """The last day that was lived; the eve of the run at first."""
        return date_of(self.department.day)

    def step(self) -> None:
        """Live up to the next working day and that day; after the last one, to the end."""
        if self.department.next_day is None:
            raise RuntimeError("the run is over: ask model.running before a step")
        self._before_rows_move()
        self.department.live_day()
        self.running = self.department.next_day is not None

    def run_until(self, last: date | str) -> None:
        """Make a step of every working day up to a date, included; days behind stay as they are.

        Of a moment, such as a ``Timestamp`` of pandas, its day counts. Raises ValueError for what
        is no date, such as ``2023-04-01``.
        """
        day = day_number(_date(last))
        while self.department.next_day is not None and self.department.next_day <= day:
            self.step()

    @property
    def agents(self) -> AllAgents:
        """Everybody: offices, caseworkers, beneficiaries, and agents that a user added."""
        return self._everything

    @property
    def agents_by_type(self) -> dict[type[mesa.Agent], Any]:
        """The same by class; beneficiaries as a `PeopleSet`."""
        return {**self._agents_by_type, Beneficiary: self.beneficiaries}

    @property
    def agent_types(self) -> list[type[mesa.Agent]]:
        """The classes of agents."""
        return list(self.agents_by_type)

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields of beneficiaries, those of their households included."""
        return tuple(field.name for field in (*BENEFICIARY, *HOUSEHOLD))

    @property
    def log(self) -> EventLog | None:
        """What happened so far; None without ``is_logging``."""
        return self.department.log

    def outcomes(self) -> Outcomes:
        """Every outcome of the finished run; raises RuntimeError while it goes on."""
        if self.running:
            end = date_of(self.department.plan.end_day - 1)
            raise RuntimeError(f"the run goes on until {end}: results are those of a whole run")
        ledger = self.department.finished(self.last_state())
        if self.scenario is not None:
            experiment = Experiment((self.scenario,), seed=self.department.seed, replications=1)
            return outcomes_of(ledger, timeline_of(self.scenario), experiment.since, ledger)
        plan = self.department.plan
        timeline = [
            ParametersInForce(day_number(day), parameters)
            for day, parameters in ((plan.start, plan.base), *plan.changes)
        ]
        return outcomes_of(ledger, timeline, reference=ledger)

    def results(self) -> Results:
        """What `run_experiment` gives for this scenario and seed: the same tables follow.

        Raises RuntimeError while the run goes on, and for a model of a `RunPlan`, which has
        `outcomes` only.
        """
        if self.scenario is None:
            raise RuntimeError("a RunPlan has no scenario to report on: ask for model.outcomes()")
        seconds = self.department.cpu_seconds
        one = Replication(0, self.department.seed, (self.outcomes(),), (), seconds)
        experiment = Experiment((self.scenario,), seed=self.department.seed, replications=1)
        return Results(experiment, (one,), is_cancelled=False, seconds=seconds)

    def last_state(self) -> State:
        """The people after the last day, as a run leaves them; good until the next step."""
        self._before_rows_move()
        return self.department.last_state()

    # What follows is for the views.

    def register_agent(self, agent: mesa.Agent) -> None:
        """As Mesa's, which from version 3.3 on keeps every model with an agent alive for ever."""
        mesa.Agent._ids.pop(self, None)
        agent.unique_id = next(self._numbers)
        super().register_agent(agent)

    def other_agents(self) -> list[mesa.Agent]:
        """Agents that are no beneficiaries."""
        return [agent for agent in self._agents if not isinstance(agent, Beneficiary)]

    def follow(self) -> None:
        """See who is here and in which rows, once for every moment."""
        if self._followed == self.moment:
            return
        self._followed = self.moment
        households, people = self.department.rows()
        home = np.ascontiguousarray(self.tables.raw("people", "household")[:people])
        is_gone = (self.tables.raw("households", "benefit")[:households] == Benefit.GONE)[home]
        self.tables.home = home
        self._rows_here = np.flatnonzero(~is_gone)
        self._order = self._keys = None
        if not self._known:
            return
        keys, before = self.keys, self._keys_of_known
        self._keys_of_known = keys
        for who in keys[is_gone].tolist():
            if who in self._known:
                self._known.pop(who).forget()
        if len(before) > people or not np.array_equal(keys[: len(before)], before):
            self._find_again()

    @property
    def keys(self) -> NDArray[np.int64]:
        """The identity of the person in each row."""
        self.follow()
        if self._keys is None:
            home = self.tables.home
            identity, member = (
                self.tables.raw("households", "id"),
                self.tables.raw("people", "member"),
            )
            self._keys = identity[home] + member[: len(home)] + 1
        return self._keys

    def rows_are_held(self, people: PeopleSet) -> None:
        """A set knows its people by row until the rows move."""
        self._held.append(weakref.ref(people))

    def _before_rows_move(self) -> None:
        for held in self._held:
            people = held()
            if people is not None:
                people.pinned()
        self._held.clear()
        self.moment += 1

    def _find_again(self) -> None:
        """Rows were dropped: every view is found by its identity."""
        rows = self._rows_here
        places = dict(zip(self.keys[rows].tolist(), rows.tolist(), strict=True))
        for who in [who for who in self._known if who not in places]:
            self._known.pop(who).forget()
        for who, view in self._known.items():
            view.found_at(places[who])

    @property
    def rows_here(self) -> NDArray[np.intp]:
        """Rows of people who have not left for good."""
        self.follow()
        return self._rows_here

    def identities(self, rows: NDArray[np.intp]) -> NDArray[np.int64]:
        """Identities of people by row."""
        found: NDArray[np.int64] = self.keys[rows]
        return found

    def rows_of(self, who: NDArray[np.int64]) -> NDArray[np.intp]:
        """Rows of those who are still here, in their order."""
        rows = self.rows_here
        keys = self.keys[rows]
        if not len(keys):
            return rows
        if self._order is None:
            self._order = np.argsort(keys)
        places = np.searchsorted(keys, who, sorter=self._order)
        found = self._order[np.minimum(places, len(keys) - 1)]
        here: NDArray[np.intp] = rows[found[keys[found] == who]]
        return here

    def views_of(self, who: NDArray[np.int64]) -> list[Beneficiary]:
        """The agents of some identities, made where nobody asked for them before."""
        known = self._known
        self._keys_of_known = self.keys
        missing = np.array([one for one in who.tolist() if one not in known], dtype=np.int64)
        for one, row in zip(missing.tolist(), self.rows_of(missing).tolist(), strict=True):
            known[one] = Beneficiary(self, one, row)
        return [known[one] for one in who.tolist()]

    def prepare_act(self) -> None:
        """Before a transition between two days: there is room for its records."""
        if not self.running:
            raise RuntimeError("the run is over: nothing can be done any more")
        if self.department.has_to_make_room():
            self._before_rows_move()
            self.department.make_room()

    def note_departure(self, household: int) -> None:
        """After a transition: somebody may have left for good."""
        if self.tables.raw("households", "benefit")[household] == Benefit.GONE:
            self.moment += 1


def _date(given: object) -> date:
    """The date of a date, of a moment, or of a text."""
    if isinstance(given, str):
        return date.fromisoformat(given)
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    raise ValueError(f"{given!r} is no date such as 2023-04-01")


def _scenario(given: str | Path | Scenario, share: float, months: int | None) -> Scenario:
    """The scenario to run."""
    scenario = given if isinstance(given, Scenario) else load_scenario(given)
    scenario = scenario if months is None else scenario.with_months(months)
    return scenario.scaled(share)


def _part_of_plan(plan: RunPlan, share: float, months: int | None) -> RunPlan:
    """The plan over other months; its parameters are taken as they are."""
    if share != 1.0:
        accepted = "1: the parameters of a RunPlan are scaled before it is made"
        raise InputError([Fault("DepartmentModel", "share", repr(share), accepted)])
    return plan if months is None else replace(plan, months=months)
