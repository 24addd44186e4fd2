"""The telephone platform: calls queue for the minutes of operators, and replace notification."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from small_worlds import STANDARD_ERRORS, somme

from sim.engine.run import run_plan
from sim.engine.run_plan import RunPlan
from sim.parameters import Parameters, scale_department
from sim.vocabulary import OrientedBy, Record

SEED = 6
START = date(2023, 1, 1)
UNREACHED, ORIENTS = 0.3, 0.5
CALL_MINUTES = 25


def department(call_minutes: int = CALL_MINUTES) -> Parameters:
    """Everywhere operators who are the counsellors of the territory."""
    plain = scale_department(somme(), 0.1)
    changes: dict[str, object] = {}
    for territory in plain.labels("territories"):
        intake = f"territories.{territory}.intake"
        changes |= {
            f"{intake}.call_roles": ["job_counsellor"],
            f"{intake}.call_minutes": call_minutes,
            f"{intake}.call_unreached_share": UNREACHED,
            f"{intake}.call_orients_share": ORIENTS,
            f"{intake}.recall_days": 5,
        }
    return plain.patched(changes, "test")


def frame_of(parameters: Parameters, months: int = 18) -> pd.DataFrame:
    log = run_plan(RunPlan("calls", START, months, parameters), SEED, is_logging=True).log
    assert log is not None
    frame = log.frame()
    return frame.assign(day=frame["day"].astype(int))


@pytest.fixture(scope="module")
def calls() -> pd.DataFrame:
    return frame_of(department())


def of(frame: pd.DataFrame, kind: Record) -> pd.DataFrame:
    return frame[frame["kind"] == kind]


@pytest.mark.slow
def test_whoever_is_oriented_was_called_before(calls: pd.DataFrame) -> None:
    held, oriented = of(calls, Record.CALL_HELD), of(calls, Record.ORIENTED)
    first_call = held.groupby("who")["day"].min()
    by_call = oriented[oriented["detail"] == OrientedBy.CALL]
    assert len(by_call) > 50
    same_day = by_call.merge(held, on=["who", "day"])
    assert len(same_day) == len(by_call)
    assert (same_day["detail_y"] == 1).all()
    # An appointment is given in a session after the day of the call.
    by_session = oriented[
        (oriented["detail"] == OrientedBy.SESSION) & oriented["who"].isin(first_call.index)
    ]
    assert len(by_session) > 50
    assert (by_session["day"] > by_session["who"].map(first_call)).all()


def test_shares_of_calls_are_those_of_the_tables(calls: pd.DataFrame) -> None:
    held, unreached = of(calls, Record.CALL_HELD), of(calls, Record.CALL_UNREACHED)
    total = len(held) + len(unreached)
    assert total > 300
    for found, share, number in (
        (len(unreached) / total, UNREACHED, total),
        ((held["detail"] == 1).mean(), ORIENTS, len(held)),
    ):
        assert abs(found - share) < STANDARD_ERRORS * np.sqrt(share * (1 - share) / number)


def test_calls_are_made_in_minutes_of_staff(calls: pd.DataFrame) -> None:
    """To the minute, by day and territory: contacts, interviews and calls are all that is used."""
    parameters = department()
    names = parameters.labels("territories")
    by = ["day", "territory"]

    def total(kind: Record) -> pd.Series:
        return of(calls, kind).groupby(by)["value"].sum()

    used = total(Record.STAFF_MINUTES_AVAILABLE) - total(Record.STAFF_MINUTES_LEFT)
    spent = pd.Series(0.0, used.index)
    kinds = (Record.CONTACT_HELD, Record.CONTACT_MISSED, Record.CALL_UNREACHED)
    for kind in (*kinds, Record.CASE_WORK, Record.CONTACTS_LENGTHENED):
        spent += total(kind).reindex(used.index, fill_value=0)
    missed = parameters.number("contact_types.appointment.missed_minutes_share")
    oriented = of(calls, Record.ORIENTED)
    in_session = oriented[oriented["detail"] == OrientedBy.SESSION]
    for rows, factor in ((in_session, 1.0), (of(calls, Record.INTAKE_NO_SHOW), missed)):
        for territory, group in rows.groupby("territory"):
            intake = f"territories.{names[int(str(territory))]}.intake"
            each = int(parameters.number(f"{intake}.interview_minutes") * factor)
            each *= len(parameters.words(f"{intake}.attending_roles"))
            spent += (group.groupby(by).size() * each).reindex(used.index, fill_value=0)
    held = of(calls, Record.CALL_HELD).groupby(by).size() * CALL_MINUTES
    spent += held.reindex(used.index, fill_value=0)
    assert (held > 0).sum() > 100
    pd.testing.assert_series_equal(used, spent, check_names=False, check_dtype=False)


@pytest.mark.slow
def test_longer_calls_make_people_wait_longer(calls: pd.DataFrame) -> None:
    """The delay follows from minutes: counsellors who need three hours a call fall behind."""
    slow = of(frame_of(department(call_minutes=180)), Record.CALL_HELD)["value"]
    fast = of(calls, Record.CALL_HELD)["value"]
    error = np.sqrt(slow.var() / len(slow) + fast.var() / len(fast))
    assert slow.mean() - fast.mean() > STANDARD_ERRORS * error


def test_without_operators_nobody_new_is_oriented() -> None:
    parameters = department()
    empty = {
        f"territories.{name}.staff.job_counsellor.fte": 0.0
        for name in parameters.labels("territories")
    }
    frame = frame_of(parameters.patched(empty, "test"), months=6)
    assert not len(of(frame, Record.CALL_HELD))
    arrived = of(frame, Record.FIRST_ENTRY)["who"]
    assert len(arrived) > 30
    assert not of(frame, Record.ORIENTED)["who"].isin(arrived + 1).any()


@pytest.mark.slow
def test_a_platform_that_opens_calls_those_who_wait_and_then_closes() -> None:
    plain = scale_department(somme(), 0.1)
    roles = {
        f"territories.{name}.intake.call_roles": ["job_counsellor"]
        for name in plain.labels("territories")
    }
    opened, closed = date(2023, 5, 1), date(2023, 11, 1)
    changes = ((opened, plain.patched(roles, "open")), (closed, plain))
    log = run_plan(RunPlan("a while", START, 15, plain, changes), SEED, is_logging=True).log
    assert log is not None
    frame = log.frame()
    held = of(frame, Record.CALL_HELD)["day"]
    first, last = (day.toordinal() - date(1960, 1, 1).toordinal() for day in (opened, closed))
    assert len(held) > 50
    assert held.min() >= first
    assert held.max() < last
    # Intake goes on by sessions afterwards, also for who was waiting for a call.
    assert (of(frame, Record.ORIENTED)["day"] > last + 30).sum() > 20
