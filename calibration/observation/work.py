"""Observation operators on work: who works, in which jobs, when on the RSA or after it."""

from __future__ import annotations

import numpy as np

from calibration.observation.year import NO_JOB, Floats, ObservedYear, Whole, share
from sim.observation import YEAR, Flags
from sim.units import DAYS_PER_MONTH

TWO_JOBS = 2
QUARTER = 3


def in_job_while_paid(year: ObservedYear) -> float:
    """Of those paid now: in a job."""
    return share(year.job_now >= 0, year.paid_now)


def in_job_a_year_later(year: ObservedYear) -> float:
    """Of those paid a year ago: in a job now, on the RSA or not."""
    return share(year.job_now >= 0, year.paid_then)


def lost_job_within_a_year(year: ObservedYear) -> float:
    """Of those paid and in a job a year ago: without a job now."""
    return share(year.job_now < 0, year.paid_then & (year.job_then >= 0))


def worked_in_the_year(year: ObservedYear) -> float:
    """Of those paid a year ago: at least one day of work since."""
    return share(_worked(year), year.paid_then)


def worked_without_job_before(year: ObservedYear) -> float:
    """Of those paid a year ago without a job on that day: at least one day of work since."""
    return share(_worked(year), year.paid_then & (year.job_then < 0))


def worked_without_work_the_year_before(year: ObservedYear) -> float:
    """Of those paid a year ago who had not worked for a year: at least one day of work since."""
    idle = ~year.memory.worked[:, YEAR : 2 * YEAR].any(axis=1)
    return share(_worked(year), year.paid_then & idle)


def _worked(year: ObservedYear) -> Flags:
    return np.asarray(year.memory.worked[:, :YEAR].any(axis=1))


def salaried_a_year_later(year: ObservedYear) -> float:
    """Of those paid a year ago without a salaried job: in a salaried job now."""
    without = year.paid_then & ~year.has("is_salaried", year.job_then)
    return share(year.has("is_salaried", year.job_now), without)


def part_time_among_returns(year: ObservedYear) -> float:
    """Of those in a salaried job now, without one and paid a year ago: part time."""
    returned = year.paid_then & ~year.has("is_salaried", year.job_then)
    returned &= year.has("is_salaried", year.job_now)
    return share(year.is_part_time_now, returned)


def salaried_within_the_past_year(year: ObservedYear) -> float:
    """Of those paid now without a salaried job: a salaried job within the twelve last months."""
    return share(_salaried_days(year) > 0.0, _without_contract(year))


def salaried_within_the_past_year_all(year: ObservedYear) -> float:
    """Of those paid now: a salaried job within the twelve last months."""
    return share(_salaried_days(year) > 0.0, year.paid_now)


def months_salaried_of_those(year: ObservedYear) -> float:
    """Mean months in salaried jobs within the twelve last months, of those who had one."""
    days = _salaried_days(year)[_without_contract(year)]
    return float(days[days > 0.0].mean() / DAYS_PER_MONTH) if (days > 0.0).any() else 0.0


def open_ended_within_the_past_year(year: ObservedYear) -> float:
    """Of those paid now without a salaried job: an open-ended contract in the last year."""
    held = np.zeros(len(year.home), dtype=np.bool_)
    held[year.spells.person[_kind_of_spells(year) == OPEN_ENDED]] = True
    return share(held, _without_contract(year))


def _without_contract(year: ObservedYear) -> Flags:
    return year.paid_now & ~year.has("is_salaried", year.job_now)


def _salaried_days(year: ObservedYear) -> Floats:
    chosen = year.of_spells(year.has("is_salaried", year.spells.job))
    days: Floats = np.zeros(len(year.home))
    np.add.at(days, chosen.person, year.days_in(chosen))
    return days


OPEN_ENDED, FIXED_TERM, AGENCY, SUBSIDISED, OTHER = range(5)


def _kind_of_spells(year: ObservedYear) -> Whole:
    """Kind of contract of each spell, as surveys of jobs name it, from the tables' own flags."""
    return kinds_of_contract(year)[year.spells.job]


def kinds_of_contract(year: ObservedYear) -> Whole:
    """Kind of contract of each job type.

    Jobs of limited places are the subsidised ones; open-ended salaried jobs have no planned
    length; the longest of the other exponential ones are missions of agencies.
    """
    tables = year.parameters
    kinds = []
    for label in tables.labels("job_types"):
        path = f"job_types.{label}"
        form = tables.word(f"{path}.length_form")
        if not tables.flag(f"{path}.is_salaried"):
            kinds.append(OTHER)
        elif tables.flag(f"{path}.has_limited_places"):
            kinds.append(SUBSIDISED)
        elif form == "open":
            kinds.append(OPEN_ENDED)
        elif form == "exponential" and tables.number(f"{path}.length_high_months") >= YEAR:
            kinds.append(AGENCY)
        else:
            kinds.append(FIXED_TERM)
    return np.array(kinds, dtype=np.int64)


def _main_kind(year: ObservedYear, kind: int) -> float:
    """Of those paid a year ago who had a salaried job since: main one (longest) of a kind."""
    is_salaried = year.has("is_salaried", year.spells.job)
    chosen = year.of_spells(is_salaried)
    order = np.argsort(year.days_in(chosen), kind="stable")
    main = np.full(len(year.home), NO_JOB, dtype=np.int64)
    main[chosen.person[order]] = chosen.job[order]
    kinds = kinds_of_contract(year)[np.maximum(main, 0)]
    return share((main >= 0) & (kinds == kind), year.paid_then & (main >= 0))


def main_job_open_ended(year: ObservedYear) -> float:
    """Main job of the year's salaried workers among those paid a year ago: open-ended."""
    return _main_kind(year, OPEN_ENDED)


def main_job_fixed_term(year: ObservedYear) -> float:
    """The same: fixed term."""
    return _main_kind(year, FIXED_TERM)


def main_job_agency(year: ObservedYear) -> float:
    """The same: temporary agency."""
    return _main_kind(year, AGENCY)


def main_job_subsidised(year: ObservedYear) -> float:
    """The same: subsidised contract, insertion included."""
    return _main_kind(year, SUBSIDISED)


def salaried_among_workers(year: ObservedYear) -> float:
    """Of those paid a year ago who worked since: at least one salaried job."""
    return share(_salaried_days(year) > 0.0, year.paid_then & _worked(year))


def two_jobs_or_more(year: ObservedYear) -> float:
    """Of those paid a year ago who had a salaried job since: at least two."""
    chosen = year.of_spells(year.has("is_salaried", year.spells.job))
    jobs = np.bincount(chosen.person, minlength=len(year.home))
    return share(jobs >= TWO_JOBS, year.paid_then & (jobs > 0))


def monthly_job_entry(year: ObservedYear) -> float:
    """Starting to work within a month, of those paid and without work for three months.

    Three months, because what is known of a recipient's work comes from quarterly declarations.
    """
    paid, worked = year.memory.paid, year.memory.worked
    starts = at_risk = 0
    for month in range(YEAR):
        earlier = slice(month + 1, month + 1 + QUARTER)
        idle = paid[:, month + 1] & ~worked[:, earlier].any(axis=1)
        at_risk += int(idle.sum())
        starts += int((idle & worked[:, month]).sum())
    return starts / max(at_risk, 1)
