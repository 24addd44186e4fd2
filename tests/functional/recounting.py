"""What a run remembers of each adult, counted again from its start and its log alone."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from sim.engine.run import RunResult
from sim.engine.state import State
from sim.units import MINUTES_PER_DAY, date_of, month_number
from sim.vocabulary import MEMBER_BITS, Benefit, Record


def month_of(day: float) -> int:
    return month_number(date_of(int(day)))


def months_between(first: float, last: float) -> range:
    return range(month_of(first), month_of(last) + 1)


class Recount:
    """Months worked, begun lastingly, seen and paid, by person, from start and log alone."""

    def __init__(self, start: State, result: RunResult) -> None:
        assert result.log is not None
        base = result.plan.base
        labels = base.labels("job_types")
        self.is_job = [base.flag(f"job_types.{label}.is_job") for label in labels]
        self.is_durable = [base.flag(f"job_types.{label}.is_durable") for label in labels]
        self.end = result.plan.end_day
        self.worked: dict[int, set[int]] = defaultdict(set)
        self.lasting: dict[int, set[int]] = defaultdict(set)
        self.seen: dict[int, set[int]] = defaultdict(set)
        self.paid: dict[int, set[int]] = defaultdict(set)
        self._open: dict[int, tuple[float, int]] = {}
        self._paid_since: dict[int, float] = {}
        self._begin(start)
        for row in result.log.rows.tolist():
            self._read(row[0] / MINUTES_PER_DAY, row[1], row[2], row[5])
        for who in list(self._open):
            self._close(who, self.end - 1)
        for who in list(self._paid_since):
            self._unpaid(who, self.end)

    def _begin(self, start: State) -> None:
        for home in start.households:
            if home["benefit"] == Benefit.PAID:
                self._paid_since[int(home["id"])] = float(start.day)
        for person in start.people:
            home = start.households[person["household"]]
            who = int(home["id"]) + int(person["member"]) + 1
            if person["job"] >= 0:
                self._open[who] = (float(start.day), int(person["job"]))

    def _read(self, day: float, who: int, kind: int, detail: int) -> None:
        if kind == Record.JOB_STARTED:
            self._open[who] = (day, detail)
            if self.is_durable[detail]:
                self.lasting[who].add(month_of(day))
        elif kind == Record.JOB_ENDED:
            self._close(who, day)
        elif kind == Record.CONTACT_HELD:
            self.seen[who].add(month_of(day))
        elif kind in (Record.FIRST_ENTRY, Record.REENTRY):
            self._paid_since[who] = day
        elif kind == Record.EXIT:
            self._unpaid(who, day)

    def _close(self, who: int, day: float) -> None:
        if who in self._open:
            since, job = self._open.pop(who)
            if self.is_job[job]:
                self.worked[who] |= set(months_between(since, day))

    def _unpaid(self, who: int, day: float) -> None:
        since = self._paid_since.pop(who)
        self.paid[who] |= set(range(month_of(since), month_of(day)))


def months_in(mask: int, last_month: int, since: int) -> set[int]:
    return {month for month in range(since, last_month + 1) if mask >> (last_month - month) & 1}


def differing_memories(start: State, result: RunResult, memory: str) -> list[tuple[int, list[int]]]:
    """Who remembers other months than the log tells, and which; ``memory`` is one of `MEMORIES`."""
    courses = result.ledger.courses
    assert courses is not None
    told = getattr(Recount(start, result), memory)
    first = result.plan.first_month
    of_household = memory == "paid"
    gone = departed(result)
    differing = []
    for position, who in enumerate(courses.who.tolist()):
        key = (who - 1) >> MEMBER_BITS << MEMBER_BITS if of_household else who
        found = months_in(int(getattr(courses, memory)[position]), courses.last_month, first)
        expected = {month for month in told[key] if month >= first}
        if memory == "worked" and who in gone:
            last = gone[who] or max(found, default=0)
            expected = {month for month in expected if month <= last}
        if found != expected:
            differing.append((who, sorted(found ^ expected)))
    return differing


def departed(result: RunResult) -> dict[int, int | None]:
    """The month in which each person left the department for good; None where rows are dropped."""
    assert result.ledger.courses is not None
    last = result.last
    home = last.people["household"]
    is_gone = last.households["benefit"][home] == Benefit.GONE
    who = last.households["id"][home] + last.people["member"] + 1
    months = [month_of(day) for day in last.households["since"][home][is_gone]]
    dropped = np.setdiff1d(result.ledger.courses.who, who)
    known: dict[int, int | None] = dict.fromkeys(dropped.tolist())
    return known | dict(zip(who[is_gone].tolist(), months, strict=True))
