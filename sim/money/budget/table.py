"""The table of planners: lines by budget year, of each scenario and against the reference.

`budget_of` prepares it (on the months already paid, when they are given); `cells` reads it for
all funders together or one of them, the whole department or a territory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from sim.errors import Fault, InputError
from sim.money.budget.insertion import EnteredLine, replaced
from sim.money.budget.level import LevelPaths
from sim.money.budget.rows import NET_ALLOWANCE as NET_ALLOWANCE
from sim.money.budget.rows import TOTAL as TOTAL
from sim.money.budget.rows import TableRow, rows_of
from sim.money.costs.entered import InsertionAmount, PaidMonth, received_by_year
from sim.money.costs.entered import Received as Received
from sim.money.costs.price_doubts import POINTS, Doubts, doubts_of
from sim.money.costs.spending import ALLOWANCE, ALLOWANCE_LINES, check_years
from sim.money.costs.unit_costs import DEPARTMENT
from sim.money.priced_runs import PricedRun, PricedRuns
from sim.outcomes.table import ALL

Floats = NDArray[np.float64]
SHARE = 0.90
UPPER = 0.95
"""Share of the samples between ``low`` and ``high``, unless told otherwise."""
MONTHS_LEARNED = 6
"""The level of the allowance is set on so many of the last months paid."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A row in a budget year under a scenario, in euro, with its difference to the reference.

    Between ``low`` and ``high`` lies the share of the samples that the budget states. The reference
    differs from itself by 0.
    """

    scenario: str
    row: str
    year: int
    value: float
    low: float
    high: float
    difference: float
    difference_low: float
    difference_high: float


@dataclass(frozen=True, eq=False)
class Chosen:
    """Euro of a scenario, some territories and funders.

    ``eur``: (replication, line, month), with doubt; ``stated``: (line, month), without.
    """

    eur: Floats
    stated: Floats

    @cached_property
    def whole(self) -> Floats:
        """Both together, (replication, line, month)."""
        found: Floats = self.eur + self.stated
        return found


@dataclass(frozen=True, eq=False)
class Budget:
    """Euro of every run over whole budget years.

    ``eur[scenario][replication, line, month, territory, funder]``; the first ``paid_months`` of the
    simulated months are those that the user gave. ``share``: of the samples within the bounds told.
    ``level``: what the allowance of the reference was set on, over the months of the run; None when
    it is the simulation's own. ``entered``: own lines of insertion; their months of ``eur`` hold
    the difference to the reference, beside ``stated``, (line, month, territory, funder).
    """

    runs: PricedRuns
    years: tuple[int, ...]
    eur: tuple[Floats, ...]
    stated: Floats
    paid: tuple[PaidMonth, ...] = ()
    paid_months: int = 0
    level_ratio: float = 1.0
    received: Mapping[int, float] = field(default_factory=dict)
    share: float = SHARE
    level: LevelPaths | None = None
    entered: tuple[EnteredLine, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios, the reference first."""
        return self.runs.experiment.names

    @property
    def lines(self) -> tuple[str, ...]:
        """Names of the lines."""
        return self.runs.first.lines

    @property
    def replications(self) -> int:
        """Finished replications."""
        return len(self.runs.runs[0])

    @cached_property
    def rows(self) -> tuple[TableRow, ...]:
        """Lines that cost anything under any scenario, sub-totals and the total."""
        model = (np.abs(run.spending.eur) for of in self.runs.runs for run in of)
        costs = sum(one.sum(axis=(1, 2, 3)) for one in model) + self.stated.sum(axis=(1, 2, 3))
        return rows_of([line for line, cost in zip(self.lines, costs, strict=True) if cost > 0.0])

    @cached_property
    def doubts(self) -> Doubts:
        """The doubts of the lines under the reference."""
        points = POINTS if self.level is None else len(self.level.eur)
        return doubts_of(self.runs.experiment.reference.base, self.lines, points)

    def months_ahead(self, month: int) -> float:
        """Months from the last known level to a simulated month; 0 for months already paid."""
        return max(0.0, month + 1.0 - self.paid_months)

    def level_factors(self, months: Sequence[int]) -> Floats:
        """Multiples of the expected level in some months, (points, months)."""
        if self.level is not None:
            return self.level.factors[:, list(months)]
        return self.doubts.level_factors([self.months_ahead(month) for month in months])

    def bounds(self, samples: Floats, value: float | None = None) -> tuple[float, float]:
        """The quantiles between which ``share`` of the samples lie, and a central ``value``."""
        ends = [0.5 - self.share / 2.0, 0.5 + self.share / 2.0]
        low, high = map(float, np.quantile(samples, ends, method="inverted_cdf"))
        return (low, high) if value is None else (min(low, value), max(high, value))

    def months_of(self, year: int) -> tuple[int, ...]:
        """Positions of the months of a budget year."""
        labels = self.runs.first.months
        return tuple(place for place, month in enumerate(labels) if int(month[:4]) == year)

    def samples(self, chosen: Chosen, months: Sequence[int]) -> Floats:
        """Euro over months, (replications x points of doubt, lines)."""
        of_months = list(months)
        picked = chosen.eur[:, :, of_months]
        total = np.repeat(picked.sum(axis=-1)[:, None], len(self.doubts.unit_costs), axis=1)
        of_level = np.flatnonzero(self.doubts.follows_level)
        moved = picked[:, of_level] @ self.level_factors(months).T
        total[:, :, of_level] = np.swapaxes(moved, 1, 2)
        total *= self.doubts.unit_costs
        total += chosen.stated[:, of_months].sum(axis=-1)
        return total.reshape(-1, len(self.lines))

    def chosen(self, scenario: int, funder: str | None, territory: str) -> Chosen:
        """The euro of a scenario for a funder (None: all) and a territory (or all)."""
        first = self.runs.first
        where = funders = slice(None)
        if territory != ALL:
            place = first.territories.index(territory)
            where = slice(place, place + 1)
        if funder is not None:
            number = first.funders.index(funder)
            funders = slice(number, number + 1)
        eur, stated = (
            one[..., where, funders].sum(axis=(-1, -2)) for one in (self.eur[scenario], self.stated)
        )
        return Chosen(eur, stated)


