"""What became of the same people in the two arms of a trial, read from the logs of their runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.trials.declared import (
    MONTHS_OF_ENTRY,
    MONTHS_OF_READING,
    Trial,
    declared,
    months_before_first_day,
)
from sim.engine.run import RunResult, run_plan
from sim.engine.starting_population import starting_population
from sim.engine.state import State
from sim.events import COLUMNS
from sim.experiments.experiment import run_plan_of
from sim.experiments.last_day import flags_of_jobs
from sim.units import DAYS_PER_MONTH, MINUTES_PER_DAY, day_number
from sim.vocabulary import Benefit, ExitReason, Record

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]

YEAR = 12 * DAYS_PER_MONTH
LONG_ON_RSA_DAYS = 365
WITHOUT_A_JOB = (ExitReason.LONG_EXIT, ExitReason.OTHER_MINIMUM)


@dataclass(frozen=True)
class Followed:
    """People of a trial, by increasing identity, and the day from which each is followed."""

    who: Ids
    since: Floats

    def place_of(self, who: Ids) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The place of each identity among those who are followed, and whether it has one."""
        place = np.minimum(np.searchsorted(self.who, who), len(self.who) - 1)
        return place, self.who[place] == who

    def part(self, kept: NDArray[np.bool_]) -> Followed:
        """Some of them."""
        return Followed(self.who[kept], self.since[kept])


class Told:
    """The log of an arm, as far as it speaks of jobs, exits and contacts."""

    def __init__(self, result: RunResult) -> None:
        assert result.log is not None
        columns = dict(zip(COLUMNS, result.log.rows.T, strict=True))
        self.day = columns["time"] / MINUTES_PER_DAY
        self.who, self.kind, self.detail = columns["who"], columns["kind"], columns["detail"]
        self.origin = columns["origin"].astype(np.float64)
        self.is_job = flags_of_jobs(result.parameters, "is_job")

    def of_jobs(self, kind: Record) -> NDArray[np.bool_]:
        """Rows of that kind that are of jobs, not of trainings."""
        rows = self.kind == kind
        return np.asarray(rows & self.is_job[np.where(rows, self.detail, 0)])

    def first(self, people: Followed, rows: NDArray[np.bool_], who: Ids) -> Floats:
        """Day of the first of the rows after each began to be followed; infinite without one."""
        place, is_theirs = people.place_of(who)
        found = np.full(len(people.who), np.inf)
        kept = rows & is_theirs & (self.day >= people.since[place])
        np.minimum.at(found, place[kept], self.day[kept])
        return found

    def exits_without_a_job(self, people: Followed) -> Floats:
        """Day of the first long exit of each one's household for another reason than work."""
        rows = (self.kind == Record.EXIT) & np.isin(self.detail, WITHOUT_A_JOB)
        found = np.full(len(people.who), np.inf)
        for member in (1, 2):
            found = np.minimum(found, self.first(people, rows, self.who + member))
        return found

    def days_in_job(self, people: Followed) -> Floats:
        """Days in a job over the months of reading."""
        last = people.since + MONTHS_OF_READING * DAYS_PER_MONTH
        days = np.zeros(len(people.who))
        place, is_theirs = people.place_of(self.who)
        ended = self.of_jobs(Record.JOB_ENDED) & is_theirs
        at = place[ended]
        begin = np.maximum(self.origin[ended], people.since[at])
        np.add.at(days, at, np.maximum(np.minimum(self.day[ended], last[at]) - begin, 0.0))
        begun, over = np.full((2, len(people.who)), -np.inf)
        started = self.of_jobs(Record.JOB_STARTED) & is_theirs
        np.maximum.at(begun, place[started], self.day[started])
        np.maximum.at(over, at, self.day[ended])
        return days + np.where(begun > over, np.maximum(last - begun, 0.0), 0.0)

    def contacts(self, people: Followed) -> Floats:
        """Contacts held in the first year."""
        place, is_theirs = people.place_of(self.who)
        since = people.since[place]
        held = (self.kind == Record.CONTACT_HELD) & is_theirs
        held &= (self.day >= since) & (self.day < since + YEAR)
        return np.bincount(place[held], minlength=len(people.who)).astype(np.float64)


def observe(
    trial: Trial, effects: Mapping[str, float], seed: int, share: float
) -> dict[str, float]:
    """Every reading of every group of a trial under some effects, as ``group.reading``.

    Beside those of the figures: contacts a person in the first year in either arm, and the share of
    the control who have a job within it. ``share`` is of the size of the world.
    """
    control, treated = (run_plan_of(arm) for arm in trial.arms(effects, share))
    start = starting_population(control, seed)
    until_then = trial.arms({}, share)[0].with_months(months_before_first_day())
    eve = run_plan(run_plan_of(until_then), seed, start=start).last
    arms = [Told(run_plan(arm, seed, start=start, is_logging=True)) for arm in (control, treated)]
    found: dict[str, float] = {}
    for group, people in _groups(eve, arms[0]).items():
        found |= {f"{group}.{name}": value for name, value in _readings(people, *arms).items()}
    return found


def _groups(eve: State, told: Told) -> dict[str, Followed]:
    """Those on RSA without a job on the first day, by time on RSA, and those who come later."""
    first_day = float(day_number(declared().first_day))
    household = eve.people["household"]
    is_in = (eve.people["has_duties"] == 1) & (eve.people["job"] < 0)
    is_in &= eve.households["benefit"][household] == Benefit.PAID
    who = (eve.households["id"][household] + eve.people["member"] + 1)[is_in]
    order = np.argsort(who)
    there = Followed(who[order], np.full(len(who), first_day))
    is_long = (first_day - eve.households["since"][household][is_in] > LONG_ON_RSA_DAYS)[order]
    last = first_day + MONTHS_OF_ENTRY * DAYS_PER_MONTH
    rows = (told.kind == Record.FIRST_ENTRY) & (told.day >= first_day) & (told.day < last)
    heads, days = told.who[rows] + 1, told.day[rows]
    order = np.argsort(heads)
    entrants = Followed(heads[order], days[order])
    groups = {"long": there.part(is_long), "short": there.part(~is_long)}
    return {"all": there, "existing": there, "entrants": entrants, **groups}


def _readings(people: Followed, control: Told, treated: Told) -> dict[str, float]:
    """Ratios of the treated to the control as logarithms, and the contacts of both."""
    jobs, exits, days, contacts = [], [], [], []
    for told in (control, treated):
        job = told.first(people, told.of_jobs(Record.JOB_STARTED), told.who)
        out = told.exits_without_a_job(people)
        end = people.since + YEAR
        jobs.append(_cumulative_hazard(float(np.mean(job < end))))
        exits.append(_cumulative_hazard(float(np.mean((out < end) & (out < job)))))
        days.append(float(told.days_in_job(people).mean()))
        contacts.append(float(told.contacts(people).mean()))
    return {
        "job_hazard": float(np.log(jobs[1] / jobs[0])),
        "exit_hazard": float(np.log(exits[1] / exits[0])),
        "days_in_job": float(np.log(days[1] / days[0])),
        "more_days_in_job": days[1] - days[0],
        "contacts_control": contacts[0],
        "contacts_treated": contacts[1],
        "job_share_control": 1.0 - float(np.exp(-jobs[0])),
    }


def _cumulative_hazard(share: float) -> float:
    """The hazard, added up, that leaves ``1 - share`` without the event."""
    return -float(np.log1p(-share))
