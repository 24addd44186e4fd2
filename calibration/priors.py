"""Priors: what is believed about a parameter before the fit, and where the belief comes from.

The fit works on independent standard normal coordinates. Each prior ties one of them to the
table: ``link(value) = link(median) + sd × coordinate``.
"""

from __future__ import annotations

import math
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import Fault, InputError
from sim.parameters import Parameters
from sim.parameters.reading import read_yaml
from sim.parameters.sources import read_sources
from sim.parameters.values import Form
from sim.policy.changes import matching_paths

Floats = NDArray[np.float64]

LINKS = ("log", "logit", "identity")
DRIVES = ("value", "factor", "weight")
KINDS = ("data-informed", "literature", "assumption")
FILE = Path(__file__).with_name("priors.yaml")
NEEDED = ("paths", "link", "median", "sd", "unit", "source", "kind", "note")
OPTIONAL = ("drives", "simplex", "is_fitted")


@dataclass(frozen=True)
class Prior:
    """One uncertain quantity and the parameter paths that it drives.

    ``drives`` says how: ``value`` sets every path to the quantity, ``factor`` multiplies the
    table's values by it, ``weight`` is the quantity as an unnormalised share of its ``simplex``
    (paths with one ``*``), spread over the paths in the table's proportions: the shares of all
    members are then divided by their sum, those that no prior drives coming from the table.
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

    ``values`` follows ``priors``; ``tables`` gives what factors multiply, the proportions within
    a weight, and the shares of a simplex that no prior drives.
    """
    found: dict[str, float] = {}
    simplices: dict[str, dict[str, float]] = {}
    for prior, value in zip(priors, values, strict=True):
        if prior.drives == "weight":
            members = simplices.setdefault(prior.simplex, _shares(prior.simplex, tables))
            before = sum(tables.number(path) for path in prior.paths)
            members |= {path: tables.number(path) / before * float(value) for path in prior.paths}
            continue
        for path in prior.paths:
            times = found.get(path, tables.number(path)) if prior.drives == "factor" else 1.0
            found[path] = times * float(value)
    for members in simplices.values():
        total = sum(members.values())
        found |= {path: weight / total for path, weight in members.items()}
    return {path: _accepted(value, tables.entry(path).form) for path, value in found.items()}


def _accepted(value: float, form: Form) -> float:
    """The value within the range of the table (four sd away at least), whole where it must be."""
    low = -math.inf if form.low is None else form.low
    high = math.inf if form.high is None else form.high
    within = min(max(value, low), high)
    return float(round(within)) if form.whole else within


def _shares(simplex: str, tables: Parameters) -> dict[str, float]:
    """The table's share of every member of a simplex, by path."""
    before, after = simplex.split("*")
    paths = (f"{before}{label}{after}" for label in tables.labels(before.rstrip(".")))
    return {path: tables.number(path) for path in paths}


def load_priors(section: str, tables: Parameters, file: Path = FILE) -> tuple[Prior, ...]:
    """The priors of a section of the file; raises `InputError` with every fault.

    Paths are those of ``tables``; a ``*`` stands for every name.
    """
    block = read_yaml(file, file.name).get(section)
    if not isinstance(block, dict):
        raise InputError([Fault(file.name, section, "no such section", "a block of priors")])
    faults: list[Fault] = []
    found: list[Prior] = []
    sources = read_sources()
    for name, entry in block.items():
        place = f"{section}.{name}"
        problems = _faults(entry, tables, sources, file.name, place)
        faults += problems
        if not problems:
            found.append(_prior(str(name), entry, tables))
    if faults:
        raise InputError(faults)
    return tuple(found)


def _faults(
    entry: object, tables: Parameters, sources: Container[str], file: str, place: str
) -> list[Fault]:
    """What is wrong with one entry."""
    if not isinstance(entry, dict):
        return [Fault(file, place, "no block of keys", ", ".join(NEEDED))]
    faults = [
        Fault(file, f"{place}.{key}", "an unknown key", ", ".join((*NEEDED, *OPTIONAL)))
        for key in sorted(set(entry) - {*NEEDED, *OPTIONAL})
    ]
    for key, choices in (("link", LINKS), ("kind", KINDS), ("drives", DRIVES)):
        if entry.get(key, "value") not in choices:
            faults.append(Fault(file, f"{place}.{key}", str(entry.get(key)), ", ".join(choices)))
    for key in ("median", "sd"):
        value = entry.get(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            faults.append(Fault(file, f"{place}.{key}", str(value), "a number"))
    if isinstance(entry.get("sd"), (int, float)) and not entry["sd"] > 0:
        faults.append(Fault(file, f"{place}.sd", str(entry["sd"]), "a number above 0"))
    if not isinstance(entry.get("note"), str) or not entry["note"]:
        faults.append(Fault(file, f"{place}.note", str(entry.get("note")), "a text"))
    for source in entry.get("source") or [""]:
        if source not in sources:
            accepted = "a source of the parameter tables"
            faults.append(Fault(file, f"{place}.source", str(source), accepted))
    for pattern in entry.get("paths") or [""]:
        paths = matching_paths(str(pattern), tables)
        if not paths:
            accepted = "a parameter path"
            faults.append(Fault(file, f"{place}.paths", str(pattern), accepted))
        faults += [
            Fault(file, f"{place}.unit", str(entry.get("unit")), f"the unit of {path}")
            for path in paths
            if entry.get("drives") != "factor" and entry.get("unit") != tables.entry(path).unit
        ]
    return faults


def _prior(name: str, entry: Mapping[str, Any], tables: Parameters) -> Prior:
    paths = [path for pattern in entry["paths"] for path in matching_paths(pattern, tables)]
    return Prior(
        name=name,
        paths=tuple(paths),
        link=entry["link"],
        median=float(entry["median"]),
        sd=float(entry["sd"]),
        unit=entry["unit"],
        source=tuple(entry["source"]),
        kind=entry["kind"],
        note=entry["note"],
        drives=entry.get("drives", "value"),
        simplex=entry.get("simplex", ""),
        is_fitted=entry.get("is_fitted", True),
    )
