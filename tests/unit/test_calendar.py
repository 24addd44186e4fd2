"""The office calendar: working days, policy dates, and the lives of staff posts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sim.engine.calendar import DayPlan, OfficeCalendar
from sim.engine.open_days import working_days
from sim.engine.order import printed_order
from sim.engine.post_luck import leave_mondays
from sim.engine.staffing import Post
from sim.parameters import Parameters, load_department
from sim.units import DAYS_PER_MONTH, date_of, day_number

SOMME = "80"
SEED = 7
BEGINS = date(2021, 1, 1)
ENDS = date(2024, 7, 1)
FIRST = date(2023, 1, 1)
STEADY: Mapping[str, float] = {
    "staffing.sickness_hazard": 0.0,
    "staffing.leave_weeks": 0,
    "staffing.turnover_hazard": 0.0,
}


@pytest.fixture(scope="module")
def reference() -> Parameters:
    return load_department("somme")


def staff(parameters: Parameters, name: str, territory: int = 0, role: int = 0) -> str:
    """Path of a staff parameter of a territory and role, by index."""
    territory_label = parameters.labels("territories")[territory]
    return f"territories.{territory_label}.staff.{parameters.labels('roles')[role]}.{name}"


def patched(parameters: Parameters, changes: Mapping[str, object]) -> Parameters:
    return parameters.patched(changes, "test")


def calendar(
    parameters: Parameters,
    *later: tuple[date, Parameters],
    seed: int = SEED,
    begins: date = BEGINS,
    ends: date = ENDS,
) -> OfficeCalendar:
    return OfficeCalendar(seed, begins, ends, [(begins, parameters), *later])


def same(one: DayPlan, other: DayPlan) -> bool:
    return (
        (one.day, one.previous) == (other.day, other.previous)
        and np.array_equal(one.minutes, other.minutes)
        and np.array_equal(one.capacity, other.capacity)
        and np.array_equal(one.leaving, other.leaving)
        and np.array_equal(one.sessions, other.sessions)
        and np.array_equal(one.workshops, other.workshops)
    )


def all_same(one: Sequence[DayPlan], other: Sequence[DayPlan]) -> bool:
    return len(one) == len(other) and all(map(same, one, other))


def plan_of(plans: Sequence[DayPlan], when: date) -> DayPlan:
    return next(plan for plan in plans if plan.day == day_number(when))


def test_offices_close_on_weekends_and_public_holidays() -> None:
    days = {date_of(day) for day in working_days(date(2023, 1, 1), date(2024, 1, 1), SOMME)}
    assert date(2023, 5, 1) not in days
    assert date(2023, 7, 14) not in days
    assert date(2023, 7, 13) in days
    assert all(day.weekday() < 5 for day in days)
    assert len(days) == 251


@pytest.mark.parametrize(
    ("code", "closed"),
    [
        ("80", set()),
        ("57", {"2024-03-29", "2024-12-26"}),
        ("67", {"2024-03-29", "2024-12-26"}),
        ("68", {"2024-03-29", "2024-12-26"}),
        ("971", {"2024-03-07", "2024-03-29", "2024-05-27"}),
        ("972", {"2024-05-22"}),
        ("973", {"2024-06-10"}),
        ("974", {"2024-12-20"}),
        ("978", {"2024-05-28"}),
    ],
)
def test_offices_close_on_the_public_holidays_of_their_department(
    code: str, closed: set[str]
) -> None:
    year = date(2024, 1, 1), date(2025, 1, 1)
    everywhere, here = (set(working_days(*year, one)) for one in ("01", code))
    assert {str(date_of(day)) for day in everywhere - here} == closed
    assert here <= everywhere


def test_a_calendar_keeps_the_public_holidays_of_its_department(reference: Parameters) -> None:
    moselle = replace(reference, _schema=replace(reference._schema, code="57"))
    elsewhere = {plan.day for plan in calendar(reference).days(FIRST)}
    opened = {plan.day for plan in calendar(moselle).days(FIRST)}
    assert day_number(date(2023, 4, 7)) in elsewhere - opened
    assert day_number(date(2023, 12, 26)) in elsewhere - opened
    assert opened < elsewhere


def test_days_follow_each_other_and_stop_before_the_end(reference: Parameters) -> None:
    plans = list(calendar(reference).days(FIRST))
    assert plans[0].day == day_number(date(2023, 1, 2))
    assert plans[0].previous == day_number(date(2022, 12, 30))
    assert [plan.previous for plan in plans[1:]] == [plan.day for plan in plans[:-1]]
    assert [plan.day for plan in plans] == working_days(FIRST, ENDS, SOMME)


def test_a_policy_date_on_a_saturday_acts_on_monday(reference: Parameters) -> None:
    path = staff(reference, "portfolio_cap")
    changed = patched(reference, {path: reference.number(path) / 2})
    saturday = date(2023, 4, 1)
    office = calendar(reference, (saturday, changed))
    plans = list(office.days(FIRST))
    before = list(calendar(reference).days(FIRST))
    assert [date_of(plan.day) for plan in plans if plan.parameters] == [date(2023, 4, 3)]
    assert plan_of(plans, date(2023, 4, 3)).parameters is changed
    row = office.posts.index(Post(False, 0, 0, 0))
    friday, monday = date(2023, 3, 31), date(2023, 4, 3)
    assert plan_of(plans, friday).capacity[row] == plan_of(before, friday).capacity[row] > 0
    assert plan_of(plans, monday).capacity[row] == plan_of(before, monday).capacity[row] // 2
    assert all(np.array_equal(a.minutes, b.minutes) for a, b in zip(plans, before, strict=True))


def test_changes_that_change_nothing_leave_every_plan_identical(reference: Parameters) -> None:
    plans = list(calendar(reference).days(BEGINS))
    fte, extra = staff(reference, "fte"), staff(reference, "additional_fte")
    restated = patched(reference, {fte: reference.number(fte), extra: 0})
    assert all_same(plans, list(calendar(reference, (FIRST, restated)).days(BEGINS)))
    grown = patched(reference, {extra: 20})
    for too_late in (ENDS, date(2030, 1, 1)):
        office = calendar(reference, (too_late, grown))
        assert office.posts == calendar(reference).posts
        assert all_same(plans, list(office.days(BEGINS)))


def test_plans_do_not_depend_on_the_first_day_asked_for(reference: Parameters) -> None:
    changed = patched(reference, {staff(reference, "additional_fte"): 3})
    office = calendar(reference, (date(2022, 3, 1), changed))
    plans = list(office.days(BEGINS))
    for first in (FIRST, date(2023, 7, 15)):
        later = [plan for plan in plans if plan.day >= day_number(first)]
        assert all_same(later, list(office.days(first)))


def test_seeds_differ(reference: Parameters) -> None:
    plans = list(calendar(reference).days(FIRST))
    assert not all_same(plans, list(calendar(reference, seed=SEED + 1).days(FIRST)))


def test_added_posts_leave_the_other_posts_as_they_were(reference: Parameters) -> None:
    fte = staff(reference, "fte")
    grown = patched(
        reference,
        {fte: math.ceil(reference.number(fte)) + 5, staff(reference, "additional_fte"): 14},
    )
    office, before = calendar(reference, (FIRST, grown)), calendar(reference)
    assert set(before.posts) < set(office.posts)
    # The last post of the group may be fractional: its share of work changes, not its luck.
    fractional = Post(False, 0, 0, math.ceil(reference.number(fte)) - 1)
    rows = [office.posts.index(post) for post in before.posts]
    whole = [i for i, post in enumerate(before.posts) if post != fractional]
    for now, then in zip(office.days(BEGINS), before.days(BEGINS), strict=True):
        assert np.array_equal(now.minutes[rows][whole], then.minutes[whole])
        assert np.array_equal(now.capacity[rows][whole], then.capacity[whole])
        assert np.array_equal(now.minutes[rows] > 0, then.minutes > 0)
        leavers = [office.posts[row] for row in now.leaving if office.posts[row] in before.posts]
        assert leavers == [before.posts[row] for row in then.leaving]


def test_removals_take_the_highest_numbers(reference: Parameters) -> None:
    fte = staff(reference, "fte")
    many = patched(reference, {**STEADY, fte: 6.9})
    office = calendar(many, (FIRST, patched(many, {fte: 5.5})))
    group = [row for row, p in enumerate(office.posts) if (p.territory, p.role) == (0, 0)]
    assert [office.posts[row].number for row in group] == list(range(7))
    plans = list(office.days(BEGINS))
    cut = plan_of(plans, date(2023, 1, 2))
    assert cut.leaving.tolist() == [group[6]]
    assert sum(len(plan.leaving) for plan in plans) == 1
    full = cut.capacity[group[0]]
    assert cut.capacity[group].tolist() == [full] * 5 + [full // 2, 0]
    assert plan_of(plans, date(2022, 12, 30)).capacity[group[6]] == math.floor(full * 0.9)


def test_a_new_post_is_recruited_then_learns(reference: Parameters) -> None:
    extra = staff(reference, "additional_fte")
    steady = patched(
        reference,
        {
            **STEADY,
            "staffing.recruitment_delay_days": 60,
            "staffing.learning_months": 4,
            "staffing.learning_start_share": 0.5,
        },
    )
    start = date(2023, 1, 2)
    office = calendar(steady, (start, patched(steady, {extra: 1})))
    new = office.posts.index(Post(True, 0, 0, 0))
    old = office.posts.index(Post(False, 0, 0, 0))
    for plan in office.days(FIRST):
        months = (plan.day + 0.5 - day_number(start) - 60) / DAYS_PER_MONTH
        share = 0.0 if months < 0 else min(1.0, 0.5 + 0.5 * math.floor(months) / 4)
        assert plan.capacity[new] == math.floor(plan.capacity[old] * share)
        assert plan.minutes[new] == math.floor(steady_minutes(steady) * share)


def steady_minutes(parameters: Parameters) -> float:
    outside = parameters.number("calendar.time_outside_contacts_share")
    return parameters.number("calendar.minutes_per_day") * (1.0 - outside)


def test_plans_cannot_be_written_to(reference: Parameters) -> None:
    plan = next(calendar(reference).days(FIRST))
    with pytest.raises(ValueError, match="read-only"):
        plan.minutes[0] = 1


def test_arrays_are_shared_while_nothing_changes(reference: Parameters) -> None:
    plans = list(calendar(patched(reference, STEADY)).days(FIRST))
    assert all(plan.minutes is plans[0].minutes for plan in plans)
    assert all(plan.capacity is plans[0].capacity for plan in plans)


def test_sessions_are_held_on_their_weekdays_and_not_on_closed_days(
    reference: Parameters,
) -> None:
    path = f"territories.{reference.labels('territories')[0]}.intake.weekdays"
    first = patched(reference, {path: ("mon", "fri")})
    then = patched(reference, {path: ("wed",)})
    plans = list(calendar(first, (date(2023, 6, 7), then)).days(FIRST))
    for plan in plans:
        days = (0, 4) if plan.day < day_number(date(2023, 6, 7)) else (2,)
        assert plan.sessions[0] == (date_of(plan.day).weekday() in days)
    assert not any(date_of(plan.day) == date(2023, 5, 8) for plan in plans)
    assert plan_of(plans, date(2023, 6, 7)).sessions[0]


def test_a_workshop_begins_and_stops_with_its_weekdays(reference: Parameters) -> None:
    path = f"territories.{reference.labels('territories')[0]}.workshop.weekdays"
    began, stopped = date(2023, 4, 3), date(2023, 6, 5)
    with_workshops = patched(reference, {path: ("tue",)})
    plans = list(calendar(reference, (began, with_workshops), (stopped, reference)).days(FIRST))
    for plan in plans:
        is_held = date_of(plan.day).weekday() == 1
        is_held &= day_number(began) <= plan.day < day_number(stopped)
        assert plan.workshops[0] == is_held
        assert not plan.workshops[1:].any()
    assert sum(plan.workshops[0] for plan in plans) > 5


def test_a_timeline_out_of_order_is_refused(reference: Parameters) -> None:
    with pytest.raises(ValueError, match="in order of date"):
        OfficeCalendar(SEED, BEGINS, ENDS, [(FIRST, reference), (BEGINS, reference)])


def test_the_order_of_the_day_has_seventeen_stages() -> None:
    order = printed_order()
    assert len(order) == len({name for name, _ in order}) == 17
    assert order[0][0] == "policy dates"
    assert all(sentence.endswith(".") for _, sentence in order)


def test_annual_leave_takes_its_weeks_every_year(reference: Parameters) -> None:
    leave = patched(reference, {**STEADY, "staffing.leave_weeks": 6})
    office = calendar(leave, begins=date(2022, 1, 1), ends=date(2024, 1, 1))
    away = np.zeros(len(office.posts), dtype=np.int64)
    for plan in office.days(date(2023, 1, 2)):
        assert plan.capacity.min() > 0
        away += plan.minutes == 0
    closed = {
        day
        for day in range(day_number(date(2023, 1, 2)), day_number(date(2024, 1, 1)))
        if date_of(day).weekday() < 5
    } - set(working_days(date(2023, 1, 2), date(2024, 1, 1), SOMME))
    for post, days in zip(office.posts, away, strict=True):
        mondays = leave_mondays(post.key(SEED), 2023, 6)
        lost = sum(1 for day in closed for monday in mondays if monday <= day < monday + 5)
        assert days == 30 - lost
