"""A department as a Mesa model: the engine's own run, seen and stopped day by day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

from sim import (
    Beneficiary,
    Caseworker,
    DepartmentModel,
    Experiment,
    InputError,
    Office,
    Scenario,
    load_scenario,
    outcome_table,
    run_experiment,
)
from sim.engine.run import run_plan
from sim.experiments.experiment import run_plan_of

SHARE, MONTHS, SEED = 0.02, 5, 3


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Five months of the experiment, its date of change among them."""
    return load_scenario("somme_experiment").with_months(MONTHS).scaled(SHARE)


def lived(scenario: Scenario, **options: object) -> DepartmentModel:
    model = DepartmentModel(scenario, seed=SEED, **options)  # type: ignore[arg-type]
    while model.running:
        model.step()
    return model


@pytest.fixture(scope="module")
def seen(scenario: Scenario) -> DepartmentModel:
    """A model on its way, which tests only look at."""
    model = DepartmentModel(scenario, seed=SEED)
    model.run_until("2023-04-14")
    return model


@pytest.mark.parametrize(
    "last", [pd.Timestamp("2023-01-09"), datetime(2023, 1, 9, 18), date(2023, 1, 9), "2023-01-09"]
)
def test_a_model_runs_until_a_day_however_it_is_written(
    scenario: Scenario, last: date | str
) -> None:
    model = DepartmentModel(scenario, seed=SEED)
    model.run_until(last)
    assert model.today == date(2023, 1, 9)


@pytest.mark.parametrize("last", ["soon", 20230109, None])
def test_what_is_no_day_is_refused(seen: DepartmentModel, last: Any) -> None:
    with pytest.raises(ValueError, match=r"date|isoformat"):
        seen.run_until(last)


@pytest.mark.parametrize("seed", ["a", 1.5, True, -1])
def test_what_is_no_seed_is_refused(scenario: Scenario, seed: Any) -> None:
    with pytest.raises(InputError, match=r"seed: found .* a whole number from 0"):
        DepartmentModel(scenario, seed=seed)


def test_a_model_and_its_agents_have_a_text_of_one_line(seen: DepartmentModel) -> None:
    count = len(seen.beneficiaries)
    assert repr(seen) == (
        "DepartmentModel(somme_experiment, seed 3: 2023-04-14, until 2023-05-31, "
        f"{count:,} beneficiaries)"
    )
    person = next(one for one in seen.beneficiaries if one.adults == 2)
    assert repr(person) == (
        f"Beneficiary({person.unique_id}: RSA {person.benefit}, support {person.support})"
    )
    household = person.household
    assert repr(household) == (
        f"Household({household.household_id}: adults 2, RSA {household.benefit})"
    )


@pytest.mark.slow
def test_a_model_lives_the_days_of_a_plain_run(scenario: Scenario) -> None:
    plain = run_plan(run_plan_of(scenario), SEED, is_logging=True)
    model = lived(scenario, is_logging=True)
    assert model.log is not None
    assert plain.log is not None
    np.testing.assert_array_equal(model.log.rows, plain.log.rows)
    last = model.last_state()
    for table in ("households", "people", "agenda", "office"):
        assert getattr(last, table).tobytes() == getattr(plain.last, table).tobytes()


@pytest.mark.slow
def test_its_results_are_those_of_an_experiment(scenario: Scenario) -> None:
    asked = run_experiment(Experiment((scenario,), seed=SEED, replications=1), workers=1)
    model = lived(scenario)
    pd.testing.assert_frame_equal(
        outcome_table(model.results()), outcome_table(asked), check_exact=True
    )
    longer = scenario.with_months(9)
    (plain,) = run_experiment(Experiment((longer,), seed=SEED, replications=1)).replications
    found = lived(longer).outcomes()
    np.testing.assert_array_equal(found.whole, plain.outcomes[0].whole)
    assert found.one("stock_job_within_6m_share") > 0.0
    plan = DepartmentModel(run_plan_of(scenario), seed=SEED)
    while plan.running:
        plan.step()
    np.testing.assert_array_equal(plan.outcomes().values, model.outcomes().values)
    with pytest.raises(RuntimeError, match="outcomes"):
        plan.results()


def test_a_step_is_a_working_day(scenario: Scenario) -> None:
    model = DepartmentModel(scenario, seed=SEED)
    assert model.today == date(2022, 12, 31)
    model.step()
    assert (model.today, model.steps) == (date(2023, 1, 2), 1)
    model.run_until(date(2023, 1, 9))
    assert (model.today, model.steps) == (date(2023, 1, 9), 6)
    model.run_until("2023-01-15")
    assert model.today == date(2023, 1, 13)
    with pytest.raises(RuntimeError, match="whole run"):
        model.results()
    model.run_until("2030-01-01")
    assert (model.running, model.today) == (False, date(2023, 5, 31))
    with pytest.raises(RuntimeError, match="over"):
        model.step()
    with pytest.raises(RuntimeError, match="over"):
        model.beneficiaries[0].meet()


@pytest.mark.slow
def test_sets_read_from_columns_what_views_say(seen: DepartmentModel) -> None:
    people = seen.agents_by_type[Beneficiary]
    views = list(people)
    assert len(views) == len(people) > 500
    for name in seen.field_names:
        column = people.get(name)
        said = [getattr(view, name) for view in views]
        if column.dtype.kind == "M":
            said = [np.datetime64("NaT") if day is None else np.datetime64(day) for day in said]
            np.testing.assert_array_equal(column, np.array(said, dtype=column.dtype))
        else:
            assert column.tolist() == said, name


