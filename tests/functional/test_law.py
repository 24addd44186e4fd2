"""Law as a dated input: the limit of orientation in minutes of staff, waivers of activity."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from small_worlds import somme

from sim.engine.run import RunResult, run_plan
from sim.engine.run_plan import RunPlan
from sim.parameters import Parameters, scale_department
from sim.units import date_of, day_number
from sim.vocabulary import OrientedBy, Record, Support

SEED = 5
LIMIT = 42
START, LAW = date(2024, 7, 1), date(2025, 1, 1)
LONGEST_CLOSURE_DAYS = 5
"""From one working day to the next, weekends and public holidays included."""


def department(changes: dict[str, object] | None = None) -> Parameters:
    return scale_department(somme(), 0.1).patched(changes or {}, "test")


def run(parameters: Parameters, months: int = 18, start: date = START) -> RunResult:
    return run_plan(RunPlan("law", start, months, parameters), SEED, is_logging=True)


def frame_of(result: RunResult) -> pd.DataFrame:
    assert result.log is not None
    frame = result.log.frame()
    return frame.assign(day=frame["day"].astype(int))


def by_limit(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[(frame["kind"] == Record.ORIENTED) & (frame["detail"] == OrientedBy.LIMIT)]


@pytest.fixture(scope="module")
def ordinary() -> RunResult:
    return run(department())


@pytest.mark.slow
def test_the_limit_begins_with_the_law(ordinary: RunResult) -> None:
    late = by_limit(frame_of(ordinary))
    assert len(late) > 50
    assert date_of(late["day"].min()) == date(2025, 1, 2)
    assert (late["value"] > LIMIT).all()


def test_with_minutes_nobody_waits_much_longer_than_the_limit(ordinary: RunResult) -> None:
    people = ordinary.last.people
    waiting = people["support"] == Support.WAITING_ORIENTATION
    waited = ordinary.last.day - people["waiting_since"][waiting].astype(int)
    assert waiting.sum() > 20
    assert waited.max() <= LIMIT + LONGEST_CLOSURE_DAYS


@pytest.mark.slow
def test_without_minutes_the_limit_is_a_promise() -> None:
    """Nobody orients in time where the roles that the law names have no staff."""
    plain = department()
    empty: dict[str, object] = {
        f"territories.{name}.staff.job_counsellor.fte": 0.0 for name in plain.labels("territories")
    }
    result = run(plain.patched(empty, "test"))
    assert not len(by_limit(frame_of(result)))
    people = result.last.people
    waiting = people["support"] == Support.WAITING_ORIENTATION
    assert (result.last.day - people["waiting_since"][waiting] > 2 * LIMIT).any()


def test_orientations_at_the_limit_cost_their_minutes(ordinary: RunResult) -> None:
    """Counted on the days on which a territory holds no session."""
    frame, parameters = frame_of(ordinary), department()
    by = ["day", "territory"]
    late = by_limit(frame).groupby(by).size()
    oriented = frame[frame["kind"].isin([Record.ORIENTED, Record.INTAKE_NO_SHOW])]
    alone = late.index.difference(
        oriented[oriented["detail"] != OrientedBy.LIMIT].set_index(by).index
    ).difference(frame[frame["kind"] == Record.INTAKE_NO_SHOW].set_index(by).index)
    assert len(alone) > 10

    def total(*kinds: Record) -> pd.Series:
        chosen = frame[frame["kind"].isin(kinds)]
        return chosen.groupby(by)["value"].sum().reindex(alone, fill_value=0)

    used = total(Record.STAFF_MINUTES_AVAILABLE) - total(Record.STAFF_MINUTES_LEFT)
    contacts = total(Record.CONTACT_HELD, Record.CONTACT_MISSED)
    contacts += total(Record.CASE_WORK, Record.CONTACTS_LENGTHENED)
    names = parameters.labels("territories")
    minutes = np.array(
        [parameters.number(f"territories.{names[t]}.intake.interview_minutes") for _, t in alone]
    )
    assert (used - contacts == late.reindex(alone) * minutes).all()


def waived(is_in_force: bool) -> RunResult:
    plain = department()
    changes: dict[str, object] = {"law.activity_waivers": is_in_force}
    for territory in plain.labels("territories"):
        for pathway in plain.labels("pathways"):
            own = f"territories.{territory}.pathways.{pathway}"
            # Without reviews what is seen stays what the orientation saw.
            changes[f"{own}.review_months"] = 120
            changes[f"{own}.appointment_interval_days"] = 60
            changes[f"{own}.appointment_shortest_days"] = 45
    return run(plain.patched(changes, "test"), 12, date(2023, 1, 1))


def with_activity_and_waiver(result: RunResult) -> tuple[int, int]:
    """People in an activity, and those of them with a seen barrier that waives it."""
    parameters = department()
    waiving = sum(
        1 << index
        for index, label in enumerate(parameters.labels("barriers"))
        if parameters.flag(f"barriers.{label}.waives_activity")
    )
    people = result.last.people
    active = people["activity_since"] > 0
    return int(active.sum()), int((active & (people["seen"] & waiving != 0)).sum())


@pytest.mark.slow
def test_a_seen_barrier_waives_the_activity_where_the_law_says_so() -> None:
    active, waiving = with_activity_and_waiver(waived(is_in_force=True))
    assert active > 50
    assert waiving == 0
    active, waiving = with_activity_and_waiver(waived(is_in_force=False))
    assert waiving > 20


def test_the_ladder_of_the_law_changes_on_its_day(ordinary: RunResult) -> None:
    frame = frame_of(ordinary)
    first = frame[(frame["kind"] == Record.SANCTIONED) & (frame["detail"] == 1)]
    decree = day_number(date(2025, 6, 1))
    before, after = (
        set(first.loc[late, "value"]) for late in (first["day"] < decree, first["day"] >= decree)
    )
    assert before <= {800, 500}
    assert after <= {650, 500}
    assert before
    assert after
