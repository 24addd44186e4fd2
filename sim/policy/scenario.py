"""A scenario: a department's parameters, and what changes in them on which day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from sim.errors import Fault, InputError
from sim.parameters import Parameters, load_department, scale_changes, scale_department
from sim.parameters.derivation.carried import starting_households
from sim.parameters.derivation.statistics import latest_stock
from sim.parameters.entry import plain
from sim.parameters.rules import STOCK
from sim.parameters.values import Value
from sim.policy.changes import DatedChange, dated_changes, last_words, values_of
from sim.policy.form import (
    CONSTANT,
    FIRST_START,
    LAST_START,
    LONGEST_RUN_MONTHS,
    SCHEMA_VERSION,
    START_ACCEPTED,
    UnemploymentRule,
    Wording,
)
from sim.policy.places import is_path, shipped_scenarios
from sim.policy.plan import Plan, months_later, read_plan
from sim.policy.today import restarted_stock
from sim.policy.unemployment import (
    FIELD,
    UnemploymentPath,
    path_of,
    quarters_outside,
    rule_until,
    under_unemployment,
)

__all__ = ["DatedChange", "Scenario", "load_scenario", "shipped_scenarios"]


@dataclass(frozen=True)
class Scenario:
    """What is simulated: from ``start``, for ``months`` months.

    ``base`` holds from the start on and shapes the starting population; ``timeline`` holds the
    later differences, in order of their days. A change dated after the end never acts.
    """

    name: str
    title: Wording
    description: Wording
    department: str
    reference: str | None
    start: date
    months: int
    base: Parameters
    timeline: tuple[DatedChange, ...]
    share: float = 1.0
    """The part of the department that is simulated (tests use less than all of it)."""
    variant: Mapping[str, Value] = field(default_factory=dict)
    """What ``base`` changes in the department's tables."""
    stock_as_of: date | None = None
    """The day of the households that the run starts from, where they are not the tables' own."""
    unemployment: UnemploymentRule = CONSTANT
    """The path of the unemployment rate: it acts on top of every dated change."""
    files: tuple[Path, ...] = field(default=(), compare=False)
    """The scenario files that were read, ancestors first."""
    own_department: bytes | None = field(default=None, compare=False)
    """The department's file as it was read, where it is the user's own."""

    def __repr__(self) -> str:
        """One line: its name, department, period, dated changes, and the part that is run."""
        part = "" if self.share == 1.0 else f", share {self.share:g}"
        changes = len(self.days_of_change)
        period = f"{self.months} months from {self.start}"
        return f"Scenario({self.name}: {self.department}, {period}, dated changes: {changes}{part})"

    @property
    def department_name(self) -> str:
        """The department's name; of a file of the user's own the file's, without its folder."""
        return Path(self.department).name

    @property
    def department_file(self) -> Path | None:
        """The department's file where it is the user's own; None for one of the product."""
        own = Path(self.department)
        return own.resolve() if is_path(self.department) and own.is_file() else None

    @property
    def end(self) -> date:
        """The day after the last one."""
        return months_later(self.start, self.months)

    @property
    def days_of_change(self) -> tuple[date, ...]:
        """The days within the run on which something changes, in order."""
        days = {change.day for change in self.timeline if change.day < self.end}
        return tuple(sorted(days | self._days_of_unemployment))

    @cached_property
    def unemployment_path(self) -> UnemploymentPath | None:
        """The rate at the start and its steps within the run; None for a constant rate."""
        return path_of(self.unemployment, self.base, self.start, self.months, self.name)

    @property
    def _days_of_unemployment(self) -> set[date]:
        path = self.unemployment_path
        return set() if path is None else {step.day for step in path.steps}

    def parameters_on(self, day: date) -> Parameters:
        """The parameters in force on a day (those of the base before the first change)."""
        in_force = self.base
        for since, parameters in self._in_force:
            if since <= day:
                in_force = parameters
        return in_force

    @cached_property
    def _in_force(self) -> tuple[tuple[date, Parameters], ...]:
        """The parameters from each day of change on."""
        steps: list[tuple[date, Parameters]] = []
        parameters, faults = self.base, []
        path = self.unemployment_path
        for day in sorted({change.day for change in self.timeline} | self._days_of_unemployment):
            in_force = parameters
            try:
                parameters = parameters.patched(self._values_set_on(day), origin=self.name)
                in_force = parameters
                if path is not None:
                    in_force = under_unemployment(parameters, path.ratio_on(day), self.name)
            except InputError as error:
                faults += [replace(fault, field=f"{day}: {fault.field}") for fault in error.faults]
            steps.append((day, in_force))
        if faults:
            raise InputError(faults)
        return tuple(steps)

    def _values_set_on(self, day: date) -> dict[str, Value]:
        changes = (change.changes for change in self.timeline if change.day == day)
        return {path: value for change in changes for path, value in change.items()}

    def checked(self) -> Scenario:
        """The scenario itself, after every change was applied once; raises `InputError`."""
        _ = self._in_force
        return self

    def with_months(self, months: int) -> Scenario:
        """The same scenario over another number of months; later changes do not act."""
        if isinstance(months, bool) or not 1 <= months <= LONGEST_RUN_MONTHS:
            accepted = f"a whole number of months from 1 to {LONGEST_RUN_MONTHS}"
            raise InputError([Fault(self.name, "months", str(months), accepted)])
        return replace(self, months=months)

    def with_changes(
        self, changes: Mapping[str, object], day: date | None = None, label: str = "changed"
    ) -> Scenario:
        """The scenario with further values from a day on (default: the first day of the run)."""
        day = self.start if day is None else day
        if day < self.start:
            accepted = f"a day from {self.start} on"
            raise InputError([Fault(self.name, "day", f"the date {day}", accepted)])
        values = values_of(changes, self.base, self.name, str(day))
        timeline = last_words([*self.timeline, DatedChange(day, label, values)])
        return replace(self, timeline=tuple(timeline)).checked()

    def without_unemployment(self) -> Scenario:
        """The same scenario under a constant rate of unemployment."""
        return replace(self, unemployment=CONSTANT)

    def with_variant(self, values: Mapping[str, object]) -> Scenario:
        """The scenario in a world that differs from its start on, starting population included."""
        new = values_of(values, self.base, self.name, "variant")
        base = self.base.patched(new, origin=self.name)
        return replace(self, base=base, variant={**self.variant, **new}).checked()

    def restarted(self, households: int, as_of: date) -> Scenario:
        """The scenario from another number of households on, territories in proportion.

        The run starts on the first day of the month after ``as_of``. Raises `InputError` when it
        cannot start then or a change comes before it.
        """
        start = months_later(as_of.replace(day=1), 1)
        faults = []
        if not FIRST_START <= start <= LAST_START:
            faults.append(Fault(self.name, "start", f"the date {start}", START_ACCEPTED))
        for change in self.timeline:
            if change.day < start:
                accepted = f"a scenario whose changes come on {start} or later"
                faults.append(Fault(self.name, "changes", f"the date {change.day}", accepted))
        faults += quarters_outside(self.unemployment, self.base, start, self.months, self.name)
        if faults:
            raise InputError(faults)
        moved = replace(self, start=start, stock_as_of=as_of)
        return moved.with_variant(restarted_stock(self.base, households))

    def with_draw(self, values: Mapping[str, float], origin: str) -> Scenario:
        """The scenario in a world drawn from what the fit leaves open.

        The base takes the values of one draw (by path, at the size of the whole department),
        except where the scenario's own variant sets the path; dated changes stay on top.
        ``origin`` names the draw in messages.
        """
        drawn = {path: value for path, value in values.items() if path not in self.variant}
        base = self.base.patched(scale_changes(drawn, self.share), origin=origin)
        return replace(self, base=base).checked()

    def scaled(self, share: float) -> Scenario:
        """A part of the department: people, inflow, staff and places times ``share``.

        Outcomes of a scaled department are not compared with those of the whole one.
        """
        if share == 1.0:
            return self
        timeline = tuple(
            replace(change, changes=scale_changes(change.changes, share))
            for change in self.timeline
        )
        base = scale_department(self.base, share)
        return replace(self, base=base, timeline=timeline, share=self.share * share).checked()

    def fingerprint(self) -> str:
        """SHA-256 of everything that the simulation reads: equal scenarios run alike."""
        content: dict[str, object] = {
            "base": self.base.fingerprint(),
            "start": str(self.start),
            "months": self.months,
            "timeline": [
                [str(change.day), sorted(_written(change.changes).items())]
                for change in self.timeline
            ],
        }
        if self.unemployment_path is not None:
            steps = self.unemployment_path.steps
            content["unemployment"] = [[str(step.day), step.ratio] for step in steps]
        text = json.dumps(content, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    def document(self) -> dict[str, object]:
        """The scenario as one complete file without ancestors, for the folder of a run.

        What never acts is left out: a file is refused with it.
        """
        unemployment = rule_until(self.unemployment, self.base, self.end)
        return {
            "schema_version": SCHEMA_VERSION,
            "name": self.name,
            "title": self.title.model_dump(),
            "description": self.description.model_dump(),
            "department": self.department,
            "reference": self.reference,
            "start": self.start,
            "months": self.months,
            **({"stock_as_of": self.stock_as_of} if self.stock_as_of else {}),
            **({} if unemployment == CONSTANT else {"unemployment": unemployment}),
            "variant": _written(self.variant),
            "changes": [
                {
                    "date": change.day,
                    "label": change.label,
                    "source": list(change.source),
                    "set": _written(change.changes),
                }
                for change in self.timeline
                if change.day < self.end
            ],
        }


def _written(values: Mapping[str, Value]) -> dict[str, object]:
    """Values as a scenario file writes them."""
    written = {path: plain(value) for path, value in values.items()}
    return {
        path: {"dated": value} if isinstance(value, dict) else value
        for path, value in written.items()
    }


def load_scenario(name_or_path: str | Path) -> Scenario:
    """A shipped scenario by its name, or any scenario file by its path.

    Raises `InputError` with all the faults found: of the file, of what it extends, of the
    parameter paths and values that it changes.
    """
    plan = read_plan(str(name_or_path))
    department, tables = _department(plan)
    file = str(plan.path)
    faults = list(plan.outside)
    variant: dict[str, Value] = {}
    timeline: list[DatedChange] = []
    try:
        variant = values_of(plan.variant, tables, file, "variant")
    except InputError as error:
        faults += error.faults
    try:
        timeline = dated_changes(plan.changes, tables)
    except InputError as error:
        faults += error.faults
    said_in = str(plan.unemployment_said_in)
    months = plan.unemployment_said_over
    faults += quarters_outside(plan.unemployment, tables, plan.start, months, said_in)
    if faults:
        raise InputError(faults)
    stock_as_of = plan.stock_as_of
    if plan.stock is not None:
        started = tables.patched(variant, origin=file)
        households = round(starting_households(tables.code, plan.start))
        if households != started.whole(STOCK):
            variant = {**restarted_stock(started, households), **variant}
        stock_as_of = latest_stock(tables.code).as_of
    scenario = Scenario(
        name=plan.name,
        title=plan.title,
        description=plan.description,
        department=department,
        reference=plan.reference,
        start=plan.start,
        months=plan.months,
        base=tables.patched(variant, origin=file),
        timeline=tuple(timeline),
        variant=variant,
        stock_as_of=stock_as_of,
        unemployment=plan.unemployment,
        files=plan.files,
        own_department=Path(department).read_bytes() if is_path(department) else None,
    )
    try:
        return scenario.checked()
    except InputError as error:
        raise InputError(
            replace(fault, file=said_in if fault.field == FIELD else file) for fault in error.faults
        ) from None


def _department(plan: Plan) -> tuple[str, Parameters]:
    """The department of a plan: a shipped one, or a file beside the scenario that names it."""
    name = plan.department
    if is_path(name):
        name = str((plan.department_path.parent / name).resolve())
    try:
        return name, load_department(name)
    except InputError as error:
        raise InputError(_in_the_scenario(error.faults, plan)) from None


def _in_the_scenario(faults: Iterable[Fault], plan: Plan) -> list[Fault]:
    """Faults about the name of the department, told as faults of the scenario that gives it."""
    return [
        replace(fault, file=str(plan.department_path), field="department")
        if not fault.file
        else fault
        for fault in faults
    ]
