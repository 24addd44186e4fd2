"""Flows as rates: for 100 of those on RSA and a year, where a total of a whole run says little."""

from __future__ import annotations

import numpy as np

from sim.outcomes.definitions import outcome_definition
from sim.outcomes.table import ALL
from ui.work.results import FullRun, Numbers

MONTHS_IN_YEAR = 12
HUNDRED = 100.0
HOUSEHOLDS, PERSONS = "households", "persons"
AMONG = {"households": HOUSEHOLDS, "persons": PERSONS, "number": PERSONS}
"""By unit of a flow: those on RSA beside whom it is told."""


def has_rate(outcome: str) -> bool:
    """Whether an outcome counts what happens to households or persons over the months."""
    one = outcome_definition(outcome)
    is_count = one.measure.form == "sum" and not one.measure.denominator
    return one.kind == "flow" and one.unit in AMONG and is_count


def among(outcome: str) -> str:
    """Households or persons: beside whom a flow is told. Raises KeyError where it has no rate."""
    return AMONG[outcome_definition(outcome).unit]


def yearly_rate(found: FullRun, arm: int, outcome: str, place: str = ALL) -> Numbers:
    """A flow for 100 households or persons on RSA and a year since the change, by replication.

    Raises KeyError for an outcome of another unit.
    """
    since = found.experiment.since
    stock = found.values(arm, f"caseload_{among(outcome)}", place)[:, since:]
    years = stock.sum(axis=1) / MONTHS_IN_YEAR
    counted = np.nansum(found.values(arm, outcome, place)[:, since:], axis=1)
    rate: Numbers = HUNDRED * counted / np.maximum(years, 1.0)
    return rate
