"""Reads a plan file and puts it together, or says everything that is wrong with it.

Nothing is run. The size of what is asked is known, and refused when it is a mistake, before any
setting is made.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sim.batch.factors import (
    Factor,
    Setting,
    count_settings,
    read_factor,
    settings_of,
    takes_points,
)
from sim.batch.form import PlanForm
from sim.batch.plan import BatchPlan, Keep
from sim.batch.points import Points, faults_of_points, read_points
from sim.batch.rows import SCHEMA
from sim.errors import Fault, InputError
from sim.experiments.experiment import MOST_REPLICATIONS, Experiment, told_apart
from sim.experiments.readiness import check_ready
from sim.experiments.size import Size, memory_of_tasks, seconds_of_longest_run, seconds_of_task
from sim.outcomes.definitions import outcome_definitions
from sim.parameters import known_departments, load_department
from sim.parameters.derivation.drawn import department_draws
from sim.parameters.draws import Draws
from sim.parameters.reading import read_yaml
from sim.parameters.schema import nearest
from sim.parameters.values import Value
from sim.policy import Scenario, load_scenario
from sim.policy.later_changes import set_again, too_early
from sim.policy.places import find_scenario, without_tilde
from sim.policy.reading import in_form
from sim.policy.today import today_name

MOST_RUNS = 1_000_000
MOST_SETTINGS = 100_000
MOST_CHECKED = 2_000
"""Combinations of scenario and setting that are put together to check them."""
RESERVED = frozenset(SCHEMA.names) | {"label", "start", "definition"}
"""Columns of results and exports: no factor has their names."""
FindDraws = Callable[[str], Draws | None]


def read_batch_plan(path: str | Path, find_draws: FindDraws = department_draws) -> BatchPlan:
    """The plan of a file that makes one experiment; raises `InputError` with all its faults.

    ``find_draws`` gives the posterior draws of a department, or None when it has none.
    """
    plans = read_batch_plans(path, find_draws)
    if len(plans) > 1:
        accepted = "scenarios: this command takes one experiment"
        raise InputError([Fault(str(path), "departments", f"{len(plans)} of them", accepted)])
    return plans[0]


def read_batch_plans(
    path: str | Path, find_draws: FindDraws = department_draws
) -> tuple[BatchPlan, ...]:
    """The plans of a file, one for each department that it names; raises `InputError`."""
    path = Path(path)
    form = in_form(PlanForm, read_yaml(path), str(path))
    text = path.read_text(encoding="utf-8-sig")
    return tuple(
        replace(make_plan(one, path, find_draws), document=text, file=path.absolute())
        for one in forms_of(form, str(path))
    )


def forms_of(form: PlanForm, file: str) -> list[PlanForm]:
    """A form for each department of a plan; the form itself where it has scenarios."""
    if form.departments is None:
        return [form]
    if form.scenarios:
        accepted = "scenarios or departments, not both"
        raise InputError([Fault(file, "departments", "scenarios too", accepted)])
    faults: list[Fault] = []
    names: list[str] = []
    every = known_departments().values()
    for position, written in enumerate(every if form.departments == "all" else form.departments):
        try:
            names.append(load_department(written).department)
        except InputError as error:
            field = f"departments[{position}]"
            faults += [replace(one, file=file, field=field) for one in error.faults]
    if faults:
        raise InputError(faults)
    return [
        form.model_copy(
            update={
                "name": f"{form.name}_{name}",
                "scenarios": [today_name(name)],
                "departments": None,
            }
        )
        for name in dict.fromkeys(names)
    ]


def make_plan(
    form: PlanForm,
    path: Path,
    find_draws: FindDraws = department_draws,
    at_hand: Mapping[str, Scenario] | None = None,
) -> BatchPlan:
    """The plan of a checked form; ``path`` is the file that relative names are looked up beside.

    Scenarios that are ``at_hand`` under their name are not looked up.
    """
    file = str(path)
    if not form.scenarios:
        accepted = PlanForm.model_fields["scenarios"].description or ""
        raise InputError([Fault(file, "scenarios", "nothing", accepted)])
    scenarios, faults = _scenarios(form, path, at_hand or {})
    points, more = _points(form, path)
    faults += more
    faults += [
        *_faults_of_size(form, scenarios, file, 1 if points is None else len(points)),
        *_faults_of_keep(form, file),
    ]
    if len(scenarios) < len(form.scenarios):
        raise InputError(faults)
    factors, more = _factors(form, scenarios, file, points)
    faults += more
    draws = find_draws(scenarios[0].department) if form.draws else None
    faults += _faults_of_draws(form, scenarios[0].department, draws, file)
    if not faults:
        faults += _faults_of_runs(form, scenarios, file)
    if faults:
        raise InputError(faults)
    plan = BatchPlan(
        name=form.name,
        title=form.title or "",
        experiment=_experiment(form, scenarios, file),
        keep=Keep(
            outcomes=tuple(name for name in outcome_definitions() if name in _wanted(form)),
            by_month=form.keep.detail == "month",
            by_pathway=form.keep.pathways,
        ),
        share=form.share,
        factors=tuple(factors),
        settings=settings_of(factors, form.sample),
        draws=draws,
        draw_count=form.draws,
        is_paired=form.paired,
        precision=form.seeds.precision,
        inputs={} if points is None else {f"points/{Path(points.file).name}": points.sha256},
    )
    _check_settings(plan, file)
    return plan


def size_of(plan: BatchPlan, workers: int | None = None) -> Size:
    """The size of a plan that is put together, with an estimate of its time and memory.

    The estimate is that of the largest setting.
    """
    is_apart = not plan.experiment.is_paired or not plan.is_paired
    positions = range(len(plan.names))
    largest = [
        [plan.scenario(position, setting, None) for position in positions]
        for setting in _large_settings(plan)
    ]
    seconds = max(seconds_of_task(scenarios, people_each=is_apart) for scenarios in largest)
    return Size(
        scenarios=len(plan.names),
        settings=len(plan.settings),
        draws=plan.draw_count,
        seeds=plan.experiment.replications,
        seconds=plan.tasks * seconds,
        run_seconds=max(seconds_of_longest_run(scenarios) for scenarios in largest),
        memory_bytes=max(memory_of_tasks(scenarios, workers) for scenarios in largest),
    )


def _large_settings(plan: BatchPlan) -> list[Setting]:
    """The first setting, and for each factor one in which its number is largest."""
    first = plan.settings[0]
    numbers = [f.name for f in plan.factors if isinstance(first[f.name], int | float)]
    return [first, *(max(plan.settings, key=lambda one: _number(one[name])) for name in numbers)]


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else -math.inf


def _wanted(form: PlanForm) -> tuple[str, ...]:
    return tuple(form.keep.outcomes) or tuple(outcome_definitions())


def _scenarios(
    form: PlanForm, path: Path, at_hand: Mapping[str, Scenario]
) -> tuple[list[Scenario], list[Fault]]:
    """The scenarios of the plan, and the faults of those that cannot be read."""
    found: list[Scenario] = []
    faults: list[Fault] = []
    for position, name in enumerate(form.scenarios):
        where = f"scenarios[{position}]"
        try:
            known = at_hand.get(name)
            scenario = load_scenario(find_scenario(name, path, where)) if known is None else known
            if form.variant:
                scenario = scenario.with_variant(form.variant)
            if form.months is not None:
                scenario = scenario.with_months(form.months)
            found.append(scenario)
        except InputError as error:
            faults += error.faults
    return found, faults


def _points(form: PlanForm, path: Path) -> tuple[Points | None, list[Fault]]:
    """The points of a plan, with columns that are those of its factors, and all faults of them.

    Of faulty points nothing is given.
    """
    if form.points is None:
        return None, []
    wanted = [name for name, factor in form.factors.items() if takes_points(factor)]
    try:
        points = read_points(path.parent / without_tilde(form.points))
    except InputError as error:
        return None, list(error.faults)
    others = [name for name in form.factors if name not in wanted]
    faults = list(faults_of_points(points, wanted, others))
    if any(name not in points.columns for name in wanted):
        return None, faults
    return points, faults


def _factors(
    form: PlanForm, scenarios: list[Scenario], file: str, points: Points | None
) -> tuple[list[Factor], list[Fault]]:
    factors: list[Factor] = []
    faults: list[Fault] = []
    names = told_apart(scenarios)
    for name in RESERVED & set(form.factors):
        accepted = "a name that no column of the results has"
        faults.append(Fault(file, f"factors.{name}", f"the name {name!r}", accepted))
    for name, factor in form.factors.items():
        if form.points and points is None and takes_points(factor):
            continue
        try:
            read = read_factor(name, factor, scenarios[0].base, names, file, points)
            factors.append(read)
            faults += _faults_of_later_changes(read, scenarios, file)
        except InputError as error:
            faults += error.faults
        if isinstance(factor.since, date):
            first, end = scenarios[0].start, scenarios[0].end
            if not first <= factor.since < end:
                accepted = f"a day of the run, from {first} to the day before {end}, or always"
                found = f"the date {factor.since}"
                faults.append(Fault(file, f"factors.{name}.since", found, accepted))
    if any(factor.range for factor in form.factors.values()) and form.sample is None:
        accepted = "method (latin_hypercube or sobol) and size, as factors have a range"
        faults.append(Fault(file, "sample", "nothing", accepted))
    return factors, faults


def _faults_of_later_changes(
    factor: Factor, scenarios: Sequence[Scenario], file: str
) -> Iterable[Fault]:
    """A factor whose values a scenario replaces: its settings would say what is not run."""
    for scenario in (scenarios[position] for position in factor.scenarios):
        since = None if factor.is_always else factor.since or scenario.start
        later = set_again(scenario, factor.paths, since)
        if later is not None:
            found = too_early(scenario, since)
            accepted = f"since: {later} or later, or scenarios: without {scenario.name} (in a plan)"
            yield Fault(file, f"factors.{factor.name}.since", found, accepted)


def _faults_of_keep(form: PlanForm, file: str) -> Iterable[Fault]:
    known = tuple(outcome_definitions())
    for position, name in enumerate(form.keep.outcomes):
        if name not in known:
            field = f"keep.outcomes[{position}]"
            yield Fault(file, field, f"the unknown outcome {name!r}", nearest(name, known))


def _faults_of_draws(
    form: PlanForm, department: str, draws: Draws | None, file: str
) -> Iterable[Fault]:
    if not form.draws:
        return
    if draws is None:
        found = f"{form.draws}, and no posterior draws of {department} are there"
        yield Fault(file, "draws", found, "0: the tables as they are")
    elif form.draws > len(draws):
        yield Fault(file, "draws", str(form.draws), f"a whole number from 0 to {len(draws)}")


def _faults_of_size(
    form: PlanForm, scenarios: list[Scenario], file: str, points: int
) -> Iterable[Fault]:
    """Numbers that are refused before any setting is made."""
    if form.seeds.precision is not None and not form.paired:
        accepted = "a fixed number n: how many seeds are enough is counted for paired runs only"
        yield Fault(file, "seeds.precision", "a precision beside paired: false", accepted)
    if form.seeds.n > MOST_REPLICATIONS:
        accepted = f"a whole number from 1 to {MOST_REPLICATIONS:,}"
        yield Fault(file, "seeds.n", f"{form.seeds.n:,}", accepted)
    settings = count_settings(form.factors, form.sample, points)
    if settings > MOST_SETTINGS:
        accepted = f"factors that make at most {MOST_SETTINGS:,} settings"
        yield Fault(file, "factors", f"{settings:,} settings", accepted)
    tasks = settings * max(form.draws, 1) * form.seeds.n
    seconds = 0.0
    if scenarios:
        is_apart = not form.paired or len({one.base.fingerprint() for one in scenarios}) > 1
        seconds = tasks * seconds_of_task(scenarios, form.share, people_each=is_apart)
    size = Size(len(form.scenarios), settings, form.draws, form.seeds.n, seconds)
    if size.runs > MOST_RUNS:
        found = f"{size}, {size.lasting(os.cpu_count() or 1)}" if seconds else str(size)
        yield Fault(file, "", found, f"at most {MOST_RUNS:,} runs")


def _faults_of_runs(form: PlanForm, scenarios: list[Scenario], file: str) -> list[Fault]:
    """Scenarios that cannot be compared, told as faults of the plan."""
    try:
        _experiment(form, scenarios, file)
    except InputError as error:
        return list(error.faults)
    return []


def _experiment(form: PlanForm, scenarios: list[Scenario], file: str) -> Experiment:
    try:
        return Experiment(tuple(scenarios), form.seeds.first, form.seeds.n)
    except InputError as error:
        raise InputError(replace(fault, file=file) for fault in error.faults) from None


def _check_settings(plan: BatchPlan, file: str) -> None:
    """Put together what will be run (the first combinations of a large plan)."""
    faults: dict[str, Fault] = {}
    most = max(1, MOST_CHECKED // len(plan.names))
    first, draws = plan.settings[0], plan.draw_numbers
    cases = [(number, setting, draws[0]) for number, setting in enumerate(plan.settings[:most])]
    cases += [(0, first, draw) for draw in draws[1:most]]
    for number, setting, draw in cases:
        for position in range(len(plan.names)):
            try:
                scenario = plan.scenario(position, setting, draw)
                if setting is first and draw is draws[0]:
                    check_ready(scenario)
            except InputError as error:
                for fault in error.faults:
                    told = replace(fault, file=file, field=_where(plan, fault, number))
                    faults.setdefault(f"{told.field} {told.found}", told)
    if faults:
        raise InputError(faults.values())


def _where(plan: BatchPlan, fault: Fault, number: int) -> str:
    """The factor that a refused value belongs to, or the setting as a whole."""
    for factor in plan.factors:
        if any(fault.field.endswith(path) for path in factor.paths):
            return f"factors.{factor.name}"
    return f"setting {number}: {fault.field}"
