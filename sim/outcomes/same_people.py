"""The same people in every scenario: what became of those whom no policy can choose.

Two populations of adults with rights and duties: the *stock*, on RSA on the eve of the month of the
first change, and the *entrants*, whose household came for the first time in that month or later.
Lives are paired, so both are the same persons under every scenario of a seed, whoever entered
support, left or stayed. A window of so many calendar months begins with the month of the first
change, or of the entry; an open one ends with the run.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.ledger import Ledger
from sim.outcomes.definitions import OutcomeDefinition
from sim.population.life_courses import MONTHS_REMEMBERED, LifeCourses

Floats = NDArray[np.float64]
Cells = NDArray[np.int64]
Read = Callable[["_Window"], NDArray[np.generic]]


@dataclass(frozen=True)
class _Window:
    """The members of a population, and their memories in the window: bit 0 is its last month.

    ``cell`` is cohort and territory of each as one number, ``persons`` how many are in each.
    """

    who: NDArray[np.int64]
    cell: Cells
    persons: Floats
    paid: NDArray[np.int64]
    worked: NDArray[np.int64]
    lasting: NDArray[np.int64]
    seen: NDArray[np.int64]


READINGS: dict[str, Read] = {
    "job_within": lambda window: window.worked != 0,
    "lasting_job_within": lambda window: window.lasting != 0,
    "in_job_at": lambda window: window.worked & 1,
    "off_rsa_at": lambda window: 1 - (window.paid & 1),
    "months_worked": lambda window: np.bitwise_count(window.worked),
    "months_on_rsa": lambda window: np.bitwise_count(window.paid),
    "months_with_contact": lambda window: np.bitwise_count(window.seen),
}
"""What is read of each person; the numbers of an outcome are means of it."""
BESIDE = {"gained_job": 1, "lost_job": -1}
"""Counts of persons whose ``job_within`` differs from that under the reference."""


class SamePeople:
    """What became of the same people in one run.

    ``since`` is the month of the first change (0: the first of the run), ``beside`` the courses of
    the same people under the reference, if this run is compared with one.
    """

    def __init__(self, ledger: Ledger, since: int, beside: LifeCourses | None) -> None:
        self._shape = ledger.shape
        self._courses = ledger.courses
        self._since = since
        self._beside = beside
        self._windows: dict[tuple[bool, str, int | None], _Window] = {}
        self._read_means: dict[tuple[str, int], dict[str, tuple[Floats, Floats]]] = {}
        self._read_changes: dict[tuple[str, int], dict[str, tuple[Floats, Floats]]] = {}

    def read(self, definition: OutcomeDefinition) -> tuple[Floats, Floats]:
        """An outcome by (month of the cohort, all + territory), and over the whole period.

        NaN for cohorts that were not observed long enough, that nobody remembers, or empty ones.
        """
        measure, shape = definition.measure, self._shape
        months, reading = measure.months or 0, measure.reading or ""
        population = measure.population or ""
        values = np.full((shape.months, shape.territories + 1), np.nan)
        whole = np.full(shape.territories + 1, np.nan)
        until = shape.months - months + 1
        is_compared = reading not in BESIDE or self._beside is not None
        if self._courses is None or not (self._knows(months) and is_compared):
            return values, whole
        if reading in BESIDE:
            shown, total = self._changes(population, months)[reading]
        else:
            shown, total = self._means(self._courses, population, months)[reading]
        last = self._since + 1 if population == "stock" else until
        values[self._since : last] = shown[self._since : last]
        return values, total

    def total(self, reading: str, population: str, months: int | None) -> float:
        """The sum of a reading over a population; NaN where nothing is known.

        ``months`` of the window, or None for the open one: from the first change, or the entry, to
        the end of the run.
        """
        if self._courses is None or not self._knows(months or 1):
            return math.nan
        window = self._window(self._courses, population, months, is_beside=False)
        return float(READINGS[reading](window).sum())

    def _knows(self, months: int) -> bool:
        """Whether the run is long enough for a window, and not too long to be remembered."""
        length = self._shape.months
        is_remembered = length - self._since < MONTHS_REMEMBERED
        return self._since < length - months + 1 and is_remembered

    def _means(
        self, courses: LifeCourses, population: str, months: int
    ) -> dict[str, tuple[Floats, Floats]]:
        """Every reading of a window, by cohort and over all cohorts: counted together."""
        key = (population, months)
        if key not in self._read_means:
            window = self._window(courses, population, months, is_beside=False)
            counts = self._sums(window.cell, [read(window) for read in READINGS.values()])
            shown = _per_person(counts, window.persons)
            whole = _per_person(counts.sum(axis=1), window.persons.sum(axis=0))
            self._read_means[key] = {
                name: (shown[place], whole[place]) for place, name in enumerate(READINGS)
            }
        return self._read_means[key]

    def _changes(self, population: str, months: int) -> dict[str, tuple[Floats, Floats]]:
        """Persons who gained and who lost a job, by cohort and over all cohorts."""
        key = (population, months)
        if key not in self._read_changes:
            if self._courses is None or self._beside is None:
                raise ValueError("there is no reference to differ from")
            window = self._window(self._courses, population, months, is_beside=False)
            other = self._window(self._beside, population, months, is_beside=True)
            gap = _more_jobs(window, other)
            counts = self._sums(window.cell, [gap == sign for sign in BESIDE.values()])
            whole = counts.sum(axis=1)
            self._read_changes[key] = {
                name: (counts[place], whole[place]) for place, name in enumerate(BESIDE)
            }
        return self._read_changes[key]

    def _window(
        self, courses: LifeCourses, population: str, months: int | None, *, is_beside: bool
    ) -> _Window:
        key = (is_beside, population, months)
        if key not in self._windows:
            self._windows[key] = self._opened(courses, population, months)
        return self._windows[key]

    def _opened(self, courses: LifeCourses, population: str, months: int | None) -> _Window:
        first, length = self._shape.first_month, self._shape.months
        entered = courses.entered.astype(np.int64) - first
        if population == "stock":
            eve = courses.last_month - (first + self._since - 1)
            is_member = (entered < self._since) & ((courses.paid >> eve) & 1 == 1)
            cohort = np.full(len(courses), self._since)
        else:
            is_member = (entered >= self._since) & (entered + (months or 1) <= length)
            cohort = entered
        chosen = np.flatnonzero(is_member & courses.has_duties)
        begins = cohort[chosen]
        places = courses.territory[chosen].astype(np.int64)
        cell = begins * self._shape.territories + places
        counted = length - begins if months is None else np.full(len(begins), months)
        ago = courses.last_month - (first + begins + counted - 1)
        bits = (np.int64(1) << counted) - 1
        return _Window(
            courses.who[chosen],
            cell,
            self._sums(cell, [np.ones(len(cell))])[0],
            *(
                (getattr(courses, name)[chosen] >> ago) & bits
                for name in ("paid", "worked", "lasting", "seen")
            ),
        )

    def _sums(self, cell: Cells, numbers: Sequence[NDArray[np.generic]]) -> Floats:
        """Sums of each of some numbers by cohort, all + territory."""
        shape = self._shape
        cells, count = shape.months * shape.territories, len(numbers)
        places = (cell + cells * np.arange(count)[:, None]).ravel()
        weights = np.concatenate([one.astype(np.float64) for one in numbers])
        found = np.bincount(places, weights, cells * count)
        by_place = found.reshape(count, shape.months, shape.territories)
        return np.concatenate([by_place.sum(axis=2, keepdims=True), by_place], axis=2)


def _more_jobs(window: _Window, other: _Window) -> Cells:
    """Of each member: 1 with a job here and not there, -1 the reverse, else 0."""
    if not len(other.who):
        return np.zeros(len(window.who), np.int64)
    order = np.argsort(other.who)
    places = order[np.minimum(np.searchsorted(other.who, window.who, sorter=order), len(order) - 1)]
    is_known = other.who[places] == window.who
    read = READINGS["job_within"]
    gap: Cells = read(window).astype(np.int64) - read(other).astype(np.int64)[places]
    return np.where(is_known, gap, 0)


def _per_person(counts: Floats, persons: Floats) -> Floats:
    """Means; NaN where there is nobody."""
    found: Floats = np.divide(counts, persons, out=np.full(counts.shape, np.nan), where=persons > 0)
    return found
