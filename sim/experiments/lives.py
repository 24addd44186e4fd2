"""Simulated lives one by one, from the full log: who somebody is, and what happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sim.engine.run import RunResult, run_plan
from sim.engine.starting_population import starting_population
from sim.engine.state import State
from sim.errors import Fault, InputError
from sim.events import COLUMNS, EventLog
from sim.experiments.experiment import run_plan_of
from sim.parameters import Parameters
from sim.policy import Scenario
from sim.units import date_of
from sim.vocabulary import (
    HOUSEHOLD_BITS,
    MEMBER_BITS,
    STREAM_BITS,
    Benefit,
    Stream,
    household_id,
)

STREAM_LETTERS = {Stream.HISTORY: "h", Stream.ARRIVAL: "a"}
MEMBER_MASK = (1 << MEMBER_BITS) - 1
DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class FirstDay:
    """Who a known person is on the first day; places and barriers by their labels."""

    age: int
    territory: str
    is_paid: bool
    since: date
    """The day from which the household is paid, or is not."""
    barriers: tuple[str, ...]


@dataclass(frozen=True)
class Life:
    """The life of one simulated person over a run.

    ``first_day`` is None for somebody who comes later. ``records`` are rows of the log in their
    order, with the columns of `sim.events`; ``parameters`` name what their numbers stand for.
    """

    person: str
    seed: int
    day: date
    first_day: FirstDay | None
    records: Sequence[Sequence[int]]
    parameters: Parameters

    def __repr__(self) -> str:
        """One line: who, and how much happens."""
        return f"Life({self.person}, seed {self.seed}, {len(self.records)} records)"


@dataclass(frozen=True)
class Lives:
    """A run with its full log, from which any life can be read."""

    scenario: Scenario
    seed: int
    start: State
    result: RunResult

    @property
    def log(self) -> EventLog:
        """The full log of the run."""
        if self.result.log is None:
            raise RuntimeError("a run with logging returned no log")
        return self.result.log

    def life(self, who: int) -> Life:
        """The life of one person, by identity."""
        return Life(
            person=name_of(who, self.scenario),
            seed=self.seed,
            day=date_of(self.start.day),
            first_day=_first_day(self.result.parameters, self.start, who),
            records=self.log.of_person(who & ~MEMBER_MASK, who).tolist(),
            parameters=self.scenario.base,
        )

    def eventful(self, count: int) -> list[int]:
        """Identities of persons to whom much happens, where the scenario acts if it does."""
        return _eventful(self.log, self.scenario, count)


def live(scenario: Scenario, seed: int) -> Lives:
    """Run a scenario with the full log."""
    plan = run_plan_of(scenario)
    start = starting_population(plan, seed)
    return Lives(scenario, seed, start, run_plan(plan, seed, start=start, is_logging=True))


def life_of(scenario: Scenario, seed: int, person: str | None = None) -> Life:
    """Run a scenario and read the life of one person (default: one to whom much happens).

    Raises `InputError` when the run knows nobody of that name.
    """
    lives = live(scenario, seed)
    who = lives.eventful(1)[0] if person is None else identity(person, scenario)
    if not (lives.result.last.households["id"] == who & ~MEMBER_MASK).any():
        example = name_of(lives.eventful(1)[0], scenario)
        raise InputError([Fault("command line", "person", repr(person), f"such as {example}")])
    _check_member(lives.result.last, who, person, scenario)
    return lives.life(who)


def name_of(who: int, scenario: Scenario) -> str:
    """The readable name of an identity: territory, stream and number, member."""
    packed, member = who >> MEMBER_BITS, who & MEMBER_MASK
    origin, number = packed >> HOUSEHOLD_BITS, packed & ((1 << HOUSEHOLD_BITS) - 1)
    territory = scenario.base.labels("territories")[origin >> STREAM_BITS]
    stream = STREAM_LETTERS[Stream(origin & ((1 << STREAM_BITS) - 1))]
    return f"{territory}-{stream}{number}-{member}"


def identity(name: str, scenario: Scenario) -> int:
    """The identity behind a name (or a whole number as in the log); raises `InputError`."""
    accepted = "a name such as territory-h123-1 (as printed by trace), or the number in the log"
    refused = InputError([Fault("command line", "person", repr(name), accepted)])
    if name.isascii() and name.isdigit():
        return int(name)
    territory, _, rest = name.partition("-")
    stream_and_number, _, member = rest.partition("-")
    territories = scenario.base.labels("territories")
    streams = {letter: stream for stream, letter in STREAM_LETTERS.items()}
    letter, number = stream_and_number[:1], stream_and_number[1:]
    if territory not in territories or letter not in streams:
        raise refused
    if not (number.isascii() and number.isdigit() and member.isascii() and member.isdigit()):
        raise refused
    household = household_id(territories.index(territory), streams[letter], int(number))
    return household + int(member)


def _check_member(last: State, who: int, person: str | None, scenario: Scenario) -> None:
    row = int(np.flatnonzero(last.households["id"] == who & ~MEMBER_MASK)[0])
    members = int(last.households["members"][row])
    if not 1 <= who & MEMBER_MASK <= members:
        first = name_of((who & ~MEMBER_MASK) + 1, scenario)
        accepted = f"{first}; this household has {members} adult(s)"
        raise InputError([Fault("command line", "person", repr(person), accepted)])


def _eventful(log: EventLog, scenario: Scenario, count: int) -> list[int]:
    """Persons with most kinds of records, in a territory that changes if there is one."""
    who = log.rows[:, COLUMNS.index("who")]
    is_person = (who > 0) & ((who & MEMBER_MASK) > 0)
    changed = {
        path.split(".")[1]
        for change in scenario.timeline
        for path in change.changes
        if path.startswith("territories.")
    }
    labels = scenario.base.labels("territories")
    places = [labels.index(label) for label in labels if label in changed]
    if places:
        is_person &= np.isin(log.rows[:, COLUMNS.index("territory")], places)
    rows = log.rows[is_person]
    if not len(rows):
        raise InputError([Fault("trace", "", "no person in the log", "a longer run")])
    pairs = np.unique(rows[:, [COLUMNS.index("who"), COLUMNS.index("kind")]], axis=0)
    people, kinds = np.unique(pairs[:, 0], return_counts=True)
    order = np.argsort(-kinds, kind="stable")[:count]
    return [int(who) for who in people[order]]


def _first_day(parameters: Parameters, start: State, who: int) -> FirstDay | None:
    """Who the person is on the first day; None for one that comes later."""
    found = np.flatnonzero(start.households["id"] == who & ~MEMBER_MASK)
    if not len(found):
        return None
    household = start.households[int(found[0])]
    person = start.people[int(household["first"]) + (who & MEMBER_MASK) - 1]
    return FirstDay(
        age=int((start.day - int(person["birth"])) / DAYS_PER_YEAR),
        territory=parameters.labels("territories")[int(household["territory"])],
        is_paid=bool(household["benefit"] == Benefit.PAID),
        since=date_of(int(household["since"])),
        barriers=tuple(
            label
            for number, label in enumerate(parameters.labels("barriers"))
            if int(person["barriers"]) >> number & 1
        ),
    )
