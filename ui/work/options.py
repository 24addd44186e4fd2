"""The options of a study side by side: every scenario beside the reference, in eight rows.

`options_of` is the one home of these numbers: the page, the note and the workbook all read it, and
`ui.options_words` puts it into words. An interval is that of every result of the app: where a
share of the simulations lie, chance and the doubt of the parameters together
(`ui.work.results.spread`). A difference is told apart from none where it leaves zero out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from sim.money.cost_effectiveness import CostEffectiveness, WhyNoPrice, cost_effectiveness
from sim.money.results_reached import FOUND_A_JOB
from sim.outcomes.definitions import outcome_definition
from sim.outcomes.table import ALL
from ui.work.money import money_of
from ui.work.rates import yearly_rate
from ui.work.results import SHARE, FullRun, Numbers, spread

COST, PRICE = "cost", "price"
ROWS: Mapping[str, tuple[str, ...]] = {
    "delay": ("wait_for_orientation_days_mean", "wait_for_caseworker_days_mean"),
    "within": ("oriented_within_15_days_share", "support_started_within_30_days_share"),
    "contacts": ("contacts_held_per_person",),
    "work": ("stock_job_within_12m_share", "entrants_job_within_12m_share"),
    "off_rsa": ("stock_off_rsa_at_12m_share", "entrants_off_rsa_at_12m_share"),
    "households": ("caseload_households",),
    COST: (COST,),
    PRICE: (PRICE,),
}
"""The eight rows and the lines of each: outcomes, then two of the money."""
COUNTED = ("households", COST, PRICE)
"""Rows in which a part of a department has less than the whole."""
PRICED = FOUND_A_JOB
"""The result that has its price in the table, gross."""
NEAR_CEILING_DAYS = 0.05
"""A delay as near to its ceiling is written as the ceiling."""

Verdict = Literal[
    "better", "worse", "more", "less", "dearer", "cheaper", "untold", "same", "priced", "none"
]
"""What a cell says in a word. *More* and *less* judge nothing (which of them is wanted is a matter
of choice); *untold*: zero is in the interval; *same*: no simulation differs; *none*: no value."""
SIGNS: Mapping[str, tuple[Verdict, Verdict]] = {
    "higher": ("better", "worse"),
    "lower": ("worse", "better"),
    "neutral": ("more", "less"),
    COST: ("dearer", "cheaper"),
}
"""The word of a rise and of a fall, by what is better."""


class Span(NamedTuple):
    """A mean over simulations with the ends between which ``share`` of them lie; NaN: no value."""

    mean: float
    low: float
    high: float


NO_SPAN = Span(float("nan"), float("nan"), float("nan"))


@dataclass(frozen=True)
class Cell:
    """One scenario on one line: its level, its difference to the reference, and the word.

    Numbers are in the unit of the outcome (shares between 0 and 1), euro for the money. ``level``
    is NaN for the cost, whose difference alone is told; the price has its ratio as ``difference``
    or ``why_no_price``. ``is_bound``: the level or that of the reference is at the ceiling of a
    delay, so that the true difference may be larger than what is told; with both at the ceiling
    nothing is told of it.
    """

    level: float
    difference: Span
    verdict: Verdict
    is_bound: bool = False
    why_no_price: WhyNoPrice | None = None

    @property
    def is_apart(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.difference.low > 0.0 or self.difference.high < 0.0


@dataclass(frozen=True)
class Line:
    """One line of a row: an outcome, `COST` or `PRICE`, the level of the reference and the cells.

    ``place`` is what the numbers are about: the money is that of the whole department.
    """

    key: str
    place: str
    reference: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Row:
    """One of the eight rows, by its key in `ROWS`."""

    key: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Options:
    """The table: rows in the order of `ROWS`, cells in the order of the study's scenarios.

    ``months`` is over how many months since the first change the cost is added up.
    """

    place: str
    share: float
    months: int
    rows: tuple[Row, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, whatever their row."""
        return tuple(line for row in self.rows for line in row.lines)

    def line(self, key: str) -> Line:
        """The line of an outcome, of `COST` or of `PRICE`. Raises KeyError when there is none."""
        return {line.key: line for line in self.lines}[key]


