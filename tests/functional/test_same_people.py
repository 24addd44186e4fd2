"""The same people under every scenario: recounted from the log, paired, and nothing for nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from recounting import differing_memories, months_in

from sim.engine.run import RunResult, run_plan
from sim.engine.starting_population import build_population
from sim.engine.state import State
from sim.experiments.experiment import Experiment, run_plan_of
from sim.experiments.jobs import outcomes_under
from sim.experiments.kept_runs import KeptRuns
from sim.experiments.runner import ScenarioRun, run_experiment
from sim.ledger import Ledger
from sim.outcomes.definitions import outcome_definitions
from sim.outcomes.same_people import SamePeople
from sim.outcomes.table import Outcomes
from sim.policy import load_scenario
from sim.population.life_courses import MEMORIES, MONTHS_REMEMBERED, LifeCourses

pytestmark = pytest.mark.slow

SEED, SHARE, MONTHS = 11, 0.05, 20
EVENTFUL_SHARE = 0.2
"""In less of the department the scheme changes nobody's job within the year."""
PILOT = "coquelicot"
POPULATIONS = ("stock", "entrants")
SAME = [name for name, one in outcome_definitions().items() if one.measure.form == "same_people"]


@cache
def world() -> tuple[State, RunResult]:
    """A small run of the experiment with its log, and whom it starts from."""
    plan = run_plan_of(load_scenario("somme_experiment").scaled(SHARE).with_months(MONTHS))
    start = build_population(plan, SEED)
    return start, run_plan(plan, SEED, start=start, is_logging=True)


@pytest.mark.parametrize("memory", MEMORIES)
def test_every_memory_is_what_the_log_tells(memory: str) -> None:
    start, result = world()
    courses = result.ledger.courses
    assert courses is not None
    differing = differing_memories(start, result, memory)
    assert len(courses) > 500
    assert any(getattr(courses, memory))
    assert not differing, (len(differing), differing[:5])


def outcomes(*names: str, share: float = SHARE) -> list[Outcomes]:
    scenarios = [load_scenario(name).scaled(share).with_months(MONTHS) for name in names]
    since = Experiment(tuple(scenarios), SEED, 1).since
    return list(outcomes_under(SEED, scenarios, since))


def test_a_reference_beside_itself_differs_by_exactly_nothing() -> None:
    first, second = outcomes("somme_reference", "somme_reference")
    for name in SAME:
        row = list(outcome_definitions()).index(name)
        assert np.array_equal(first.whole[row], second.whole[row], equal_nan=True), name
    assert second.one("stock_gained_job_within_12m") == 0.0


def test_territories_that_are_not_touched_gain_and_lose_nobody() -> None:
    before, after = outcomes("somme_reference", "somme_experiment", share=0.2)
    places = [place for place in after.axes.territories if place not in ("all", PILOT)]
    assert places
    for name in SAME:
        for place in places:
            one, other = before.one(name, place), after.one(name, place)
            assert one == other or (np.isnan(one) and np.isnan(other)), (name, place)
    _, with_posts = outcomes("somme_reference", "somme_plus14", share=0.2)
    met = "stock_months_with_contact_within_12m"
    assert after.one(met, PILOT) != before.one(met, PILOT)
    assert with_posts.one(met, PILOT) > before.one(met, PILOT)


@pytest.mark.slow
@pytest.mark.parametrize("population", ["stock", "entrants"])
def test_gains_less_losses_are_the_difference_of_the_same_persons(population: str) -> None:
    before, after = outcomes("somme_reference", "somme_experiment", share=1.0)
    share = f"{population}_job_within_12m_share"
    gained = after.one(f"{population}_gained_job_within_12m")
    lost = after.one(f"{population}_lost_job_within_12m")
    assert gained + lost > 0
    persons = (gained - lost) / (after.one(share) - before.one(share))
    assert persons == pytest.approx(round(persons), abs=1e-4)
    assert persons > 500


