"""What a budget is asked for: a folder of a run, a department, or scenarios."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sim.errors import Fault, InputError
from sim.experiments.experiment import Experiment
from sim.experiments.run_folder import COMPARED, MANIFEST
from sim.money.costs.taken_over import AFTER_TRIAL
from sim.money.costs.unit_costs import STATE
from sim.parameters import load_department, scale_department
from sim.parameters.derivation.document import derived_code
from sim.policy import Scenario, load_scenario, shipped_scenarios
from sim.policy.today import today_name

YEARS = 3
MONTHS_PER_YEAR = 12
SCENARIO_FILE = "scenario.yaml"


@dataclass(frozen=True)
class Asked:
    """The experiment to price and its budget years; ``is_run``: read from the folder of a run."""

    experiment: Experiment
    years: tuple[int, ...] | None
    is_run: bool


def asked_of(
    names: Sequence[str],
    *,
    years: int | None,
    first_year: int | None,
    first_paid: date | None,
    last_paid: date | None,
    seed: int | None,
    replications: int | None,
    share: float,
    restarted: Callable[[Scenario], Scenario] | None = None,
) -> Asked:
    """Scenarios long enough for the budget years that are asked for.

    One name: the folder of a run, a department (its reference that starts last, before the first
    month paid), or a scenario (beside its reference). Several: scenarios, the first the reference.
    ``restarted`` moves a scenario to another starting stock. Raises InputError.
    """
    folder = Path(names[0])
    if len(names) == 1 and (folder / MANIFEST).is_file():
        return _run(folder, years, first_year, seed, replications)
    found = _scenarios(names, first_paid)
    started = found if restarted is None else map(restarted, found)
    scenarios = tuple(one.scaled(share) for one in started)
    start = scenarios[0].start
    whole = start.year if start.month == 1 else start.year + 1
    first = first_year if first_year is not None else last_paid.year if last_paid else whole
    if first < whole:
        accepted = f"from {whole} on: {scenarios[0].name} starts on {start}"
        raise InputError([Fault("budget", "year", f"{first}, outside the run", accepted)])
    count = YEARS if years is None else years
    months = (first + count - start.year) * MONTHS_PER_YEAR - (start.month - 1)
    scenarios = tuple(one.with_months(months) for one in scenarios)
    experiment = Experiment(scenarios, 1 if seed is None else seed, replications or MONTHS_PER_YEAR)
    return Asked(experiment, tuple(range(first, first + count)), False)


def _scenarios(names: Sequence[str], first_paid: date | None) -> list[Scenario]:
    if len(names) > 1:
        return [load_scenario(name) for name in names]
    if derived_code(names[0]) is not None:
        return [reference_for(names[0], first_paid)]
    scenario = load_scenario(names[0])
    return (
        [scenario] if scenario.reference is None else [load_scenario(scenario.reference), scenario]
    )


def reference_for(department: str, first_paid: date | None = None) -> Scenario:
    """The reference of a department that starts last, not after the first month paid."""
    one = load_department(department)
    shipped = map(load_scenario, shipped_scenarios())
    historical = [each for each in shipped if each.base.code == one.code and not each.reference]
    own = [*historical, load_scenario(today_name(one.department))]
    fitting = [each for each in own if first_paid is None or each.start <= first_paid]
    if not fitting:
        starts = ", ".join(f"{each.name} on {each.start}" for each in own)
        found = f"{first_paid:%Y-%m}, before the references of {department}"
        raise InputError([Fault("actuals", "month", found, f"months from a start on: {starts}")])
    return max(fitting, key=lambda each: (each.start, -len(each.name)))


def with_payer_after_trial(asked: Asked, payer: str) -> Asked:
    """What is asked for, with the State or another funder paying the allowance after a trial."""
    told = {AFTER_TRIAL: payer == STATE}
    scenarios = tuple(one.with_variant(told) for one in asked.experiment.scenarios)
    return replace(asked, experiment=replace(asked.experiment, scenarios=scenarios))


def _run(
    folder: Path,
    years: int | None,
    first_year: int | None,
    seed: int | None,
    replications: int | None,
) -> Asked:
    """The scenarios of a run, over its months, with its seed."""
    record = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    listed = record["scenarios"]
    files = (
        [folder / SCENARIO_FILE]
        if len(listed) == 1
        else [folder / COMPARED / one["name"] / SCENARIO_FILE for one in listed]
    )
    scenarios = tuple(
        _as_it_ran(load_scenario(str(file)), float(one["share"])).with_months(record["months"])
        for file, one in zip(files, listed, strict=True)
    )
    experiment = Experiment(
        scenarios,
        int(record["seed"]) if seed is None else seed,
        replications or int(record["replications"]),
    )
    if years is None and first_year is None:
        return Asked(experiment, None, True)
    start = scenarios[0].start
    first = first_year or (start.year if start.month == 1 else start.year + 1)
    return Asked(experiment, tuple(range(first, first + (years or 1))), True)


def _as_it_ran(written: Scenario, share: float) -> Scenario:
    """A scenario of a folder at its share: its changes are written at that size, not its base."""
    if share == 1.0:
        return written
    base = scale_department(written.base, share)
    return replace(written, base=base, share=share).checked()
