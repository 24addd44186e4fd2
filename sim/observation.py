"""Observation operators: what published statistics would see in the last state of a run.

Each reads the monthly memories of households (paid at month end) and adults (worked in the
month) with the definition, population and exposure of its source. ``F`` rows are those of the
published figures that the package ships. Shares are between 0 and 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engine.staffing import PERSON_HUNDREDTHS
from sim.engine.state import State
from sim.parameters import Parameters
from sim.population.life_courses import MONTHS_REMEMBERED, brought_up
from sim.processes.support_effects import ramped_hours
from sim.units import date_of, month_number
from sim.vocabulary import Benefit, ExitReason, Support

YEAR = 12
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Memory:
    """Month-by-month memories of all adults; column k is the situation k months ago.

    Column 0 is the last complete month. ``reason`` is why a household is not paid now.
    """

    paid: Flags
    worked: Flags
    job: NDArray[np.int64]
    reason: NDArray[np.int64]
    day: int

    @classmethod
    def of(cls, state: State, is_job: Flags) -> Memory:
        """Read the memories, brought up to the eve of the state's day.

        ``is_job`` says by row of the job types whether it counts as work (a training does not).
        """
        last = month_number(date_of(state.day)) - 1
        home = state.people["household"]
        is_paid = state.households["benefit"] == Benefit.PAID
        masks = brought_up(
            state.households["paid_mask"], last - state.households["mask_month"], is_paid
        )
        job = state.people["job"]
        has_job = (job >= 0) & is_job[np.maximum(job, 0)]
        worked = brought_up(state.people["worked_mask"], last - state.people["mask_month"], has_job)
        return cls(
            paid=_columns(masks)[home],
            worked=_columns(worked),
            job=job.astype(np.int64),
            reason=state.households["reason"][home].astype(np.int64),
            day=state.day,
        )


def _columns(masks: NDArray[np.int64]) -> Flags:
    """Bit k of every mask in column k."""
    octets = np.ascontiguousarray(masks, dtype="<i8").view(np.uint8).reshape(-1, 8)
    bits = np.unpackbits(octets, axis=1, count=MONTHS_REMEMBERED, bitorder="little")
    found: Flags = bits.view(np.bool_)
    return found


def annual_exit_rate(memory: Memory) -> float:
    """Paid a year ago and in no insertion minimum now (F0172)."""
    before = memory.paid[:, YEAR]
    in_other = memory.reason == ExitReason.OTHER_MINIMUM
    return _share(before & ~memory.paid[:, 0] & ~in_other, before)


def annual_entry_rate(memory: Memory) -> float:
    """Paid now and not a year ago (F0192)."""
    now = memory.paid[:, 0]
    return _share(now & ~memory.paid[:, YEAR], now)


def paid_every_month(memory: Memory) -> float:
    """Paid now and in each of the twelve last months (F0228)."""
    now = memory.paid[:, 0]
    return _share(memory.paid[:, :YEAR].all(axis=1), now)


def worked_in_the_next_year(memory: Memory) -> float:
    """Paid a year ago, with at least one day of work in the twelve months since (F0205)."""
    before = memory.paid[:, YEAR]
    return _share(before & memory.worked[:, :YEAR].any(axis=1), before)


def salaried_a_year_later(memory: Memory, is_salaried: Flags) -> float:
    """Paid and without work in the month a year ago, in a salaried job now (F0216).

    ``is_salaried`` says it by job type.
    """
    before = memory.paid[:, YEAR] & ~memory.worked[:, YEAR]
    now = (memory.job >= 0) & is_salaried[np.maximum(memory.job, 0)]
    return _share(before & now, before)


def in_job_share(memory: Memory, is_job: Flags) -> float:
    """In a job among those paid now (F0204)."""
    now = memory.paid[:, 0]
    return _share(now & (memory.job >= 0) & is_job[np.maximum(memory.job, 0)], now)


def tenure_months(memory: Memory, tolerated_gap_months: int = 6) -> NDArray[np.int64]:
    """Months since the present stay began, for those paid now, gaps up to a length ignored."""
    paid = memory.paid[memory.paid[:, 0]]
    months = np.ones(len(paid), dtype=np.int64)
    gap = np.zeros(len(paid), dtype=np.int64)
    is_open = np.ones(len(paid), dtype=np.bool_)
    for column in range(1, MONTHS_REMEMBERED):
        gap = np.where(paid[:, column], 0, gap + 1)
        is_open &= gap <= tolerated_gap_months
        months = np.where(is_open & paid[:, column], column + 1, months)
    return months


def _share(part: NDArray[np.bool_] | np.bool_, whole: Flags) -> float:
    return float(np.sum(part) / max(int(whole.sum()), 1))


def weekly_activity_hours(
    state: State, parameters: Parameters, territory: str | None = None, pathway: str | None = None
) -> float:
    """Hours of activity a week reached on the last day, mean over the supported.

    Those without a place or without hours count as 0. ``parameters`` are those in force; None
    stands for every territory or pathway. NaN without anybody supported.
    """
    people = state.people
    of_home = state.households["territory"][people["household"]]
    is_counted = people["support"] == Support.SUPPORTED
    hours = np.zeros(len(people))
    for place, where in enumerate(parameters.labels("territories")):
        for row, how in enumerate(parameters.labels("pathways")):
            chosen = is_counted & (of_home == place) & (people["pathway"] == row)
            if (territory or where, pathway or how) != (where, how):
                is_counted &= ~chosen
                continue
            prefix = f"territories.{where}.pathways.{how}"
            target = parameters.number(f"{prefix}.activity_hours")
            ramp = parameters.number(f"{prefix}.activity_ramp_days")
            for person in np.flatnonzero(chosen & (people["activity_since"] > 0)):
                days = float(state.day - people["activity_since"][person])
                hours[person] = ramped_hours(target, days, ramp)
    return float(hours[is_counted].mean()) if is_counted.any() else math.nan


def persons_per_fte(state: State, parameters: Parameters, territory: str, role: str) -> float:
    """Persons in the portfolios of a role on the last day, for one funded full-time post.

    People followed in a job count with their weight. NaN without a funded post.
    """
    place = parameters.labels("territories").index(territory)
    number = parameters.labels("roles").index(role)
    load = sum(
        int(load)
        for post, load in zip(state.posts, state.post_loads, strict=True)
        if (post.territory, post.role) == (place, number)
    )
    staff = f"territories.{territory}.staff.{role}"
    fte = parameters.number(f"{staff}.fte") + parameters.number(f"{staff}.additional_fte")
    return load / PERSON_HUNDREDTHS / fte if fte > 0.0 else math.nan
