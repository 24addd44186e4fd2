"""Departments, their references and what a draft becomes: a scenario of the simulation."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from sim.errors import Fault, InputError
from sim.experiments.experiment import Experiment
from sim.experiments.size import HOUR, Limits, check_size, limits_here, size_of_experiment
from sim.parameters import (
    Parameters,
    known_departments,
    load_department,
    shipped_departments,
)
from sim.parameters.derivation.drawn import department_draws
from sim.parameters.draws import Draws
from sim.parameters.imported import kept_while_imported
from sim.policy import Scenario, load_scenario, shipped_scenarios
from sim.policy.form import UnemploymentRule, Wording
from sim.policy.plan import months_later
from sim.policy.today import today_name, today_names
from sim.policy.unemployment import quarters_outside
from ui.study.allowed import check_allowed
from ui.study.draft import Draft, OwnStart, Study
from ui.study.own_start import restarted
from ui.study.yaml_files import scenario_of_text

SEED = 1
MONTHS_BEFORE_EFFECT = 3
"""A change of the visitor's own acts from the fourth month on: the reference is seen first."""
KNOWN_DRAFTS, KNOWN_SCENARIOS = 64, 512
MOST_HOURS, LONGEST_RUN_SECONDS = 4.0, 60.0
"""What a visitor's question may take of a processor: three times the largest one that the fields
allow for the largest department; and one run of it."""
HOURS_VARIABLE = "CASELOAD_APP_HOURS"
"""The environment may raise (or lower) these hours; the limit of one run follows."""
SHARE_VARIABLE = "CASELOAD_APP_SHARE"
"""The environment may have a part of every department simulated (tests); pages say so."""


@kept_while_imported(KNOWN_SCENARIOS)
def shipped(name: str) -> Scenario:
    """A shipped scenario or a reference of today, read once; raises `InputError` for others."""
    if name not in shipped_scenarios() and name not in today_names():
        raise InputError([Fault("scenario", "origin", repr(name), "a shipped scenario")])
    return load_scenario(name)


