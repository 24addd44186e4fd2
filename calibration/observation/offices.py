"""Observation operators on a department: its stock, its intake, its contracts, what it pays."""

from __future__ import annotations

import math

import numpy as np

from calibration.observation.year import ObservedYear, share
from sim.observation import YEAR
from sim.units import CENTS_PER_EUR, date_of, first_day_of_month
from sim.vocabulary import Record, Stock, Support

HALF_A_YEAR_DAYS = 183


def yearly_growth(year: ObservedYear) -> float:
    """Change of the households on RSA over the year, relative to its beginning."""
    stock = year.ledger.stocks[Stock.HOUSEHOLDS][:, _read(year)].sum(axis=(1, 2))
    return float(stock[-1] / stock[-1 - YEAR] - 1.0)


def days_to_orientation(year: ObservedYear) -> float:
    """Mean days from the opening of rights to the orientation, of those oriented in the year."""
    return _mean_of(year, Record.ORIENTED)


def days_from_orientation_to_contract(year: ObservedYear) -> float:
    """Mean days from the orientation to the first contract, of those signed in the year."""
    return _mean_of(year, Record.ENGAGEMENT_CONTRACT_SIGNED)


def _mean_of(year: ObservedYear, record: Record) -> float:
    flows = year.ledger.flows[record, -YEAR:][:, _read(year)]
    count, days = (int(flows[..., part].sum()) for part in (0, 1))
    return days / count if count else math.nan


def oriented_share(year: ObservedYear) -> float:
    """Of the adults with duties on RSA at the end of the year: oriented."""
    stocks = year.ledger.stocks[:, -1][:, _read(year)]
    return float(stocks[Stock.ORIENTED].sum() / max(stocks[Stock.PERSONS_WITH_DUTIES].sum(), 1))


def oriented_share_under_6_months(year: ObservedYear) -> float:
    """The same of those whose right opened, or opened again, within the last six months."""
    people = year.state.people
    since = year.state.households["since"][year.home]
    is_read = np.isin(year.state.households["territory"][year.home], _read(year))
    is_new = year.paid_now & (people["has_duties"] > 0) & is_read
    is_new &= year.last_day - since.astype(np.int64) < HALF_A_YEAR_DAYS
    is_oriented = (people["pathway"] >= 0) & (people["support"] != Support.WAITING_ORIENTATION)
    return share(is_oriented, is_new)


def allowance_in_base_amounts(year: ObservedYear) -> float:
    """Allowance paid per household and month, as a part of the base amount of its month."""
    stocks = year.ledger.stocks[:, -YEAR:][:, :, _read(year)].sum(axis=(2, 3))
    last = year.ledger.shape.first_month + year.ledger.shape.months
    base = [
        _number(year.parameters.value_on("allowance.base_eur", date_of(first_day_of_month(month))))
        for month in range(last - YEAR, last)
    ]
    due = (stocks[Stock.HOUSEHOLDS] * np.array(base)).sum()
    return float(stocks[Stock.ALLOWANCE_CENTS].sum() / CENTS_PER_EUR / due)


def _read(year: ObservedYear) -> list[int]:
    """Rows of the territories that are observed."""
    labels = year.parameters.labels("territories")
    return [number for number, name in enumerate(labels) if name in (year.territories or labels)]


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else math.nan
