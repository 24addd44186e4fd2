"""Plan files: what they become, and what is refused before anything runs."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pandas as pd
import pytest
import yaml

from sim.batch.chunks import MOST_TASKS, chunks_of, read_slice, slice_of
from sim.batch.cluster import crew_of, is_closed
from sim.batch.form import MOST_POINTS
from sim.batch.plan import BatchPlan
from sim.batch.reading import read_batch_plan, read_batch_plans, size_of
from sim.batch.schema import SCHEMA_FILE, plan_schema, schema_text
from sim.batch.task import task_of, tasks_of
from sim.errors import Fault, InputError
from sim.experiments.experiment import Experiment
from sim.parameters import known_departments
from sim.parameters.draws import Draws
from tests.small_batches import POSTS, document, plan_file, plan_of

PLANS = Path(__file__).resolve().parents[2] / "docs" / "plans"
DELAY = "staffing.recruitment_delay_days"


def faults_of(folder: Path, **changes: object) -> dict[str, Fault]:
    with pytest.raises(InputError) as refusal:
        plan_of(folder, **changes)
    return {fault.field: fault for fault in refusal.value.faults}


def two_draws() -> Draws:
    """Draws of one parameter that no scenario changes."""
    path = "job_finding.decline_after_30"
    return Draws("somme", (path,), np.array([[0.05], [0.2]]), "fit", {path: "assumption"})


def test_a_plan_multiplies_scenarios_settings_draws_and_seeds(tmp_path: Path) -> None:
    file = plan_file(tmp_path, draws=2)
    plan = read_batch_plan(file, lambda _: two_draws())
    assert str(size_of(plan)) == "2 scenarios × 4 settings × 2 draws × 3 seeds = 48 runs"
    tasks = list(tasks_of(plan))
    assert len(tasks) == plan.tasks == 24
    seen = {(task.setting, task.draw, task.seed) for task in tasks}
    assert len(seen) == 24
    assert {task.seed for task in tasks} == set(plan.experiment.seeds)
    assert len({task.identity for task in tasks}) == 24
    assert task_of(plan, 5).identity == tasks[5].identity
    assert tasks[3].values == (("posts", 100), ("delay", 45))


def test_a_factor_acts_on_every_scenario_of_two_with_one_name_too(tmp_path: Path) -> None:
    words = {"fr": "Un autre", "en": "Another"}
    other = {"schema_version": 1, "name": "somme_plus14", "extends": "somme_reference"}
    other |= {"title": words, "description": dict(words)}
    (tmp_path / "somme_plus14.yaml").write_text(yaml.safe_dump(other), encoding="utf-8")
    names = ["somme_plus14", "./somme_plus14.yaml", "somme_reference"]
    plan = plan_of(tmp_path, scenarios=names)
    assert plan.names == ("somme_plus14", "somme_plus14 (2)", "somme_reference")
    assert all(factor.scenarios == (0, 1, 2) for factor in plan.factors)


def test_seeds_are_those_of_an_experiment(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    assert plan.experiment.seeds == Experiment(plan.experiment.scenarios, 7, 3).seeds


def test_a_draw_and_a_factor_reach_the_scenario(tmp_path: Path) -> None:
    plan = read_batch_plan(plan_file(tmp_path, draws=2), lambda _: two_draws())
    drawn = plan.scenario(0, plan.settings[1], 1)
    assert drawn.base.number("job_finding.decline_after_30") == 0.2
    assert drawn.parameters_on(drawn.start).number(DELAY) == 45
    assert drawn.base.number(DELAY) != 45
    assert drawn.share == 0.01


def test_a_factor_that_always_holds_shapes_the_people(tmp_path: Path) -> None:
    factors = {"delay": {"path": DELAY, "values": [5, 50], "since": "always"}}
    plan = plan_of(tmp_path, factors=factors)
    bases = {plan.scenario(0, setting, None).base.fingerprint() for setting in plan.settings}
    assert len(bases) == 2


def test_a_factor_may_change_one_scenario_only(tmp_path: Path) -> None:
    factors = {"delay": {"path": DELAY, "values": [5], "scenarios": ["somme_plus14"]}}
    plan = plan_of(tmp_path, factors=factors)
    found = [plan.scenario(position, plan.settings[0], None) for position in (0, 1)]
    values = [scenario.parameters_on(scenario.start).number(DELAY) for scenario in found]
    assert values[1] == 5
    assert values[0] != 5


UNDONE = "additional_fte[coquelicot, social_worker]"
"""What `somme_plus14` sets itself, on 1 April 2023."""


@pytest.mark.parametrize(
    ("since", "found"),
    [({}, "2023-01-01"), ({"since": "2023-03-31"}, "2023-03-31"), ({"since": "always"}, "always")],
)
def test_a_factor_that_a_scenario_sets_again_later_is_refused(
    tmp_path: Path, since: dict[str, object], found: str
) -> None:
    factors = {"posts": {"path": UNDONE, "values": [0, 30], **since}}
    fault = faults_of(tmp_path, months=6, factors=factors)["factors.posts.since"]
    assert fault.found == f"{found}, before somme_plus14 sets it"
    assert "since: 2023-04-01" in fault.accepted
    assert "without somme_plus14" in fault.accepted
    ranged = {"posts": {"path": UNDONE, "range": {"low": 0, "high": 30}, **since}}
    sample = {"method": "sobol", "size": 2}
    again = faults_of(tmp_path, months=6, factors=ranged, sample=sample)
    assert again["factors.posts.since"] == fault


@pytest.mark.parametrize(
    "changes",
    [{"since": "2023-04-01"}, {"scenarios": ["somme_reference"]}],
)
def test_a_factor_that_has_the_last_word_is_run(tmp_path: Path, changes: dict[str, object]) -> None:
    factors = {"posts": {"path": UNDONE, "values": [0, 30], **changes}}
    plan = plan_of(tmp_path, months=6, factors=factors)
    for position in plan.factors[0].scenarios:
        scenario = plan.scenario(position, plan.settings[1], None)
        last = scenario.parameters_on(scenario.days_of_change[-1])
        posts = last.number("territories.coquelicot.staff.social_worker.additional_fte")
        assert posts == pytest.approx(30 * scenario.share)


def test_a_change_after_the_run_undoes_nothing(tmp_path: Path) -> None:
    factors = {"posts": {"path": UNDONE, "values": [0, 30]}}
    assert plan_of(tmp_path, months=3, factors=factors).tasks > 0


@pytest.mark.slow
@pytest.mark.parametrize("method", ["latin_hypercube", "sobol"])
def test_a_sample_fills_its_range_evenly_and_repeats(tmp_path: Path, method: str) -> None:
    size = 16
    factors = {
        "posts": {"path": POSTS, "range": {"low": 0, "high": 32}},
        "delay": {"path": DELAY, "range": {"low": 0, "high": 160}},
    }
    changes = {"factors": factors, "sample": {"method": method, "size": size}}
    plan, same = plan_of(tmp_path, **changes), plan_of(tmp_path, **changes)
    assert plan.settings == same.settings
    assert plan.identity == same.identity
    for name, width in (("posts", 2.0), ("delay", 10.0)):
        values = np.array([float(str(setting[name])) for setting in plan.settings])
        # One point in each sixteenth of the range; whole days may fall on its end.
        cells = np.minimum(np.floor(values / width), size - 1)
        assert len(set(cells)) >= (size if name == "posts" else size - 4)
    assert all(float(str(s["delay"])).is_integer() for s in plan.settings)
    other = plan_of(tmp_path, factors=factors, sample={"method": method, "size": size, "seed": 2})
    assert other.settings != plan.settings
    assert other.identity != plan.identity


def test_what_the_results_depend_on_is_in_the_identity(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    others: list[BatchPlan] = [
        plan_of(tmp_path, seeds={"n": 4, "first": 7}),
        plan_of(tmp_path, seeds={"n": 3, "first": 8}),
        plan_of(tmp_path, share=0.02),
        plan_of(tmp_path, paired=False),
        plan_of(tmp_path, keep={"detail": "whole"}),
        plan_of(tmp_path, months=5),
        replace(plan, draws=two_draws(), draw_count=1),
    ]
    assert len({one.identity for one in [plan, *others]}) == len(others) + 1
    assert plan_of(tmp_path / "elsewhere", title="the same").identity == plan.identity


@pytest.mark.parametrize(
    ("address", "is_good"),
    [
        ("tcp://127.0.0.1:8786", True), ("localhost:8786", True), ("tcp://[::1]:8786", True),
        ("tls://node12:8786", True), ("tcp://node12:8786", False), ("node12:8786", False),
        ("tcp://10.0.0.7:8786", False), ("tcp://127.0.0.1.example.org:1", False), ("", False),
        ("tcp://localhost@node12:8786", False), ("ucx://node12:8786", False), ("tcp://[", False),
    ],
)  # fmt: skip
def test_a_scheduler_elsewhere_is_reached_by_tls(address: str, is_good: bool) -> None:
    assert is_closed(address) == is_good
    if not is_good:
        with pytest.raises(InputError, match="--open-scheduler"):
            crew_of(address)
    assert crew_of(address, is_open_allowed=True)


def test_tls_without_certificates_is_a_fault(tmp_path: Path) -> None:
    make_crew = crew_of("tls://127.0.0.1:1")
    crew = make_crew(plan_of(tmp_path), threading.Event(), lambda: None)
    with pytest.raises(InputError, match="CA_FILE"):
        crew.prepare()


def test_bad_plans_are_refused_with_all_their_faults(tmp_path: Path) -> None:
    found = faults_of(
        tmp_path,
        factors={
            "posts": {"path": "additional_ft[coquelicot]", "values": []},
            "open": {"path": "additional_fte[coquelicot]", "values": [1]},
            "delay": {"path": DELAY, "range": {"low": 90, "high": 0}},
            "both": {"path": DELAY, "values": [1], "range": {"low": 0, "high": 9}},
            "late": {"path": DELAY, "values": [1], "since": "2031-01-01"},
            "value": {"path": DELAY, "values": [1]},
        },
        keep={"outcomes": ["caseload_household"]},
        draws=1000,
    )
    assert "additional_fte" in found["factors.posts.path"].accepted
    assert found["factors.posts.values"].found == "an empty list"
    assert "social_worker" in found["factors.open.path"].accepted
    assert "low 90 and high 0" in found["factors.delay.range"].found
    assert "both values and range" in found["factors.both"].found
    assert "factors.late.since" in found
    assert "factors.value" in found
    assert found["sample"].found == "nothing"
    assert "caseload_households" in found["keep.outcomes[0]"].accepted
    assert "draws" in found


def test_unknown_scenarios_and_keys_are_refused(tmp_path: Path) -> None:
    assert (
        "somme_reference"
        in faults_of(tmp_path, scenarios=["somme_referenc"])["scenarios[0]"].accepted
    )
    assert "perhaps months" in faults_of(tmp_path, monts=3)["monts"].accepted
    assert "seeds.n" in faults_of(tmp_path, seeds={"n": 0})
    mixed = faults_of(tmp_path, scenarios=["somme_reference", "doubs_reference"])
    assert "territories" in mixed


def test_values_that_a_parameter_refuses_are_refused(tmp_path: Path) -> None:
    found = faults_of(
        tmp_path,
        factors={
            "posts": {"path": POSTS, "values": [1, -3]},
            "delay": {"path": DELAY, "range": {"low": 0, "high": 9000}},
        },
        sample={"method": "sobol", "size": 4},
    )
    assert found["factors.posts.values[1]"].found == "-3"
    assert set(found) == {"factors.posts.values[1]", "factors.delay.range.high"}


POINTED = {
    "posts": {"path": POSTS},
    "delay": {"path": DELAY},
    "grid": {"path": "effects.displacement_share", "values": [0.0, 0.2]},
}


def pointed(folder: Path, content: str, **changes: object) -> BatchPlan:
    folder.mkdir(exist_ok=True)
    (folder / "points.csv").write_text(content, encoding="utf-8")
    return plan_of(folder, **{"factors": POINTED, "points": "points.csv", **changes})


def test_own_points_are_run_as_they_stand_and_combined_with_a_grid(tmp_path: Path) -> None:
    plan = pointed(tmp_path, "posts,delay\n3,45\n4.5,90\n")
    assert [(one["grid"], one["posts"], one["delay"]) for one in plan.settings] == [
        (0.0, 3.0, 45), (0.0, 4.5, 90), (0.2, 3.0, 45), (0.2, 4.5, 90),
    ]  # fmt: skip
    assert size_of(plan).settings == 4
    french = pointed(tmp_path, "\ufeffdelay;posts\r\n45;3\r\n90;4,5\r\n")
    frame = pd.DataFrame({"posts": [3, 4.5], "delay": [45.0, 90.0]})
    frame.to_parquet(tmp_path / "points.parquet")
    table = plan_of(tmp_path, factors=POINTED, points=str(tmp_path / "points.parquet"))
    assert plan.settings == french.settings == table.settings
    assert plan.identity == french.identity == table.identity
    assert list(plan.inputs) == ["points/points.csv"]


def test_numbers_of_rows_are_no_factor(tmp_path: Path) -> None:
    plan = pointed(tmp_path, "posts,delay\n3,45\n4.5,90\n")
    frame = pd.DataFrame({"posts": [3, 4.5], "delay": [45, 90]})
    of_pandas = pointed(tmp_path, frame.to_csv())
    of_r = pointed(tmp_path, '"","posts","delay"\n"1",3,45\n"2",4.5,90\n')
    frame.index = pd.Index([7, 5])
    frame.to_parquet(tmp_path / "points.parquet")
    table = plan_of(tmp_path, factors=POINTED, points="points.parquet")
    assert plan.settings == of_pandas.settings == of_r.settings == table.settings
    assert plan.identity == of_pandas.identity == of_r.identity == table.identity
    for column in ((0, 2), (7, 8), ("a", "b"), (1, "")):
        with pytest.raises(InputError) as refusal:
            pointed(tmp_path, f",posts,delay\n{column[0]},3,45\n{column[1]},4.5,90\n")
        assert {one.field: one.found for one in refusal.value.faults} == {"column 1": "no name"}
    with pytest.raises(InputError, match="the point of line 2 again"):
        pointed(tmp_path, ",posts,delay\n0,3,45\n1,3,45\n")


def test_faults_of_own_points_are_told_at_once_with_their_place(tmp_path: Path) -> None:
    def found(content: str) -> dict[str, str]:
        with pytest.raises(InputError) as refusal:
            pointed(tmp_path, content)
        assert all(one.file.endswith("points.csv") for one in refusal.value.faults)
        return {one.field: one.found for one in refusal.value.faults}

    assert found("post,delay,grid\n1,2,0\n") == {
        "post": "a column that is no factor of the plan",
        "grid": "a column of a factor that has values or a range in the plan",
        "posts": "no such column",
    }
    assert found("posts,delay\n-1,45\n,9000\nmany,4.5\n-1,45\n") == {
        "line 2, posts": "-1",
        "line 3, posts": "nothing",
        "line 3, delay": "9000",
        "line 4, posts": "the text 'many'",
        "line 4, delay": "4.5",
        "line 5, posts": "-1",
        "line 5": "the point of line 2 again",
    }
    assert found("posts,delay,posts\n1,2\n") == {"posts": "a column twice", "line 2": "2 cells"}
    assert found("") == {"": "an empty file"}
    assert found("posts,delay\n") == {"": "a head without a row"}
    apart = found("posts,delay\n-1,45\n" + "\n" * MOST_POINTS + "-2,45\n")
    assert apart == {"line 2, posts": "-1", f"line {MOST_POINTS + 3}, posts": "-2"}
    assert found(f"posts,delay\n{'9' * 5000},45\n") == {"line 2, posts": "a number too large"}
    assert "quotation mark" in found('posts,delay\n"1,2\n')[""]
    assert "131,072 characters" in found(f"posts,delay\n{'x' * 140_000},2\n")[""]
    (missing,) = faults_of(tmp_path, factors=POINTED, points="nowhere.csv").values()
    assert missing.found == "no such file"
    (tmp_path / "torn.parquet").write_bytes(b"PAR1")
    (torn,) = faults_of(tmp_path, factors=POINTED, points="torn.parquet").values()
    assert torn.found == "no readable table"
    (folder,) = faults_of(tmp_path, factors=POINTED, points=".").values()
    assert folder.found == "no file to read"


def test_a_mistaken_size_is_refused_with_its_time(tmp_path: Path) -> None:
    factors = {
        "posts": {"path": POSTS, "values": list(range(50))},
        "delay": {"path": DELAY, "range": {"low": 0, "high": 90}},
    }
    found = faults_of(
        tmp_path, factors=factors, sample={"method": "sobol", "size": 1000}, seeds={"n": 10_000}
    )
    text = found[""].found
    assert "2 scenarios × 50,000 settings × 10,000 seeds = 1,000,000,000 runs" in text
    assert "about" in text
    assert "workers" in text or "worker" in text
    huge = {**factors, "posts": {"path": POSTS, "values": list(range(5000))}}
    found = faults_of(tmp_path, factors=huge, sample={"method": "sobol", "size": 50_000})
    assert found["factors"].found == "250,000,000 settings"


def test_draws_that_are_not_there_are_refused(tmp_path: Path) -> None:
    file = plan_file(tmp_path, draws=3)
    with pytest.raises(InputError, match="no posterior draws"):
        read_batch_plan(file, lambda _: None)
    with pytest.raises(InputError, match="from 0 to 2"):
        read_batch_plan(file, lambda _: two_draws())


def test_chunks_cover_every_task_once_whatever_the_slices(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, seeds={"n": 300, "first": 1})
    chunks = chunks_of(plan)
    covered = [number for chunk in chunks for number in range(chunk.first, chunk.stop)]
    assert covered == list(range(plan.tasks))
    assert max(map(len, chunks)) <= MOST_TASKS
    # Settings of one seed stay together, as they share their people.
    assert all(chunk.first % len(plan.settings) == 0 for chunk in chunks)
    parts = [slice_of(chunks, number, 4) for number in (1, 2, 3, 4)]
    assert sorted(chunk.name for part in parts for chunk in part) == [c.name for c in chunks]


@pytest.mark.parametrize("text", ["0/4", "5/4", "4", "a/b", "1/0", "-1/4"])
def test_slices_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="2/4"):
        read_slice(text)


def test_the_schema_accepts_the_plans_and_is_the_one_of_the_form(tmp_path: Path) -> None:
    assert (PLANS / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text()
    jsonschema.validate(document(), plan_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document(monts=3), plan_schema())
    for file in sorted(PLANS.glob("*.yaml")):
        content = json.loads(json.dumps(yaml.safe_load(file.read_text()), default=str))
        jsonschema.validate(content, plan_schema())
        assert all(plan.tasks > 0 for plan in read_batch_plans(file))


def family(tmp_path: Path, **values: object) -> Path:
    content = document(**values)
    del content["scenarios"]
    content.pop("factors", None)
    content.pop("sample", None)
    file = tmp_path / "family.yaml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return file


def test_a_plan_over_departments_has_an_experiment_for_each(tmp_path: Path) -> None:
    plans = read_batch_plans(family(tmp_path, departments=["29", "Somme", "finistere"]))
    assert [plan.names for plan in plans] == [("finistere_today",), ("somme_today",)]
    assert len({plan.label for plan in plans}) == 2
    every = read_batch_plans(PLANS / "france.yaml")
    assert len(every) == len(known_departments())


def test_faults_of_departments_name_their_place(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_batch_plans(family(tmp_path, departments=["29", "nowhere", "976"]))
    assert [fault.field for fault in caught.value.faults] == ["departments[1]", "departments[2]"]
    with pytest.raises(InputError, match="one experiment"):
        read_batch_plan(family(tmp_path, departments=["29", "30"]))
