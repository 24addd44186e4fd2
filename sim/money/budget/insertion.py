"""Lines of insertion as the department wrote them in its own budget, in the place of the model's.

The amounts are the department's own part; what other funders pay, and what a scenario changes, stay
those of the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.errors import Fault, InputError
from sim.money.budget.rows import GROUPS_OF, NET_ALLOWANCE, members_of
from sim.money.costs.entered import InsertionAmount
from sim.money.costs.spending import ALLOWANCE_LINES
from sim.money.costs.unit_costs import DEPARTMENT
from sim.money.priced_runs import PricedRuns

Floats = NDArray[np.float64]
MONTHS_PER_YEAR = 12
YEAR_LETTERS = 4


@dataclass(frozen=True, slots=True)
class EnteredLine:
    """A line in a year as the department entered it, beside the model's without change.

    Both are the department's part in the ``months`` that were entered, in euro; of months that were
    not simulated the model has nothing.
    """

    line: str
    year: int
    months: int
    entered_eur: float
    model_eur: float

    @property
    def difference_eur(self) -> float:
        """What was entered less the model's."""
        return self.entered_eur - self.model_eur


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one of some amounts, by its position.

    ``other``: the amount that counts the same euro; None for a line that is not one.
    """

    position: int
    found: str
    accepted: str
    other: int | None = None


@dataclass(frozen=True, eq=False)
class Replaced:
    """What was entered, and what it makes of the euro of runs.

    ``stated``: euro without doubt, (line, month, territory, funder). ``eur[scenario]``: the rest by
    replication, in which the months entered hold the difference to the reference alone.
    """

    entered: tuple[EnteredLine, ...]
    stated: Floats
    eur: tuple[Floats, ...]


def lines_to_enter(lines: Iterable[str]) -> tuple[str, ...]:
    """What an amount may be of: sub-totals, then lines, all but those of the allowance."""
    names = tuple(name for name in GROUPS_OF if name != NET_ALLOWANCE)
    own = (line for line in lines if line not in ALLOWANCE_LINES and line not in names)
    return (*names, *own)


def problems_of(amounts: Sequence[InsertionAmount], lines: Sequence[str]) -> list[Problem]:
    """Unknown lines, and amounts that count the same euro twice."""
    found = []
    known = lines_to_enter(lines)
    counted: dict[tuple[str, str], int] = {}
    for position, one in enumerate(amounts):
        if one.line not in known:
            found.append(Problem(position, repr(one.line), f"one of {', '.join(known)}"))
            continue
        cells = [
            (line, month) for line in members_of(one.line, lines) for month in _months(one.period)
        ]
        before = [counted[cell] for cell in cells if cell in counted]
        if before:
            other = amounts[before[0]]
            again = f"{one.line} {one.period}, also in {other.line} {other.period}"
            found.append(Problem(position, again, "every euro once", before[0]))
        for cell in cells:
            counted.setdefault(cell, position)
    return found


def replaced(
    amounts: Sequence[InsertionAmount], runs: PricedRuns, eur: tuple[Floats, ...]
) -> Replaced:
    """The euro of runs with the amounts in the place of the reference's; raises InputError.

    A year's amount is spread evenly over its months. A sub-total is shared by its lines, and a line
    by territories, as in the model.
    """
    first = runs.first
    problems = problems_of(amounts, first.lines)
    if problems:
        raise InputError(
            [
                Fault("insertion", f"line {one.position + 1}", one.found, one.accepted)
                for one in problems
            ]
        )
    funder = first.funders.index(DEPARTMENT)
    model = eur[0].mean(axis=0)
    stated, is_entered = np.zeros_like(model), np.zeros(model.shape[:2], dtype=np.bool_)
    entered: dict[tuple[str, int], EnteredLine] = {}
    for one in amounts:
        named = _months(one.period)
        places = [first.months.index(month) for month in named if month in first.months]
        members = [first.lines.index(line) for line in members_of(one.line, first.lines)]
        cells = np.ix_(members, places)
        own, gross = model[cells][..., funder], model[cells].sum(axis=-1)
        shares = _shares(own.sum(axis=1), gross.sum(axis=1), _households(runs))
        by_month = one.eur / len(named)
        for line, of_line in zip(members, shares, strict=True):
            stated[line, places, :, funder] = by_month * of_line
        is_entered[cells] = True
        _add(entered, one, len(named), float(own.sum()))
    moved = tuple(one.copy() for one in eur)
    for euro in moved:
        euro[:, is_entered, :, funder] -= eur[0][:, is_entered, :, funder]
    return Replaced(tuple(entered.values()), stated, moved)


def _add(
    entered: dict[tuple[str, int], EnteredLine], one: InsertionAmount, months: int, model_eur: float
) -> None:
    """An amount among those of its line and year."""
    key = one.line, int(one.period[:YEAR_LETTERS])
    before = entered.get(key, EnteredLine(*key, 0, 0.0, 0.0))
    entered[key] = EnteredLine(
        *key, before.months + months, before.entered_eur + one.eur, before.model_eur + model_eur
    )


def _months(period: str) -> tuple[str, ...]:
    """The months of a year, or the one that is named."""
    if len(period) > YEAR_LETTERS:
        return (period,)
    return tuple(f"{period}-{month:02d}" for month in range(1, MONTHS_PER_YEAR + 1))


def _households(runs: PricedRuns) -> Floats:
    found: Floats = np.mean([run.spending.households.mean(axis=0) for run in runs.runs[0]], axis=0)
    return found


def _shares(own: Floats, gross: Floats, households: Floats) -> Floats:
    """Shares of the cells (line, territory): of the department's part, else of all funders'.

    Where the model has nothing, lines share evenly and territories by their households.
    """
    for known in (own, gross):
        if known.sum() > 0.0:
            found: Floats = known / known.sum()
            return found
    even: Floats = np.tile(households / households.sum() / len(own), (len(own), 1))
    return even
