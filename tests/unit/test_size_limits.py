"""Sizes become an estimate before anything runs; what is too large is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from sim.experiments.cost import cost_of
from sim.experiments.experiment import Experiment
from sim.experiments.size import (
    Limits,
    TooLargeError,
    check_size,
    size_of_experiment,
    size_of_runs,
)
from sim.policy import Scenario, load_scenario
from ui.cli.app import app

POSTS = "territories.coquelicot.staff.social_worker.additional_fte"
ENDLESS = 1e30


def somme() -> Scenario:
    return load_scenario("somme_reference")


def scenario_file(folder: Path, **fields: object) -> Path:
    """A scenario file that extends the reference of the Somme."""
    document = {
        "schema_version": 1,
        "name": "large",
        "title": {"en": "T", "fr": "T"},
        "description": {"en": "D", "fr": "D"},
        "extends": "somme_reference",
        "reference": "somme_reference",
        **fields,
    }
    path = folder / "large.yaml"
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "changes",
    [
        {"department.stock_households": 60_000},
        {POSTS: 2_000},
        {"history.years": 60},
        {"history.warm_up_months": 60},
        {"territories.coquelicot.inflow_multiplier": 1.5},
    ],
)
def test_what_takes_more_is_estimated_to_take_more(changes: Mapping[str, object]) -> None:
    small, large = cost_of(somme()), cost_of(somme().with_variant(changes))
    assert large.people_seconds + large.run_seconds > small.people_seconds + small.run_seconds
    assert large.memory_bytes >= small.memory_bytes


def test_posts_of_a_dated_change_are_counted() -> None:
    assert cost_of(somme().with_changes({POSTS: 900})).run_seconds > cost_of(somme()).run_seconds


def test_a_log_takes_memory_and_more_months_take_more_of_it() -> None:
    month, year = (somme().with_months(months) for months in (1, 12))
    plain, logged, longer = (
        cost_of(month), cost_of(month, is_logging=True), cost_of(year, is_logging=True)
    )  # fmt: skip
    assert plain.memory_bytes < logged.memory_bytes < longer.memory_bytes


def test_replications_and_scenarios_multiply_time_and_keep_their_outcomes() -> None:
    one = size_of_experiment(Experiment((somme(),), replications=1), workers=1)
    many = size_of_experiment(Experiment((somme(),), replications=10_000), workers=1)
    assert many.seconds == pytest.approx(10_000 * one.seconds)
    kept = cost_of(somme()).kept_bytes
    assert many.memory_bytes - one.memory_bytes == pytest.approx(9_999 * kept)
    pair = size_of_runs([somme(), somme()], 1, workers=1)
    assert one.seconds < pair.seconds < 2 * one.seconds


@pytest.mark.parametrize(
    "limits",
    [Limits(1e-3, ENDLESS, ENDLESS), Limits(ENDLESS, 1e-3, ENDLESS), Limits(ENDLESS, ENDLESS, 1.0)],
)
def test_each_limit_refuses_and_the_message_gives_estimate_and_limit(limits: Limits) -> None:
    size = size_of_runs([somme()], 3)
    check_size(size, Limits(ENDLESS, ENDLESS, ENDLESS))
    with pytest.raises(TooLargeError) as refusal:
        check_size(size, limits, "--again")
    (fault,) = refusal.value.faults
    assert "1 scenario × 1 setting × 3 seeds = 3 runs" in fault.found
    assert "processor time" in fault.found
    assert "GB of memory" in fault.found
    assert fault.accepted.endswith("; --again runs it all the same")


@pytest.mark.slow
@pytest.mark.parametrize(
    "fields",
    [
        {"variant": {"department.stock_households": 10_000_000}},
        {"changes": [{"date": "2023-03-01", "label": "x", "set": {POSTS: 100_000}}]},
    ],
)
@pytest.mark.parametrize(
    "command",
    [["check"], ["run"], ["compare", "somme_reference"], ["trace"], ["verify", "--share", "1"],
     ["budget", "somme_reference"]],
)  # fmt: skip
def test_a_scenario_that_is_too_large_is_refused_before_anything_runs(
    tmp_path: Path, fields: Mapping[str, object], command: list[str]
) -> None:
    path = scenario_file(tmp_path, **fields)
    name, *rest = command
    words = [name, *rest, str(path)] if name in ("compare", "budget") else [name, str(path), *rest]
    ended = CliRunner().invoke(app, [*words, "--json"])
    assert ended.exit_code == 2
    (fault,) = json.loads(ended.stdout)["faults"]
    assert fault["field"] == "estimate"
    assert "--allow-large" in fault["accepted"]


def test_a_plan_that_is_too_large_is_refused_in_its_largest_setting(tmp_path: Path) -> None:
    plan = {
        "schema_version": 1,
        "name": "large",
        "scenarios": ["somme_reference"],
        "factors": {"posts": {"path": POSTS, "values": [0, 100_000]}},
        "seeds": {"n": 1},
    }
    path = tmp_path / "plan.yaml"
    path.write_text(yaml.safe_dump(plan), encoding="utf-8")
    ended = CliRunner().invoke(app, ["batch", str(path), "--check", "--json"])
    assert ended.exit_code == 2
    assert "estimate" in ended.stdout
    allowed = CliRunner().invoke(app, ["batch", str(path), "--check", "--json", "--allow-large"])
    assert allowed.exit_code == 0


@pytest.mark.slow
def test_what_was_allowed_on_purpose_is_checked_only_for_what_cannot_be(tmp_path: Path) -> None:
    posts = scenario_file(tmp_path, variant={POSTS: 100_000})
    assert CliRunner().invoke(app, ["check", str(posts), "--allow-large"]).exit_code == 0
    crowd = scenario_file(tmp_path, variant={"department.stock_households": 10_000_000})
    ended = CliRunner().invoke(app, ["check", str(crowd), "--allow-large", "--json"])
    assert ended.exit_code == 2
    assert "in one territory" in ended.stdout


def test_check_tells_what_one_run_costs() -> None:
    ended = CliRunner().invoke(app, ["check", "somme_reference", "--json"])
    said = json.loads(ended.stdout)
    assert 0.5 < said["estimated_cpu_seconds"] < 60
    assert 1e8 < said["estimated_memory_bytes"] < 4e9
