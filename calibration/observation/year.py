"""One observed year of a simulated population: who was paid, who worked, in which jobs.

It is read from the last state of a logged run of twelve months or more, as a register would be:
rows are the adults who are in the tables at the end, those who left for good within the year
included.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.engine.run import RunResult
from sim.engine.state import State
from sim.events import COLUMNS
from sim.experiments.last_day import flags_of_jobs
from sim.ledger import Ledger
from sim.observation import YEAR, Memory
from sim.parameters import Parameters
from sim.units import (
    CENTS_PER_EUR,
    DAYS_PER_YEAR,
    MINUTES_PER_DAY,
    date_of,
    first_day_of_month,
    month_number,
)
from sim.vocabulary import Benefit, Record

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

YEAR_ENDS = 15
NO_JOB = -1
STILL_IN_JOB = 1.0e9


@dataclass(frozen=True)
class Spells:
    """Jobs held at any time of the year: row of the adult, type, begin and end in days."""

    person: Whole
    job: Whole
    begin: Floats
    end: Floats


@dataclass(frozen=True)
class ObservedYear:
    """The last twelve complete months of a run, and what it remembers of earlier ones.

    ``memory`` has one row per adult (column k: k months before the last complete month).
    ``first_day`` begins the year, ``last_day`` is the day after it. ``territories`` are those
    whose offices are observed, empty for all.
    """

    state: State
    log: NDArray[np.int64]
    ledger: Ledger
    parameters: Parameters
    memory: Memory
    territories: tuple[str, ...] = ()

    @classmethod
    def of(cls, run: RunResult, territories: tuple[str, ...] = ()) -> ObservedYear:
        """The last year of a run that was logged over at least twelve months."""
        if run.log is None or run.plan.months < YEAR:
            raise ValueError("an observed year needs a logged run of twelve months or more")
        is_job = flags_of_jobs(run.parameters, "is_job")
        return cls(
            state=run.last,
            log=run.log.rows,
            ledger=run.ledger,
            parameters=run.plan.base,
            memory=Memory.of(run.last, is_job),
            territories=territories,
        )

    @property
    def last_day(self) -> int:
        """Day number of the day after the year."""
        return self.state.day

    @cached_property
    def first_day(self) -> int:
        """Day number of the first day of the year."""
        return first_day_of_month(month_number(date_of(self.state.day)) - YEAR)

    @cached_property
    def home(self) -> Whole:
        """Row of each adult's household."""
        return self.state.people["household"].astype(np.int64)

    @cached_property
    def paid_now(self) -> Flags:
        """Paid in the last month."""
        return self.memory.paid[:, 0]

    @cached_property
    def paid_then(self) -> Flags:
        """Paid in the last month before the year."""
        return self.memory.paid[:, YEAR]

    @cached_property
    def is_gone(self) -> Flags:
        """Left the model for good, by the household's last reason."""
        return np.asarray(self.state.households["benefit"] == Benefit.GONE)[self.home]

    @cached_property
    def years_paid(self) -> Flags:
        """Paid at each year-end, column k: k years before the last one."""
        homes = self.state.households
        last = month_number(date_of(self.state.day)) - 1
        years = (last + 1) // YEAR - (homes["mask_month"].astype(np.int64) + 1) // YEAR
        count = np.clip(years, 0, YEAR_ENDS)
        new = np.where(homes["benefit"] == Benefit.PAID, (1 << count) - 1, 0)
        moved = (homes["year_mask"].astype(np.int64) << count) | new
        paid: Flags = (moved[:, None] >> np.arange(YEAR_ENDS)) & 1 == 1
        return paid[self.home]

    @cached_property
    def age(self) -> Floats:
        """Age at the end, in years."""
        days = self.state.day - self.state.people["birth"].astype(np.float64)
        return days / DAYS_PER_YEAR

    @cached_property
    def spells(self) -> Spells:
        """Jobs that lasted into the year; what is no job (a training) is left out."""
        people = self.state.people
        who = self.state.households["id"][self.home] + people["member"] + 1
        order = np.argsort(who)
        kind = self.log[:, COLUMNS.index("kind")]
        ended = self.log[kind == Record.JOB_ENDED]
        found = np.searchsorted(who[order], ended[:, COLUMNS.index("who")])
        found = np.minimum(found, len(who) - 1)
        row = order[found]
        is_known = who[row] == ended[:, COLUMNS.index("who")]
        ended, row = ended[is_known], row[is_known]
        present = np.flatnonzero(people["job"] >= 0)
        begin = np.concatenate(
            [ended[:, COLUMNS.index("origin")], people["job_start"][present]]
        ).astype(np.float64)
        end = np.concatenate(
            [ended[:, COLUMNS.index("time")] / MINUTES_PER_DAY, np.full(len(present), STILL_IN_JOB)]
        )
        person = np.concatenate([row, present])
        job = np.concatenate([ended[:, COLUMNS.index("detail")], people["job"][present]])
        is_job = flags_of_jobs(self.parameters, "is_job")
        kept = is_job[job] & (end > self.first_day)
        return Spells(person[kept], job[kept].astype(np.int64), begin[kept], end[kept])

    @cached_property
    def job_then(self) -> Whole:
        """Type of the job held when the year began, `NO_JOB` without."""
        spells = self.spells
        held = (spells.begin < self.first_day) & (spells.end > self.first_day)
        found = np.full(len(self.home), NO_JOB, dtype=np.int64)
        found[spells.person[held]] = spells.job[held]
        return found

    @cached_property
    def job_now(self) -> Whole:
        """Type of the job held at the end of the year, `NO_JOB` without."""
        job = self.memory.job
        is_job = flags_of_jobs(self.parameters, "is_job")
        return np.where((job >= 0) & is_job[np.maximum(job, 0)], job, NO_JOB)

    def has(self, name: str, job: Whole) -> Flags:
        """Whether a job (type by adult, `NO_JOB` without) has a property of the tables."""
        flags = flags_of_jobs(self.parameters, name)
        return np.asarray((job >= 0) & flags[np.maximum(job, 0)])

    @cached_property
    def is_part_time_now(self) -> Flags:
        """In a job that pays less than a full-time wage."""
        full = int(self.parameters.number("wages.full_time_eur") * CENTS_PER_EUR)
        return np.asarray((self.job_now >= 0) & (self.state.people["income_cents"] < full))

    def days_in(self, spells: Spells) -> Floats:
        """Days of each spell that lie in the year."""
        begin = np.maximum(spells.begin, self.first_day)
        return np.asarray(np.minimum(spells.end, self.last_day) - begin)

    def of_spells(self, kept: Flags) -> Spells:
        """Some of the spells."""
        spells = self.spells
        return Spells(spells.person[kept], spells.job[kept], spells.begin[kept], spells.end[kept])


def share(part: Flags | np.bool_, whole: Flags) -> float:
    """The part of ``whole`` that is in ``part`` too; 0 of an empty one."""
    return float(np.sum(part & whole) / max(int(whole.sum()), 1))
