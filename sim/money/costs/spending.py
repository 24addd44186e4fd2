"""What a run costs: by line, month of payment, territory and funder.

Amounts are gross euro. The allowance is told by the month in which it is paid; the month of right
comes earlier (``costs.payment_lag_months``). Receipts are negative lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.errors import Fault, InputError
from sim.ledger import Ledger
from sim.money.costs.posted_costs import Piece, pieces_of, posted_costs
from sim.money.costs.unit_costs import allowance_cost
from sim.money.costs.upratings import uprating_index
from sim.outcomes.measures import ParametersInForce
from sim.outcomes.table import month_label
from sim.parameters import Parameters
from sim.units import CENTS_PER_EUR, date_of, first_day_of_month
from sim.vocabulary import Record, Stock

Floats = NDArray[np.float64]
MONTHS_PER_YEAR = 12
VALUE = 1

ALLOWANCE = "allowance"
REPAID = "repaid"
OVERPAYMENTS = "overpayments"
WRITE_OFFS = "write_offs"
ALLOWANCE_LINES = (ALLOWANCE, REPAID, OVERPAYMENTS, WRITE_OFFS)
"""Allowance paid; sums given back on remobilisation; overpayments claimed (a receipt); sums
claimed that are remitted or given up."""


@dataclass(frozen=True, eq=False)
class HeldPlaces:
    """Places held at the end of each month, the eve of the run first.

    Both arrays: (months + 1, territories, kinds in the order of the tables).
    """

    jobs: Floats
    actions: Floats


@dataclass(frozen=True, eq=False)
class Spending:
    """Gross euro of one run. ``eur[line, month, territory, funder]``; months are those of payment.

    ``entitled_eur[month, territory]`` is the allowance by month of right, ``households`` those
    paid at the end of that month, both under the same upratings.
    """

    lines: tuple[str, ...]
    months: tuple[str, ...]
    territories: tuple[str, ...]
    funders: tuple[str, ...]
    eur: Floats
    entitled_eur: Floats
    households: Floats

    @property
    def years(self) -> tuple[int, ...]:
        """Budget years (calendar years) of which every month is simulated."""
        starts = [int(month[:4]) for month in self.months]
        return tuple(year for year in sorted(set(starts)) if starts.count(year) == MONTHS_PER_YEAR)

    def of_year(self, year: int) -> Floats:
        """Sums over the months of a budget year, (line, territory, funder).

        Raises InputError on a year of which the run does not hold every month.
        """
        check_years([year], self.years)
        chosen = [int(month[:4]) == year for month in self.months]
        total: Floats = self.eur[:, chosen].sum(axis=1)
        return total


def check_years(years: Sequence[int], simulated: Sequence[int]) -> None:
    """Raise InputError for budget years that are not simulated from January to December."""
    accepted = (
        f"a year from {simulated[0]} to {simulated[-1]}"
        if simulated
        else "a longer run: none of its years is whole"
    )
    faults = [
        Fault("budget", "year", f"{year}, outside the run", accepted)
        for year in years
        if year not in simulated
    ]
    if faults:
        raise InputError(faults)


def spending_of(
    ledger: Ledger,
    timeline: Sequence[ParametersInForce],
    held: HeldPlaces,
    upratings: Mapping[date, float] | None = None,
) -> Spending:
    """The spending of one run.

    ``timeline``: the parameters in force, the first from the first month or before; ``upratings``:
    assumed ones after the last published amount, {day: share}. The allowance of later months is
    the simulated one times these upratings: scale and resources are taken to move together.
    """
    stated = dict(upratings or {})
    base = timeline[0].parameters
    shape = ledger.shape
    pieces = pieces_of(timeline, shape.first_month, shape.months)
    funders = base.words("costs.funders")
    lines: dict[str, Floats] = {}
    due = _entitled(ledger, stated)
    lag = base.whole("costs.payment_lag_months")
    paid = due[1 - lag : 1 - lag + shape.months]
    shares = _allowance_shares(pieces)
    for name, eur in _allowance_lines(ledger, base, paid).items():
        lines[name] = eur[..., None] * shares[:, None, :]
    lines |= posted_costs(pieces, held.jobs, held.actions, stated)
    return Spending(
        lines=tuple(lines),
        months=tuple(month_label(shape.first_month + month) for month in range(shape.months)),
        territories=base.labels("territories"),
        funders=funders,
        eur=np.stack(list(lines.values())),
        entitled_eur=due[1:],
        households=ledger.stocks[Stock.HOUSEHOLDS, 1:].sum(axis=-1).astype(np.float64),
    )


def _entitled(ledger: Ledger, upratings: Mapping[date, float]) -> Floats:
    """Allowance by month of right, the eve of the run first: (months + 1, territories)."""
    cents = ledger.stocks[Stock.ALLOWANCE_CENTS].sum(axis=-1)
    first = ledger.shape.first_month - 1
    index = [
        uprating_index(upratings, date_of(first_day_of_month(first + month)))
        for month in range(len(cents))
    ]
    due: Floats = cents / CENTS_PER_EUR * np.array(index)[:, None]
    return due


def _allowance_lines(ledger: Ledger, base: Parameters, paid: Floats) -> dict[str, Floats]:
    repaid = ledger.flows[Record.SUSPENSION_ENDED, ..., VALUE].sum(axis=(-1, -2)) / CENTS_PER_EUR
    claimed = base.number("costs.overpayment_claimed_share") * paid
    return {
        ALLOWANCE: paid,
        REPAID: np.asarray(repaid, dtype=np.float64),
        OVERPAYMENTS: -claimed,
        WRITE_OFFS: base.number("costs.overpayment_written_off_share") * claimed,
    }


def _allowance_shares(pieces: Sequence[Sequence[Piece]]) -> Floats:
    """(month, funder): who pays the allowance in each month."""
    costs = (allowance_cost(of_month[0].parameters, 1.0, of_month[0].day) for of_month in pieces)
    return np.array([list(cost.by_funder.values()) for cost in costs])


def group_of(line: str) -> str:
    """The group of a line: ``staff`` for ``staff.…``, the line itself for the others."""
    return line.partition(".")[0]
