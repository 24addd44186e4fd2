"""Parameter sets for a forecast, and their literature part exchanged between two of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brought.series import Floats
from sim.parameters import Parameters
from sim.parameters.derivation.drawn import department_draws
from sim.parameters.draws import SHARED, Draws
from sim.parameters.ranges import in_range
from sim.policy import Scenario
from sim.remarks import Remark, remarked

PRIOR_GROUP = "effects."
"""Without calibrated draws only the sizes of what support does are drawn."""
PRIOR_KINDS = ("literature", "assumed")
LITERATURE = ("literature", "assumption")
"""Badges of parameters that the data of the fit hardly moved, or that have no source."""
LEAST_DRAWS = 2
LEAST_TABLE_PARTS = 2
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True)
class ParameterDraws:
    """``values[draw, path]`` in the unit of the tables; ``is_literature`` by path.

    ``has_data`` is False when nothing was fitted, so that the data-informed part is not known.
    """

    paths: tuple[str, ...]
    values: Floats
    is_literature: Flags
    has_data: bool
    origin: Remark
    identity: str

    def __len__(self) -> int:
        return len(self.values)

    def own(self, draw: int) -> dict[str, float]:
        """The values of one draw."""
        return dict(zip(self.paths, map(float, self.values[draw]), strict=True))

    def exchanged(self, draw: int) -> dict[str, float]:
        """One draw with the literature part of the next one, all else unchanged."""
        other = self.values[(draw + 1) % len(self)]
        mixed = np.where(self.is_literature, other, self.values[draw])
        return dict(zip(self.paths, map(float, mixed), strict=True))


def draws_of_tables(parameters: Parameters, count: int, seed: int) -> ParameterDraws:
    """Draws from the stated ranges of the effects of support, for want of calibrated ones.

    Each value has a normal distribution on either side of the table's value, with the width of the
    stated range; draws outside the accepted bounds are moved to the bound.
    """
    entries = [
        entry
        for path in parameters.paths()
        if path.startswith(PRIOR_GROUP)
        and (entry := parameters.entry(path)).kind in PRIOR_KINDS
        and entry.uncertainty.interval is not None
        and isinstance(entry.value, float)
    ]
    normal = np.random.default_rng(seed).standard_normal((count, len(entries)))
    values = np.stack(
        [in_range(entry, normal[:, column]) for column, entry in enumerate(entries)], axis=1
    )
    return ParameterDraws(
        paths=tuple(entry.path for entry in entries),
        values=values,
        is_literature=np.ones(len(entries), dtype=bool),
        has_data=False,
        origin=remarked("no_draws", count=len(entries)),
        identity="tables",
    )


def draws_for(scenario: Scenario, count: int, seed: int) -> ParameterDraws:
    """The draws of the scenario's department, else `draws_of_tables`.

    All draws are different; there are fewer than ``count`` when fewer are shipped.
    """
    shipped = department_draws(scenario.department)
    if shipped is None or len(shipped) < LEAST_DRAWS:
        return draws_of_tables(scenario.base, count, seed)
    chosen = np.random.default_rng(seed).permutation(len(shipped))[:count]
    return ParameterDraws(
        paths=shipped.paths,
        values=shipped.values[chosen],
        is_literature=literature_flags(shipped),
        has_data=True,
        origin=_origin(shipped, len(chosen)),
        identity=shipped.identity,
    )


def literature_flags(shipped: Draws) -> Flags:
    """Which paths are exchanged as literature: those of one table only together.

    Shares of one table (as those of the kinds of jobs) add up to 1: when the data informed one of
    them, all stay with the data-informed part.
    """
    tables = [_table_of(path) for path in shipped.paths]
    informed = {
        table
        for table, path in zip(tables, shipped.paths, strict=True)
        if shipped.kinds[path] not in LITERATURE
    }
    return np.array([table not in informed for table in tables], dtype=bool)


def _table_of(path: str) -> tuple[str, ...]:
    """The same for all rows of one column of a table: the path without its middle."""
    parts = path.split(".")
    return (parts[0], parts[-1]) if len(parts) > LEAST_TABLE_PARTS else tuple(parts)


def _origin(shipped: Draws, count: int) -> Remark:
    key = "national_draws" if shipped.department == SHARED else "own_draws"
    return remarked(key, count=count, shipped=len(shipped))
