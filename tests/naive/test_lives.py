"""Every life that the engine tells is the one that the rules, read naively, foretell."""

from __future__ import annotations

from datetime import date

import pytest
from agreement import ONE_UNDECIDED_IN, assert_agree
from eventful import lively
from worlds import relive_history

from replay.comparing import compare_life
from replay.life import Household
from replay.log_reading import Told
from replay.office_acts import OfficeActs
from replay.regime import Regime
from sim.parameters import load_department
from sim.units import MINUTES_PER_DAY, day_number
from sim.vocabulary import Record

SEED = 5


def a_life() -> tuple[Household, Told]:
    """A household relived, and the rows that tell of it exactly."""
    regime = Regime(load_department("somme"), date(2023, 1, 1), SEED, is_history=True)
    entry = day_number(date(2010, 1, 1)) + 0.4
    home = Household(regime, 8, 0, entry)
    home.live(entry + 3000.0, [])
    assert len(home.events) > 5
    rows = [[int(event.minutes), *event[1:]] for event in home.events]
    return home, Told(life=rows)


def test_a_life_agrees_with_the_rows_that_tell_of_it() -> None:
    found = compare_life(*a_life())
    assert found.disagreements == ()
    assert (found.loose, found.undecided) == (0, 0)


@pytest.mark.parametrize(("column", "change"), [(0, 40), (3, 1), (4, 1), (5, 1), (6, 1), (7, -1)])
def test_a_changed_row_is_named(column: int, change: int) -> None:
    home, told = a_life()
    told.life[4][column] += change
    (difference,) = compare_life(home, told).disagreements
    assert (difference.household, difference.number) == (home.id, 4)
    assert difference.found == told.life[4]
    assert difference.expected == home.events[4]


def test_a_row_too_few_and_a_row_too_many_are_named() -> None:
    home, told = a_life()
    last = told.life.pop()
    (missing,) = compare_life(home, told).disagreements
    assert (missing.number, missing.found) == (len(told.life), None)
    told.life += [last, last]
    (surplus,) = compare_life(home, told).disagreements
    assert (surplus.number, surplus.expected) == (len(home.events), None)


def test_days_may_differ_by_one_around_a_midnight_and_not_by_two() -> None:
    home, told = a_life()
    event = home.events[-1]
    midnight = round(event.time)
    home.events[-1] = event._replace(time=midnight + 0.0002, origin=midnight)
    told.life[-1][0] = midnight * MINUTES_PER_DAY - 1
    told.life[-1][7] = midnight - 1
    found = compare_life(home, told)
    assert (found.disagreements, found.undecided) == ((), 0)
    told.life[-1][7] = midnight - 2
    assert compare_life(home, told).undecided == 1


def test_an_event_on_another_day_is_a_difference_whatever_the_midnights_between() -> None:
    home, told = a_life()
    told.life[4][0] += 2 * MINUTES_PER_DAY
    found = compare_life(home, told)
    assert len(found.disagreements) == 1
    assert found.undecided == 0


def test_an_event_minutes_apart_makes_a_life_loose() -> None:
    home, told = a_life()
    told.life[4][0] += 10
    found = compare_life(home, told)
    assert (found.disagreements, found.loose) == ((), 1)


def test_a_few_lives_without_offices() -> None:
    found = relive_history(load_department("somme"), 4, SEED)
    assert_agree(found, households=20, events=400)


@pytest.mark.slow
def test_thousands_of_lives_without_offices() -> None:
    busy = {
        "benefit.internal_move_share": 0.5,
        "benefit.move_hazard": 0.004,
        "stayers.leaving_hazard": 0.03,
    }
    parameters = load_department("somme").patched(busy, "test")
    found = relive_history(parameters, 300, SEED)
    assert_agree(found, households=2_000, events=60_000)
    assert found.loose <= found.households // ONE_UNDECIDED_IN


@pytest.mark.slow
def test_lively_lives_without_offices() -> None:
    parameters = lively(load_department("somme"))
    found = relive_history(parameters, 150, SEED)
    assert_agree(found, households=700, events=25_000)


def test_offices_do_what_the_log_has_a_kind_for() -> None:
    kinds = {kind.name.lower() for kind in Record}
    acts = {name for name in vars(OfficeActs) if not name.startswith("_") and name.islower()}
    assert acts - {"stop_of"} <= kinds


def test_a_life_that_was_exact_may_not_part_at_once() -> None:
    home, told = a_life()
    told.life[4][0] += 60
    assert len(compare_life(home, told).disagreements) == 1


def test_a_loose_life_that_is_stretched_again_is_undecided() -> None:
    home, told = a_life()
    told.life[3][0] += 10
    told.life[4][0] += 60
    found = compare_life(home, told)
    assert (found.disagreements, found.loose, found.undecided) == ((), 1, 1)
