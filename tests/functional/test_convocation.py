"""A new organisation calls people in, a few a day, and keeps those who were not called yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from small_worlds import STANDARD_ERRORS, somme

from sim.compiled import u64
from sim.engine.run import RunResult, run_plan
from sim.engine.run_plan import RunPlan
from sim.events import COLUMNS
from sim.parameters import scale_department
from sim.randomness import key_of, uniform
from sim.units import MINUTES_PER_DAY, day_number
from sim.vocabulary import WEEKDAYS, Decision, Record

SEED = 4
START, WAVE = date(2023, 1, 1), date(2023, 4, 7)
PACE = 30.0
TIME, WHO, KIND, TERRITORY, DETAIL = (
    COLUMNS.index(name) for name in ("time", "who", "kind", "territory", "detail")
)
OF_TERRITORY = "territories.rest."
SEVEN_DAYS = 7


@cache
def lived(
    calls_per_month: float = PACE, stops: date | None = None, **convocation: float
) -> RunResult:
    """Half of the Somme's largest territory under a new organisation with plenty of staff.

    From the day ``stops`` on it calls nobody in any more.
    """
    base = scale_department(somme(), 0.08)
    values: Mapping[str, object] = {
        f"{OF_TERRITORY}reassignment_wave": 1,
        f"{OF_TERRITORY}convocation.calls_per_month": calls_per_month,
        f"{OF_TERRITORY}staff.social_worker.additional_fte": 10.0,
        f"{OF_TERRITORY}staff.job_counsellor.additional_fte": 5.0,
        f"{OF_TERRITORY}intake.notification_days": 3,
        f"{OF_TERRITORY}intake.weekdays": list(WEEKDAYS),
        "staffing.recruitment_delay_days": 0,
        **{f"{OF_TERRITORY}convocation.{name}": value for name, value in convocation.items()},
    }
    changed = base.patched(values, "calling")
    changes = [(WAVE, changed)]
    if stops is not None:
        silent = {f"{OF_TERRITORY}convocation.calls_per_month": 0.0}
        changes.append((stops, changed.patched(silent, "silent")))
    plan = RunPlan("calling", START, 15, base, tuple(changes))
    return run_plan(plan, SEED, is_logging=True)


def rows_of(result: RunResult, *kinds: Record) -> NDArray[np.int64]:
    assert result.log is not None
    rows = result.log.rows
    return rows[np.isin(rows[:, KIND], kinds)]


def days_of(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    return rows[:, TIME] // MINUTES_PER_DAY


def test_everyone_of_before_is_kept_and_nobody_else() -> None:
    kept = rows_of(lived(), Record.TO_BE_CALLED_AGAIN)
    assert len(kept) > 300
    assert len(np.unique(kept[:, WHO])) == len(kept)
    assert len(set(days_of(kept).tolist())) == 1
    assert len(set(kept[:, TERRITORY].tolist())) == 1
    assert set(rows_of(lived(), Record.CALLED_AGAIN)[:, WHO]) <= set(kept[:, WHO])


def test_as_many_are_called_as_the_pace_says() -> None:
    called = rows_of(lived(), Record.CALLED_AGAIN)
    months = (date(2024, 4, 1) - WAVE).days / 30.4375
    assert 0.8 * PACE * months < len(called) <= PACE * months + 1
    by_week = np.bincount((days_of(called) - day_number(WAVE)) // SEVEN_DAYS)
    assert by_week.max() <= PACE / 4.35 + 3


def test_who_is_called_is_assessed_anew_and_supported() -> None:
    called = rows_of(lived(), Record.CALLED_AGAIN)
    early = called[days_of(called) < day_number(date(2023, 9, 1))]
    came = 0
    for who, day in zip(early[:, WHO], days_of(early), strict=True):
        for kind in (Record.ORIENTED, Record.SUPPORT_STARTED):
            later = rows_of(lived(), kind)
            came += bool(((later[:, WHO] == who) & (days_of(later) >= day)).any())
    assert came > 2 * 0.75 * len(early)


def test_who_is_not_called_yet_keeps_a_referent_in_name() -> None:
    """They are seen, at the rhythm of those who wait, and no row says that a wait began."""
    kept = rows_of(lived(), Record.TO_BE_CALLED_AGAIN)[:, WHO]
    left_alone = np.setdiff1d(kept, rows_of(lived(), Record.CALLED_AGAIN)[:, WHO])
    seen = rows_of(lived(), Record.CONTACT_HELD)
    seen = seen[days_of(seen) > day_number(WAVE)]
    assert np.isin(seen[:, WHO], left_alone).sum() > 0.5 * len(left_alone)
    wave = rows_of(lived(), Record.WAIT_FOR_CASEWORKER_STARTED)
    wave = wave[days_of(wave) == days_of(rows_of(lived(), Record.TO_BE_CALLED_AGAIN))[0]]
    assert not np.isin(wave[:, WHO], kept).any()


def test_calls_that_stop_leave_the_others_with_a_referent_in_name() -> None:
    """What `sim.policy.remarks` says of such a plan: none is supported who does not come anew."""
    stops = date(2023, 9, 4)
    result = lived(stops=stops)
    called = rows_of(result, Record.CALLED_AGAIN)
    assert 0 < days_of(called).max() < day_number(stops)
    kept = rows_of(result, Record.TO_BE_CALLED_AGAIN)[:, WHO]
    left = np.setdiff1d(kept, called[:, WHO])
    going_on = rows_of(lived(), Record.CALLED_AGAIN)
    later = going_on[days_of(going_on) >= day_number(stops), WHO]
    assert len(np.intersect1d(left, later)) > 0.5 * len(later) > 0
    supported, came_back = (
        rows[days_of(rows) > day_number(WAVE), WHO]
        for rows in (
            rows_of(result, Record.SUPPORT_STARTED),
            rows_of(
                result, Record.WAIT_FOR_ORIENTATION_STARTED, Record.WAIT_FOR_CASEWORKER_STARTED
            ),
        )
    )
    assert set(np.intersect1d(left, supported)) <= set(came_back)


def test_exemption_is_by_the_persons_own_chance() -> None:
    """With a share of one no health barrier is called; the key decides between."""
    everyone = rows_of(lived(calls_per_month=1000.0, exempt_share=0.0), Record.CALLED_AGAIN)
    some = rows_of(lived(calls_per_month=1000.0, exempt_share=0.5), Record.CALLED_AGAIN)
    early = days_of(everyone) < days_of(everyone).min() + 2 * SEVEN_DAYS
    left_out = np.setdiff1d(everyone[early, WHO], some[:, WHO])
    assert len(left_out) > 20
    marks = [uniform(u64(key_of(SEED, int(who))), int(Decision.EXEMPTION), 0) for who in left_out]
    assert max(marks) < 0.5


def test_attendance_is_lower_by_the_factor() -> None:
    def absences(factor: float) -> tuple[int, int]:
        result = lived(attendance_factor=factor)
        called = rows_of(result, Record.CALLED_AGAIN)[:, WHO]
        missed = rows_of(result, Record.INTAKE_NO_SHOW)
        came = rows_of(result, Record.ORIENTED)
        after = day_number(WAVE)
        return (
            int(np.isin(missed[days_of(missed) >= after, WHO], called).sum()),
            int(np.isin(came[days_of(came) >= after, WHO], called).sum()),
        )

    full, none = absences(1.0), absences(0.0)
    assert none[0] > full[0] + STANDARD_ERRORS * np.sqrt(full[0])
    assert none[1] < full[1]


def test_a_pace_of_zero_is_the_wave_of_one_day() -> None:
    result = lived(calls_per_month=0.0)
    assert not len(rows_of(result, Record.TO_BE_CALLED_AGAIN, Record.CALLED_AGAIN))
    assert len(rows_of(result, Record.REASSIGNED)) > 200


@pytest.mark.parametrize("pace", [10.0, 60.0])
def test_a_faster_pace_calls_the_same_people_sooner(pace: float) -> None:
    slow = rows_of(lived(calls_per_month=pace), Record.CALLED_AGAIN)
    fast = rows_of(lived(calls_per_month=2 * pace), Record.CALLED_AGAIN)
    months_out = day_number(date(2023, 7, 1))
    early = slow[days_of(slow) < months_out, WHO]
    assert np.isin(early, fast[days_of(fast) < months_out, WHO]).mean() > 0.9
