"""The simulated allowance of 2019 against the gross spending that departments published.

Simulated: the mean allowance of a household, month by month and by type of household, in the
reference scenario of each shipped department moved to 2019. Published: the number of households
(monthly series, else the ends of year), adults and persons covered. A department without tables
of its own takes the simulated means by type, weighted by a composition that has its published
adults and children for each household. Nothing is fitted to the spending of anybody.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from forecast.panel import shipped_panel
from sim.engine.packed import pack
from sim.engine.run import run_plan
from sim.engine.state import State
from sim.experiments.experiment import run_plan_of
from sim.parameters import Parameters, shipped_departments
from sim.parameters.national import load_tables
from sim.parameters.rules import STOCK
from sim.parameters.sources import PUBLISHED
from sim.policy import Scenario, load_scenario, shipped_scenarios
from sim.processes.allowance import amount_paid_cents
from sim.units import CENTS_PER_EUR
from sim.vocabulary import Benefit, Stock

Floats = NDArray[np.float64]
YEAR, MONTHS = 2019, 12
HOUSEHOLDS_SIMULATED = 8_000
OVERSEAS_FROM = "971"
ANNUAL_FILE, SPENDING_FILE = "rsa_annual.csv", "department_spending.csv"
INDICATOR = "rsa_allocation_gross_eur"


@dataclass(frozen=True)
class SimulatedSpending:
    """What one department's run gives: euro a household.

    ``by_month``: months of right from the eve of the year on, (13,); ``by_type`` at the end of the
    year, NaN for a type that nobody is of; ``stock_shares``: types in that stock.
    """

    code: str
    by_month: Floats
    by_type: Floats
    stock_shares: Floats
    households: int


@dataclass(frozen=True)
class Check:
    """One department: simulated and published spending of the year, gross euro."""

    code: str
    name: str
    is_own: bool
    """Simulated with its own tables, rather than by its composition."""
    households: float
    mean_eur: float
    simulated_eur: float
    published_eur: float

    @property
    def error(self) -> float:
        """Simulated over published, less 1."""
        return self.simulated_eur / self.published_eur - 1.0


def reference_of(department: str) -> Scenario:
    """The shipped reference scenario of a department that starts first."""
    loaded = (load_scenario(name) for name in shipped_scenarios())
    own = [one for one in loaded if one.department == department and one.reference is None]
    return min(own, key=lambda one: (one.start, one.name))


def simulate(
    department: str, seed: int, households: int = HOUSEHOLDS_SIMULATED
) -> SimulatedSpending:
    """Run a department's reference over the year, with about so many households."""
    scenario = reference_of(department)
    share = households / scenario.base.number(STOCK)
    moved = replace(scenario.scaled(share), start=date(YEAR, 1, 1)).with_months(MONTHS)
    result = run_plan(run_plan_of(moved), seed)
    stocks = result.ledger.stocks.sum(axis=(-1, -2)).astype(np.float64)
    by_month = stocks[Stock.ALLOWANCE_CENTS] / CENTS_PER_EUR / stocks[Stock.HOUSEHOLDS]
    by_type, shares = _amounts_by_type(moved.base, result.last)
    return SimulatedSpending(
        moved.base.code, by_month, by_type, shares, int(stocks[Stock.HOUSEHOLDS, -1])
    )


def _amounts_by_type(parameters: Parameters, state: State) -> tuple[Floats, Floats]:
    """Mean allowance by type of household on the last day, and the shares of the types."""
    nation = pack(parameters, date(YEAR, MONTHS, 31), 0).national[0]
    homes = state.households[state.households["benefit"] == Benefit.PAID]
    above = nation["break_even"][homes["kind"], homes["has_housing_support"], homes["is_increased"]]
    least = int(nation["minimum_paid_cents"])
    paid = np.array(
        [
            amount_paid_cents(int(limit), int(known), int(withheld), least)
            for limit, known, withheld in zip(
                above, homes["declared_cents"], homes["suspended_per_mille"], strict=True
            )
        ],
        dtype=np.float64,
    )
    kinds = homes["kind"]
    count = np.bincount(kinds, minlength=len(parameters.labels("household_types")))
    total = np.bincount(kinds, weights=paid, minlength=len(count)) / CENTS_PER_EUR
    with np.errstate(invalid="ignore"):
        by_type: Floats = np.where(count > 0, total / count, np.nan)
    return by_type, count / count.sum()


def pooled(runs: Sequence[SimulatedSpending]) -> tuple[Floats, Floats]:
    """Mean allowance by type over all runs, and the months as multiples of the last one."""
    weights = np.array([run.stock_shares * run.households for run in runs])
    by_type = np.nansum([run.by_type for run in runs] * weights, axis=0) / weights.sum(axis=0)
    profile = np.mean([run.by_month / run.by_month[-1] for run in runs], axis=0)
    return np.asarray(by_type), np.asarray(profile)


@dataclass(frozen=True)
class Composition:
    """Published counts of a department at the end of the year, for each household."""

    adults: float
    children: float


