"""Entrants to support and their hires, person by person, from the log of a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.engine.state import State
from sim.events import COLUMNS
from sim.units import MINUTES_PER_DAY
from sim.vocabulary import Benefit, Record

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]

NO_JOB = -1


@dataclass(frozen=True)
class Entrants:
    """Who entered support, once each, by increasing identity.

    ``day`` is that of the first entry, ``pathway`` the one entered then; ``was_there`` says who had
    rights and duties on RSA on the eve.
    """

    who: Whole
    day: Floats
    pathway: Whole
    was_there: Flags

    def part(self, kept: Flags) -> Entrants:
        """Some of them."""
        return Entrants(self.who[kept], self.day[kept], self.pathway[kept], self.was_there[kept])


@dataclass(frozen=True)
class Hires:
    """Jobs and trainings, also those begun before the eve; ``end`` is infinite while they last."""

    who: Whole
    type: Whole
    begin: Floats
    end: Floats

    def part(self, kept: Flags) -> Hires:
        """Some of them."""
        return Hires(self.who[kept], self.type[kept], self.begin[kept], self.end[kept])


@dataclass(frozen=True)
class Followed:
    """The days after an eve: who was there, and the log from then on.

    ``territory`` is the index of the one that is read; rows before the eve are left out.
    """

    eve: State
    rows: NDArray[np.int64]
    territory: int

    @classmethod
    def of(cls, eve: State, rows: NDArray[np.int64], territory: int) -> Followed:
        """From a log that may begin before the eve."""
        return cls(eve, rows[rows[:, 0] >= eve.day * MINUTES_PER_DAY], territory)

    @cached_property
    def there(self) -> Whole:
        """Persons with rights and duties on RSA in the territory on the eve, in order."""
        people, households = self.eve.people, self.eve.households
        home = people["household"]
        is_in = (people["has_duties"] == 1) & (households["benefit"][home] == Benefit.PAID)
        is_in &= households["territory"][home] == self.territory
        return np.sort(self._identities()[is_in])

    def told(self, kind: Record) -> dict[str, NDArray[np.int64]]:
        """The rows of a kind in the territory, by column."""
        is_kept = self._column("kind") == kind
        is_kept &= self._column("territory") == self.territory
        return dict(zip(COLUMNS, self.rows[is_kept].T, strict=True))

    def entrants(self, since: int, until: float) -> Entrants:
        """First entries into support from a day on and before another one."""
        told = self.told(Record.SUPPORT_STARTED)
        day = told["time"] / MINUTES_PER_DAY
        kept = (day >= since) & (day < until)
        who, day, pathway = told["who"][kept], day[kept], told["pathway"][kept]
        order = np.lexsort((day, who))
        first = order[np.unique(who[order], return_index=True)[1]]
        was_there = np.isin(who[first], self.there)
        return Entrants(who[first], day[first], pathway[first], was_there)

    @cached_property
    def hires(self) -> Hires:
        """All occupations, in order of person and begin.

        A person has one at a time: the next row of a person after a begin is its end.
        """
        kind = self._column("kind")
        began, ended = kind == Record.JOB_STARTED, kind == Record.JOB_ENDED
        held = self.eve.people["job"] != NO_JOB
        told = self.rows[began | ended]
        days = told[:, COLUMNS.index("time")] / MINUTES_PER_DAY
        people = self.eve.people[held]
        who: Whole = np.append(self._identities()[held], told[:, COLUMNS.index("who")])
        types: Whole = np.append(people["job"].astype(np.int64), told[:, COLUMNS.index("detail")])
        times: Floats = np.append(people["job_start"].astype(np.float64), days)
        begins: Flags = np.append(np.ones(len(people), np.bool_), began[began | ended])
        # Who is in one on the eve began it first; then as the log has it.
        is_told: Flags = np.append(np.zeros(len(people), np.bool_), np.ones(len(told), np.bool_))
        order = np.lexsort((times, is_told, who))
        person, begin, is_begin = who[order], times[order], begins[order]
        is_ended = np.append((person[1:] == person[:-1]) & ~is_begin[1:], False)
        end: Floats = np.where(is_ended, np.append(begin[1:], np.inf), np.inf)
        return Hires(person, types[order], begin, end).part(is_begin)

    def _identities(self) -> Whole:
        household = self.eve.people["household"]
        found: Whole = self.eve.households["id"][household] + self.eve.people["member"] + 1
        return found

    def _column(self, name: str) -> NDArray[np.int64]:
        return self.rows[:, COLUMNS.index(name)]


def any_of(entrants: Entrants, who: Whole, kept: Flags) -> Flags:
    """Whether each entrant is the person of one of the rows that are kept."""
    return np.isin(entrants.who, who[kept])


def entered_on(entrants: Entrants, who: Whole) -> Floats:
    """Day of entry of each person; infinite for who did not enter."""
    if not len(entrants.who):
        return np.full(len(who), np.inf)
    place = np.minimum(np.searchsorted(entrants.who, who), len(entrants.who) - 1)
    return np.where(entrants.who[place] == who, entrants.day[place], np.inf)


def in_pathways(entrants: Entrants, pathways: Iterable[int]) -> Entrants:
    """Those who entered one of them."""
    return entrants.part(np.isin(entrants.pathway, list(pathways)))