def on_level(runs: PricedRuns, level: LevelPaths | None) -> PricedRuns:
    """Runs whose allowance is that of a level, month by month, in each replication's reference.

    The other scenarios keep their differences to it, in proportion. The allowance of a month of
    right moves as its payment in the next month; without a ``level`` nothing moves. Raises
    InputError where a month of the reference has no allowance.
    """
    if level is None:
        return runs
    lines = runs.first.lines
    of_allowance = [number for number, line in enumerate(lines) if line in ALLOWANCE_LINES]
    reference = np.stack(
        [run.spending.eur[lines.index(ALLOWANCE)].sum(axis=(-1, -2)) for run in runs.runs[0]]
    )
    _refuse_nothing(reference)
    factors = level.expected / reference
    return replace(
        runs,
        level_ratio=float(factors.mean()),
        runs=tuple(
            tuple(_moved(run, own, of_allowance) for run, own in zip(of, factors, strict=True))
            for of in runs.runs
        ),
    )


def _moved(run: PricedRun, factors: Floats, of_allowance: Sequence[int]) -> PricedRun:
    """A run whose allowance is multiplied by month of payment."""
    eur = run.spending.eur.copy()
    eur[of_allowance] *= factors[:, None, None]
    rights = np.append(factors[1:], factors[-1])
    return replace(
        run,
        spending=replace(
            run.spending, eur=eur, entitled_eur=run.spending.entitled_eur * rights[:, None]
        ),
        flows=replace(
            run.flows,
            entitled_eur=run.flows.entitled_eur * rights,
            withheld_eur=run.flows.withheld_eur * rights,
        ),
    )


def _refuse_nothing(paid: Floats) -> None:
    """Raise InputError unless every month of every replication has an allowance."""
    if not (paid > 0.0).all():
        found = "no allowance in some of the months of the simulation"
        raise InputError([Fault("budget", "share", found, "a larger part of the department")])


def budget_of(
    runs: PricedRuns,
    years: Sequence[int] | None = None,
    paid: Sequence[PaidMonth] = (),
    received: Sequence[Received] = (),
    share: float = SHARE,
    level: LevelPaths | None = None,
    insertion: Sequence[InsertionAmount] = (),
) -> Budget:
    """The budget of finished runs over whole calendar years (default: all that are simulated).

    ``level``: what the runs were set on (`on_level`), with its doubt; without it the level is the
    simulation's. ``paid``: months already paid; they replace the simulated ones in
    every scenario, and without a ``level`` that of later months follows them. ``received``:
    compensation entered by the user. ``share``: of the samples within the bounds of every cell. Few
    replications spread wider than they lie (Student). ``insertion``: lines as the department pays
    them, in the place of the reference's; other scenarios keep their difference to it. Raises
    InputError on a year outside the run, on paid months that the run does not hold, and on lines of
    insertion that are unknown or count a euro twice.
    """
    simulated = runs.first.years
    chosen = tuple(simulated if years is None else years)
    check_years(chosen or (int(runs.first.months[0][:4]),), simulated)
    eur = tuple(np.stack([run.spending.eur for run in of]) for of in runs.runs)
    places = _places_of(paid, runs.first.months)
    known = {place: one.allowance_eur for place, one in zip(places, paid, strict=True)}
    reference = eur[0][:, runs.first.lines.index(ALLOWANCE)].sum(axis=(-1, -2))
    ratio = runs.level_ratio
    if paid:
        _refuse_nothing(reference[:, places])
        factors = _factors(reference, known, level)
        ratio *= float(factors.mean())
        eur = tuple(_aligned(one, runs.first.lines, factors, known) for one in eur)
    own = replaced(insertion, runs, eur)
    return Budget(
        runs,
        chosen,
        tuple(map(_widened, own.eur)),
        own.stated,
        tuple(paid),
        places[-1] + 1 if places else 0,
        ratio,
        received_by_year(received),
        share,
        level,
        own.entered,
    )