def composition_shares(target: Composition) -> Floats:
    """Shares of the types closest to the national ones that have these adults and children.

    National shares times exp(a × couple + b × children): the least change, in information, that
    meets both numbers. The open classes of the tables count their mean number of children.
    """
    national, adults, children = _national_types()

    def shares(tilt: Floats) -> Floats:
        weights = national * np.exp(tilt[0] * (adults - 1.0) + tilt[1] * children)
        return np.asarray(weights / weights.sum())

    def gap(tilt: Floats) -> Floats:
        now = shares(tilt)
        return np.array([now @ adults - target.adults, now @ children - target.children])

    found = optimize.root(gap, np.zeros(2))
    if not found.success:
        raise ValueError(f"no composition has {target}")
    return shares(np.asarray(found.x))


@cache
def _national_types() -> tuple[Floats, Floats, Floats]:
    """National shares, adults and children by type.

    Open classes ("three children and more") stand at their lower end in the tables; the same
    number of children is added to each of them, so that the national composition has the children
    for each household that all departments together published.
    """
    entries = load_tables().entries
    labels = [path.split(".")[1] for path in entries if path.startswith("household_types.")]
    names = tuple(dict.fromkeys(label for label in labels if not label.startswith("each_")))

    def column(field: str) -> Floats:
        return np.array([float(str(entries[f"household_types.{n}.{field}"].value)) for n in names])

    share, adults, children = column("share"), column("adults"), column("children")
    share = share / share.sum()
    largest = [children[adults == count].max() for count in (1.0, 2.0)]
    is_open = children == np.where(adults == 1.0, largest[0], largest[1])
    homes = compositions()
    sizes = {code: one["households"] for code, one in annual_counts(YEAR).items()}
    mean = float(np.average([homes[c].children for c in homes], weights=[sizes[c] for c in homes]))
    more = (mean - share @ children) / share[is_open].sum()
    return share, adults, children + np.where(is_open, more, 0.0)


@cache
def annual_counts(year: int) -> Mapping[str, Mapping[str, float]]:
    """Households, adults and persons covered of 31 December, by department in the mainland."""
    counts: dict[str, dict[str, float]] = {}
    for row in _rows(ANNUAL_FILE):
        if int(row["year"]) == year and row["department"] < OVERSEAS_FROM:
            counts.setdefault(row["department"], {})[row["indicator"]] = float(row["value"])
    return counts


def compositions() -> Mapping[str, Composition]:
    """Adults and children for each household, by department in the mainland."""
    return {
        code: Composition(
            one["adults"] / one["households"],
            (one["persons_covered"] - one["adults"]) / one["households"],
        )
        for code, one in annual_counts(YEAR).items()
    }


def monthly_households(code: str) -> Floats:
    """Households at the ends of December of the year before to November: (12,)."""
    panel = shipped_panel()
    first = 12 * YEAR - 1
    if code in panel.departments:
        row = panel.households[panel.departments.index(code)]
        wanted = np.array([row[panel.months == first + month] for month in range(MONTHS)])
        if wanted.size == MONTHS and np.isfinite(wanted).all():
            return np.asarray(wanted.reshape(MONTHS), dtype=np.float64)
    ends = [annual_counts(year)[code]["households"] for year in (YEAR - 1, YEAR)]
    return np.interp(np.arange(MONTHS), [0, MONTHS], ends)


def published_spending() -> Mapping[str, tuple[str, float]]:
    """Name and gross euro of the year, by department in the mainland that published some."""
    return {
        row["department"]: (row["name"], float(row["value"]))
        for row in _rows(SPENDING_FILE)
        if row["indicator"] == INDICATOR
        and int(row["year"]) == YEAR
        and row["department"] < OVERSEAS_FROM
        and float(row["value"]) > 0.0
    }


def check_spending(runs: Sequence[SimulatedSpending]) -> tuple[Check, ...]:
    """Every department of the mainland with published spending and composition.

    A month costs the households of its eve times their allowance: it is paid at its beginning.
    """
    by_type, profile = pooled(runs)
    own: dict[str, Floats] = {}
    for code in {run.code for run in runs}:
        own[code] = np.mean([run.by_month for run in runs if run.code == code], axis=0)
    found = []
    homes = compositions()
    for code, (name, published) in published_spending().items():
        if code not in homes:
            continue
        amounts = own.get(code, profile * float(composition_shares(homes[code]) @ by_type))
        households = monthly_households(code)
        simulated = float(households @ amounts[:MONTHS])
        total = float(households.sum())
        found.append(
            Check(code, name, code in own, total / MONTHS, simulated / total, simulated, published)
        )
    return tuple(found)


def simulate_all(
    seeds: Sequence[int], households: int = HOUSEHOLDS_SIMULATED
) -> list[SimulatedSpending]:
    """Every shipped department under every seed."""
    return [simulate(name, seed, households) for name in shipped_departments() for seed in seeds]


def _rows(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
