"""From counts to outcomes: sums first, ratios last, so that no ratio is ever averaged.

A measure is a set of parts, arrays of (time, territory, pathway + 1, …) counts. Territories,
pathways and months are summed part by part; only then does `value` turn the parts into numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.ledger import DAILY_BUCKETS, DAYS_IN_YEAR, DURATION_POSITION, Ledger
from sim.outcomes.definitions import OutcomeDefinition, Term
from sim.parameters import Parameters
from sim.units import DAYS_PER_MONTH, first_day_of_month
from sim.vocabulary import Record

Counts = NDArray[np.float64]
Value = Callable[[Sequence[Counts]], Counts]
MONTHS_IN_YEAR = 12
TIME, TERRITORY, PATHWAY = 0, 1, 2


@dataclass(frozen=True)
class ParametersInForce:
    """The parameters from a day number on."""

    since: int
    parameters: Parameters


@dataclass(frozen=True)
class Counted:
    """The parts of one outcome in one run and how they make its value.

    ``parts`` have one row per month (stocks: one more, the eve of the run, first). Months from
    ``complete`` on are not observed long enough and have no value.
    """

    parts: tuple[Counts, ...]
    value: Value
    complete: int


def observed_months(definition: OutcomeDefinition, first_month: int, months: int) -> int:
    """Number of first months of a run of which everybody was observed long enough."""
    if definition.measure.months:
        is_counted = definition.measure.form == "same_people"  # the first month of the window
        return max(months - definition.measure.months + is_counted, 0)
    end = first_day_of_month(first_month + months)
    return sum(
        first_day_of_month(first_month + month + 1) + definition.days_observed <= end
        for month in range(months)
    )


def counted(
    definition: OutcomeDefinition, ledger: Ledger, timeline: Sequence[ParametersInForce]
) -> Counted:
    """Read one outcome from a ledger; ``timeline`` starts on or before the first month."""
    measure, months = definition.measure, ledger.shape.months
    if measure.form == "staff_fte":
        return Counted((_staff(ledger, timeline, is_cost=False),), _first, months)
    if measure.form == "staff_cost":
        return Counted((_staff(ledger, timeline, is_cost=True),), _first, months)
    parameters = timeline[0].parameters
    is_stock = definition.kind == "stock"
    below = _total(measure.denominator, ledger, parameters, is_stock)
    if measure.form == "sum":
        above = _total(measure.numerator, ledger, parameters, is_stock)
        if not measure.denominator:
            return Counted((above,), _first, len(above))
        return Counted((above, below), _ratio, len(above))
    if measure.form == "months_later":
        return _months_later(definition, ledger, parameters)
    ended = ledger.durations[DURATION_POSITION[measure.ended_number]]
    days = definition.days_observed
    complete = observed_months(definition, ledger.shape.first_month, months)
    if measure.form == "share_within":
        within = ended[..., : _bucket_after(days)].sum(axis=-1).astype(np.float64)
        cut = _cut_cohorts(definition.measure.cut_by_number, ledger, days)
        within[cut], below[cut] = 0.0, 0.0
        return Counted((within, below), _ratio, complete)
    short = ended[..., : days + 1].astype(np.float64)
    if measure.form == "restricted_mean":
        spent = short @ np.arange(days + 1, dtype=np.float64)
        spent += days * (below - short.sum(axis=-1))
        return Counted((spent, below), _ratio, complete)
    return Counted((short, below), _median, complete)


def _first(parts: Sequence[Counts]) -> Counts:
    return parts[0]


def _ratio(parts: Sequence[Counts]) -> Counts:
    above, below = parts
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Counts = np.where(below > 0.0, above / below, np.nan)
    return ratio


def _median(parts: Sequence[Counts]) -> Counts:
    """First day by which half of those who started have ended; the last day if none is."""
    ended, started = parts
    is_half: NDArray[np.bool_] = np.cumsum(ended, axis=-1) * 2.0 >= started[..., None]
    last = ended.shape[-1] - 1
    day = np.where(is_half.any(axis=-1), is_half.argmax(axis=-1), last).astype(np.float64)
    median: Counts = np.where(started > 0.0, day, np.nan)
    return median


def _bucket_after(days: int) -> int:
    """Number of buckets of the durations of at most ``days`` days."""
    if days == DAYS_IN_YEAR:
        return DAILY_BUCKETS + 1
    if days >= DAILY_BUCKETS:
        raise ValueError(f"the ledger does not tell durations of {days} days apart")
    return days + 1


def _cut_cohorts(record: Record | None, ledger: Ledger, days: int) -> NDArray[np.bool_]:
    """Which (month, territory) cohorts lose members to ``record`` before ``days`` have passed.

    The record begins new cohorts, so that of its own month is whole.
    """
    shape = ledger.shape
    cut = np.zeros((shape.months, shape.territories), dtype=np.bool_)
    if record is None:
        return cut
    happened = ledger.flows[record, ..., 0].sum(axis=(-1, -2)) > 0
    for month, territory in np.argwhere(happened):
        begins = first_day_of_month(shape.first_month + int(month))
        for earlier in range(int(month)):
            ends = first_day_of_month(shape.first_month + earlier + 1)
            cut[earlier, territory] |= ends + days > begins
    return cut


def _total(terms: Sequence[Term], ledger: Ledger, parameters: Parameters, is_stock: bool) -> Counts:
    """Sum of terms; (months, territories, pathways + 1), one more month for stocks."""
    rows = ledger.shape.months + (1 if is_stock else 0)
    total = np.zeros((rows, ledger.shape.territories, ledger.shape.pathways + 1))
    for term in terms:
        total += term.factor * _counts(term, ledger, parameters, is_stock)
    return total


def _counts(term: Term, ledger: Ledger, parameters: Parameters, is_stock: bool) -> Counts:
    if term.stock_number is not None:
        stock = ledger.stocks[term.stock_number]
        level: Counts = (stock if is_stock else stock[1:]).astype(np.float64)
        return level
    if term.record_number is None:
        raise ValueError("a term without stock or record")
    cells = ledger.flows[term.record_number, ..., 1 if term.quantity == "value" else 0]
    details = list(term.detail_numbers)
    if term.job_types is not None:
        details = [
            number
            for number, label in enumerate(parameters.labels("job_types"))
            if parameters.flag(f"job_types.{label}.{term.job_types}")
        ]
    chosen = cells[..., details] if details else cells
    total: Counts = chosen.sum(axis=-1).astype(np.float64)
    return total


def _months_later(definition: OutcomeDefinition, ledger: Ledger, parameters: Parameters) -> Counted:
    """Stocks counted so many months after the cohort's month, told by the cohort's month."""
    months = definition.measure.months or 0
    days = round(months * DAYS_PER_MONTH)
    cut = _cut_cohorts(definition.measure.cut_by_number, ledger, days)
    parts = []
    for terms in (definition.measure.numerator, definition.measure.denominator):
        later = _total(terms, ledger, parameters, is_stock=False)
        shifted = np.zeros_like(later)
        shifted[: max(len(later) - months, 0)] = later[months:]
        shifted[cut] = 0.0
        parts.append(shifted)
    shape = ledger.shape
    complete = observed_months(definition, shape.first_month, shape.months)
    return Counted(tuple(parts), _ratio, complete)


def _staff(ledger: Ledger, timeline: Sequence[ParametersInForce], *, is_cost: bool) -> Counts:
    """Funded posts (FTE), or their cost in euro, of each month as a mean over its days."""
    shape = ledger.shape
    total = np.zeros((shape.months, shape.territories, shape.pathways + 1))
    starts = [step.since for step in timeline[1:]] + [10**9]
    for step, until in zip(timeline, starts, strict=True):
        level = _posts(step.parameters, is_cost=is_cost)
        for month in range(shape.months):
            first = first_day_of_month(shape.first_month + month)
            after = first_day_of_month(shape.first_month + month + 1)
            days = min(after, until) - max(first, step.since)
            if days > 0:
                total[month, :, 0] += level * (days / (after - first))
    return total


def _posts(parameters: Parameters, *, is_cost: bool) -> Counts:
    """Posts by territory, or their monthly cost."""
    by_territory = []
    for territory in parameters.labels("territories"):
        total = 0.0
        for role in parameters.labels("roles"):
            path = f"territories.{territory}.staff.{role}"
            posts = parameters.number(f"{path}.fte") + parameters.number(f"{path}.additional_fte")
            yearly = parameters.number(f"roles.{role}.loaded_cost_eur_per_year")
            total += posts * (yearly / MONTHS_IN_YEAR if is_cost else 1.0)
        by_territory.append(total)
    return np.array(by_territory, dtype=np.float64)