def options_of(found: FullRun, place: str = ALL, share: float = SHARE) -> Options:
    """The options of a run in a territory or the whole department; ``share``: of the interval.

    A preview has no money: its two lines have no value. A first look at a part of the department
    has no rows of what is counted or paid.
    """
    priced: tuple[CostEffectiveness, ...] = ()
    if found.money is not None:
        priced = cost_effectiveness(money_of(found), found.experiment.since, share=share)
    scenarios = range(1, len(found.experiment.scenarios))
    rows = []
    for key, names in ROWS.items():
        if found.part < 1.0 and key in COUNTED:
            continue
        if key == COST:
            lines: Iterable[Line] = (_cost_line(scenarios, priced),)
        elif key == PRICE:
            lines = (_price_line(scenarios, priced),)
        else:
            lines = (outcome_line(found, name, place, share) for name in names)
        rows.append(Row(key, tuple(lines)))
    months = len(found.axes.months) - 1 - found.experiment.since
    return Options(place, share, months, tuple(rows))


def outcome_line(found: FullRun, outcome: str, place: str = ALL, share: float = SHARE) -> Line:
    """Any outcome as a line of such a table."""
    before = found.whole(0, outcome, place)
    cells = tuple(
        compared_cell(before, found.whole(position, outcome, place), outcome, share)
        for position in range(1, len(found.experiment.scenarios))
    )
    reference = float("nan") if np.isnan(before).any() else float(before.mean())
    return Line(outcome, place, reference, cells)


def too_few(found: FullRun, options: Options) -> tuple[Line, ...]:
    """Lines whose interval is approximate: a run has fewer simulations than they declare.

    A rare long queue may be missing in a few simulations (`sim.experiments.intervals`).
    """
    outcomes = (line for line in options.lines if line.key not in (COST, PRICE))
    return tuple(
        line
        for line in outcomes
        if outcome_definition(line.key).fewest_replications > found.count
        and any(cell.verdict not in ("same", "none") for cell in line.cells)
    )


def compared_cell(before: Numbers, after: Numbers, outcome: str, share: float = SHARE) -> Cell:
    """One outcome of a scenario beside the reference, both by simulation."""
    definition = outcome_definition(outcome)
    ceiling = definition.days_observed if definition.unit == "days" else 0
    return _cell(before, after, definition.better, share, ceiling)


def _cell(before: Numbers, after: Numbers, better: str, share: float, ceiling: int = 0) -> Cell:
    difference = after - before
    if np.isnan(difference).any():
        return Cell(float("nan"), NO_SPAN, "none")
    low, high = (float(end[0]) for end in spread(difference, share))
    span = Span(float(difference.mean()), low, high)
    is_bound = bool(ceiling) and max(before.mean(), after.mean()) > ceiling - NEAR_CEILING_DAYS
    is_same = not difference.any() and not is_bound
    return Cell(
        float(after.mean()), span, "same" if is_same else _verdict(span, better), bool(is_bound)
    )


def rate_line(found: FullRun, outcome: str, place: str = ALL, share: float = SHARE) -> Line:
    """A flow as a line of rates: for 100 on RSA and a year (`ui.work.rates`).

    Raises KeyError for an outcome that has none.
    """
    better = outcome_definition(outcome).better
    before = yearly_rate(found, 0, outcome, place)
    cells = tuple(
        _cell(before, yearly_rate(found, position, outcome, place), better, share)
        for position in range(1, len(found.experiment.scenarios))
    )
    return Line(outcome, place, float(before.mean()), cells)


def _verdict(span: Span, better: str) -> Verdict:
    if span.low > 0.0:
        return SIGNS[better][0]
    return SIGNS[better][1] if span.high < 0.0 else "untold"


def _cost_line(scenarios: Iterable[int], priced: tuple[CostEffectiveness, ...]) -> Line:
    nothing = Cell(float("nan"), NO_SPAN, "none")
    cells = [_cost_cell(priced[one - 1]) if priced else nothing for one in scenarios]
    return Line(COST, ALL, float("nan"), tuple(cells))


def _cost_cell(one: CostEffectiveness) -> Cell:
    span = Span(*one.cost)
    if span.mean == span.low == span.high == 0.0:
        return Cell(float("nan"), span, "same")
    if np.isnan(span.low):
        span = Span(span.mean, span.mean, span.mean)
    return Cell(float("nan"), span, _verdict(span, COST))


def _price_line(scenarios: Iterable[int], priced: tuple[CostEffectiveness, ...]) -> Line:
    cells = [_price_cell(priced[one - 1] if priced else None) for one in scenarios]
    return Line(PRICE, ALL, float("nan"), tuple(cells))


def _price_cell(one: CostEffectiveness | None) -> Cell:
    results = () if one is None else one.results
    for result in results:
        if result.effect_name == PRICED and not result.is_net_of_displacement:
            if result.ratio is not None:
                return Cell(float("nan"), Span(*result.ratio), "priced")
            return Cell(float("nan"), NO_SPAN, "none", why_no_price=result.why_no_price)
    return Cell(float("nan"), NO_SPAN, "none")
