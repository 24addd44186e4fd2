"""Factors: which parameters a plan varies, and the settings that a grid and a sample make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sim.batch.form import ALWAYS, FactorForm, SampleForm
from sim.batch.points import Points
from sim.errors import Fault, InputError
from sim.parameters import Parameters
from sim.parameters.schema import nearest
from sim.parameters.values import NotAcceptedError, Value
from sim.policy import Lever, levers
from sim.policy.changes import matching_paths

_LEVER = re.compile(r"^\s*([a-z0-9_]+)\s*(?:\[([^\]]*)\])?\s*$")


@dataclass(frozen=True)
class Factor:
    """One factor: the parameter paths that take its value, and its values, points or range."""

    name: str
    paths: tuple[str, ...]
    unit: str
    values: tuple[Value, ...]
    low: float
    high: float
    step: float
    since: date | None
    is_always: bool
    """Whether it holds in the starting population too."""
    scenarios: tuple[int, ...]
    """Positions of the scenarios that it changes."""
    points: tuple[Value, ...] = ()
    """Its values in the points of the researcher's own, one for each point."""

    @property
    def is_sampled(self) -> bool:
        """Whether it has a range instead of values or points."""
        return not (self.values or self.points)

    def sampled(self, shares: NDArray[np.float64]) -> list[Value]:
        """Values at parts 0 to 1 of the range, rounded to the step when there is one."""
        found = self.low + shares * (self.high - self.low)
        if self.step:
            found = np.clip(np.round(found / self.step) * self.step, self.low, self.high)
        return [float(value) for value in found]


Setting = Mapping[str, Value]
"""One value for each factor, by its name."""


def paths_of(text: str, parameters: Parameters, place: Fault) -> tuple[str, ...]:
    """The parameter paths that a path, a pattern with ``*`` or a lever with labels stands for.

    A lever is written with its labels in any order: ``additional_fte[north, social_worker]``.
    Raises `InputError` at ``place`` when there is none, or when a lever leaves a choice open.
    """
    matching = matching_paths(text, parameters)
    if matching:
        return matching
    written = _LEVER.match(text)
    known = levers(parameters)
    if written is None or written[1] not in {lever.key for lever in known}:
        options = (*parameters.paths(), *sorted({lever.key for lever in known}))
        raise InputError(
            [_at(place, f"the unknown lever or path {text!r}", nearest(text, options))]
        )
    labels = {word.strip() for word in (written[2] or "").split(",") if word.strip()}
    fitting = [lever for lever in known if lever.key == written[1] and _has(lever, labels)]
    if len(fitting) == 1:
        return (fitting[0].path,)
    same = [lever.path for lever in fitting or known if lever.key == written[1]]
    what = "a lever that leaves a choice open" if fitting else "labels that this lever has not"
    raise InputError([_at(place, f"{what}, {text!r}", f"one of {'; '.join(same[:12])}")])


def _has(lever: Lever, labels: set[str]) -> bool:
    return labels <= set(lever.path.split("."))


def _at(place: Fault, found: str, accepted: str) -> Fault:
    return Fault(place.file, place.field, found, accepted)


def read_factor(
    name: str,
    form: FactorForm,
    parameters: Parameters,
    names: Sequence[str],
    file: str,
    points: Points | None = None,
) -> Factor:
    """A factor of a plan with its paths looked up; raises `InputError` with all its faults.

    Without values and range it takes those of its column of ``points``.
    """
    where = f"factors.{name}"
    faults: list[Fault] = []
    paths: tuple[str, ...] = ()
    try:
        paths = paths_of(form.path, parameters, Fault(file, f"{where}.path", "", ""))
    except InputError as error:
        faults += error.faults
    column = points.columns[name] if points and takes_points(form) else ()
    if points is None or not takes_points(form):
        faults += _faults_of_values(form, where, file)
    if paths and not faults:
        faults += _refused(form, paths, parameters, where, file)
    if paths and points:
        faults += _refused_points(name, points, column, paths, parameters)
    unknown = [scenario for scenario in form.scenarios if scenario not in names]
    if unknown:
        found = f"the scenario {unknown[0]!r}, which the plan does not run"
        faults.append(Fault(file, f"{where}.scenarios", found, f"some of {', '.join(names)}"))
    if faults:
        raise InputError(faults)
    entry = parameters.entry(paths[0])
    extent = form.range
    return Factor(
        name=name,
        paths=paths,
        unit=entry.unit,
        values=tuple(form.values or ()),
        low=float(extent.low) if extent else 0.0,
        high=float(extent.high) if extent else 0.0,
        step=float((extent.step if extent else None) or (1.0 if entry.form.whole else 0.0)),
        since=form.since if isinstance(form.since, date) else None,
        is_always=form.since == ALWAYS,
        scenarios=tuple(
            position
            for position, scenario in enumerate(names)
            if not form.scenarios or scenario in form.scenarios
        ),
        points=tuple(entry.form.accept_item(value) for value in column if value is not None),
    )


