"""``verify`` finds the walkers identical on what is shipped, and names the first difference."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import sim.agents.contacts
from sim.engine.run import run_plan
from sim.engine.starting_population import build_population
from sim.engine.state import State
from sim.experiments.experiment import run_plan_of
from sim.experiments.verification import verify
from sim.policy import Scenario, load_scenario, shipped_scenarios

HOUSEHOLDS = 200
MONTHS = 15
"""Past April 2023 and March 2024, when the shipped scenarios change something."""
SHORT_PAST = {"history.years": 8, "history.warm_up_months": 4}
MARSEILLE_ALONE = {
    "department.stock_households": 2300,
    "territories.rest.staff.social_worker.fte": 0,
    "territories.rest.staff.partner_referent.fte": 0,
    "territories.rest.staff.job_counsellor.fte": 0,
}
"""The two arrondissements at full size, the rest of the department nearly empty."""
SEED = 20
SOURCE = Path(__file__).resolve().parents[2]
UNCOMPILED = """
import hashlib, sys
from pathlib import Path
from sim.engine.run import run_plan
from sim.engine.state import State
from sim.experiments.experiment import run_plan_of
from sim.compiled import JIT_ENABLED
from tests.agreement.test_verification import SEED, small_year
assert not JIT_ENABLED
start = State.from_bytes(Path(sys.argv[1]).read_bytes())
run = run_plan(run_plan_of(small_year()), SEED, is_logging=True, start=start)
print(len(run.log), hashlib.sha256(run.log.rows.tobytes()).hexdigest())
"""


def small(name: str) -> Scenario:
    scenario = load_scenario(name)
    share = HOUSEHOLDS / scenario.base.number("department.stock_households")
    return scenario.scaled(share).with_variant(SHORT_PAST).with_months(MONTHS)


def small_year() -> Scenario:
    scenario = load_scenario("somme_experiment").scaled(0.008).with_variant(SHORT_PAST)
    return scenario.with_months(12)


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped_scenarios())
def test_both_walkers_agree_on_every_shipped_scenario(name: str) -> None:
    found = verify(small(name), SEED)
    assert found.is_identical, found.difference
    assert found.records > 2_000


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "alone", "share", "months"),
    [
        ("doubs_scheme", {}, 0.03, 30),
        ("bouches_du_rhone_scheme", MARSEILLE_ALONE, 0.15, 15),
        ("meuse_2026_reference", {}, 0.06, 12),
    ],
)
def test_both_walkers_agree_past_the_last_date_of_a_scheme(
    name: str, alone: Mapping[str, object], share: float, months: int
) -> None:
    scenario = load_scenario(name).with_variant(alone).scaled(share).with_variant(SHORT_PAST)
    found = verify(scenario.with_months(months), SEED)
    assert found.is_identical, found.difference
    assert found.records > 5_000


@pytest.mark.slow
def test_an_altered_rule_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def never_absent(share: float, multiplier: float) -> float:
        return 0.0 * share * multiplier

    monkeypatch.setattr(sim.agents.contacts, "no_show_probability", never_absent)
    found = verify(small("somme_reference").with_months(3), SEED)
    assert not found.is_identical
    assert "contact_missed" in found.difference
    assert "contact_held" in found.difference


@pytest.mark.slow
def test_compiled_and_uncompiled_code_write_the_same_log(tmp_path: Path) -> None:
    plan = run_plan_of(small_year())
    start = build_population(plan, SEED)
    file = tmp_path / "start.state"
    file.write_bytes(start.to_bytes())
    assert len(State.from_bytes(file.read_bytes()).people) > 150
    compiled = run_plan(plan, SEED, is_logging=True, start=start)
    assert compiled.log is not None
    expected = f"{len(compiled.log)} {hashlib.sha256(compiled.log.rows.tobytes()).hexdigest()}"
    environment = {**os.environ, "CASELOAD_JIT": "0", "PYTHONPATH": str(SOURCE)}
    answer = subprocess.run(
        [sys.executable, "-c", UNCOMPILED, str(file)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert answer.stdout.strip() == expected


def test_the_number_of_threads_changes_nothing() -> None:
    plan = run_plan_of(small("somme_experiment").with_months(6))
    start = build_population(plan, SEED)

    def log_of(_: int) -> bytes:
        run = run_plan(plan, SEED, is_logging=True, start=start)
        assert run.log is not None
        return run.log.rows.tobytes()

    alone = log_of(0)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(log_of, range(2))) == [alone, alone]
