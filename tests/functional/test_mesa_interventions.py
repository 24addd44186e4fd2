"""What a Python function does to lives between two working days, and what it leaves alone."""

from __future__ import annotations

import math

import numpy as np
import pytest
import touched_lives
from numpy.typing import NDArray

from sim import DepartmentModel, InputError, Scenario, load_scenario
from sim.ledger import fold
from sim.units import DAYS_PER_MONTH
from sim.vocabulary import MEMBER_BITS, Record

SHARE, MONTHS, SEED = 0.05, 6, 4
TOUCHED = 1
"""Row of the territory whose people are touched."""
TIME, WHO, KIND, TERRITORY = range(4)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario("somme_reference").with_months(MONTHS).scaled(SHARE)


@pytest.fixture(scope="module")
def plain(scenario: Scenario) -> NDArray[np.int64]:
    """The log of the same lives without anybody between the days."""
    return rows_of(lived(DepartmentModel(scenario, seed=SEED, is_logging=True)))


@pytest.fixture(scope="module")
def touched(scenario: Scenario) -> DepartmentModel:
    """The same with people of one territory touched in every way every week."""
    model = DepartmentModel(scenario, seed=SEED, is_logging=True)
    territory = scenario.base.labels("territories")[TOUCHED]
    done = touched_lives.live(model, model.beneficiaries.where(territory=territory))
    assert len(done) > 10
    return model


def lived(model: DepartmentModel) -> DepartmentModel:
    while model.running:
        model.step()
    return model


def rows_of(model: DepartmentModel) -> NDArray[np.int64]:
    assert model.log is not None
    return model.log.rows