def _places_of(paid: Sequence[PaidMonth], months: Sequence[str]) -> list[int]:
    """Positions of the paid months among the simulated ones."""
    faults = [
        Fault("actuals", "month", f"{one.month}, outside the run", f"{months[0]} to {months[-1]}")
        for one in paid
        if one.month not in months
    ]
    if faults:
        raise InputError(faults)
    return [months.index(one.month) for one in paid]


def _factors(reference: Floats, known: Mapping[int, float], level: LevelPaths | None) -> Floats:
    """What each replication's allowance is multiplied by, (replication, month).

    ``reference``: that of the scenario without change. The last months paid hold for all later
    ones, unless a level holds them already.
    """
    if level is not None:
        return np.ones_like(reference)
    learned = list(known)[-MONTHS_LEARNED:]
    ratio = sum(known[place] for place in learned) / reference[:, learned].sum(axis=1)
    return np.repeat(ratio[:, None], reference.shape[1], axis=1)


def _aligned(
    eur: Floats, lines: Sequence[str], factors: Floats, known: Mapping[int, float]
) -> Floats:
    """The lines of the allowance on a level, and months as they were paid; other lines as they are.

    Territories and funders keep their shares of each month.
    """
    aligned, own = eur.copy(), factors.copy()
    simulated = eur[:, lines.index(ALLOWANCE)].sum(axis=(-1, -2))
    for place, paid_eur in known.items():
        own[:, place] = paid_eur / simulated[:, place]
    for number, line in enumerate(lines):
        if line in ALLOWANCE_LINES:
            aligned[:, number] *= own[..., None, None]
    return aligned


def _widened(eur: Floats) -> Floats:
    """Replications as far from their mean as their number leaves in doubt.

    Their 90 % interval becomes that of one more replication under Student's distribution; the mean
    stays. A single replication has no spread.
    """
    count = len(eur)
    if count == 1:
        return eur
    mean = eur.mean(axis=0)
    wider = stdtrit(count - 1, UPPER) / ndtri(UPPER) * np.sqrt(1.0 + 1.0 / count)
    found: Floats = mean + (eur - mean) * wider
    return found


def cells(budget: Budget, *, funder: str | None = None, territory: str = ALL) -> list[Cell]:
    """Every row, year and scenario of the table."""
    found: list[Cell] = []
    columns = {line: number for number, line in enumerate(budget.lines)}
    base = budget.chosen(0, funder, territory)
    for year in budget.years:
        months = budget.months_of(year)
        before = budget.samples(base, months)
        for scenario, name in enumerate(budget.names):
            own = budget.chosen(scenario, funder, territory)
            after = budget.samples(own, months)
            for row in budget.rows:
                picked = [columns[line] for line in row.lines]
                value = own.whole[:, picked][..., list(months)].sum(axis=(1, 2))
                reference = base.whole[:, picked][..., list(months)].sum(axis=(1, 2))
                samples = after[:, picked].sum(axis=1)
                gaps = samples - before[:, picked].sum(axis=1)
                found.append(
                    Cell(
                        name,
                        row.name,
                        year,
                        float(value.mean()),
                        *budget.bounds(samples, float(value.mean())),
                        float((value - reference).mean()),
                        *budget.bounds(gaps, float((value - reference).mean())),
                    )
                )
    return found


def left_to_the_department(budget: Budget) -> dict[tuple[str, int], float]:
    """What is left to the department by (scenario, year): its gross part less what it received."""
    return {
        (cell.scenario, cell.year): cell.value - budget.received.get(cell.year, 0.0)
        for cell in cells(budget, funder=DEPARTMENT)
        if cell.row == TOTAL
    }