def test_kept_books_and_days_lived_once_give_the_same(tmp_path: Path) -> None:
    names = ("somme_reference", "somme_experiment")
    scenarios = tuple(load_scenario(name).scaled(SHARE).with_months(MONTHS) for name in names)
    experiment = Experiment(scenarios, SEED, 1)
    kept = KeptRuns(tmp_path)
    made = run_experiment(experiment, kept=kept).replications[0].outcomes
    read = run_experiment(experiment, kept=kept).replications[0].outcomes
    alone = outcomes(*names)
    for one, two, three in zip(made, read, alone, strict=True):
        assert np.array_equal(one.whole, two.whole, equal_nan=True)
        assert np.array_equal(one.values, two.values, equal_nan=True)
        assert np.array_equal(one.whole, three.whole, equal_nan=True)


def test_courses_are_written_and_read_back_whole() -> None:
    courses = world()[1].ledger.courses
    assert courses is not None
    again = LifeCourses.from_arrays(courses.to_arrays())
    assert again is not None
    assert again.last_month == courses.last_month
    written, read = courses.to_arrays(), again.to_arrays()
    assert all(np.array_equal(read[name], array) for name, array in written.items())


def test_other_people_are_never_counted_as_gains_and_losses() -> None:
    first, other = outcomes("somme_reference", "somme_reference_households")
    assert first.one("stock_gained_job_within_6m") == 0.0
    assert np.isnan(other.one("stock_gained_job_within_6m"))
    assert other.one("stock_job_within_6m_share") > 0.0


@pytest.mark.slow
def test_persons_with_a_job_differ_by_those_who_gain_less_those_who_lose() -> None:
    """What a result is priced on, beside the counts that a comparison shows."""
    names = ("somme_reference", "somme_experiment")
    scenarios = tuple(
        load_scenario(name).scaled(EVENTFUL_SHARE).with_months(MONTHS) for name in names
    )
    asked = Experiment(scenarios, SEED, 2)
    runs: list[ScenarioRun] = []
    results = run_experiment(asked, on_run=runs.append)
    found = {
        (one.position, one.replication): persons_with_job(one.books.ledger, asked.since)
        for one in runs
    }
    everybody = 0.0
    for number, replication in enumerate(results.replications):
        told = replication.outcomes[1]
        gained, lost = (
            sum(told.one(f"{population}_{which}_job_within_12m") for population in POPULATIONS)
            for which in ("gained", "lost")
        )
        assert found[1, number] - found[0, number] == gained - lost
        everybody += gained
    assert everybody > 0.0


def test_a_run_that_is_too_short_tells_no_persons_with_a_job() -> None:
    _, result = world()
    assert np.isnan(persons_with_job(result.ledger, MONTHS - 11))


def persons_with_job(ledger: Ledger, since: int) -> float:
    people = SamePeople(ledger, since, None)
    return sum(people.total("job_within", one, 12) for one in POPULATIONS)


@pytest.mark.parametrize("reading", ["months_worked", "lasting_job_within"])
@pytest.mark.parametrize("population", POPULATIONS)
def test_an_open_window_goes_from_the_change_or_the_entry_to_the_end(
    reading: str, population: str
) -> None:
    """Counted person by person from the sets of months that the log tells."""
    _, result = world()
    courses = result.ledger.courses
    assert courses is not None
    since, first, last = 5, result.plan.first_month, courses.last_month
    expected = 0
    for place in np.flatnonzero(courses.has_duties):
        entered = int(courses.entered[place]) - first
        on_eve = since - 1 in {m - first for m in months_in(int(courses.paid[place]), last, first)}
        if population == "stock" and (entered >= since or not on_eve):
            continue
        if population == "entrants" and entered < since:
            continue
        begins = first + (since if population == "stock" else entered)
        worked = months_in(int(courses.worked[place]), last, begins)
        begun = months_in(int(courses.lasting[place]), last, begins)
        expected += len(worked) if reading == "months_worked" else bool(begun)
    assert expected > 0
    assert SamePeople(result.ledger, since, None).total(reading, population, None) == expected


def test_people_are_forgotten_in_a_window_longer_than_their_memories() -> None:
    _, result = world()
    shape = replace(result.ledger.shape, months=MONTHS_REMEMBERED + 1)
    ledger = replace(result.ledger, shape=shape)
    assert np.isnan(SamePeople(ledger, 1, None).total("months_worked", "stock", None))
