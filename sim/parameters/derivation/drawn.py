"""Draws of a department: those of its fit, or the country's with its own doubts beside them.

A draw of the national fit says how people live; the doubts of `doubts.yaml` say how far the place
may be from its derived tables. What no fit was asked about, and every department shares, is drawn
from the range of its table. The same draw has the same luck in every department.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.parameters.department import is_derived, load_department
from sim.parameters.derivation.carried import carried_stock
from sim.parameters.draw_files import shipped_draws
from sim.parameters.draws import Draws
from sim.parameters.imported import kept_while_imported
from sim.parameters.parameters import Parameters
from sim.parameters.ranges import in_range
from sim.parameters.reading import read_yaml
from sim.parameters.rules import STOCK

DOUBTS = Path(__file__).with_name("doubts.yaml")
SEED = 20_241_231
MOST_SD = 2.0
"""Farther luck counts as this much: first entries have a bound (`inflow.candidate_factor`)."""
EVEN, ASSUMPTION = "even", "assumption"
FROM_THEIR_RANGE = ("labour_market.job_finding_elasticity", "labour_market.entries_elasticity")
SEED_OF_RANGES = 20_251_231
BADGE_OF_KIND = {"derived": "mixed", "literature": "literature", "assumed": ASSUMPTION}


@kept_while_imported(8)
def department_draws(department: str) -> Draws | None:
    """The draws shipped for a department, else those of the country with its doubts, else None.

    The elasticities of the labour market stand beside them, and households that were carried.

    Raises `InputError` when what was shipped does not hold.
    """
    shipped = shipped_draws(department)
    if shipped is None:
        return None
    parameters, count = load_department(department), len(shipped)
    own = _doubted(parameters, count) if is_derived(department) else {}
    shared = _ranged(parameters, count)
    return Draws(
        department=shipped.department,
        paths=(*shipped.paths, *own, *shared),
        values=np.column_stack([shipped.values, *own.values(), *shared.values()]),
        identity=shipped.identity,
        kinds={
            **shipped.kinds,
            **dict.fromkeys(own, ASSUMPTION),
            **{path: BADGE_OF_KIND[parameters.entry(path).kind] for path in shared},
        },
    )


def _ranged(parameters: Parameters, count: int) -> dict[str, NDArray[np.float64]]:
    """Values by path, each with a luck of its own; households only where they were carried."""
    found: dict[str, NDArray[np.float64]] = {}
    carried = is_derived(parameters.department) and carried_stock(parameters.code) is not None
    for number, path in enumerate((*FROM_THEIR_RANGE, *((STOCK,) if carried else ()))):
        normal = np.random.default_rng([SEED_OF_RANGES, number]).standard_normal(count)
        entry = parameters.entry(path)
        drawn = in_range(entry, np.clip(normal, -MOST_SD, MOST_SD))
        found[path] = np.rint(drawn) if entry.form.whole else drawn
    return found


def _doubted(parameters: Parameters, count: int) -> dict[str, NDArray[np.float64]]:
    """Values by path: those of the tables times the factors of the doubts."""
    found: dict[str, NDArray[np.float64]] = {}
    for path, factors in _factors(parameters, count).items():
        entry = parameters.entry(path)
        low, high = entry.bounds
        drawn = parameters.number(path) * factors
        if entry.form.whole:
            drawn = np.rint(drawn)
        ends = (-math.inf if low is None else low, math.inf if high is None else high)
        found[path] = np.clip(drawn, *ends)
    return found


def _factors(parameters: Parameters, count: int) -> Mapping[str, NDArray[np.float64]]:
    found: dict[str, NDArray[np.float64]] = {}
    for number, doubt in enumerate(read_yaml(DOUBTS, DOUBTS.name).values()):
        assert isinstance(doubt, dict)
        normal = np.random.default_rng([SEED, number]).standard_normal(count)
        drawn = float(doubt["sd"]) * np.clip(normal, -MOST_SD, MOST_SD)
        spread = 1.0 + drawn if doubt["form"] == EVEN else np.exp(drawn)
        factors = float(doubt.get("centre", 1.0)) * spread
        for path in parameters.paths():
            if fnmatchcase(path, str(doubt["path"])):
                found[path] = factors
    return found
