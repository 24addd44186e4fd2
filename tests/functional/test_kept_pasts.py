"""The days before scenarios part, kept on the disk: the same numbers, never a damaged past."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import kept_experiments
import numpy as np
import pytest
from kept_experiments import MONTHS, run, runs_made, same, scenario

from sim.engine.run import run_plan
from sim.experiments import jobs as jobs_module
from sim.experiments.experiment import Experiment, parting, run_plan_of
from sim.experiments.kept_runs import KeptRuns
from sim.parameters.draws import Draws
from sim.policy import Scenario
from sim.user_cache import PASTS, RUNS


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    return kept_experiments.experiment()


@pytest.mark.slow
def test_scenarios_begin_where_they_leave_their_reference(
    experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the disk where the reference was made before, from memory where it is made now."""
    assert parting([run_plan_of(one) for one in experiment.scenarios]) is not None
    plain = run_plan(run_plan_of(experiment.scenarios[1]), experiment.seeds[0])
    kept = KeptRuns(tmp_path)
    pasts: list[bool] = []

    def noted(plan, seed, **options):  # type: ignore[no-untyped-def]
        pasts.extend([options.get("past") is not None] * (plan.months == MONTHS))
        return run_plan(plan, seed, **options)

    monkeypatch.setattr(jobs_module, "run_plan", noted)
    for replications in (1, 2):
        pasts.clear()
        _, _, runs = run(Experiment(experiment.scenarios, 5, replications), kept)
        assert pasts == [False, True]
        found = next(one for one in runs if (one.position, one.replication) == (1, 0))
        assert found.books.ledger.equals_flows(plain.ledger)
        np.testing.assert_array_equal(found.books.ledger.stocks, plain.ledger.stocks)
    for file in (tmp_path / RUNS).glob("*.books"):
        file.unlink()
    made = runs_made(monkeypatch)
    again, _, _ = run(experiment, kept)
    assert len(made) == 4
    assert same(again, run(experiment, None)[0])


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["cut", "empty", "other", "bit", "page"])
def test_a_damaged_past_is_dropped_and_lived_again(
    experiment: Experiment, tmp_path: Path, damage: str
) -> None:
    kept = KeptRuns(tmp_path)
    alone = Experiment(experiment.scenarios, 5, 1)
    before, _, _ = run(alone, kept)
    (file,) = (tmp_path / PASTS).glob("*.past")
    content = file.read_bytes()
    middle = len(content) // 2
    damaged = {
        "cut": content[:-7],
        "empty": b"",
        "other": b"x" * 500,
        "bit": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
        "page": content[:middle] + bytes(4096) + content[middle + 4096 :],
    }
    file.write_bytes(damaged[damage])
    for books in (tmp_path / RUNS).glob("*.books"):
        books.unlink()
    after, _, _ = run(alone, kept)
    assert same(before, after)
    assert file.read_bytes() == content


def test_scenarios_part_on_the_first_date_that_tells_one_from_the_reference() -> None:
    reference = scenario()
    hazard = {"job_finding.base_hazard": 0.05}
    early, late = (reference.start.replace(month=month) for month in (3, 6))
    by_date = {day: reference.with_changes(hazard, day) for day in (early, late)}

    def parting_from(*others: Scenario) -> date | None:
        return parting([run_plan_of(one) for one in (reference, *others)])

    assert parting_from(by_date[late]) == late
    assert parting_from(by_date[late], by_date[early], reference) == early
    assert parting_from(by_date[late], reference.with_changes(hazard)) is None
    assert parting_from(by_date[late], reference.with_variant(hazard)) is None
    assert parting_from(reference) is None
    assert parting_from() is None


def test_the_name_of_a_past_follows_what_comes_before_it(tmp_path: Path) -> None:
    reference = scenario()
    plan, kept = run_plan_of(reference), KeptRuns(tmp_path)
    early, late = (reference.start.replace(month=month) for month in (3, 6))
    past = run_plan(plan, 5, stop_over=late).past
    assert past is not None
    kept.pasts.keep(plan, 5, late, past)
    hazard = {"job_finding.base_hazard": 0.05}
    changed = run_plan_of(reference.with_changes(hazard, late))
    for same_until_then in (plan, changed, run_plan_of(reference.with_months(MONTHS + 1))):
        assert kept.pasts.has(same_until_then, 5, late)
    others = [
        (plan, 6, late),
        (plan, 5, early),
        (run_plan_of(reference.with_changes(hazard, early)), 5, late),
        (run_plan_of(reference.with_variant(hazard)), 5, late),
    ]
    assert not any(kept.pasts.has(*one) for one in others)


def test_a_value_restated_in_the_tables_world_parts_scenarios_in_that_of_a_draw(
    tmp_path: Path,
) -> None:
    """The scenario restates a value that the draw has moved: there it leaves the reference."""
    reference = scenario()
    path = "job_finding.base_hazard"
    early, late = (reference.start.replace(month=month) for month in (3, 6))
    restated = reference.with_changes({path: reference.base.number(path)}, early)
    other = restated.with_changes({"job_finding.off_rsa_multiplier": 0.5}, late)
    moved = Draws("somme", (path,), np.array([[0.10]]), "made", {path: "assumption"})
    asked = Experiment((reference, other), 5, 1, moved)
    _, _, runs = run(asked, KeptRuns(tmp_path))
    (found,) = (one.books.ledger for one in runs if one.position == 1)
    alone = run_plan(run_plan_of(asked.scenarios_of(0)[1]), asked.seeds[0]).ledger
    assert found.equals_flows(alone)
    np.testing.assert_array_equal(found.stocks, alone.stocks)
