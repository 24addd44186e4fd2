"""What the pilots published: each reading on a log made up with known answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from benchmarks.validation.scheme_words import operator_text, short_text
from benchmarks.validation.schemes_kept import kept
from benchmarks.validation.schemes_measured import hazard_ratio, spread
from benchmarks.validation.schemes_page import UNREAD, is_met
from benchmarks.validation.waterfall_page import STEPS
from benchmarks.worlds import PILOT_ALONE
from calibration.pilots.declared import alone_in, declared
from calibration.pilots.entrants import Followed
from calibration.pilots.found import steps_of
from calibration.pilots.readings import READERS, Kind, Reading, Tally, tally
from sim.engine.state import State
from sim.events import COLUMNS
from sim.parameters import load_department, published_figures
from sim.policy import load_scenario
from sim.population.layout import household_dtype, person_dtype
from sim.units import MINUTES_PER_DAY, date_of, day_number
from sim.vocabulary import MEMBER_BITS, Benefit, Record

ROOT = Path(__file__).resolve().parents[2]
SOMME = load_department("somme")
EVE = date(2023, 4, 1)
FIRST = day_number(EVE)
PATHWAYS, JOBS = SOMME.labels("pathways"), SOMME.labels("job_types")
SOCIAL, EMPLOYMENT = PATHWAYS.index("social"), PATHWAYS.index("employment")
PERMANENT, DAYS, TRAINING = (JOBS.index(n) for n in ("permanent", "hire_of_days", "training"))
HERE, ELSEWHERE = 0, 1
ANNE, BEN, CHLOE, DINA, ELI, FAR = (number << MEMBER_BITS | 1 for number in range(1, 7))


def row(after_days: float, who: int, kind: Record, **columns: int) -> list[int]:
    """A record some days after the eve, in the territory of the scheme unless told otherwise."""
    values = {
        "time": round((FIRST + after_days) * MINUTES_PER_DAY), "who": who, "kind": int(kind),
        "territory": HERE, "pathway": -1, "detail": 0, "value": 0, "origin": 0, **columns,
    }  # fmt: skip
    return [values[name] for name in COLUMNS]


def eve(jobs: Sequence[int]) -> State:
    """Anne, Ben and Chloe on RSA with rights and duties, in these jobs for a hundred days."""
    households = np.zeros(3, household_dtype())
    people = np.zeros(3, person_dtype(len(SOMME.labels("barriers"))))
    households["id"] = [(number + 1) << MEMBER_BITS for number in range(3)]
    households["benefit"] = Benefit.PAID
    people["household"], people["has_duties"] = range(3), 1
    people["job"], people["job_start"] = jobs, FIRST - 100
    nothing = np.zeros(0, np.int64)
    return State(
        day=FIRST, households=households, people=people, agenda=nothing.astype(np.int16),
        office=nothing.astype(np.int16), caseworkers=nothing.astype(np.int16), posts=(),
        post_loads=nothing, places=nothing,
        desks=nothing, arrival_time=nothing.astype(np.float64), arrival_number=nothing,
        arrival_hazard=nothing.astype(np.float64),
    )  # fmt: skip


@cache
def told() -> Followed:
    """Six people.

    Anne enters on day 0 and again on day 300, and begins a lasting job on day 200. Ben is in a
    permanent job, enters on day 10, loses it on day 20 and is hired for four days on day 100. Chloe
    never enters. Dina comes new, is oriented after 12 days and enters on day 250, in a training
    from day 260 on. Eli comes new, is oriented after 20 days and enters on day 400. Somebody else
    enters elsewhere.
    """
    started, ended = Record.JOB_STARTED, Record.JOB_ENDED
    rows = [
        row(-5, ANNE, Record.SUPPORT_STARTED, pathway=EMPLOYMENT),
        row(0, ANNE, Record.SUPPORT_STARTED, pathway=SOCIAL),
        row(200, ANNE, started, detail=PERMANENT),
        row(300, ANNE, Record.SUPPORT_STARTED, pathway=EMPLOYMENT),
        row(10, BEN, Record.SUPPORT_STARTED, pathway=EMPLOYMENT),
        row(20, BEN, ended, detail=PERMANENT, origin=FIRST - 100),
        row(100, BEN, started, detail=DAYS),
        row(104, BEN, ended, detail=DAYS, origin=FIRST + 100),
        row(230, DINA, Record.WAIT_FOR_ORIENTATION_STARTED),
        row(242, DINA, Record.ORIENTED, value=12),
        row(250, DINA, Record.SUPPORT_STARTED, pathway=EMPLOYMENT),
        row(260, DINA, started, detail=TRAINING),
        row(370, ELI, Record.WAIT_FOR_ORIENTATION_STARTED),
        row(390, ELI, Record.ORIENTED, value=20),
        row(390, ANNE, Record.ORIENTED, value=90),
        row(400, ELI, Record.SUPPORT_STARTED, pathway=SOCIAL),
        row(30, FAR, Record.SUPPORT_STARTED, pathway=SOCIAL, territory=ELSEWHERE),
    ]
    return Followed.of(eve([-1, PERMANENT, -1]), np.array(rows, dtype=np.int64), HERE)


def found(kind: Kind, after_days: int, **changed: object) -> Tally:
    """A reading to the evening of a day after the eve."""
    reading = Reading(kind, EVE, date_of(FIRST + after_days))
    return tally(replace(reading, **changed), told(), SOMME)  # type: ignore[arg-type]


def test_entrants_count_once_from_the_first_day_on_in_their_territory() -> None:
    assert found("entrants", 0).total == 1
    assert found("entrants", 260).total == 3
    assert found("entrants", 400).total == 4
    assert found("pathway", 400, pathways=("employment",)) == Tally(2, 4)


@pytest.mark.parametrize(
    ("definition", "after_days", "counts_held", "expected"),
    [
        ("day", 99, False, 0),
        ("day", 100, False, 1),
        ("day", 260, False, 2),
        ("month", 260, False, 1),
        ("six_months", 260, False, 1),
        ("outcome", 260, False, 3),
        ("day", 99, True, 1),
        ("six_months", 260, True, 2),
    ],
)
def test_what_counts_as_a_job(
    definition: str, after_days: int, counts_held: bool, expected: int
) -> None:
    counted = found("job", after_days, definition=definition, counts_held=counts_held)
    assert counted.total == expected
    assert found("helped", 260, definition="outcome").total == 3


def test_exposure_leaves_late_entrants_and_late_jobs_out() -> None:
    assert found("job", 260) == Tally(2, 3)
    assert found("job", 260, least_months=5) == Tally(2, 2)
    assert found("job", 260, within_months=5) == Tally(1, 2)
    assert found("job", 260, within_months=0, least_months=5, counts_held=True) == Tally(1, 2)
    assert found("job", 260, pathways=("employment",)) == Tally(1, 2)


def test_in_a_job_some_months_after() -> None:
    assert found("in_job", 399, within_months=6) == Tally(0, 2)
    assert found("in_job", 399, within_months=7) == Tally(1, 2)


def test_those_aimed_at_were_there_or_came() -> None:
    assert found("reached", 260) == Tally(3, 4)
    assert found("reached", 400) == Tally(4, 5)


def test_the_wait_is_that_of_newcomers() -> None:
    assert found("wait", 400) == Tally(32, 2)
    assert found("wait", 400).mean == 16.0
    assert math.isnan(found("wait", 100).mean)


def test_every_declared_reading_has_a_figure_words_and_a_reader() -> None:
    for one in declared().results:
        assert one.reading.kind in READERS
        assert one.figure in published_figures()
        assert operator_text(one)
        assert short_text(one)
        low, high = one.ends
        assert low <= high
        assert math.isfinite(low) or math.isfinite(high)
    for figures in UNREAD:
        for figure in figures.replace("–", ", ").split(", "):
            assert figure in published_figures()


def test_every_step_has_words_and_the_worlds_hold_the_scheme() -> None:
    waterfall = declared().waterfall
    place = declared().places[waterfall.place]
    for name in waterfall.figures:
        for step in steps_of(waterfall, name):
            assert step.key in STEPS
            assert step.world in waterfall.worlds
    called = waterfall.scenario("called_in", place)
    pace = f"territories.{place.territory}.convocation.calls_per_month"
    assert called.parameters_on(called.end).number(pace) > 0.0
    without = waterfall.scenario("without_effect", place)
    assert without.parameters_on(without.end).number("effects.contact_size") == 0.0
    assert without.parameters_on(without.start).number("effects.contact_size") > 0.0


def test_a_territory_alone_keeps_its_people() -> None:
    assert dict(PILOT_ALONE)["department.stock_households"] == 1306
    for place in declared().places.values():
        base = load_scenario(place.scheme).base
        alone = base.patched(alone_in(base, place.territory), "test")
        for other in base.labels("territories"):
            if other != place.territory:
                assert alone.number(f"territories.{other}.stock_value") == 0.0


def test_the_hazard_that_closes_a_distance() -> None:
    assert hazard_ratio(36.0, 20.0, 0.0) == pytest.approx(2.0)
    assert hazard_ratio(48.8, 36.0, 20.0) == pytest.approx(2.0)
    assert math.isnan(hazard_ratio(20.0, 36.0, 20.0))
    assert spread([1.0, math.nan, 3.0]).median == 2.0


def test_a_result_is_met_between_the_ends() -> None:
    by_key = {one.key: one for one in declared().results}
    assert is_met(by_key["somme_job"], spread([39.0, 41.0]))
    assert not is_met(by_key["somme_job"], spread([20.0, 22.0]))
    assert is_met(by_key["somme_wait"], spread([5.0, 7.0]))
    assert is_met(by_key["pilots_job_press"], spread([20.0, 22.0]))


def test_every_result_and_step_is_kept() -> None:
    numbers = kept(ROOT / "docs")
    assert set(numbers.results) == {one.key for one in declared().results}
    waterfall = declared().waterfall
    for name, levels in numbers.waterfall.items():
        assert list(levels) == [step.key for step in steps_of(waterfall, name)]
