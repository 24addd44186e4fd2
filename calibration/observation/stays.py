"""Observation operators on stays: leaving, coming back, how long people are on the RSA.

Each reads one published figure with its definition, as a share between 0 and 1 or in months.
Shares are of adults, as the statistics of the beneficiaries of insertion minima count them.
"""

from __future__ import annotations

import numpy as np

from calibration.observation.year import ObservedYear, share
from sim import observation
from sim.observation import YEAR
from sim.units import CENTS_PER_EUR
from sim.vocabulary import ExitReason, Stock

DECADE = 10
AFTER_EXIT = 5
LONG_TENURE_MONTHS = 48
TOLERATED_GAP_MONTHS = 4
"""A right ends after four months in a row without payment (article R. 262-40 of the code)."""
QUARTER = 3


def left_within_a_year(year: ObservedYear) -> float:
    """Of those paid a year ago: in no insertion minimum now."""
    return observation.annual_exit_rate(year.memory)


def in_another_minimum(year: ObservedYear) -> float:
    """Of those paid a year ago: now in another minimum."""
    return share(~year.paid_now & (year.memory.reason == ExitReason.OTHER_MINIMUM), year.paid_then)


def left_and_in_job(year: ObservedYear) -> float:
    """Of those paid a year ago: in no insertion minimum and in a job now."""
    return share(_has_left(year) & (year.job_now >= 0), year.paid_then)


def left_and_on_unemployment_benefit(year: ObservedYear) -> float:
    """Of those paid a year ago: in no insertion minimum now, on unemployment benefit."""
    people = year.state.people
    benefit = (people["benefit_until"] > year.last_day) & (year.job_now < 0)
    return share(_has_left(year) & benefit & (people["income_cents"] > 0), year.paid_then)


def _has_left(year: ObservedYear) -> observation.Flags:
    return np.asarray(~year.paid_now & (year.memory.reason != ExitReason.OTHER_MINIMUM))


def still_out_at_five_year_ends(year: ObservedYear) -> float:
    """Of those who left within the year before the five last year-ends: out at all of them.

    Pensioners left for good and have no row any more: their part among the leavers of the last
    year, all of them out for ever, stands for them.
    """
    paid = year.years_paid
    left = paid[:, AFTER_EXIT + 1] & ~paid[:, AFTER_EXIT]
    out = ~paid[:, : AFTER_EXIT + 1].any(axis=1)
    is_other = year.memory.reason == ExitReason.OTHER_MINIMUM
    stays_out = share(out, left & ~year.is_gone & ~is_other)
    leavers = year.paid_then & _has_left(year)
    pensioners = share(year.memory.reason == ExitReason.PENSION, leavers)
    return pensioners + (1.0 - pensioners) * stays_out


def entered_within_a_year(year: ObservedYear) -> float:
    """Of those paid now: not paid a year ago."""
    return observation.annual_entry_rate(year.memory)


def paid_all_twelve_months(year: ObservedYear) -> float:
    """Of those paid now: paid in each of the twelve last months."""
    return observation.paid_every_month(year.memory)


def months_paid_of_twelve(year: ObservedYear) -> float:
    """Mean number of months paid within the twelve last ones, of those paid now."""
    return float(year.memory.paid[year.paid_now, :YEAR].sum(axis=1).mean())


def tenure_under_a_year(year: ObservedYear) -> float:
    """Of those paid now: in the scheme for less than a year, gaps within a right ignored."""
    return float((observation.tenure_months(year.memory, TOLERATED_GAP_MONTHS) < YEAR).mean())


def tenure_over_four_years(year: ObservedYear) -> float:
    """Of those paid now: in the scheme for more than four years, gaps within a right ignored."""
    months = observation.tenure_months(year.memory, TOLERATED_GAP_MONTHS)
    return float((months > LONG_TENURE_MONTHS).mean())


def tenure_over_ten_years(year: ObservedYear) -> float:
    """Of those paid now: paid at each of the ten past year-ends."""
    return share(year.years_paid[:, 1 : DECADE + 1].all(axis=1), year.paid_now)


def renewed_within_a_quarter(year: ObservedYear) -> float:
    """Of those paid now: not paid three months ago."""
    return share(~year.memory.paid[:, QUARTER], year.paid_now)


def _is_35_to_64(year: ObservedYear) -> observation.Flags:
    return np.asarray(year.paid_now & (year.age >= 35.0) & (year.age < 65.0))


def without_minimum_for_a_decade(year: ObservedYear) -> float:
    """Of those aged 35 to 64 and paid now: paid at none of the ten past year-ends."""
    return share(~year.years_paid[:, 1 : DECADE + 1].any(axis=1), _is_35_to_64(year))


def at_every_year_end_of_a_decade(year: ObservedYear) -> float:
    """Of those aged 35 to 64 and paid now: paid at each of the ten past year-ends."""
    return share(year.years_paid[:, 1 : DECADE + 1].all(axis=1), _is_35_to_64(year))


def mean_year_ends_of_a_decade(year: ObservedYear) -> float:
    """Mean number of the ten past year-ends at which those aged 35 to 64 and paid now were paid."""
    return float(year.years_paid[_is_35_to_64(year), 1 : DECADE + 1].sum(axis=1).mean())


def left_and_came_back_in_a_decade(year: ObservedYear) -> float:
    """Of those aged 35 to 64 and paid now: a year-end out after one in, within ten years."""
    past = year.years_paid[:, 1 : DECADE + 1]
    was_in_before = np.logical_or.accumulate(past[:, ::-1], axis=1)[:, ::-1]
    return share((~past[:, :-1] & was_in_before[:, 1:]).any(axis=1), _is_35_to_64(year))


def left_for_five_years(year: ObservedYear) -> float:
    """Leaving within a year and staying out at the five next year-ends, of those paid."""
    return left_within_a_year(year) * still_out_at_five_year_ends(year)


def mean_paid_eur(year: ObservedYear) -> float:
    """Mean monthly allowance of a household over the year, in euro."""
    months = slice(-YEAR, None)
    stocks = year.ledger.stocks[:, months].astype(np.float64)
    return float(
        stocks[Stock.ALLOWANCE_CENTS].sum() / stocks[Stock.HOUSEHOLDS].sum() / CENTS_PER_EUR
    )


def any_barrier(year: ObservedYear) -> float:
    """Of those paid now: at least one barrier."""
    return share(year.state.people["barriers"] > 0, year.paid_now)
