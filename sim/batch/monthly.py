"""One outcome of an experiment by month: mean and quantiles over its runs, by scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.batch.holdings import whole_holding
from sim.batch.store import Store
from sim.batch.views import opened
from sim.errors import Fault, InputError
from sim.outcomes.table import ALL
from sim.parameters.schema import nearest

EIGHT_IN_TEN = (0.1, 0.9)

_ROWS = """
select scenario, month, count(*) as runs, avg(value) as mean,
       quantile_cont(value, $low) as low, quantile_cont(value, $high) as high
from outcomes
where outcome = $outcome and territory = $territory and pathway = $all and setting = $setting
group by scenario, month order by scenario, month
"""
_KNOWN = """
select distinct {column} from outcomes order by 1
"""


@dataclass(frozen=True)
class MonthlyRange:
    """One scenario: its months with mean and range over the runs that have a value."""

    scenario: str
    months: tuple[str, ...]
    runs: tuple[int, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def known_by_month(store: Store, label: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The outcomes and the territories of which an experiment has kept months."""
    with opened([whole_holding(store, label)]) as connection:
        outcomes, territories = (
            tuple(str(row[0]) for row in connection.execute(_KNOWN.format(column=name)).fetchall())
            for name in ("outcome", "territory")
        )
    return outcomes, territories


def quantiles_by_month(
    store: Store,
    label: str,
    outcome: str,
    territory: str = ALL,
    setting: int = 0,
    ends: tuple[float, float] = EIGHT_IN_TEN,
) -> list[MonthlyRange]:
    """Mean and the quantiles at ``ends`` over the runs of one setting, scenarios by name.

    Raises `InputError` when the experiment has no month of it.
    """
    values = {
        "outcome": outcome,
        "territory": territory,
        "setting": setting,
        "all": ALL,
        "low": ends[0],
        "high": ends[1],
    }
    with opened([whole_holding(store, label)]) as connection:
        rows = connection.execute(_ROWS, values).fetchall()
    if not rows:
        found = f"{outcome} in {territory}, setting {setting}: no month"
        accepted = nearest(outcome, known_by_month(store, label)[0])
        raise InputError([Fault("store", label, found, accepted)])
    names = dict.fromkeys(str(row[0]) for row in rows)
    return [_range(name, [row for row in rows if row[0] == name]) for name in names]


def _range(scenario: str, rows: Sequence[tuple[object, ...]]) -> MonthlyRange:
    months, runs, mean, low, high = zip(*(row[1:] for row in rows), strict=True)
    return MonthlyRange(scenario, months, runs, mean, low, high)
