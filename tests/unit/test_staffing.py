"""Staff posts: their order, what they work and hold, and their weeks of leave."""

from __future__ import annotations

import math
from datetime import date

import pytest

from sim.engine.post_luck import leave_mondays
from sim.engine.staffing import Post, post_terms, roster, team_rows
from sim.parameters import Parameters, load_department
from sim.units import date_of

SEED = 7
BEGINS = date(2021, 1, 1)


@pytest.fixture(scope="module")
def reference() -> Parameters:
    return load_department("somme")


def staff(parameters: Parameters, name: str) -> str:
    """Path of a staff parameter of the first territory and role."""
    territory, role = parameters.labels("territories")[0], parameters.labels("roles")[0]
    return f"territories.{territory}.staff.{role}.{name}"


def test_rows_are_base_posts_then_additional_posts(reference: Parameters) -> None:
    posts = roster([(BEGINS, reference.patched({staff(reference, "additional_fte"): 1.2}, "test"))])
    order = [(p.is_additional, p.territory, p.role, p.number) for p in posts]
    assert order == sorted(order)
    assert order[-2:] == [(True, 0, 0, 0), (True, 0, 0, 1)]
    assert len({post.key(SEED) for post in posts}) == len(posts)


def test_the_rows_of_a_team_are_found(reference: Parameters) -> None:
    posts = roster([(BEGINS, reference.patched({staff(reference, "additional_fte"): 1.2}, "test"))])
    roles = len(reference.labels("roles"))
    teams = team_rows(posts, len(reference.labels("territories")), roles)
    found = {
        (territory, role): [*range(*rows[:2]), *range(*rows[2:])]
        for territory, team in enumerate(teams.tolist())
        for role, rows in enumerate(team)
    }
    expected: dict[tuple[int, int], list[int]] = {team: [] for team in found}
    for row, post in enumerate(posts):
        expected[post.territory, post.role].append(row)
    assert found == expected


def test_quantities_are_whole_and_cut_downwards(reference: Parameters) -> None:
    changes = {staff(reference, "fte"): 1.29, staff(reference, "portfolio_cap"): 100}
    terms = post_terms(reference.patched(changes, "test"), [Post(False, 0, 0, n) for n in range(3)])
    outside = reference.number("calendar.time_outside_contacts_share")
    minutes = reference.number("calendar.minutes_per_day") * (1.0 - outside)
    assert [term.capacity(1.0) for term in terms] == [10000, 2900, 0]
    assert terms[0].minutes(1.0) == math.floor(minutes + 1e-9)
    assert not terms[2].is_funded


def test_leave_weeks_are_distinct_and_nested() -> None:
    key = Post(False, 0, 0, 0).key(SEED)
    for year in (2020, 2021):
        five, six = leave_mondays(key, year, 5), leave_mondays(key, year, 6)
        assert len(set(six)) == 6
        assert set(five) < set(six)
        assert all(date_of(day).weekday() == 0 for day in six)
        assert all(date_of(day).isocalendar().year == year for day in six)
    assert len(leave_mondays(key, 2020, 99)) == 53