def households_of(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The household of each row, −1 for an office."""
    return rows[:, WHO] >> MEMBER_BITS


@pytest.mark.slow
def test_lives_that_nobody_touches_stay_the_same_bytes(
    plain: NDArray[np.int64], touched: DepartmentModel
) -> None:
    """Those of other territories: they share neither staff nor places with who is touched."""
    rows = rows_of(touched)
    met = np.concatenate(
        [households_of(log)[log[:, TERRITORY] == TOUCHED] for log in (plain, rows)]
    )
    alone = [log[~np.isin(households_of(log), met)] for log in (plain, rows)]
    assert len(alone[0]) > 5000
    assert alone[0].tobytes() == alone[1].tobytes()
    assert len(plain) != len(rows)


@pytest.mark.slow
def test_the_ledger_counts_what_the_log_tells(touched: DepartmentModel) -> None:
    assert touched.log is not None
    ledger = touched.department.ledger
    assert fold(touched.log, ledger.shape).equals_flows(ledger)


def test_a_change_holds_from_now_on(scenario: Scenario) -> None:
    model = DepartmentModel(scenario, seed=SEED)
    model.run_until("2023-01-31")
    person = model.beneficiaries.where(benefit="paid", job=None)[0]
    hazard = model.tables.raw("people", "job_hazard")
    person.change(frailty=0.5)
    before, left = hazard[person.row], clock_of(person)
    person.change(frailty=1.5)
    assert hazard[person.row] == pytest.approx(3.0 * before)
    assert clock_of(person) == left  # no time went by
    home = model.tables.raw("households", "settled")[person.household_row]
    assert home == model.department.day + 1
    person.meet()
    first = person.contact_level
    person.meet()
    assert person.contact_level > first > 0.0
    person.change(contact_level=0.25, is_stayer=True, sanction_stage=2)
    assert (person.contact_level, person.is_stayer) == (0.25, True)
    assert person.household.sanction_stage == 2
    assert person.contact_on is not None
    assert (person.contact_on - model.today).days == 1


def test_a_meeting_counts_as_one_of_an_office(scenario: Scenario) -> None:
    model = DepartmentModel(scenario, seed=SEED)
    model.run_until("2023-01-31")
    number = model.scenario.base.number if model.scenario else None
    assert number is not None
    half_life = number("effects.contact_half_life_days")
    boost = number("effects.early_contact_boost")
    early = number("effects.early_contact_half_life_days")
    assert boost > 0.0
    day = model.department.day
    factors = []
    for person in model.beneficiaries.where(benefit="paid")[:60]:
        person.change(contact_level=0.0)
        person.meet(2.0)
        days = day - int(model.tables.raw("households", "since")[person.household_row])
        factor = 1.0 + boost * min(person.frailty, 1.0) * 0.5 ** (days / early)
        level = 2.0 * factor * DAYS_PER_MONTH * math.log(2.0) / half_life
        assert person.contact_level == pytest.approx(level)
        factors.append(factor)
    assert max(factors) > 1.1 > min(factors)


def clock_of(person: object) -> float:
    view: object = person
    tables = view.model.tables  # type: ignore[attr-defined]
    return float(tables.raw("people", "clock")[view.row][0])  # type: ignore[attr-defined]


def test_methods_are_transitions_with_their_records(scenario: Scenario) -> None:
    model = DepartmentModel(scenario, seed=SEED, is_logging=True)
    model.run_until("2023-01-31")
    people = model.beneficiaries

    def told(act: object, *words: object) -> set[Record]:
        before = len(rows_of(model))
        act(*words)  # type: ignore[operator]
        return {Record(kind) for kind in rows_of(model)[before:, KIND].tolist()}

    person = people.where(support="waiting_orientation")[0]
    assert Record.ORIENTED in told(person.orient)
    assert person.support == "waiting_caseworker"
    assert person.pathway is not None
    with pytest.raises(ValueError, match="waiting_orientation"):
        person.orient()
    free = people.where(job=None, benefit="paid")
    finder = next(one for one in free if one.find_occupation())
    assert finder.job is not None
    assert finder.job_start == model.today
    assert {Record.CONTRACT_RUPTURE, Record.JOB_ENDED} <= told(finder.lose_contract)
    with pytest.raises(ValueError, match="no occupation"):
        finder.end_occupation()
    barrier = next(iter(finder.barriers), None) or "health"
    present = barrier in finder.barriers
    act = finder.lift_barrier if present else finder.gain_barrier
    assert told(act, barrier) & {Record.BARRIER_REMOVAL, Record.BARRIER_ONSET}
    assert (barrier in finder.barriers) is not present
    assert told(act, barrier) == set()
    assert Record.EXIT in told(finder.household.leave_rsa, "interruption")
    assert (finder.benefit, finder.exit_reason) == ("out", "interruption")
    with pytest.raises(ValueError, match="on RSA"):
        finder.household.leave_rsa()
    assert Record.REENTRY in told(finder.household.enter_rsa)
    with pytest.raises(InputError, match="did you mean"):
        finder.household.leave_rsa("interuption")
    assert Record.SANCTIONED in told(finder.be_sanctioned)
    mover = people.where(benefit="paid")[-1]
    members = list(mover.household.members)
    assert Record.EXIT in told(mover.household.leave_rsa, "pension")
    assert not any(one.is_here for one in members)
    assert mover not in people
    with pytest.raises(LookupError, match="left the department"):
        mover.meet()


def test_chance_of_a_user_is_the_persons_own(scenario: Scenario) -> None:
    one, two = (DepartmentModel(scenario, seed=SEED) for _ in range(2))
    two.run_until("2023-01-31")
    drawn = {person.unique_id: person.chance("job club") for person in one.beneficiaries}
    again = [(person.unique_id, person.chance("job club")) for person in two.beneficiaries]
    assert all(drawn[who] == value for who, value in again if who in drawn)
    values = np.array(list(drawn.values()))
    assert abs(values.mean() - 0.5) < 5.0 * (1.0 / 12.0 / len(values)) ** 0.5
    person = one.beneficiaries[0]
    assert (
        len({person.chance("job club", 1), person.chance("another"), drawn[person.unique_id]}) == 3
    )