def takes_points(form: FactorForm) -> bool:
    """Whether a factor says neither values nor a range."""
    return form.values is None and form.range is None


def _faults_of_values(form: FactorForm, where: str, file: str) -> list[Fault]:
    faults = []
    if (form.values is None) == (form.range is None):
        found = "neither values nor range" if form.values is None else "both values and range"
        faults.append(Fault(file, where, found, "one of them: a list of values, or a range"))
    if form.values is not None:
        if not form.values:
            faults.append(Fault(file, f"{where}.values", "an empty list", "at least one value"))
        elif len(set(map(repr, form.values))) != len(form.values):
            faults.append(Fault(file, f"{where}.values", "a value twice", "each value once"))
    if form.range is not None:
        if form.range.low >= form.range.high:
            found = f"low {form.range.low:g} and high {form.range.high:g}"
            faults.append(Fault(file, f"{where}.range", found, "a low below its high"))
        if form.range.step is not None and form.range.step <= 0:
            found = f"the number {form.range.step:g}"
            faults.append(Fault(file, f"{where}.range.step", found, "a number above zero"))
    return faults


def _refused(
    form: FactorForm, paths: Sequence[str], parameters: Parameters, where: str, file: str
) -> list[Fault]:
    """Values, or ends of a range, that the parameter itself refuses."""
    given: list[tuple[str, object]] = [
        (f"{where}.values[{position}]", value) for position, value in enumerate(form.values or ())
    ]
    if form.range is not None:
        given += [(f"{where}.range.low", form.range.low), (f"{where}.range.high", form.range.high)]
    return _not_accepted(given, paths, parameters, file)


def _refused_points(
    name: str,
    points: Points,
    column: Sequence[object],
    paths: Sequence[str],
    parameters: Parameters,
) -> list[Fault]:
    """Values of a column that the parameter refuses; an empty cell is a fault of the table."""
    given = [
        (f"{place}, {name}", value)
        for place, value in zip(points.places, column, strict=False)
        if value is not None
    ]
    return _not_accepted(given, paths, parameters, points.file)


def _not_accepted(
    given: Iterable[tuple[str, object]], paths: Sequence[str], parameters: Parameters, file: str
) -> list[Fault]:
    """Values, each with its field, that one of the paths does not accept."""
    forms = [parameters.entry(path).form for path in paths]
    faults = {}
    for field, value in given:
        for form in forms:
            try:
                form.accept(value)
            except NotAcceptedError as refusal:
                faults[field] = Fault(file, field, refusal.found, refusal.accepted)
    return list(faults.values())


def count_settings(
    factors: Mapping[str, FactorForm], sample: SampleForm | None, points: int = 1
) -> int:
    """How many settings the factors make, without making them; ``points`` of one's own."""
    count = points
    for factor in factors.values():
        count *= len(factor.values) if factor.values else 1
    is_sampled = any(factor.range is not None for factor in factors.values())
    return count * (sample.size if sample is not None and is_sampled else 1)


def settings_of(factors: Sequence[Factor], sample: SampleForm | None) -> tuple[Setting, ...]:
    """Every combination of the values of a grid with every own and sampled point, in order."""
    gridded = [factor for factor in factors if factor.values]
    pointed = [factor for factor in factors if factor.points]
    sampled = [factor for factor in factors if factor.is_sampled]
    own: list[dict[str, Value]] = [{}]
    if pointed:
        names = [factor.name for factor in pointed]
        rows = zip(*(factor.points for factor in pointed), strict=True)
        own = [dict(zip(names, row, strict=True)) for row in rows]
    points: list[dict[str, Value]] = [{}]
    if sampled and sample is not None:
        shares = _shares(sample, len(sampled))
        columns = [factor.sampled(shares[:, i]) for i, factor in enumerate(sampled)]
        names = [factor.name for factor in sampled]
        points = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    settings = []
    for values in product(*(factor.values for factor in gridded)):
        fixed = {factor.name: value for factor, value in zip(gridded, values, strict=True)}
        for written, drawn in product(own, points):
            merged = fixed | written | drawn
            settings.append({factor.name: merged[factor.name] for factor in factors})
    return tuple(settings)


def _shares(sample: SampleForm, dimensions: int) -> NDArray[np.float64]:
    """Points of the unit cube: Latin hypercube, or Sobol's sequence with Owen's scrambling."""
    # Half a second to load: only a plan with a sample waits for it.
    from scipy.stats import qmc

    generator = np.random.default_rng(sample.seed)
    if sample.method == "sobol":
        # A Sobol sequence is balanced over a power of two; any first part of it is allowed.
        power = max(sample.size - 1, 0).bit_length()
        points = qmc.Sobol(dimensions, scramble=True, rng=generator).random_base2(power)
        return np.asarray(points[: sample.size], dtype=np.float64)
    drawn = qmc.LatinHypercube(dimensions, rng=generator).random(sample.size)
    return np.asarray(drawn, dtype=np.float64)
