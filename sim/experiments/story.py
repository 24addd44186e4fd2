"""One simulated life as a readable story, from the full log."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.engine.run import RunResult, run_plan
from sim.engine.starting_population import starting_population
from sim.engine.state import State
from sim.errors import Fault, InputError
from sim.events import COLUMNS, EventLog
from sim.experiments.experiment import run_plan_of
from sim.experiments.story_words import Teller
from sim.experiments.wording import Language
from sim.policy import Scenario
from sim.units import MINUTES_PER_DAY, date_of
from sim.vocabulary import (
    HOUSEHOLD_BITS,
    MEMBER_BITS,
    STREAM_BITS,
    Benefit,
    Record,
    Stream,
    household_id,
)

STREAM_LETTERS = {Stream.HISTORY: "h", Stream.ARRIVAL: "a"}
MEMBER_MASK = (1 << MEMBER_BITS) - 1
DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class Line:
    """One sentence of a story; ``until`` differs from ``date`` when it sums up several records."""

    date: str
    until: str
    records: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Story:
    """The life of one simulated person over a run."""

    person: str
    seed: int
    opening: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Lives:
    """A run with its full log, from which any life can be told."""

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

    def story(self, who: int, language: Language = "en") -> Story:
        """The life of one person, by identity."""
        rows = self.log.of_person(who & ~MEMBER_MASK, who)
        teller = Teller(self.scenario.base, language)
        opening = _opening(self.result, self.start, who, teller)
        return Story(name_of(who, self.scenario), self.seed, opening, tuple(_lines(rows, teller)))

    def eventful(self, count: int) -> list[int]:
        """Identities of persons to whom much happens, where the scenario acts if it does."""
        return _eventful(self.log, self.scenario, count)


def live(scenario: Scenario, seed: int) -> Lives:
    """Run a scenario with the full log."""
    plan = run_plan_of(scenario)
    start = starting_population(plan, seed)
    return Lives(scenario, seed, start, run_plan(plan, seed, start=start, is_logging=True))


def tell(scenario: Scenario, seed: int, person: str | None = None) -> Story:
    """Run a scenario and tell the life of one person (default: one to whom much happens).

    Raises `InputError` when the run knows nobody of that name.
    """
    lives = live(scenario, seed)
    who = lives.eventful(1)[0] if person is None else identity(person, scenario)
    if not (lives.result.last.households["id"] == who & ~MEMBER_MASK).any():
        example = name_of(lives.eventful(1)[0], scenario)
        raise InputError([Fault("command line", "person", repr(person), f"such as {example}")])
    _check_member(lives.result.last, who, person, scenario)
    return lives.story(who)


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


def _opening(result: RunResult, start: State, who: int, teller: Teller) -> str:
    """Who the person is on the first day, or that it comes later."""
    day = date_of(start.day)
    found = np.flatnonzero(start.households["id"] == who & ~MEMBER_MASK)
    if not len(found):
        return teller.stranger(day)
    household = start.households[int(found[0])]
    person = start.people[int(household["first"]) + (who & MEMBER_MASK) - 1]
    parameters = result.parameters
    return teller.opening(
        day,
        age=int((start.day - int(person["birth"])) / DAYS_PER_YEAR),
        territory=parameters.labels("territories")[int(household["territory"])],
        is_paid=bool(household["benefit"] == Benefit.PAID),
        since=date_of(int(household["since"])),
        barriers=[
            label
            for number, label in enumerate(parameters.labels("barriers"))
            if int(person["barriers"]) >> number & 1
        ],
    )


def _lines(rows: np.ndarray[tuple[int, int], np.dtype[np.int64]], teller: Teller) -> list[Line]:
    """Sentences; consecutive contacts are summed up in one."""
    lines: list[Line] = []
    contacts: list[tuple[int, ...]] = []
    for cells in rows.tolist():
        row = tuple(cells)
        if teller.is_contact(Record(row[COLUMNS.index("kind")])):
            contacts.append(row)
            continue
        text = teller.sentence(row)
        if text is None:
            continue
        if contacts:
            lines.append(_line(contacts, teller.contacts(contacts)))
            contacts = []
        lines.append(_line([row], text))
    if contacts:
        lines.append(_line(contacts, teller.contacts(contacts)))
    return lines


def _line(rows: list[tuple[int, ...]], text: str) -> Line:
    days = [date_of(row[0] // MINUTES_PER_DAY).isoformat() for row in (rows[0], rows[-1])]
    kinds = dict.fromkeys(Record(row[COLUMNS.index("kind")]).name.lower() for row in rows)
    return Line(days[0], days[1], tuple(kinds), text)
