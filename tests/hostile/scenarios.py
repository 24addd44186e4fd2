"""Scenarios, departments and plans with faults built from the rules, and the verdicts on them.

`check` and `run` are asked about the same file. They must agree, and what passes runs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import yaml

from sim.batch.plan import BatchPlan
from sim.batch.reading import read_batch_plan, size_of
from sim.batch.task import task_of
from sim.batch.tasks import run_task
from sim.errors import InputError
from sim.experiments.experiment import Experiment
from sim.experiments.size import size_of_experiment
from sim.parameters import shipped_departments
from sim.parameters.entry import plain
from sim.parameters.sources import DEPARTMENTS
from sim.policy import levers, load_scenario, shipped_scenarios
from tests.hostile.door import Attempt, Ending, SilentDifferenceError
from tests.hostile.scenario_faults import (
    DEPARTMENT_CHANGES,
    FIRST,
    PLAN_CHANGES,
    SCENARIO_CHANGES,
    Document,
    written,
    written_value,
)
from ui.cli.before_running import check_before_running
from ui.cli.checking import check_scenario
from ui.cli.simulating import Request, simulate

REFERENCES = tuple(name for name in shipped_scenarios() if name.endswith("_reference"))
SHORT_HISTORY: Mapping[str, object] = {"history.years": 1, "history.warm_up_months": 1}
HOUSEHOLDS = 40.0
"""What is left of a department that is run."""
MONTHS, MOST_SECONDS = 3, 2.0


@dataclass(frozen=True)
class Verdict:
    """What a door says of a file: its faults in words, none where it accepts."""

    faults: tuple[str, ...]

    @property
    def is_accepted(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def prepared_scenarios(folder: Path) -> Attempt:
    """Attempts at scenario files."""
    return lambda luck: judged_scenario(scenario_file(folder, luck))


def prepared_departments(folder: Path) -> Attempt:
    """Attempts at the file of an own department, through a scenario in it."""
    return lambda luck: judged_scenario(department_file(folder, luck))


def prepared_plans(folder: Path) -> Attempt:
    """Attempts at plans of batches."""
    return lambda luck: judged_plan(plan_file(folder, luck))


def judged_scenario(file: Path) -> Ending:
    """Ask `check` and `run` about a scenario; raises `SilentDifferenceError` where they differ."""
    checked = verdict(lambda: check_scenario(str(file), is_json=True))
    refused = verdict(lambda: _before_running(file))
    if checked != refused:
        raise SilentDifferenceError(
            f"check: {checked.faults}\nrun: {refused.faults}\n{_text(file)}"
        )
    if not checked.is_accepted:
        return Ending.REFUSED
    small = _small(file)
    if small is None:
        return Ending.TAKEN
    ran = verdict(lambda: simulate(small, is_json=True))
    if not ran.is_accepted:
        raise SilentDifferenceError(f"checked, then refused: {ran.faults}\n{_text(file)}")
    return Ending.TAKEN


def judged_plan(file: Path) -> Ending:
    """Read a plan as `batch --check` does and run its first and last task, if they are small."""
    try:
        plan = read_batch_plan(file)
    except InputError:
        return Ending.REFUSED
    if not _is_small(plan):
        return Ending.TAKEN
    for number in {0, plan.tasks - 1}:
        ran = verdict(lambda number=number: run_task(plan, task_of(plan, number)))  # type: ignore[misc]
        if not ran.is_accepted:
            raise SilentDifferenceError(f"checked, then refused: {ran.faults}\n{_text(file)}")
    return Ending.TAKEN


def verdict(door: Callable[[], object]) -> Verdict:
    """What a door says; whatever else it raises is a traceback."""
    try:
        door()
    except InputError as error:
        return Verdict(tuple(map(str, error.faults)))
    return Verdict(())


def _before_running(file: Path) -> None:
    request = Request("run", (str(file),), 1, 1, None, None, None, 1.0, False)
    check_before_running(request.experiment())


def _small(file: Path) -> Request | None:
    """A run of a few households for a few months; None where even that would take long."""
    scenario = load_scenario(file)
    stock = scenario.base.number("department.stock_households")
    share = min(1.0, HOUSEHOLDS / stock)
    months = min(MONTHS, scenario.months)
    try:
        scaled = scenario.scaled(share).with_months(months)
    except InputError:
        # So few households fit no territory: that is said of --share, not of the file.
        return None
    if size_of_experiment(Experiment((scaled,), replications=1)).seconds > MOST_SECONDS:
        return None
    return Request("run", (str(file),), 1, 1, months, 1, None, share, False)


def _is_small(plan: BatchPlan) -> bool:
    size = size_of(plan, workers=1)
    return size.seconds / max(plan.tasks, 1) <= MOST_SECONDS


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


def scenario_file(folder: Path, luck: random.Random) -> Path:
    """A scenario with up to two changes that may or may not be faults."""
    document = scenario_document(luck)
    return written(folder / "scenario.yaml", document, SCENARIO_CHANGES, luck)


def scenario_document(luck: random.Random) -> Document:
    """A good scenario of a shipped department with a short history."""
    reference = luck.choice(REFERENCES)
    lever = luck.choice(levers(load_scenario(reference).base))
    base = load_scenario(reference).base
    start = load_scenario(reference).start
    return {
        "schema_version": 1,
        "name": "scenario",
        "title": {"en": "T", "fr": "T"},
        "description": {"en": "D", "fr": "D"},
        "extends": reference,
        "reference": reference,
        "months": luck.choice((1, 2, 24)),
        "variant": dict(SHORT_HISTORY),
        "changes": [
            {
                "date": start + timedelta(days=luck.choice((0, 1, 20))),
                "label": "a change",
                "set": {lever.path: written_value(base, lever.path)},
            }
        ],
    }


def department_file(folder: Path, luck: random.Random) -> Path:
    """A scenario whose own department has up to two changes."""
    name = luck.choice(shipped_departments())
    tree: Document = yaml.safe_load((DEPARTMENTS / f"{name}.yaml").read_text(encoding="utf-8"))
    written(folder / "own.yaml", tree, DEPARTMENT_CHANGES, luck)
    scenario: Document = {
        "schema_version": 1,
        "name": "scenario",
        "title": {"en": "T", "fr": "T"},
        "description": {"en": "D", "fr": "D"},
        "department": "own.yaml",
        "reference": None,
        "start": FIRST,
        "months": 2,
        "variant": dict(SHORT_HISTORY),
    }
    return written(folder / "scenario.yaml", scenario, (), luck)


def plan_file(folder: Path, luck: random.Random) -> Path:
    """A plan of tiny runs with up to two changes."""
    scenario_file(folder, luck)
    base = load_scenario("somme_reference").base
    lever = luck.choice([one for one in levers(base) if base.entry(one.path).form.length is None])
    plan: Document = {
        "schema_version": 1,
        "name": "plan",
        "scenarios": luck.choice(
            (["somme_reference", "somme_plus14"], ["scenario.yaml"], ["somme_reference"])
        ),
        "months": luck.choice((1, 2)),
        "share": 0.004,
        "variant": dict(SHORT_HISTORY),
        "factors": {"one": {"path": lever.path, "values": [plain(base.value(lever.path))]}},
        "draws": luck.choice((0, 0, 2)),
        "seeds": {"n": luck.choice((1, 2)), "first": 1},
        "paired": luck.choice((True, False)),
    }
    return written(folder / "plan.yaml", plan, PLAN_CHANGES, luck)
