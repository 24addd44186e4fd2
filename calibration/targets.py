"""Targets: published figures that simulated ones are held against, with their errors.

``targets.yaml`` says how each is observed and how far a true model may lie from it; the value,
its unit, period and source are those of the shipped tables: of a row of the published figures, or
of a department in a table of departments (see `department_figures`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from calibration.department_figures import KEYS, figure_of, is_known
from calibration.observation import OPERATORS
from sim.errors import Fault, InputError
from sim.parameters import Parameters, PublishedFigure, published_figures
from sim.parameters.reading import read_yaml

USES = ("fit", "holdout", "check")
FILE = Path(__file__).with_name("targets.yaml")
IN_HUNDREDTHS = ("%", "%/year", "per 100 recipients", "%/month", "%/quarter")
"""Units of which an operator's share gives a hundredth."""
ERRORS = ("sampling_sd", "definition_sd", "discrepancy_sd")
TEXTS = ("operator", "population", "exposure", "use", "note")
OPTIONAL = ("rows", "of_which", "hundred_less", "correlation_group", *KEYS)
HUNDRED = 100.0
NO_PERIOD = "not stated"


@dataclass(frozen=True)
class Target:
    """One published figure, what it counts, and how far a true model may lie from it.

    ``row`` names the figure in the shipped tables. ``operator`` is the observation operator that
    reads the same quantity, in the same unit, from a simulated population. The three errors are
    standard deviations in that unit: sampling of the source, its definition against the
    operator's, and the model's own discrepancy. Targets of one ``correlation_group`` share
    their definition error. Only ``fit`` targets are learned from; ``holdout`` ones judge the
    fit; ``check`` ones are shown beside it.
    """

    id: str
    row: str
    value: float
    unit: str
    source: str
    population: str
    period: str
    exposure: str
    operator: str
    sampling_sd: float
    definition_sd: float
    discrepancy_sd: float
    correlation_group: str
    use: str
    note: str

    @property
    def sd(self) -> float:
        """All errors of the comparison together, without the noise of simulation."""
        return math.hypot(self.sampling_sd, self.definition_sd, self.discrepancy_sd)

    @property
    def scale(self) -> float:
        """What the operator's number is multiplied by to be in the unit of the figure."""
        return HUNDRED if self.unit in IN_HUNDREDTHS else 1.0


def load_targets(
    section: str, file: Path = FILE, department: Parameters | None = None
) -> tuple[Target, ...]:
    """The targets of a section of the file; raises `InputError` with every fault.

    Figures of departments are those of ``department``; what it has no figure for is left out.
    """
    block = read_yaml(file, file.name).get(section)
    if not isinstance(block, dict):
        raise InputError([Fault(file.name, section, "no such section", "a block of targets")])
    faults: list[Fault] = []
    found: list[Target | None] = []
    for name, entry in block.items():
        problems = _faults(entry, file.name, f"{section}.{name}")
        faults += problems
        if not problems:
            is_of_department = "table" in entry and department is not None
            found.append(
                _of_department(str(name), entry, department)
                if is_of_department and department is not None
                else _target(str(name), entry)
            )
    if faults:
        raise InputError(faults)
    return tuple(target for target in found if target is not None)


def _faults(entry: object, file: str, place: str) -> list[Fault]:
    """What is wrong with one entry."""
    if not isinstance(entry, dict):
        return [Fault(file, place, "no block of keys", ", ".join((*TEXTS, *ERRORS)))]
    faults = []
    accepted = {*TEXTS, *ERRORS, *OPTIONAL}
    for key in sorted(set(entry) - accepted):
        faults.append(Fault(file, f"{place}.{key}", "an unknown key", ", ".join(sorted(accepted))))
    for key in ("rows", "of_which", "hundred_less"):
        faults += [
            Fault(file, f"{place}.{key}", str(row), "a row with a value in published_figures.csv")
            for row in entry.get(key, [])
            if row not in published_figures() or not published_figures()[str(row)].value
        ]
    if ("rows" in entry) == is_known(entry):
        shown = str(entry.get("table", "no figure"))
        faults.append(Fault(file, place, shown, "rows, or a table with indicator and period"))
    for key in TEXTS:
        if not isinstance(entry.get(key), str) or (key != "note" and not entry[key]):
            faults.append(Fault(file, f"{place}.{key}", str(entry.get(key)), "a text"))
    for key in ERRORS:
        value = entry.get(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value > 0:
            faults.append(Fault(file, f"{place}.{key}", str(value), "a number above 0"))
    if entry.get("operator") not in OPERATORS:
        known = ", ".join(sorted(OPERATORS))
        faults.append(Fault(file, f"{place}.operator", str(entry.get("operator")), known))
    if entry.get("use") not in USES:
        faults.append(Fault(file, f"{place}.use", str(entry.get("use")), ", ".join(USES)))
    return faults


def _target(name: str, entry: Mapping[str, object]) -> Target:
    rows = [published_figures()[str(row)] for row in _listed(entry, "rows")]
    sources = dict.fromkeys(f"{row.source_title} ({row.source_ref})" for row in rows)
    return _built(
        name,
        entry,
        row=", ".join(row.id for row in rows),
        value=_value(rows, entry),
        unit=rows[0].unit,
        source="; ".join(sources),
        period=rows[0].period_start or NO_PERIOD,
    )


def _of_department(name: str, entry: Mapping[str, object], department: Parameters) -> Target | None:
    figure = figure_of(entry, department)
    if figure is None:
        return None
    return _built(
        name,
        entry,
        row=figure.row,
        value=figure.value,
        unit=figure.unit,
        source=figure.source,
        period=figure.period,
    )


def _built(
    name: str,
    entry: Mapping[str, object],
    *,
    row: str,
    value: float,
    unit: str,
    source: str,
    period: str,
) -> Target:
    return Target(
        id=name,
        row=row,
        value=value,
        unit=unit,
        source=source,
        population=str(entry["population"]),
        period=period,
        exposure=str(entry["exposure"]),
        operator=str(entry["operator"]),
        sampling_sd=_number(entry, "sampling_sd"),
        definition_sd=_number(entry, "definition_sd"),
        discrepancy_sd=_number(entry, "discrepancy_sd"),
        correlation_group=str(entry.get("correlation_group", "")),
        use=str(entry["use"]),
        note=str(entry["note"]),
    )


def _value(rows: list[PublishedFigure], entry: Mapping[str, object]) -> float:
    """The figure: the mean of its rows, rescaled or subtracted where the entry says so."""
    mean = sum(float(row.value) for row in rows) / len(rows)
    if _listed(entry, "hundred_less"):
        return HUNDRED - mean - _sum(entry, "hundred_less")
    if _listed(entry, "of_which"):
        return HUNDRED * mean / _sum(entry, "of_which")
    return mean


def _sum(entry: Mapping[str, object], key: str) -> float:
    return sum(float(published_figures()[row].value) for row in _listed(entry, key))


def _listed(entry: Mapping[str, object], key: str) -> list[str]:
    rows = entry.get(key, [])
    return [str(row) for row in rows] if isinstance(rows, list) else []


def _number(entry: Mapping[str, object], key: str) -> float:
    value = entry[key]
    return float(value) if isinstance(value, (int, float)) else math.nan
