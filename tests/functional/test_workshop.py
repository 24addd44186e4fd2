"""The workshop after orientation: its days, places, staff and invitations."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from small_worlds import somme

from sim.engine.run import RunResult, run_plan
from sim.engine.run_plan import RunPlan
from sim.parameters import Parameters, scale_department
from sim.units import date_of
from sim.vocabulary import Record

SEED = 8
START = date(2023, 1, 1)
PLACES, AFTER_DAYS, INVITATIONS, AGAIN, MINUTES = 3, 7, 2, 7, 120
WEEKDAYS = (0, 3)
SESSION = [Record.WORKSHOP_HELD, Record.WORKSHOP_MISSED]


def department(share: float = 0.1, **workshop: object) -> Parameters:
    plain = scale_department(somme(), share)
    values = {
        "weekdays": ["mon", "thu"],
        "places": PLACES,
        "after_days": AFTER_DAYS,
        "invitations": INVITATIONS,
        "reinvitation_days": AGAIN,
        "minutes": MINUTES,
        "no_show_share": 0.3,
    }
    return plain.patched(
        {
            f"territories.{territory}.workshop.{name}": value
            for territory in plain.labels("territories")
            for name, value in {**values, **workshop}.items()
        },
        "test",
    )


def run(parameters: Parameters) -> RunResult:
    return run_plan(RunPlan("workshop", START, 15, parameters), SEED, is_logging=True)


def frame_of(result: RunResult) -> pd.DataFrame:
    assert result.log is not None
    frame = result.log.frame()
    return frame.assign(day=frame["day"].astype(int))


@pytest.fixture(scope="module")
def held() -> pd.DataFrame:
    return frame_of(run(department()))


@pytest.mark.slow
def test_sessions_keep_to_their_days_and_places(held: pd.DataFrame) -> None:
    invited = held[held["kind"].isin(SESSION)]
    sizes = invited.groupby(["day", "territory"]).size()
    assert len(sizes) > 50
    assert sizes.max() == PLACES
    assert {date_of(day).weekday() for day in invited["day"]} == set(WEEKDAYS)


def test_nobody_comes_before_the_day_of_the_invitation(held: pd.DataFrame) -> None:
    attended = held[held["kind"] == Record.WORKSHOP_HELD]
    assert (attended["value"] == attended["day"] - attended["origin"]).all()
    assert attended["value"].min() == AFTER_DAYS
    # Sessions are full for a while: some wait longer than the first session would ask.
    assert attended["value"].max() > AFTER_DAYS + 7


def test_who_misses_is_invited_again_a_few_times_at_most(held: pd.DataFrame) -> None:
    missed = held[held["kind"] == Record.WORKSHOP_MISSED]
    assert len(missed) > 30
    assert set(missed["value"]) == set(range(1, INVITATIONS + 1))
    first = missed[missed["value"] == 1].groupby("who")["day"].first()
    second = missed[missed["value"] == 2].groupby("who")["day"].first()
    both = second.index.intersection(first.index)
    assert (second[both] - first[both] >= AGAIN).all()
    attended = held[held["kind"] == Record.WORKSHOP_HELD].groupby(["who", "origin"]).size()
    assert attended.max() == 1


def test_a_session_takes_minutes_of_who_leads_it(held: pd.DataFrame) -> None:
    without = frame_of(run(department(weekdays=[])))
    assert not without["kind"].isin(SESSION).any()
    day = held.loc[held["kind"].isin(SESSION), "day"].min()
    territory = held.loc[held["kind"].isin(SESSION) & (held["day"] == day), "territory"].iloc[0]

    def minutes(kind: Record) -> int:
        """Of the first role, who leads the workshops."""
        is_there = (held["day"] == day) & (held["territory"] == territory)
        mine = held[is_there & (held["kind"] == kind) & (held["detail"] == 0)]
        return int(mine["value"].iloc[0])

    used = minutes(Record.STAFF_MINUTES_AVAILABLE) - minutes(Record.STAFF_MINUTES_LEFT)
    assert used >= MINUTES


@pytest.mark.slow
def test_without_minutes_there_is_no_session() -> None:
    assert not frame_of(run(department(minutes=600)))["kind"].isin(SESSION).any()


@pytest.mark.slow
def test_an_attended_workshop_counts_in_the_contact_level_by_its_weight() -> None:
    """Those whose workshop was in the last three months and who met no caseworker since."""
    for weight in (0.0, 1.0):
        result = run(department(share=0.4, weight=weight, no_show_share=0.0, places=240))
        frame = frame_of(result)
        attended = frame[
            (frame["kind"] == Record.WORKSHOP_HELD) & (frame["day"] >= result.last.day - 90)
        ]
        people, homes = result.last.people, result.last.households
        identity = homes["id"][people["household"]] + people["member"] + 1
        recent = pd.Series(people["contact_level"], identity)
        is_new = pd.Series(people["met_on"] == 0, identity)
        levels = recent[is_new[is_new].index.intersection(attended["who"])]
        assert len(levels) > 3
        assert (levels > 0).all() if weight else (levels == 0).all()
