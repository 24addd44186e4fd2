"""Runs of the pilots over draws and seeds, and what is read of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from calibration.pilots.declared import Place, Waterfall, declared
from calibration.pilots.entrants import Followed
from calibration.pilots.readings import COUNTS, Reading, Tally, tally
from sim.engine.run import run_plan
from sim.experiments.experiment import Experiment, run_plan_of
from sim.parameters.draw_files import shipped_draws
from sim.policy import Scenario

SEED = 11
PERCENT = 100.0


@dataclass(frozen=True)
class Step:
    """One step of the waterfall: a world and a reading, with the key that its words have."""

    key: str
    world: str
    reading: Reading
    is_aside: bool = False
    """Beside the way from the ordinary regime to the scheme."""


def follow(scenarios: Sequence[Scenario], place: Place, seed: int) -> list[Followed]:
    """Runs of scenarios that are the same until the scheme begins, told from then on."""
    territory = scenarios[0].base.labels("territories").index(place.territory)
    plans = [run_plan_of(scenario) for scenario in scenarios]
    first = run_plan(plans[0], seed, is_logging=True, stop_over=place.since)
    past = first.past
    assert past is not None
    others = [run_plan(plan, seed, past=past, is_logging=True) for plan in plans[1:]]
    found = []
    for run in (first, *others):
        assert run.log is not None
        found.append(Followed.of(past.state, run.log.rows, territory))
    return found


def tallies_of_place(place: Place, replications: int) -> dict[str, list[Tally]]:
    """Every result that is read in a place, by key and replication."""
    read = [one for one in declared().results if place.name in one.places]
    found: dict[str, list[Tally]] = {one.key: [] for one in read}
    for (scheme,), seed in _worlds((place.scenario(),), replications):
        (told,) = follow([scheme], place, seed)
        for one in read:
            found[one.key].append(tally(one.reading, told, scheme.base))
    return found


def values_of_results(
    tallies: Mapping[str, Mapping[str, Sequence[Tally]]],
) -> dict[str, list[float]]:
    """The value of every result by replication, from the tallies by place and key.

    Shares are in percent, of the people of all places together.
    """
    found = {}
    for one in declared().results:
        by_place = [tallies[place][one.key] for place in one.places]
        means = [_sum(parts).mean for parts in zip(*by_place, strict=True)]
        is_share = one.reading.kind not in (*COUNTS, "wait")
        found[one.key] = [PERCENT * value if is_share else value for value in means]
    return found


def steps_of(waterfall: Waterfall, definition: str) -> tuple[Step, ...]:
    """The steps towards the figure of a definition (``job`` or ``lasting_job``), in their order."""
    place = declared().places[waterfall.place]

    def read(**changed: object) -> Reading:
        values = {"definition": strict, **changed}
        return Reading("job", place.since, waterfall.observed, **values)  # type: ignore[arg-type]

    is_any = definition == "job"
    strict = "month" if is_any else "six_months"
    widest = "day" if is_any else "six_months"
    months = waterfall.exposure_months
    held: dict[str, object] = {"least_months": months, "definition": widest, "counts_held": True}
    steps = [
        Step("ordinary", "ordinary", read()),
        Step("newcomers", "newcomers", read(), is_aside=True),
        Step("everyone", "everyone", read(), is_aside=True),
        Step("called_in", "called_in", read(), is_aside=True),
        Step("who", "without_effect", read()),
        Step("exposure", "without_effect", read(least_months=months)),
    ]
    if is_any:
        steps.append(
            Step("definition", "without_effect", read(least_months=months, definition=widest))
        )
    steps += [
        Step("held", "without_effect", read(**held)),
        Step("effect", "scheme", read(**held)),
        Step("in_work", "scheme", read(**held, within_months=0), is_aside=True),
        Step("plain", "scheme", read(definition=widest), is_aside=True),
    ]
    if not is_any:
        steps.append(Step("month", "scheme", read(definition="month"), is_aside=True))
    return tuple(steps)


def waterfall_values(replications: int) -> dict[str, dict[str, list[float]]]:
    """The level of every step, in percent, by definition, step and replication."""
    waterfall = declared().waterfall
    place = declared().places[waterfall.place]
    names = [*waterfall.worlds]
    steps = {name: steps_of(waterfall, name) for name in waterfall.figures}
    found: dict[str, dict[str, list[float]]] = {
        name: {step.key: [] for step in steps[name]} for name in steps
    }
    scenarios = tuple(waterfall.scenario(name, place) for name in names)
    for drawn, seed in _worlds(scenarios, replications):
        told = dict(zip(names, follow(drawn, place, seed), strict=True))
        for name, its in steps.items():
            for step in its:
                share = tally(step.reading, told[step.world], drawn[0].base).mean
                found[name][step.key].append(PERCENT * share)
    return found


def _worlds(
    scenarios: tuple[Scenario, ...], replications: int
) -> list[tuple[tuple[Scenario, ...], int]]:
    """The scenarios in the world of each replication, with its seed."""
    draws = shipped_draws(scenarios[0].department)
    experiment = Experiment(scenarios, SEED, replications, draws)
    return [(experiment.scenarios_of(number), seed) for number, seed in enumerate(experiment.seeds)]


def _sum(parts: Sequence[Tally]) -> Tally:
    total = Tally(0.0, 0.0)
    for part in parts:
        total = total + part
    return total