def test_mesas_own_calls_agree_with_python(seen: DepartmentModel) -> None:
    people = seen.agents_by_type[Beneficiary]
    waiting = people.select(lambda person: person.support == "waiting_orientation")
    assert len(waiting) > 3
    assert list(people.where(support="waiting_orientation")) == list(waiting)
    counts = people.groupby("support").count()
    assert counts["waiting_orientation"] == len(waiting)
    assert sum(counts.values()) == len(people)
    by_hand = people.groupby(lambda person: person.pathway).agg("frailty", np.mean)
    at_once = people.groupby("pathway").agg("frailty", np.mean)
    assert at_once == pytest.approx(by_hand)
    assert people.agg("adults", [min, max, sum]) == [1, 2, int(people.get("adults").sum())]
    few = people.select(at_most=5)
    assert few.get(["member", "job"]) == [[one.member, one.job] for one in few]
    assert sorted(few.shuffle().get("unique_id")) == sorted(one.unique_id for one in few)
    oldest = people.sort("birth", ascending=True)[0]
    assert oldest.birth == people.agg("birth", min).item()
    several = people.where(support=["supported", "waiting_orientation"], member=0)
    assert set(several.get("support")) == {"supported", "waiting_orientation"}
    assert set(several.get("member").tolist()) == {0}
    assert len(people.where(job=None)) == sum(person.job is None for person in people)
    assert len(people.where(contact_level=lambda level: level > 0.5)) > 0


def test_agents_are_those_of_a_department(seen: DepartmentModel) -> None:
    assert seen.agent_types == [Caseworker, Office, Beneficiary]
    assert len(seen.agents) == sum(len(kind) for kind in seen.agents_by_type.values())
    assert len(list(seen.agents)) == len({agent.unique_id for agent in seen.agents})
    person = seen.beneficiaries.where(support="supported")[0]
    worker = person.caseworker
    assert worker is not None
    assert person in worker.portfolio
    assert worker.territory == person.territory
    office = next(one for one in seen.offices if one.territory == person.territory)
    assert worker in office.caseworkers
    assert person in office.beneficiaries
    assert person in person.household.members
    assert person.household == next(iter(person.household.members)).household
    assert person.due["appointment"] is not None
    for one in seen.caseworkers:
        supported = 100 * len(one.portfolio.where(support="supported"))
        followed = 100 * len(one.portfolio.where(support="in_job_follow_up"))
        assert supported + min(followed, 1) <= one.load <= supported + followed


@pytest.mark.slow
def test_a_set_keeps_its_people_while_rows_move(scenario: Scenario) -> None:
    model = DepartmentModel(scenario.with_months(18), seed=SEED)
    model.step()
    kept = model.beneficiaries.where(member=0)
    identities, people, rows = kept.get("unique_id"), list(kept), kept.rows
    model.run_until("2024-06-10")
    model.last_state()  # drops the rows of those who left for good long ago
    here = {one.unique_id for one in model.beneficiaries}
    assert [one.unique_id for one in kept] == [who for who in identities if who in here]
    assert len(here & set(identities)) < len(identities)
    assert not np.array_equal(kept.rows, rows[: len(kept)])
    for person in people:
        if person.is_here:
            assert person.unique_id == person.household_id + person.member + 1
        else:
            assert person not in model.agents
            with pytest.raises(LookupError, match="left the department"):
                _ = person.pathway


def test_fields_are_read_only_and_say_how_they_change(seen: DepartmentModel) -> None:
    person = seen.beneficiaries[0]
    with pytest.raises(AttributeError, match=r"change\(frailty"):
        person.frailty = 2.0
    with pytest.raises(AttributeError, match="find_occupation"):
        person.job = "training"
    with pytest.raises(AttributeError, match="leave_rsa"):
        person.household.benefit = "out"
    with pytest.raises(AttributeError, match="read-only"):
        seen.caseworkers[0].minutes_left = 480
    with pytest.raises(AttributeError, match="with_changes"):
        seen.caseworkers[0].change(minutes_left=480)
    with pytest.raises(AttributeError, match="lift_barrier"):
        person.change(barriers=())
    with pytest.raises(AttributeError, match="no field"):
        person.change(mood=1)
    with pytest.raises(InputError, match="from 0 on"):
        person.change(frailty=float("nan"))
    with pytest.raises(InputError, match="did you mean"):
        person.change(education="bacc")
    with pytest.raises(InputError, match="did you mean support"):
        seen.beneficiaries.where(suport="supported")
    with pytest.raises(InputError, match="did you mean waiting"):
        seen.beneficiaries.where(support="waiting")
    with pytest.raises(TypeError, match="leave_rsa"):
        person.remove()
    person.nickname = "a user's own note"
    assert seen.beneficiaries[0].nickname == "a user's own note"


def test_what_cannot_be_run_is_refused(scenario: Scenario) -> None:
    with pytest.raises(InputError, match="seed"):
        DepartmentModel(scenario, seed=-1)
    with pytest.raises(InputError, match="share"):
        DepartmentModel(run_plan_of(scenario), share=0.5)
    with pytest.raises(InputError, match="months"):
        DepartmentModel(scenario, months=0)


def test_an_agent_of_a_user_lives_beside_the_others(scenario: Scenario) -> None:
    model = DepartmentModel(scenario, seed=SEED)
    club = mesa.Agent(model)
    assert club in model.agents
    assert model.agents_by_type[mesa.Agent][0] is club
    assert club.unique_id not in set(model.beneficiaries.get("unique_id"))
    club.remove()
    assert club not in model.agents
