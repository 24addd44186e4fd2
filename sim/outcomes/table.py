"""The outcomes of one run: by month, territory and pathway, and over a whole period."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import Fault, InputError
from sim.ledger import Ledger
from sim.outcomes.definitions import (
    OutcomeDefinition,
    outcome_definition,
    outcome_definitions,
)
from sim.outcomes.measures import (
    PATHWAY,
    TERRITORY,
    TIME,
    Counted,
    Counts,
    ParametersInForce,
    counted,
    observed_months,
)
from sim.outcomes.same_people import SamePeople
from sim.parameters import Parameters
from sim.parameters.schema import nearest
from sim.units import EPOCH, month_number

if TYPE_CHECKING:
    import pandas as pd

ALL = "all"
"""Stands for all territories, all pathways, or the whole period."""
COLUMNS = ("month", "territory", "pathway", "outcome", "value", "unit")
ORDERED = "month"
"""The column whose words are in an order."""


@dataclass(frozen=True)
class OutcomeAxes:
    """Names along the axes of `Outcomes`; the first month is the eve of the run (stocks only)."""

    outcomes: tuple[str, ...]
    months: tuple[str, ...]
    territories: tuple[str, ...]
    pathways: tuple[str, ...]

    def place(self, outcome: str, territory: str = ALL, month: str = ALL) -> tuple[int, int, int]:
        """Positions of an outcome, of a month (-1 for the whole period) and of a territory.

        Raises `InputError` with the nearest names of all that is unknown.
        """
        faults = [
            Fault("outcomes", field, f"the unknown {name!r}", nearest(name, known))
            for field, name, known in (
                ("outcome", outcome, self.outcomes),
                ("territory", territory, self.territories),
            )
            if name not in known
        ]
        if month not in (*self.months, ALL):
            accepted = f"{ALL}, or a month from {self.months[0]} to {self.months[-1]}"
            faults.append(Fault("outcomes", "month", repr(month), accepted))
        if faults:
            raise InputError(faults)
        when = -1 if month == ALL else self.months.index(month)
        return self.outcomes.index(outcome), when, self.territories.index(territory)

    def period(self, outcome: str, since: int) -> str:
        """What the number of the whole period of an outcome covers, as `period_text` says it."""
        first = month_number(date.fromisoformat(f"{self.months[1]}-01"))
        return period_text(outcome, first, len(self.months) - 1, since)


@dataclass(frozen=True)
class Outcomes:
    """Values of one run; NaN where an outcome does not exist or is not observed long enough.

    ``values[outcome, month, territory, pathway]``; ``whole[outcome, territory, pathway]`` is the
    one number of the period from month ``since`` on: a stock at the end of the run, the total of
    a flow, the ratio of the sums of its terms over complete months.
    """

    axes: OutcomeAxes
    values: NDArray[np.float64]
    whole: NDArray[np.float64]
    since: int

    def __repr__(self) -> str:
        """One line: how many outcomes, which months."""
        names, months = self.axes.outcomes, self.axes.months
        return f"Outcomes({len(names)} outcomes, {months[0]} to {months[-1]})"

    def frame(self) -> pd.DataFrame:
        """A tidy table with the columns of `COLUMNS`, without missing values."""
        return tidy(self.axes, self.values)

    def summary(self) -> pd.DataFrame:
        """A tidy table of the whole period: its ``month`` is "all"."""
        table = tidy(self.axes, self.whole[:, None], months=(ALL,))
        return table.reset_index(drop=True)

    def one(self, outcome: str, territory: str = ALL, month: str = ALL) -> float:
        """One number, all pathways together; raises `InputError` with the nearest names."""
        row, when, place = self.axes.place(outcome, territory, month)
        if month == ALL:
            return float(self.whole[row, place, 0])
        return float(self.values[row, when, place, 0])

    def period(self, outcome: str) -> str:
        """What the number of the whole period of an outcome covers, as ``2023-04 to 2025-12``."""
        return self.axes.period(outcome, self.since)


def month_label(month: int) -> str:
    """A month number as ``2023-04``."""
    return f"{EPOCH.year + month // 12:04d}-{month % 12 + 1:02d}"


@cache
def period_text(outcome: str, first_month: int, months: int, since: int) -> str:
    """What one number covers in a run of so many months that counts from month ``since`` on.

    ``end of 2025-12`` for a stock, ``2023-04 to 2025-12`` for a flow; for a cohort the months of
    those who were observed long enough, or ``no month``.
    """
    definition = outcome_definition(outcome)
    if definition.kind == "stock":
        return f"end of {month_label(first_month + months - 1)}"
    until = observed_months(definition, first_month, months)
    if definition.measure.population == "stock":
        until = min(until, since + 1)
    if since >= until:
        return "no month"
    return f"{month_label(first_month + since)} to {month_label(first_month + until - 1)}"


def outcome_axes(first_month: int, months: int, parameters: Parameters) -> OutcomeAxes:
    """The axes of a run of ``months`` months."""
    return OutcomeAxes(
        outcomes=tuple(outcome_definitions()),
        months=tuple(month_label(first_month + month) for month in range(-1, months)),
        territories=(ALL, *parameters.labels("territories")),
        pathways=(ALL, *parameters.labels("pathways")),
    )


def outcomes_of(
    ledger: Ledger,
    timeline: Sequence[ParametersInForce],
    since: int = 0,
    reference: Ledger | None = None,
) -> Outcomes:
    """Every outcome of a run.

    ``timeline`` holds the parameters in force, the first from the first month or before;
    ``since`` is the first month (0 for that of the run) of the numbers of the whole period, and
    that of the first change for the same people. ``reference`` is the run under the same seed with
    which this one is compared, person by person; it may be itself.
    """
    axes = outcome_axes(ledger.shape.first_month, ledger.shape.months, timeline[0].parameters)
    shape = (len(axes.outcomes), len(axes.months), len(axes.territories), len(axes.pathways))
    values = np.full(shape, np.nan)
    whole = np.full((shape[0], *shape[2:]), np.nan)
    same = SamePeople(ledger, since, None if reference is None else reference.courses)
    for row, definition in enumerate(outcome_definitions().values()):
        if definition.measure.form == "same_people":
            values[row, 1:, :, 0], whole[row, :, 0] = same.read(definition)
            continue
        found = counted(definition, ledger, timeline)
        cube = found.value([_with_totals(part) for part in found.parts])
        cube[found.complete :] = np.nan
        if not definition.by_pathway:
            cube[:, :, 1:] = np.nan
        values[row, len(axes.months) - len(cube) :] = cube
        whole[row] = _whole_period(definition, found, since, ledger.shape.months)
    return Outcomes(axes, values, whole, since)


def tidy(
    axes: OutcomeAxes, values: NDArray[np.float64], months: tuple[str, ...] | None = None
) -> pd.DataFrame:
    """The long form of an array (outcome, month, territory, pathway), without missing values."""
    import pandas as pd  # slow to import, and only tables need it

    words = words_of(axes, months)
    columns: dict[str, object] = {}
    for name, column in long_form(values).items():
        known = words.get(name)
        columns[name] = (
            column
            if known is None
            else pd.Categorical.from_codes(
                column, categories=pd.Index(known), ordered=name == ORDERED
            )
        )
    return pd.DataFrame(columns)


def long_form(values: NDArray[np.float64]) -> Mapping[str, NDArray[Any]]:
    """Columns of an array (outcome, month, territory, pathway) without missing values.

    All but ``value`` are numbers of the words of `words_of`.
    """
    outcome, month, territory, pathway = np.nonzero(~np.isnan(values))
    units = _units()
    unit_of = np.array([units.index(one.unit) for one in outcome_definitions().values()])
    return {
        "month": month,
        "territory": territory,
        "pathway": pathway,
        "outcome": outcome,
        "value": values[outcome, month, territory, pathway],
        "unit": unit_of[outcome],
    }


def words_of(
    axes: OutcomeAxes, months: tuple[str, ...] | None = None
) -> Mapping[str, tuple[str, ...]]:
    """What the numbers of `long_form` stand for; ``months`` instead of those of the axes."""
    return {
        "month": axes.months if months is None else months,
        "territory": axes.territories,
        "pathway": axes.pathways,
        "outcome": axes.outcomes,
        "unit": _units(),
    }


def _units() -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.unit for one in outcome_definitions().values()))


def definitions_record() -> Mapping[str, dict[str, object]]:
    """The definitions as plain values, for a file beside the results."""
    return {
        name: definition.model_dump(exclude={"name", "measure"})
        for name, definition in outcome_definitions().items()
    }


@cache
def definitions_identity() -> str:
    """SHA-256 of all definitions, with what each of them measures: it keys what is kept of them."""
    whole = [definition.model_dump_json() for definition in outcome_definitions().values()]
    return hashlib.sha256("\n".join(whole).encode()).hexdigest()


def _with_totals(part: Counts) -> Counts:
    """The part by (time, all + territory, all + pathway, …); no pathway counts in all only."""
    months, territories, *others = part.shape
    whole = np.empty((months, territories + 1, *others), part.dtype)
    whole[:, 1:] = part
    part.sum(axis=PATHWAY, out=whole[:, 1:, 0])
    whole[:, 1:].sum(axis=TERRITORY, out=whole[:, 0])
    return whole


def outcome_over(
    name: str,
    ledger: Ledger,
    timeline: Sequence[ParametersInForce],
    since: int,
    until: int | None = None,
) -> NDArray[np.float64]:
    """One outcome over the months from ``since`` to before ``until`` (default: the last month).

    By territory and pathway, "all" first, as in `Outcomes.whole`; NaN where it is not observed.
    """
    definition = outcome_definition(name)
    if definition.measure.form == "same_people":
        if until is not None:
            raise ValueError(f"{name} has windows of its own: it is not read up to a month")
        value = np.full((ledger.shape.territories + 1, ledger.shape.pathways + 1), np.nan)
        value[:, 0] = SamePeople(ledger, since, None).read(definition)[1]
        return value
    months = ledger.shape.months
    last = months if until is None else min(until, months)
    return _whole_period(definition, counted(definition, ledger, timeline), since, last)


def _whole_period(
    definition: OutcomeDefinition, found: Counted, since: int, until: int
) -> NDArray[np.float64]:
    """The number of a period, by territory and pathway."""
    if definition.kind == "stock":
        parts = [part[until : until + 1] for part in found.parts]
    else:
        parts = [part[since : min(until, found.complete)] for part in found.parts]
    if definition.measure.form == "staff_fte":
        parts = [part / max(len(part), 1) for part in parts]
    summed = [_with_totals(part).sum(axis=TIME, keepdims=True) for part in parts]
    value: Counts = found.value(summed)[0]
    if not len(parts[0]):
        value = np.full_like(value, np.nan)
    if not definition.by_pathway:
        value[:, 1:] = np.nan
    return value
