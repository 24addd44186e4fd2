"""Puts scenario files together: what a file says over what the scenarios that it extends say.

Each scenario of the family is read once, ancestors first. A field that a file does not state is
that of the last member of the family that states it; variants are merged path by path; changes
are appended, and the last word on a path and a day holds. A file that states fewer months than
those that it extends leaves out what they change later, as `Scenario.with_months` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sim.errors import Fault, InputError
from sim.files import is_there
from sim.policy.form import (
    FIRST_START,
    LAST_START,
    START_ACCEPTED,
    Change,
    ScenarioForm,
    UnemploymentRule,
    Value,
    Wording,
)
from sim.policy.places import find_scenario
from sim.policy.reading import read_form
from sim.policy.today import today_form, todays_department

FAMILY_FIELDS = (
    "department", "reference", "start", "months", "stock", "stock_as_of", "unemployment",
)  # fmt: skip
"""What a file may leave to the scenarios that it extends."""


@dataclass(frozen=True)
class Member:
    """One file of a family of scenarios."""

    path: Path
    form: ScenarioForm


@dataclass(frozen=True)
class PlannedChange:
    """A change and where it stands, for messages."""

    change: Change
    path: Path
    position: int

    @property
    def field(self) -> str:
        """The name of the change in messages about its file."""
        return f"changes[{self.position}]"


@dataclass(frozen=True)
class Plan:
    """A family of scenarios put together; parameter paths are not looked up yet."""

    path: Path
    name: str
    title: Wording
    description: Wording
    department: str
    department_path: Path
    reference: str | None
    start: date
    months: int
    variant: dict[str, Value]
    variant_source: tuple[str, ...]
    stock: str | None
    stock_as_of: date | None
    unemployment: UnemploymentRule
    unemployment_said_in: Path
    unemployment_said_over: int
    """The months of the run where the path is said, or the run's own, whichever are more."""
    changes: tuple[PlannedChange, ...]
    files: tuple[Path, ...] = field(default=(), compare=False)
    outside: tuple[Fault, ...] = field(default=(), compare=False)
    """Changes on days that are none of the run: told beside the faults of what they set."""


def read_plan(name_or_path: str, beside: Path | None = None, field: str = "") -> Plan:
    """Read a scenario and all that it extends; raises `InputError`.

    ``beside`` is the file that names the scenario in its ``field``, if a file does.
    """
    return _merged(_family(find_scenario(name_or_path, beside, field)))


def _family(path: Path) -> list[Member]:
    """The scenario at ``path`` after all its ancestors, each of them once."""
    members: dict[Path, Member] = {}

    def visit(path: Path, descent: tuple[Path, ...]) -> None:
        key = path.resolve()
        if key in descent:
            names = " → ".join(step.stem for step in [*descent[descent.index(key) :], key])
            accepted = "scenarios that do not extend each other in a circle"
            raise InputError([Fault(str(descent[-1]), "extends", f"a circle: {names}", accepted)])
        if key in members:
            return
        form = _form_at(path)
        for parent in form.parents:
            visit(find_scenario(parent, path, "extends"), (*descent, key))
        members[key] = Member(path, form)

    visit(path, ())
    return list(members.values())


def _form_at(path: Path) -> ScenarioForm:
    """The form of a file, or of a reference that no file holds."""
    today = None if is_there(path) else todays_department(path.stem)
    return read_form(path) if today is None else today_form(today)


def _merged(family: list[Member]) -> Plan:
    own = family[-1]
    stated = _last_stated(family)
    variant: dict[str, Value] = {}
    for member in family:
        variant |= member.form.variant
    changes = tuple(
        PlannedChange(change, member.path, position)
        for member in family
        for position, change in enumerate(member.form.changes)
    )
    faults = _faults(own, stated)
    if faults:
        raise InputError(faults)
    start = stated["start"].form.start or FIRST_START
    months = stated["months"].form.months or 1
    said_in = stated.get("unemployment", own)
    return Plan(
        path=own.path,
        name=own.form.name,
        title=own.form.title,
        description=own.form.description,
        department=stated["department"].form.department or "",
        department_path=stated["department"].path,
        reference=stated["reference"].form.reference if "reference" in stated else None,
        start=start,
        months=months,
        variant=variant,
        variant_source=tuple(
            dict.fromkeys(key for member in family for key in member.form.variant_source)
        ),
        stock=stated["stock"].form.stock if "stock" in stated else None,
        stock_as_of=stated["stock_as_of"].form.stock_as_of if "stock_as_of" in stated else None,
        unemployment=said_in.form.unemployment,
        unemployment_said_in=said_in.path,
        unemployment_said_over=max(months, _months_in(family, said_in)),
        changes=changes,
        files=tuple(member.path for member in family),
        outside=tuple(_outside(changes, start, months, _files_before(family, stated["months"]))),
    )


def _last_stated(family: Iterable[Member]) -> dict[str, Member]:
    """The member whose word holds, for every field that may be left to the family."""
    return {name: member for member in family for name in FAMILY_FIELDS if member.form.states(name)}


def _months_in(family: list[Member], member: Member) -> int:
    """The months of a member of the family, its own or those that it is left; 0 without any."""
    stated = _last_stated(family[: family.index(member) + 1])
    return stated["months"].form.months or 0 if "months" in stated else 0


def _faults(own: Member, stated: dict[str, Member]) -> list[Fault]:
    faults = []
    for name in ("department", "start", "months"):
        if name not in stated or getattr(stated[name].form, name) is None:
            accepted = ScenarioForm.model_fields[name].description or ""
            faults.append(Fault(str(own.path), name, "nothing", accepted))
    start = stated["start"].form.start if "start" in stated else None
    if start is not None and (start.day != 1 or not FIRST_START <= start <= LAST_START):
        place = str(stated["start"].path)
        faults.append(Fault(place, "start", f"the date {start}", START_ACCEPTED))
    return faults


def _files_before(family: list[Member], member: Member) -> frozenset[Path]:
    """The files whose months are not those of the run: a later one states others."""
    return frozenset(one.path for one in family[: family.index(member)])


def _outside(
    changes: Iterable[PlannedChange], start: date, months: int, of_other_months: frozenset[Path]
) -> Iterable[Fault]:
    end = months_later(start, months)
    for change in changes:
        is_left_out = change.path in of_other_months and change.change.date >= end
        if not (start <= change.change.date < end or is_left_out):
            yield Fault(
                str(change.path),
                f"{change.field}.date",
                f"the date {change.change.date}",
                f"a day of the run, from {start} to the day before {end} ({months} months)",
            )


def months_later(day: date, months: int) -> date:
    """The same day of the month, a number of months later (the last day of a shorter month)."""
    month = day.month - 1 + months
    year = day.year + month // 12
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month % 12 + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