class Departments(Mapping[str, Parameters]):
    """Every department that the simulation knows, by its name, in the order of its codes.

    A department is read when it is asked for: a page does not wait for a hundred of them.
    """

    def __getitem__(self, name: str) -> Parameters:
        if name not in self.codes:
            raise KeyError(name)
        return load_department(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def codes(self) -> Mapping[str, str]:
        """The codes by name."""
        return _codes()


@cache
def _codes() -> Mapping[str, str]:
    return {name: code for code, name in known_departments().items()}


@cache
def departments() -> Departments:
    """Every department that the simulation knows."""
    return Departments()


def first_department() -> str:
    """The department of a first visit: the first with a file of its own."""
    return next(name for name in departments() if name in shipped_departments())


@kept_while_imported(KNOWN_SCENARIOS)
def draws_of(department: str) -> Draws | None:
    """The draws of parameters of a department, else the national ones; None where none ship."""
    found = department_draws(department)
    return found if found is not None and len(found) else None


@kept_while_imported(KNOWN_SCENARIOS)
def references(department: str) -> tuple[str, ...]:
    """The references of a department: today's first, then those of its schemes.

    Of these the one that most scenarios compare with comes first.
    """
    of_department = [name for name in shipped_scenarios() if shipped(name).department == department]
    uses = [shipped(name).reference for name in of_department]
    found = [name for name in of_department if shipped(name).reference is None]
    historical = sorted(found, key=lambda name: (-uses.count(name), len(name), name))
    return (today_name(department), *historical)


@kept_while_imported(KNOWN_SCENARIOS)
def origins(reference: str) -> tuple[str, ...]:
    """The scenarios that may be compared with a reference, itself last."""
    first = shipped(reference)
    others = [
        name
        for name in shipped_scenarios()
        if name != reference
        and shipped(name).department == first.department
        and shipped(name).start == first.start
        and shipped(name).reference == reference
    ]
    return (*others, reference)


def new_study(department: str) -> Study:
    """A department with its first reference and no scenario yet."""
    reference = references(department)[0]
    return Study(department=department, reference=reference, months=shipped(reference).months)


def reference_of(study: Study) -> Scenario:
    """The reference of a study, over its months."""
    return started(study.reference, study.own).with_months(study.months)


def started(name: str, own: OwnStart | None) -> Scenario:
    """A shipped scenario, from own figures on where there are some; raises `InputError`."""
    return shipped(name) if own is None else _restarted(name, own.model_dump_json())


@kept_while_imported(KNOWN_DRAFTS)
def _restarted(name: str, own_json: str) -> Scenario:
    return restarted(shipped(name), OwnStart.model_validate_json(own_json))


def origin_of(draft: Draft) -> Scenario:
    """What a draft starts from, as it was shipped or imported; raises `InputError`."""
    if draft.document:
        return scenario_of_text(draft.document)
    return started(draft.origin, draft.own)


def day_of(draft: Draft) -> date:
    """The day from which the values of a draft hold."""
    if draft.day is not None:
        return draft.day
    origin = origin_of(draft)
    days = origin.days_of_change
    return days[0] if days else usual_day_of_effect(origin.start)


def usual_day_of_effect(start: date) -> date:
    """The day from which a visitor's own changes hold, unless said otherwise."""
    return months_later(start, MONTHS_BEFORE_EFFECT)


def scenario_of(draft: Draft, months: int) -> Scenario:
    """The scenario that a draft stands for; raises `InputError` with all its faults."""
    return _built(draft.model_dump_json(), months)


@kept_while_imported(KNOWN_DRAFTS)
def _built(draft_json: str, months: int) -> Scenario:
    draft = Draft.model_validate_json(draft_json)
    made = origin_of(draft)
    title = Wording(en=draft.title, fr=draft.title)
    made = replace(made, name=draft.key, title=title).with_months(months)
    if draft.values:
        made = made.with_changes(_values(draft), day_of(draft), draft.title)
    if draft.unemployment is not None:
        made = _under(made, draft.unemployment)
    check_in_app(made, draft.origin, draft.own)
    return made


def _under(made: Scenario, rule: UnemploymentRule) -> Scenario:
    """The scenario under a path of the unemployment rate; raises `InputError`."""
    faults = quarters_outside(rule, made.base, made.start, made.months, made.name)
    if faults:
        raise InputError(faults)
    return replace(made, unemployment=rule).checked()


def check_in_app(scenario: Scenario, origin: str = "", own: OwnStart | None = None) -> None:
    """Refuse what the app does not set (`check_allowed`); raises `InputError`.

    ``own``: the figures that the scenario starts from, as does ``origin``. What they set is
    checked when the origin is put together.
    """
    if own is not None:
        known = started(origin, own).variant
        rest = {path: item for path, item in scenario.variant.items() if known.get(path) != item}
        scenario = replace(scenario, variant=rest)
    alike = [shipped(name) for name in shipped_scenarios()]
    if scenario.department in departments():
        alike.append(shipped(today_name(scenario.department)))
    check_allowed(scenario, [one for one in alike if one.department == scenario.department])


def _values(draft: Draft) -> dict[str, object]:
    """The values as the simulation accepts them: dated ones by day; raises `InputError`."""
    return {
        path: {_day(day, path): item for day, item in value.items()}
        if isinstance(value, dict)
        else value
        for path, value in draft.values.items()
    }


def _day(written: str, path: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        fault = Fault("scenario", path, repr(written), "a day such as 2023-04-01")
        raise InputError([fault]) from None


def experiment_of(study: Study, replications: int | None = None) -> Experiment:
    """The reference and every draft as one experiment.

    Raises `InputError`: `TooLargeError` for more than one visitor may ask of this server.
    """
    experiment = of_any_size(study, replications)
    check_size(size_of_experiment(experiment), app_limits())
    return experiment


def of_any_size(study: Study, replications: int | None = None) -> Experiment:
    """The same, whatever it asks of this server."""
    scenarios = (
        reference_of(study),
        *(scenario_of(draft, study.months) for draft in study.drafts),
    )
    draws = draws_of(study.department) if study.has_draws else None
    whole = Experiment(scenarios, SEED, replications or study.replications, draws)
    return whole.scaled(simulated_share())


def app_limits() -> Limits:
    """What one visitor may ask of this server."""
    hours = float(os.environ.get(HOURS_VARIABLE, MOST_HOURS))
    return limits_here(hours * HOUR, LONGEST_RUN_SECONDS * hours / MOST_HOURS)


def simulated_share() -> float:
    """The part of a department that full runs simulate: all of it unless the environment says."""
    return float(os.environ.get(SHARE_VARIABLE, "1"))
