"""The mechanics that a department can check by reasoning: staff, minutes, portfolios, waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from small_worlds import PILOT_ROW

from benchmarks.worlds import PILOT, pilot_alone
from sim.engine.calendar import OfficeCalendar
from sim.engine.packed import pack
from sim.engine.run import RunResult, run_plan
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import Calendar, starting_population
from sim.engine.walker import Walker
from sim.experiments.experiment import run_plan_of, timeline_of
from sim.ledger import LedgerShape, empty_ledger
from sim.outcomes.table import Outcomes, outcomes_of
from sim.parameters import Parameters
from sim.policy import Scenario, load_scenario
from sim.units import date_of, day_number
from sim.vocabulary import Contact, Record, Stock

pytestmark = pytest.mark.slow

SEEDS = (1, 2, 3)
MONTHS = 24
SINCE_MONTH = 9
"""Six months after the changes of April 2023: posts are recruited and have learned."""
CONTACTS = (Record.CONTACT_HELD, Record.CONTACT_MISSED)
NAMES = ("somme_reference", "somme_plus14", "somme_portfolios50")
BOTH = "portfolios of 50 with 14 posts"


def outcomes(scenario: Scenario, seed: int) -> Outcomes:
    result = run_plan(run_plan_of(scenario), seed)
    return outcomes_of(result.ledger, timeline_of(scenario), SINCE_MONTH)


@pytest.fixture(scope="module")
def by_name() -> dict[str, list[Outcomes]]:
    """The pilot territory at full size under three scenarios, by seed."""
    scenarios = {name: load_scenario(name) for name in NAMES}
    (posts,) = scenarios["somme_plus14"].timeline
    scenarios[BOTH] = scenarios["somme_portfolios50"].with_changes(posts.changes, posts.day)
    return {
        name: [outcomes(pilot_alone(scenario, MONTHS), seed) for seed in SEEDS]
        for name, scenario in scenarios.items()
    }


def of_each_seed(found: list[Outcomes], outcome: str) -> NDArray[np.float64]:
    return np.array([one.one(outcome, PILOT) for one in found])


@pytest.mark.slow
def test_small_portfolios_lengthen_the_wait_and_posts_shorten_it(
    by_name: dict[str, list[Outcomes]],
) -> None:
    """Under every seed. At most 180 days count, still waiting included."""
    wait = {
        name: of_each_seed(found, "wait_for_caseworker_days_mean")
        for name, found in by_name.items()
    }
    for name, days in wait.items():
        print(f"{name}: {np.round(days, 1)} days")
    assert np.all(wait["somme_portfolios50"] > wait["somme_reference"])
    # The reference hardly waits: there posts can only leave it as short, to the hour.
    assert np.all(wait["somme_plus14"] < wait["somme_reference"] + 1.0 / 24.0)
    # 23 posts of 50 places are still fewer places than persons.
    assert np.all(wait[BOTH] < 0.75 * wait["somme_portfolios50"])


@pytest.mark.slow
def test_more_people_wait_when_portfolios_are_small(by_name: dict[str, list[Outcomes]]) -> None:
    waiting = {
        name: of_each_seed(found, "waiting_for_caseworker") for name, found in by_name.items()
    }
    assert np.all(waiting["somme_portfolios50"] > waiting["somme_reference"])
    assert np.all(waiting[BOTH] < waiting["somme_portfolios50"])


def test_small_portfolios_without_posts_support_fewer(by_name: dict[str, list[Outcomes]]) -> None:
    fewer = of_each_seed(by_name["somme_portfolios50"], "supported")
    assert np.all(fewer < 0.8 * of_each_seed(by_name["somme_reference"], "supported"))


LAST_DAY = date(2023, 7, 10)


@pytest.fixture(scope="module")
def emptied() -> RunResult:
    """The offices of the pilot territory are emptied in the middle of a run."""
    scenario = pilot_alone(load_scenario("somme_plus14"), 12)
    staff = f"territories.{PILOT}.staff"
    nobody = {
        f"{staff}.{role}.{kind}": 0.0
        for role in scenario.base.labels("roles")
        for kind in ("fte", "additional_fte")
    }
    plan = run_plan_of(scenario.with_changes(nobody, LAST_DAY))
    return run_plan(plan, SEEDS[0], is_logging=True)


def test_without_staff_nobody_is_received_supported_or_contacted(emptied: RunResult) -> None:
    assert emptied.log is not None
    frame = emptied.log.frame()
    kinds = [*CONTACTS, Record.ORIENTED, Record.INTAKE_NO_SHOW, Record.SUPPORT_STARTED]
    found = frame[frame["kind"].isin(kinds) & (frame["territory"] == PILOT_ROW)]
    after = found["day"] >= day_number(LAST_DAY)
    assert set(found.loc[~after, "kind"]) == set(kinds)
    assert not after.any()


def test_without_staff_everyone_waits_again(emptied: RunResult) -> None:
    stocks = emptied.ledger.stocks[:, :, PILOT_ROW].sum(axis=-1)
    assert stocks[Stock.SUPPORTED, 6] > 500
    assert not stocks[[Stock.SUPPORTED, Stock.IN_JOB_FOLLOW_UP], 7:].any()
    assert stocks[Stock.WAITING_FOR_CASEWORKER, 7] > 500


def test_without_staff_no_minutes_are_on_offer(emptied: RunResult) -> None:
    minutes = emptied.ledger.flows[Record.STAFF_MINUTES_AVAILABLE, :, PILOT_ROW, ..., 1]
    assert minutes[:6].sum() > 0
    assert minutes[7:].sum() == 0


@dataclass(frozen=True)
class Logged:
    """A department at 8 % under the experiment, which has joint intake and follow-up in the job."""

    scenario: Scenario
    frame: pd.DataFrame


@pytest.fixture(scope="module")
def logged() -> Logged:
    scenario = load_scenario("somme_experiment").scaled(0.08).with_months(15)
    log = run_plan(run_plan_of(scenario), SEEDS[0], is_logging=True).log
    assert log is not None
    frame = log.frame()
    return Logged(scenario, frame.assign(day=frame["day"].astype(int)))


def minutes_of(frame: pd.DataFrame, kind: Record, by: list[str]) -> pd.Series:
    return frame[frame["kind"] == kind].groupby(by)["value"].sum()


@pytest.mark.slow
def test_minutes_used_never_exceed_those_available(logged: Logged) -> None:
    """On every day, in every territory, for every role."""
    by = ["day", "territory", "detail"]
    available = minutes_of(logged.frame, Record.STAFF_MINUTES_AVAILABLE, by)
    left = minutes_of(logged.frame, Record.STAFF_MINUTES_LEFT, by)
    assert available.index.equals(left.index)
    assert len(available) == 3 * 2 * logged.frame.loc[logged.frame["who"] < 0, "day"].nunique()
    assert (left >= 0).all()
    assert (left <= available).all()
    # Staff is short on some days and has time on others: neither bound is idle.
    assert ((available > 0) & (left < 10)).any()
    assert ((available > 0) & (left > available / 2)).any()


def test_minutes_used_are_those_of_contacts_case_work_and_intake(logged: Logged) -> None:
    """To the minute, on every day and in every territory."""
    by = ["day", "territory"]
    used = minutes_of(logged.frame, Record.STAFF_MINUTES_AVAILABLE, by)
    used -= minutes_of(logged.frame, Record.STAFF_MINUTES_LEFT, by)
    spent = intake_minutes(logged).reindex(used.index, fill_value=0)
    assert (spent > 0).sum() > 100
    for kind in (*CONTACTS, Record.CASE_WORK, Record.CONTACTS_LENGTHENED):
        spent += minutes_of(logged.frame, kind, by).reindex(used.index, fill_value=0)
    assert (used > 0).mean() > 0.5
    pd.testing.assert_series_equal(used, spent, check_names=False, check_dtype=False)


def intake_minutes(logged: Logged) -> pd.Series:
    """Minutes of staff spent in intake: fixed interviews, a share of them for a no-show."""
    territories = logged.scenario.base.labels("territories")
    seen = logged.frame[logged.frame["kind"].isin([Record.ORIENTED, Record.INTAKE_NO_SHOW])]
    name = Contact.APPOINTMENT.name.lower()

    def minutes(row: pd.Series) -> int:
        parameters = logged.scenario.parameters_on(date_of(row["day"]))
        intake = f"territories.{territories[row['territory']]}.intake"
        length = parameters.whole(f"{intake}.interview_minutes")
        if row["kind"] == Record.INTAKE_NO_SHOW:
            length = int(length * parameters.number(f"contact_types.{name}.missed_minutes_share"))
        return length * len(parameters.words(f"{intake}.attending_roles"))

    assert set(seen["kind"]) == {Record.ORIENTED, Record.INTAKE_NO_SHOW}
    return (
        seen.assign(minutes=seen.apply(minutes, axis=1))
        .groupby(["day", "territory"])["minutes"]
        .sum()
    )


def days_of(plan: RunPlan, seed: int) -> Iterator[tuple[NDArray[np.void], NDArray[np.void]]]:
    """The posts before and after the offices of each working day."""
    dates = Calendar.before(plan.start, plan.base)
    begins, ends = date_of(dates.warm_up), date_of(plan.end_day)
    calendar = OfficeCalendar(seed, begins, ends, plan.timeline(begins, ends))
    packed = pack(plan.base, plan.start, seed)
    shape = LedgerShape(
        plan.first_month,
        plan.months,
        packed.shape.territories,
        packed.shape.pathways,
        packed.shape.details,
    )
    walker = Walker(
        packed,
        starting_population(plan, seed),
        calendar.posts,
        empty_ledger(shape),
        is_logging=False,
        months_ahead=float(plan.months),
    )
    previous = dates.start - 1
    for day in calendar.days(plan.start):
        since = max(day.previous, previous)
        if day.parameters is not None:
            walker.adopt(pack(day.parameters, date_of(day.day), seed), since)
        # Lives first, as the day does, so that what remains is the work of the offices.
        walker.live_until(since, day.day)
        before = walker.world.posts.copy()
        walker.office_days([day], day.day)
        yield before, walker.world.posts.copy()
        previous = day.day


@pytest.mark.slow
@pytest.mark.parametrize("name", ["somme_plus14", "somme_portfolios50"])
def test_no_assignment_fills_a_team_beyond_its_places(name: str) -> None:
    """Caps fall and staff leaves: people in place may exceed a cap, a new assignment never does.

    The places are those of a team, with those of its vacancies.
    """
    restless = {"staffing.turnover_hazard": 0.1, "staffing.replacement_delay_days": 20}
    scenario = pilot_alone(load_scenario(name).with_variant(restless), 9)
    taken, above = 0, 0
    for before, after in days_of(run_plan_of(scenario), SEEDS[0]):
        teams = after["territory"] * len(Contact) + after["role"]
        earlier, load, places = (
            np.bincount(teams, weights=weights)
            for weights in (before["load"], after["load"], after["capacity"] + after["reserve"])
        )
        grew = load > earlier
        taken += int(grew.sum())
        above += int((load > places).sum())
        assert np.all(load[grew] <= places[grew])
        assert np.all(after["minutes"] >= 0)
        assert np.all(after["load"] >= 0)
    assert taken > 50
    assert above > 0 or name == "somme_plus14"


def capacity(parameters: Parameters) -> NDArray[np.int64]:
    """Places in portfolios by role on the first working day, in hundredths of a person."""
    begins = date(2023, 1, 1)
    office = OfficeCalendar(1, begins, date(2023, 2, 1), [(begins, parameters)])
    plan = next(iter(office.days(begins)))
    roles = [post.role for post in office.posts]
    return np.bincount(roles, weights=plan.capacity).astype(np.int64)


def test_a_scaled_department_keeps_its_caps() -> None:
    """A tenth of the staff has a tenth of the places, with portfolios of the same size."""
    whole = load_scenario("somme_reference").base
    tenth = load_scenario("somme_reference").scaled(0.1).base
    caps = [path for path in whole.paths() if path.endswith(".portfolio_cap")]
    assert len(caps) == 6
    assert [tenth.value(path) for path in caps] == [whole.value(path) for path in caps]
    # Each post rounds its capacity down to a hundredth of a person.
    assert capacity(tenth) == pytest.approx(capacity(whole) / 10, abs=20)
