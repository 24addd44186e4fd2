"""Rules of the behaviours at their bounds, where a busy department seldom or never comes."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pytest

from sim.compiled import Compiled, plain
from sim.processes.allowance import (
    amount_paid_cents,
    break_even_cents,
    housing_deduction_cents,
    scale_coefficient,
)
from sim.processes.assessment import is_offered, is_seen, pathway_level, reviewed_level, sharpened
from sim.processes.barriers import how_many, onset_hazard, ordinary_removal_hazard, removal_hazard
from sim.processes.benefit import (
    SIX_MONTHS,
    THREE_YEARS,
    YEAR,
    long_exit_hazard,
    next_reentry_change,
    reentry_hazard,
    remember_paid,
)
from sim.processes.case_work import case_minutes
from sim.processes.contacts import is_lapsed, renewed_due
from sim.processes.convocation import are_enough, calls_until, reduced_attendance
from sim.processes.due_days import contract_due_day, earliest_day, first_due_day, next_look
from sim.processes.entry import (
    birth_day,
    entry_age_years,
    frailty,
    latent_class,
    pension_age_years,
    power,
    refresh_phase,
)
from sim.processes.follow_up import is_follow_up_active, next_protection_end
from sim.processes.intake import interview_start, minute_of_session
from sim.processes.job_finding import (
    age_factor,
    job_finding_hazard,
    only_falls,
    recent_job_factor,
)
from sim.processes.jobs import (
    FIRST_SEGMENT_DAYS,
    SECOND_SEGMENT_DAYS,
    has_occupation,
    job_length_days,
    next_segment_time,
    rupture_hazard,
    working_time_share,
)
from sim.processes.living.clocks import next_date
from sim.processes.meetings import early_factor, missed_minutes, no_show_probability
from sim.processes.orientation import interview_minutes, session_key
from sim.processes.portfolio import has_place, is_lighter, is_target_public
from sim.processes.resources import (
    benefit_days,
    earned_cents,
    has_job,
    next_declaration_month,
    shifted_mask,
    shifted_years,
    year_ends_between,
)
from sim.processes.rhythm import ENDLESS, held_interval, minutes_of_depth, pace, smoothed_time
from sim.processes.sanctions import capped_per_mille, suspended_per_mille, suspension_end_day
from sim.processes.sharing import is_far_below
from sim.processes.support import held_days, move_job_place
from sim.processes.support_effects import (
    LOG_2,
    decayed_level,
    most_helpful_saturation,
    raised_level,
    ramped_hours,
    relative_effect,
    saturation,
)
from sim.units import DAYS_PER_MONTH, DAYS_PER_YEAR, NEVER, WORKING_DAYS_PER_MONTH
from sim.vocabulary import ExitReason, Stream, household_id
from sim.world.codes import (
    CONTACT,
    CONTRACT,
    DECLARATION,
    OUT,
    PAID,
    PENSION,
    SUSPENSION_END,
    UNEMPLOYMENT_END,
)
from sim.world.world import HELD_CONTACT, JOB_PLACES

# What compiles them is tested elsewhere, and takes its time.
globals().update(
    {name: plain(value) for name, value in globals().items() if isinstance(value, Compiled)}
)

ALL_MONTHS = 2**63 - 1
SCALE = (0.5, 0.3, 0.4, 1.28412, 0.42804)


@pytest.mark.parametrize(
    ("adults", "children", "coefficient"),
    [
        (1, 0, 1.0),
        (2, 0, 1.5),
        (1, 1, 1.5),
        (1, 2, 1.8),
        (2, 1, 1.8),
        (1, 3, 2.2),
        (2, 2, 2.1),
        (2, 3, 2.5),
        (2, 4, 2.9),
    ],
)
def test_scale_by_composition(adults: int, children: int, coefficient: float) -> None:
    assert scale_coefficient(adults, children, False, *SCALE) == pytest.approx(coefficient)


def test_increased_scale() -> None:
    assert scale_coefficient(1, 0, True, *SCALE) == pytest.approx(1.28412)
    assert scale_coefficient(1, 2, True, *SCALE) == pytest.approx(1.28412 + 2 * 0.42804)


@pytest.mark.parametrize(("persons", "factor"), [(1, 0.12), (2, 0.24), (3, 0.297), (6, 0.297)])
def test_housing_deduction(persons: int, factor: float) -> None:
    found = housing_deduction_cents(60_000.0, persons, 0.5, 0.3, 0.12, 0.16, 0.165)
    assert found == pytest.approx(60_000 * factor)


def test_amounts_paid() -> None:
    assert break_even_cents(1000.0, 1.5, 200.5) == 1300
    assert break_even_cents(1000.0, 1.5, 200.51) == 1299
    assert break_even_cents(1000.0, 1.5, 1499.0) == 1
    assert break_even_cents(1000.0, 1.5, 1500.0) == 0
    assert break_even_cents(1000.0, 1.5, 1700.0) == 0
    assert amount_paid_cents(50_000, 49_400, 0, 600) == 600
    assert amount_paid_cents(50_000, 49_401, 0, 600) == 0
    assert amount_paid_cents(50_000, 0, 300, 600) == 35_000
    assert amount_paid_cents(50_001, 0, 999, 600) == 51


def test_judgements() -> None:
    assert sharpened(0.5, 1) == 0.5
    assert sharpened(0.5, 3) == 0.875
    assert sharpened(0.5, 4) == sharpened(0.5, 5) == 0.9375
    assert is_seen(True, 0.5, 0.9, 1, 0.49)
    assert not is_seen(True, 0.5, 0.9, 1, 0.5)
    assert is_seen(False, 0.5, 0.9, 1, 0.9)
    assert not is_seen(False, 0.5, 0.9, 1, 0.89)
    assert [pathway_level(points, 2, 5) for points in (2, 3, 4, 5)] == [0, 1, 1, 2]
    assert [reviewed_level(points, 0, 1, 2, 5) for points in (3, 4, 5, 6)] == [0, 1, 1, 2]
    assert [reviewed_level(points, 1, 1, 2, 5) for points in (1, 2, 5, 6)] == [0, 1, 1, 2]
    assert [reviewed_level(points, 2, 1, 2, 5) for points in (1, 2, 3, 4)] == [0, 1, 1, 2]
    assert is_offered(0, False, 0.3, 0.31)
    assert not is_offered(0, True, 0.3, 0.3)
    assert is_offered(1, True, 0.3, 1.0)
    assert not is_offered(1, False, 0.3, 1.0)


def test_barriers() -> None:
    assert [how_many(barriers) for barriers in (0, 1, 2, 3, 5, 8, 255)] == [0, 1, 1, 2, 2, 1, 8]
    assert removal_hazard(0.1, 2.0, 0.5, 3.0) == pytest.approx(0.6)


FIRST = {"interruption": 1.0, "work_first": 2.0, "deregistration": 3.0}
LATER = {"long_first": 4.0, "long_middle": 5.0, "long_later": 6.0}


def hazard_of(reason: ExitReason, days_out: float, days_below: float = 0.0) -> float:
    found: float = reentry_hazard(
        int(reason), days_out, days_below, *FIRST.values(), *LATER.values()
    )
    return found


def test_returns_by_reason_and_time() -> None:
    interruption, long_exit = ExitReason.INTERRUPTION, ExitReason.LONG_EXIT
    work, struck_off = ExitReason.WORK, ExitReason.DEREGISTERED
    minimum = ExitReason.OTHER_MINIMUM
    assert hazard_of(long_exit, 10.0, -1.0) == 0.0
    assert [hazard_of(interruption, days) for days in (0.0, YEAR - 1, YEAR)] == [1.0, 1.0, 5.0]
    assert [hazard_of(struck_off, days) for days in (0.0, YEAR - 1, YEAR)] == [3.0, 3.0, 5.0]
    assert [hazard_of(long_exit, days) for days in (0.0, YEAR - 1, YEAR)] == [4.0, 4.0, 5.0]
    assert [hazard_of(reason, YEAR - 1) for reason in (minimum, ExitReason.PENSION)] == [4.0, 4.0]
    assert hazard_of(long_exit, THREE_YEARS - 1) == 5.0
    assert hazard_of(long_exit, THREE_YEARS) == 6.0
    below = (0.0, SIX_MONTHS - 1, SIX_MONTHS, YEAR - 1, YEAR, THREE_YEARS)
    assert [hazard_of(work, 5000.0, days) for days in below] == [2.0, 2.0, 5.0, 5.0, 5.0, 6.0]


def test_the_days_on_which_a_hazard_changes_are_foretold() -> None:
    bounds = (SIX_MONTHS, YEAR, THREE_YEARS)
    since = 100.0
    assert [b / DAYS_PER_MONTH for b in bounds] == pytest.approx([6, 12, 36])
    for before, bound in zip((0.0, *bounds), bounds, strict=False):
        assert next_reentry_change(since, since + before) == since + bound
        assert next_reentry_change(since, since + bound - 1) == since + bound
    assert next_reentry_change(since, since + THREE_YEARS) == NEVER
    assert next_segment_time(since, since) == since + FIRST_SEGMENT_DAYS
    assert next_segment_time(since, since + FIRST_SEGMENT_DAYS) == since + SECOND_SEGMENT_DAYS
    assert next_segment_time(since, since + SECOND_SEGMENT_DAYS) == NEVER
    assert (FIRST_SEGMENT_DAYS / DAYS_PER_MONTH, SECOND_SEGMENT_DAYS / DAYS_PER_MONTH) == (3, 12)


def test_ruptures_by_time_in_the_job() -> None:
    days = (0.0, FIRST_SEGMENT_DAYS - 1, FIRST_SEGMENT_DAYS, SECOND_SEGMENT_DAYS - 1)
    found = [rupture_hazard(day, 1.0, 2.0, 3.0, 0.5, 0.2) for day in (*days, SECOND_SEGMENT_DAYS)]
    assert found == pytest.approx([0.1, 0.1, 0.2, 0.2, 0.3])


def test_lengths_and_shares_of_jobs() -> None:
    assert job_length_days(0.3, 0, 2.0, 1.0, 6.0) == NEVER
    assert job_length_days(0.0, 1, 2.0, 1.0, 6.0) == 0.0
    assert job_length_days(1.0, 1, 2.0, 1.0, 6.0) == pytest.approx(6 * DAYS_PER_MONTH)
    half = -2.0 * math.log(1 - 0.5 * (1 - math.exp(-3.0)))
    assert job_length_days(0.5, 1, 2.0, 1.0, 6.0) == pytest.approx(half * DAYS_PER_MONTH)
    assert job_length_days(0.25, 2, 2.0, 2.0, 6.0) == pytest.approx(3 * DAYS_PER_MONTH)
    assert working_time_share(False, 0.5, 0.2, 0.6) == 1.0
    assert working_time_share(True, 0.5, 0.2, 0.6) == pytest.approx(0.4)


def test_case_minutes_are_rounded() -> None:
    assert case_minutes(10_000, 21.0) in (100, 101)
    assert case_minutes(0, 21.0) == 0


def test_due_days() -> None:
    assert not is_lapsed(100, 109, 10)
    assert is_lapsed(100, 110, 10)
    assert [renewed_due(100, day, 10) for day in (110, 119, 120)] == [110, 110, 120]
    assert earliest_day(100, 30, 20) == 90
    assert next_look(101, 120, 100) == 101
    assert next_look(100, 120, 100) == 107
    assert next_look(100, 103, 100) == 103
    assert contract_due_day(100, 30, 0, 365) == 130
    assert contract_due_day(100, 30, 10, 121) == 131
    assert contract_due_day(100, 30, 10, 120) == 130
    assert contract_due_day(100, 30, 1, 365) == 366
    assert first_due_day(100, 0, 200, 30) == 130
    assert first_due_day(100, 0, 20, 30) == 120
    assert first_due_day(100, 90, 11, 30) == 101
    assert first_due_day(100, 90, 10, 30) == 110
    assert first_due_day(100, 1, 120, 30) == 121


def test_products() -> None:
    assert long_exit_hazard(2.0, 3.0, 5.0, 7.0) == 210.0
    assert onset_hazard(0.4, 0.25) == 0.1
    assert ordinary_removal_hazard(0.4, 0.25, 2.0, 0.5) == pytest.approx(0.15)
    assert job_finding_hazard(2.0, 3.0, 5.0, 7.0, 11.0, 13.0) == 30030.0
    assert frailty(0.5, 0.8) == pytest.approx(math.exp(-0.32))
    assert power(2.0, 3.0) == pytest.approx(8.0)
    assert birth_day(10_000.0, 20.0) == math.floor(10_000 - 20 * DAYS_PER_YEAR)


def test_calls_in() -> None:
    assert calls_until(DAYS_PER_MONTH, 7) == 7
    assert calls_until(0.5 * DAYS_PER_MONTH, 7) == 3
    assert reduced_attendance(0.4, 0.5) == pytest.approx(0.7)
    assert not are_enough(5, 10.0)
    assert are_enough(6, 10.0)


def test_ages() -> None:
    shares = (0.2, 0.3, 20.0, 10.0, 60.0)
    assert entry_age_years(0.19, 0.5, *shares) == 22.5
    assert entry_age_years(0.2, 0.5, *shares) == 25.5
    assert entry_age_years(0.49, 0.5, *shares) == 25.5
    assert entry_age_years(0.5, 0.0, *shares) == 26.0
    assert entry_age_years(0.9, 1.0, *shares) == pytest.approx(60.0)
    half = 26.0 - 10.0 * math.log(1 - 0.5 * (1 - math.exp(-3.4)))
    assert entry_age_years(0.9, 0.5, *shares) == pytest.approx(half)
    assert pension_age_years(0.25, 62.0, 66.0) == 63.0
    assert [latent_class(u, 4) for u in (0.0, 0.24, 0.25, 0.99, 1.0)] == [0, 0, 1, 3, 3]
    factors = [age_factor(age, 0.01, 0.02, 0.04) for age in (20.0, 30.0, 40.0, 55.0, 65.0)]
    assert factors == pytest.approx([1, 1, *map(math.exp, (-0.1, -0.35, -0.85))])
    assert recent_job_factor(0.8, 0.0, 10.0) == pytest.approx(1.8)
    assert recent_job_factor(0.8, 10.0, 10.0) == pytest.approx(1 + 0.8 / math.e)


def test_when_job_finding_only_falls() -> None:
    def falls(contact_size: float, activity_since: int, middle: float) -> bool:
        home: Any = SimpleNamespace(territory=0)
        person: Any = SimpleNamespace(activity_since=activity_since, pathway=0)
        world: Any = SimpleNamespace(
            national=[SimpleNamespace(contact_size=contact_size)],
            organisation={(0, 0): SimpleNamespace(activity_ramp_days=20)},
        )
        return only_falls(world, home, person, middle)

    assert [falls(size, 0, 100.0) for size in (-0.1, 0.0, 0.1, 1.0)] == [False, True, True, True]
    assert [falls(0.5, 100, middle) for middle in (119.9, 120.0, 130.0)] == [False, True, True]


@pytest.mark.parametrize(
    ("declared", "suspended", "pension", "benefit_ends", "found"),
    [
        (100, 0, 99, 0, (99.0, PENSION)),
        (100, 0, 100, 0, (100.0, DECLARATION)),
        (100, 100, 200, 0, (100.0, DECLARATION)),
        (100, 99, 99, 0, (99.0, SUSPENSION_END)),
        (100, 0, 200, 99, (99.0, UNEMPLOYMENT_END)),
        (100, 0, 200, 100, (100.0, DECLARATION)),
    ],
)
def test_what_falls_on_the_same_day_has_an_order(
    declared: int, suspended: int, pension: int, benefit_ends: int, found: tuple[float, int]
) -> None:
    home = SimpleNamespace(
        settled=90.0,
        benefit=PAID,
        next_declaration=declared,
        suspended_until=suspended,
        pension_day=pension,
        first=0,
        members=1,
    )
    person = SimpleNamespace(job=-1, benefit_until=benefit_ends)
    world: Any = SimpleNamespace(households=[home], people=[person])
    assert next_date(world, 0)[:2] == found


def test_the_rhythm_that_is_held_lies_between_the_shortest_and_the_promise() -> None:
    def held(days: int, kind: int = CONTACT) -> int:
        row = SimpleNamespace(interval=[30, 60, 365], shortest=[14, 20, 365])
        world: Any = SimpleNamespace(
            organisation={(0, 0): row}, places={(HELD_CONTACT + kind, 0, 0): days}
        )
        return held_days(world, 0, 0, kind)

    assert [held(days) for days in (0, 1, 14, 20, 30, 31)] == [30, 14, 14, 20, 30, 30]
    assert held(1, CONTRACT) == 365


def test_an_occupation_is_a_job_or_none() -> None:
    def world(job: int) -> Any:
        kinds = SimpleNamespace(job_is_job=[1, 0, 1], job_has_limited_places=[1, 0, 1])
        places = {(JOB_PLACES, 0, kind): 5 for kind in range(3)}
        people = [SimpleNamespace(job=job)]
        return SimpleNamespace(national=[kinds], people=people, places=places)

    def moved(job: int) -> list[int]:
        here = world(job)
        move_job_place(here, 0, 0, -1)
        return list(here.places.values())

    jobs = (-1, 0, 1, 2)
    assert [has_occupation(world(job), 0) for job in jobs] == [False, True, True, True]
    assert [has_job(world(job), 0) for job in jobs] == [False, True, False, True]
    assert [moved(job) for job in jobs] == [[5, 5, 5], [4, 5, 5], [5, 5, 5], [5, 5, 4]]


def test_months_and_years_on_the_rsa_are_remembered() -> None:
    def remembered(benefit: int, month: int, since: int) -> tuple[int, int, int]:
        home = SimpleNamespace(benefit=benefit, mask_month=since, paid_mask=5, year_mask=5)
        world: Any = SimpleNamespace(households=[home], month_of={7: month})
        remember_paid(world, 0, 7.5)
        return home.paid_mask, home.year_mask, home.mask_month

    december = 12 * 2_000 + 11
    assert remembered(PAID, december, december - 1) == (5, 5, december - 1)
    assert remembered(PAID, december + 1, december - 1) == (11, 11, december)
    assert remembered(OUT, december + 1, december - 1) == (10, 10, december)
    assert remembered(PAID, december + 3, december) == (23, 5, december + 2)


def test_neighbours_are_refreshed_together() -> None:
    phases = [refresh_phase(household_id(0, Stream.ARRIVAL, number)) for number in range(64 * 29)]
    assert phases[:64] == [phases[0]] * 64
    assert [phases[64 * block] for block in range(29)] == [
        (phases[0] + block) % 28 for block in range(29)
    ]


def test_follow_up_protects_for_one_and_a_half_intervals() -> None:
    assert is_follow_up_active(100, 114.9, 10.0)
    assert not is_follow_up_active(100, 115.0, 10.0)
    assert not is_follow_up_active(0, 1.0, 10.0)
    assert next_protection_end(100, 110.0, 10.0) == 115.0
    assert next_protection_end(100, 115.0, 10.0) == NEVER


def test_interviews() -> None:
    assert interview_start(30, 20) == interview_start(20, 30) == 30
    assert minute_of_session(99.5, 100, 120) == minute_of_session(100.0, 100, 120) == 0
    assert minute_of_session(100.5, 100, 120) == 60
    assert interview_minutes(0, 44.5, 3.0) == 45
    assert interview_minutes(0, 44.49, 3.0) == 44
    assert interview_minutes(1, 45.0, 0.5) == 23
    assert interview_minutes(1, 45.0, 0.001) == 1
    keys = [session_key(*key) for key in ((1, 0, 5), (1, 0, 6), (1, 1, 0), (2, 0, 0))]
    assert keys == sorted(set(keys))
    assert session_key(1, 2**11 - 1, 2**36 - 1) < session_key(2, 0, 0)


def test_meetings() -> None:
    assert no_show_probability(0.4, 0.5) == 0.2
    assert no_show_probability(0.8, 2.0) == 1.0
    assert missed_minutes(45, 0.5) == 22
    assert early_factor(0.5, 0.0, 180.0, 2.0) == 1.5
    assert early_factor(0.5, 180.0, 180.0, 0.5) == pytest.approx(1.125)


def test_portfolios() -> None:
    assert has_place(900, 1000)
    assert not has_place(901, 1000)
    assert is_lighter(100, 300, 100, 200)
    assert not is_lighter(100, 200, 200, 400)
    assert is_target_public(25.0, 25.0, 30.0)
    assert not is_target_public(24.9, 25.0, 30.0)
    assert not is_target_public(30.0, 25.0, 30.0)
    assert not is_target_public(0.0, 0.0, 0.0)
    assert not is_far_below(0, 0, 1000, 1000)
    assert not is_far_below(0, 1000, 1000, 0)
    assert is_far_below(799, 1000, 2000, 2000)
    assert not is_far_below(800, 1000, 2000, 2000)
    assert is_far_below(700, 900, 1800, 1800)
    assert not is_far_below(701, 900, 1800, 1800)
    assert not is_far_below(1700, 2000, 4000, 4000)


def test_declarations_and_earnings() -> None:
    assert [next_declaration_month(month, 0) for month in (0, 1, 2, 3)] == [3, 3, 3, 6]
    assert [next_declaration_month(month, 1) for month in (0, 1, 2, 3)] == [2, 2, 5, 5]
    assert earned_cents(100_000, 0) == 0
    assert earned_cents(round(DAYS_PER_MONTH * 100), 1) == 100
    assert earned_cents(48, 1) == 2
    assert earned_cents(45, 1) == 1
    least = 6 * DAYS_PER_MONTH
    assert benefit_days(math.ceil(least) - 1, 6.0, 24.0) == 0.0
    assert benefit_days(math.ceil(least), 6.0, 24.0) == math.ceil(least)
    assert benefit_days(round(16 * DAYS_PER_MONTH), 16.0, 24.0) == 16 * DAYS_PER_MONTH
    assert benefit_days(10_000, 6.0, 24.0) == 24 * DAYS_PER_MONTH


def test_memories_move_on() -> None:
    assert shifted_mask(5, 0, True) == 5
    assert shifted_mask(5, -1, True) == 5
    assert shifted_mask(5, 2, False) == 20
    assert shifted_mask(5, 2, True) == 23
    assert shifted_mask(ALL_MONTHS, 1, False) == ALL_MONTHS - 1
    assert shifted_mask(1, 62, False) == 1 << 62
    assert shifted_mask(1, 62, True) == ALL_MONTHS
    assert shifted_mask(5, 63, False) == 0
    assert shifted_mask(0, 63, True) == shifted_mask(0, 64, True) == ALL_MONTHS
    assert shifted_years(5, 0, True) == 5
    assert shifted_years(5, -1, True) == 5
    assert shifted_years(5, 2, False) == 20
    assert shifted_years(5, 2, True) == 23
    assert shifted_years(1, 14, False) == 1 << 14
    assert shifted_years(2, 14, False) == 0
    assert shifted_years(0, 14, True) == 2**14 - 1
    assert shifted_years(5, 15, False) == 0
    assert shifted_years(0, 15, True) == shifted_years(0, 16, True) == 2**15 - 1
    december = 12 * 2_000 + 11
    assert year_ends_between(december - 1, december) == 1
    assert year_ends_between(december, december + 11) == 0
    assert year_ends_between(december - 1, december + 12) == 2


def test_rhythms() -> None:
    thousand = smoothed_time(0, 21, 60.0)
    assert thousand == pytest.approx(1000 * 21 * WORKING_DAYS_PER_MONTH / DAYS_PER_MONTH, abs=0.5)
    assert smoothed_time(thousand, 21, 60.0) == thousand
    assert thousand < smoothed_time(thousand, 42, 60.0) < 2 * thousand
    assert smoothed_time(1000, 0, 60.0) == pytest.approx(1000 * 0.5 ** (1.45 / 60.0), abs=2)
    assert pace(1.0, 2.0, 0.5) == pace(2.0, 2.0, 0.5) == 1.0
    assert pace(4.0, 2.0, 0.5) == 1.5
    assert pace(1.0, 0.0, 0.5) == ENDLESS
    assert pace(0.0, 0.0, 0.5) == 1.0
    assert held_interval(1.0, 14, 30) == 30
    assert held_interval(2.0, 14, 29) == 15
    assert held_interval(ENDLESS, 14, 30) == 14
    assert minutes_of_depth(100, 30, 0.8, 3.0) == 60
    assert minutes_of_depth(50, 30, 0.8, 3.0) == 40


def test_sanctions() -> None:
    assert [suspended_per_mille(stage, 0.8, 1.0) for stage in (0, 1, 2)] == [800, 800, 1000]
    assert suspended_per_mille(1, 0.0006, 1.0) == 1
    assert capped_per_mille(800, 1, 0.5) == 800
    assert capped_per_mille(800, 2, 0.5) == 500
    assert capped_per_mille(400, 2, 0.5) == 400
    assert capped_per_mille(800, 2, 0.0006) == 1
    assert capped_per_mille(950, 2, 0.9) == 900
    days = [suspension_end_day(100, stage, 1.0, 2.0) - 100 for stage in (0, 1, 2)]
    assert days == [int(months * DAYS_PER_MONTH + 0.5) for months in (1, 1, 2)]


def test_effects_of_support() -> None:
    assert decayed_level(2.0, 60.0, 60.0) == pytest.approx(1.0)
    assert saturation(0.0, 2.0) == 0.0
    assert saturation(2.0, 2.0) == pytest.approx(1 - 1 / math.e)
    assert relative_effect(0.5, 0.5) == 1.25
    assert [most_helpful_saturation(size) for size in (-0.5, 0.0, 0.5)] == [0.0, 0.0, 1.0]
    assert raised_level(1.0, 0.5, 60.0) == pytest.approx(1 + 0.5 * DAYS_PER_MONTH * LOG_2 / 60)
    hours = [ramped_hours(10.0, days, 20.0) for days in (-1.0, 0.0, 5.0, 20.0, 30.0)]
    assert hours == [0.0, 0.0, 2.5, 10.0, 10.0]
