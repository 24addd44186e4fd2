"""Priors: what is believed about a parameter before the fit, and where the belief comes from.

The fit works on independent standard normal coordinates. Each prior ties one of them to the
table: ``link(value) = link(median) + sd × coordinate``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.parameters import Parameters

Floats = NDArray[np.float64]

LINKS = ("log", "logit", "identity")
DRIVES = ("value", "factor", "weight")
KINDS = ("data-informed", "literature", "assumption")
ROOM_AT_EDGES = 1e-9


@dataclass(frozen=True)
class Prior:
    """One uncertain quantity and the parameter paths that it drives.

    ``drives`` says how: ``value`` sets every path to the quantity, ``factor`` multiplies the
    table's values by it, ``weight`` is the quantity as an unnormalised share of its ``simplex``
    (paths with one ``*``): the shares of all members are divided by their sum.
    ``sd`` is in link space. ``kind`` is "data-informed" (a candidate for learning), "literature"
    or "assumption"; the fit learns only where ``is_fitted``.
    """

    name: str
    paths: tuple[str, ...]
    link: str
    median: float
    sd: float
    unit: str
    source: tuple[str, ...]
    kind: str
    note: str
    drives: str = "value"
    simplex: str = ""
    is_fitted: bool = True


def to_normal(priors: Sequence[Prior], values: Floats) -> Floats:
    """Standard normal coordinates of values; the last axis follows ``priors``."""
    columns = [
        (_linked(prior.link, values[..., number]) - _linked(prior.link, np.array(prior.median)))
        / prior.sd
        for number, prior in enumerate(priors)
    ]
    return np.stack(columns, axis=-1)


def from_normal(priors: Sequence[Prior], standard: Floats) -> Floats:
    """Values of standard normal coordinates; the last axis follows ``priors``."""
    columns = [
        _unlinked(
            prior.link,
            _linked(prior.link, np.array(prior.median)) + prior.sd * standard[..., number],
        )
        for number, prior in enumerate(priors)
    ]
    return np.stack(columns, axis=-1)


def _linked(link: str, values: Floats) -> Floats:
    if link == "log":
        return np.log(values)
    return np.log(values) - np.log1p(-values) if link == "logit" else values * 1.0


def _unlinked(link: str, values: Floats) -> Floats:
    if link == "log":
        return np.exp(values)
    return 1.0 / (1.0 + np.exp(-values)) if link == "logit" else values * 1.0


def values_of(
    priors: Sequence[Prior], values: Sequence[float] | Floats, tables: Parameters
) -> dict[str, float]:
    """The value of every path that the priors drive, in the unit of the table.

    ``values`` follows ``priors``; ``tables`` gives what factors multiply and the members of a
    simplex that no prior drives (they keep their proportion to the medians).
    """
    found: dict[str, float] = {}
    simplices: dict[str, dict[str, float]] = {}
    for prior, value in zip(priors, values, strict=True):
        for path in prior.paths:
            if prior.drives == "weight":
                members = simplices.setdefault(prior.simplex, _shares(prior.simplex, tables))
                members[path] *= float(value) / prior.median
            elif prior.drives == "factor":
                found[path] = found.get(path, tables.number(path)) * float(value)
            else:
                found[path] = float(value)
    for members in simplices.values():
        total = sum(members.values())
        found |= {path: weight / total for path, weight in members.items()}
    return found


def _shares(simplex: str, tables: Parameters) -> dict[str, float]:
    """The table's share of every member of a simplex, by path."""
    before, after = simplex.split("*")
    group = before.rstrip(".")
    paths = (f"{before}{label}{after}" for label in tables.labels(group))
    return {path: tables.number(path) for path in paths}
