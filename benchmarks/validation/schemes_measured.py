"""What the pilots published, read from runs of their schemes over draws and seeds.

The numbers are kept (`schemes_kept`); the words are in `schemes_page`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from benchmarks.validation.schemes_kept import Kept, Level, Promised, Shown, Spread
from calibration.pilots.declared import declared
from calibration.pilots.found import (
    SEED,
    steps_of,
    tallies_of_place,
    values_of_results,
    waterfall_values,
)
from sim.experiments.experiment import Experiment
from sim.experiments.page_answers import FactAnswer, PageAnswers, Read, answer_page
from sim.parameters import Parameters, published_figures
from sim.parameters.draw_files import shipped_draws
from sim.policy import Scenario, load_scenario
from sim.policy.facts import Page, Promise, departments_with_facts, page_of
from sim.version import engine_version

PROMISE_REPLICATIONS = 3
"""Of the promises: they are kept or broken by far more than luck."""
ENDS = (50.0, 5.0, 95.0)
DIGITS = 6
PERCENT = 100.0


def spread(values: Iterable[float]) -> Spread:
    """Median, 5 and 95 % of the values that are there."""
    known = [value for value in values if not math.isnan(value)]
    return Spread(*(float(f"{end:.{DIGITS}g}") for end in np.percentile(known, ENDS)))


def levels(name: str, values: Mapping[str, Sequence[float]]) -> dict[str, Level]:
    """The steps of a waterfall: each with its difference to the one before it on the way."""
    found: dict[str, Level] = {}
    before: Sequence[float] | None = None
    for step in steps_of(declared().waterfall, name):
        level = values[step.key]
        more = None if before is None or step.is_aside else _more(before, level)
        found[step.key] = Level(step.is_aside, spread(level), more)
        before = before if step.is_aside else level
    return found


def _more(before: Sequence[float], level: Sequence[float]) -> Spread:
    return spread(now - then for then, now in zip(before, level, strict=True))


def hazard_ratio(published: float, level: float, in_work: float) -> float:
    """How many times higher the hazard of a job would have to be for the published share.

    Shares in percent; ``in_work`` of them have one on the day of entry. NaN where that is enough.
    """
    if in_work >= min(published, level):
        return math.nan
    left = math.log((PERCENT - level) / (PERCENT - in_work))
    return math.log((PERCENT - published) / (PERCENT - in_work)) / left


def closing(values: Mapping[str, Mapping[str, Sequence[float]]]) -> dict[str, Spread]:
    """What would have to hold: ratios of hazards, and lasting jobs for each hundred with a job."""
    found = {}
    for name, figure in declared().waterfall.figures.items():
        published, steps = float(published_figures()[figure].value), values[name]
        widest = zip(steps["effect"], steps["in_work"], strict=True)
        found[f"{name}.effect"] = spread(hazard_ratio(published, *pair) for pair in widest)
        found[f"{name}.plain"] = spread(hazard_ratio(published, one, 0.0) for one in steps["plain"])
    pairs = zip(values["lasting_job"]["plain"], values["job"]["plain"], strict=True)
    found["lasting_of_job"] = spread(PERCENT * lasting / job for lasting, job in pairs if job)
    return found


def promises_of(department: str) -> list[Promised]:
    """Every promise of a page that sets a limit and that an outcome of the scheme shows."""
    sheet = page_of(department)
    scenario = _simulated(sheet)
    draws = shipped_draws(department)
    experiment = Experiment((scenario,), SEED, PROMISE_REPLICATIONS, draws)
    found = answer_page(sheet, experiment, scenario, workers=1)
    return [
        _promised(answer, answer.fact.promise, found)
        for answer in found.answers
        if answer.fact.promise is not None and answer.fact.promise.limit != "about" and answer.reads
    ]


def _simulated(sheet: Page) -> Scenario:
    """The territory of the scheme alone where its promises are read there, else the department."""
    place = declared().places.get(sheet.department)
    scenario = load_scenario(sheet.scenario)
    named = {one.territory for fact in sheet.facts for one in fact.read if fact.promise}
    if place is None or named - {place.territory, None}:
        return scenario
    return place.scenario(until=scenario.end)


def _promised(answer: FactAnswer, promise: Promise, found: PageAnswers) -> Promised:
    base = found.experiment.reference.base
    territories = {read.reading.territory for read in answer.reads}
    reasons = [one for one in found.reasons if territories & {None, one.territory}]
    needs = [one.needs[0] for one in reasons if one.needs]
    need = max(needs, key=lambda one: one.ratio, default=None)
    role = base.label_text("roles", need.role) if need and need.role else ""
    verdicts = {read.is_kept for read in answer.reads} - {None}
    return Promised(
        what=answer.fact.what.en,
        promise=f"{promise.text} {promise.unit}".strip(),
        limit=promise.limit,
        reads=tuple(_shown(read, base) for read in answer.reads),
        is_kept=all(verdicts) if verdicts else None,
        asked="" if need is None else " of ".join(filter(None, (need.limit, role))),
        ratio=None if need is None else float(f"{need.ratio:.{DIGITS}g}"),
    )


def _shown(read: Read, base: Parameters) -> Shown:
    reading = read.reading
    places = (
        ("territories", reading.territory),
        ("pathways", reading.pathway),
        ("roles", reading.role),
    )
    where = tuple(base.label_text(group, label) for group, label in places if label)
    mean = None if math.isnan(read.mean) else float(f"{read.mean:.{DIGITS}g}")
    return Shown(read.label, (*where, read.period), read.unit, mean)


def measure(replications: int) -> Kept:
    """Run everything."""
    tallies = {}
    for name, place in declared().places.items():
        tallies[name] = tallies_of_place(place, replications)
        print(name, flush=True)
    values = values_of_results(tallies)
    steps = waterfall_values(replications)
    print("waterfall", flush=True)
    promises = {name: promises_of(name) for name in departments_with_facts()}
    return Kept(
        replications,
        PROMISE_REPLICATIONS,
        engine_version(),
        date.today().isoformat(),
        {key: spread(found) for key, found in values.items()},
        {name: levels(name, found) for name, found in steps.items()},
        closing(steps),
        promises,
    )
