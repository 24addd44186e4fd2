"""How a run is read for what was published: population, exposure and definition of each source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, NamedTuple

import numpy as np

from calibration.pilots.entrants import (
    Entrants,
    Flags,
    Floats,
    Followed,
    Hires,
    any_of,
    entered_on,
    in_pathways,
)
from sim.experiments.last_day import flags_of_jobs
from sim.parameters import Parameters
from sim.units import DAYS_PER_MONTH, MINUTES_PER_DAY, day_number
from sim.vocabulary import Record

Kind = Literal["entrants", "job", "in_job", "helped", "pathway", "reached", "wait"]
Definition = Literal["day", "month", "six_months", "outcome"]

A_MONTH_DAYS = 30.0
COUNTS: tuple[Kind, ...] = ("entrants", "helped")
"""Readings that are numbers of persons."""


class Tally(NamedTuple):
    """A sum and what it is divided by; those of several places add up."""

    total: float
    among: float

    def __add__(self, other: object) -> Tally:
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(self.total + other.total, self.among + other.among)

    @property
    def mean(self) -> float:
        """The sum for each one; NaN among none."""
        return self.total / self.among if self.among else float("nan")


@dataclass(frozen=True)
class Reading:
    """What is read, of whom, over which time; ``observed`` is the last day that counts.

    Entrants count from ``since`` on. ``within_months`` keeps those who were observed so long, and
    so many months of each; ``least_months`` keeps them too, with all that was observed.
    ``counts_held`` takes who has such a job on the day of entry for somebody who found one.
    """

    kind: Kind
    since: date
    observed: date
    definition: Definition = "day"
    within_months: int | None = None
    least_months: int | None = None
    pathways: tuple[str, ...] = ()
    counts_held: bool = False

    @property
    def since_day(self) -> int:
        """The first day of entry."""
        return day_number(self.since)

    @property
    def until_day(self) -> int:
        """The day after the last one."""
        return day_number(self.observed + timedelta(days=1))


def tally(reading: Reading, told: Followed, parameters: Parameters) -> Tally:
    """A reading of a run."""
    return READERS[reading.kind](reading, told, parameters)


def counted(hires: Hires, definition: Definition, parameters: Parameters) -> Hires:
    """The occupations that a definition counts."""
    if definition == "outcome":
        return hires
    name = "is_durable" if definition == "six_months" else "is_job"
    kept = flags_of_jobs(parameters, name)[hires.type]
    if definition == "month":
        kept = kept & (hires.end - hires.begin >= A_MONTH_DAYS)
    return hires.part(kept)


def found_job(entrants: Entrants, jobs: Hires, last: Floats, counts_held: bool) -> Flags:
    """Whether each entrant begins a job from the day of entry on and before the day ``last``."""
    entry = entered_on(entrants, jobs.who)
    end = entered_on(replace(entrants, day=last), jobs.who)
    is_new = (jobs.begin >= entry) & (jobs.begin < end)
    if counts_held:
        is_new |= (jobs.begin < entry) & (jobs.end > entry) & np.isfinite(entry)
    return any_of(entrants, jobs.who, is_new)


def _exposed(reading: Reading, told: Followed, parameters: Parameters) -> tuple[Entrants, Floats]:
    """Entrants that a source could observe, and the day to which each one is."""
    entrants = told.entrants(reading.since_day, reading.until_day)
    if reading.pathways:
        entrants = in_pathways(entrants, _indices(reading, parameters))
    within, until = reading.within_months, float(reading.until_day)
    least = max(within or 0, reading.least_months or 0)
    entrants = entrants.part(entrants.day + least * DAYS_PER_MONTH <= until)
    if within is None:
        return entrants, np.full(len(entrants.who), until)
    return entrants, entrants.day + within * DAYS_PER_MONTH


def _indices(reading: Reading, parameters: Parameters) -> list[int]:
    labels = parameters.labels("pathways")
    return [labels.index(label) for label in reading.pathways]


def _entrants(reading: Reading, told: Followed, parameters: Parameters) -> Tally:
    return Tally(float(len(_exposed(reading, told, parameters)[0].who)), 1.0)


def _job(reading: Reading, told: Followed, parameters: Parameters) -> Tally:
    entrants, last = _exposed(reading, told, parameters)
    jobs = counted(told.hires, reading.definition, parameters)
    found = found_job(entrants, jobs, last, reading.counts_held)
    return Tally(float(found.sum()), float(len(found)))


def _helped(reading: Reading, told: Followed, parameters: Parameters) -> Tally:
    return Tally(_job(reading, told, parameters).total, 1.0)


def _in_job(reading: Reading, told: Followed, parameters: Parameters) -> Tally:
    entrants, last = _exposed(reading, told, parameters)
    jobs = counted(told.hires, reading.definition, parameters)
    at = entered_on(replace(entrants, day=last), jobs.who)
    is_in = any_of(entrants, jobs.who, (jobs.begin < at) & (jobs.end >= at) & np.isfinite(at))
    return Tally(float(is_in.sum()), float(len(is_in)))


def _pathway(reading: Reading, told: Followed, parameters: Parameters) -> Tally:
    entrants = told.entrants(reading.since_day, reading.until_day)
    chosen = in_pathways(entrants, _indices(reading, parameters))
    return Tally(float(len(chosen.who)), float(len(entrants.who)))


def _reached(reading: Reading, told: Followed, parameters: Parameters) -> Tally:
    waits = told.told(Record.WAIT_FOR_ORIENTATION_STARTED)
    is_in_time = waits["time"] < reading.until_day * MINUTES_PER_DAY
    aimed_at = np.union1d(told.there, waits["who"][is_in_time])
    entrants = told.entrants(reading.since_day, reading.until_day)
    return Tally(float(np.isin(aimed_at, entrants.who).sum()), float(len(aimed_at)))


def _wait(reading: Reading, told: Followed, parameters: Parameters) -> Tally:
    rows = told.told(Record.ORIENTED)
    day = rows["time"] / MINUTES_PER_DAY
    kept = (day >= reading.since_day) & (day < reading.until_day)
    kept &= ~np.isin(rows["who"], told.there)
    return Tally(float(rows["value"][kept].sum()), float(kept.sum()))


READERS: Mapping[Kind, Callable[[Reading, Followed, Parameters], Tally]] = {
    "entrants": _entrants,
    "job": _job,
    "helped": _helped,
    "in_job": _in_job,
    "pathway": _pathway,
    "reached": _reached,
    "wait": _wait,
}
