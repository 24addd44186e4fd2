"""The same people in every scenario: what became of those whom no policy can choose.

Two populations of adults with rights and duties: the *stock*, on RSA on the eve of the month of the
first change, and the *entrants*, whose household came for the first time in that month or later.
Lives are paired, so both are the same persons under every scenario of a seed, whoever entered
support, left or stayed. A window of so many calendar months begins with the month of the first
change, or of the entry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.ledger import Ledger
from sim.outcomes.definitions import OutcomeDefinition
from sim.population.life_courses import MONTHS_REMEMBERED, LifeCourses

Floats = NDArray[np.float64]
Read = Callable[["_Window"], NDArray[np.generic]]


@dataclass(frozen=True)
class _Window:
    """The members of a population, and their memories in the window: bit 0 is its last month.

    ``cell`` is cohort and territory of each as one number, ``persons`` how many are in each.
    """

    who: NDArray[np.int64]
    cell: NDArray[np.int64]
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
        self._windows: dict[tuple[bool, str, int], _Window] = {}

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
        is_remembered = shape.months - self._since < MONTHS_REMEMBERED
        is_compared = reading not in BESIDE or self._beside is not None
        if self._courses is None or self._since >= until or not (is_remembered and is_compared):
            return values, whole
        window = self._window(self._courses, population, months, is_beside=False)
        if reading in BESIDE:
            counts = self._sums(
                window.cell, self._differs(window, population, months, BESIDE[reading])
            )
            shown = counts
        else:
            counts = self._sums(window.cell, READINGS[reading](window))
            shown = _per_person(counts, window.persons)
        last = self._since + 1 if population == "stock" else until
        values[self._since : last] = shown[self._since : last]
        total = counts.sum(axis=0)
        if reading not in BESIDE:
            total = _per_person(total, window.persons.sum(axis=0))
        return values, total

    def _differs(
        self, window: _Window, population: str, months: int, sign: int
    ) -> NDArray[np.bool_]:
        """Of each member, whether it had a job here and not under the reference, or the reverse."""
        if self._beside is None:
            raise ValueError("there is no reference to differ from")
        other = self._window(self._beside, population, months, is_beside=True)
        if not len(other.who):
            return np.zeros(len(window.who), np.bool_)
        places = np.minimum(np.searchsorted(other.who, window.who), len(other.who) - 1)
        is_known = other.who[places] == window.who
        here = READINGS["job_within"](window).astype(np.int64)
        there = READINGS["job_within"](other).astype(np.int64)[places]
        return np.asarray(is_known & (sign * (here - there) > 0), dtype=np.bool_)

    def _window(
        self, courses: LifeCourses, population: str, months: int, *, is_beside: bool
    ) -> _Window:
        key = (is_beside, population, months)
        if key not in self._windows:
            self._windows[key] = self._opened(courses, population, months)
        return self._windows[key]

    def _opened(self, courses: LifeCourses, population: str, months: int) -> _Window:
        first = self._shape.first_month
        entered = courses.entered.astype(np.int64) - first
        if population == "stock":
            eve = courses.last_month - (first + self._since - 1)
            is_member = (entered < self._since) & ((courses.paid >> eve) & 1 == 1)
            cohort = np.full(len(courses), self._since)
        else:
            is_member = (entered >= self._since) & (entered + months <= self._shape.months)
            cohort = entered
        chosen = np.flatnonzero(is_member & courses.has_duties)
        begins = cohort[chosen]
        places = courses.territory[chosen].astype(np.int64)
        cell = begins * self._shape.territories + places
        ago = courses.last_month - (first + begins + months - 1)
        bits = (1 << months) - 1
        return _Window(
            courses.who[chosen],
            cell,
            self._sums(cell, None),
            *(
                (getattr(courses, name)[chosen] >> ago) & bits
                for name in ("paid", "worked", "lasting", "seen")
            ),
        )

    def _sums(self, cell: NDArray[np.int64], numbers: NDArray[np.generic] | None) -> Floats:
        """Sums (without numbers: counts) by cohort, all + territory."""
        shape = self._shape
        cells = shape.months * shape.territories
        if numbers is not None and numbers.dtype == np.bool_:
            cell, numbers = cell[numbers.astype(np.bool_)], None
        weights = None if numbers is None else numbers.astype(np.float64)
        found = np.bincount(cell, weights, cells).astype(np.float64)
        by_place = found.reshape(shape.months, shape.territories)
        return np.concatenate([by_place.sum(axis=1, keepdims=True), by_place], axis=1)


def _per_person(counts: Floats, persons: Floats) -> Floats:
    """Means; NaN where there is nobody."""
    found: Floats = np.divide(counts, persons, out=np.full(counts.shape, np.nan), where=persons > 0)
    return found
