"""A compiled function that is replaced from outside the package is never ignored."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import sim.engine.journey  # noqa: F401 (a run would load these rooms)
from sim.compiled import rule
from sim.processes import benefit, jobs
from sim.replaced import ReplacedFunctionError, refuse_replaced_functions, replaced_functions
from sim.user_cache import CACHE_VARIABLE, cache_root

ROOT = Path(__file__).resolve().parents[2]


def three_times(*values: float) -> float:
    return 3.0 * sum(values)


@rule
def long_exit_hazard(hazard: float) -> float:
    return 3.0 * hazard


def test_nothing_is_replaced_in_the_package_itself() -> None:
    assert replaced_functions() == ()
    refuse_replaced_functions()


@pytest.mark.parametrize(
    "replacement",
    [three_times, long_exit_hazard, jobs.rupture_hazard, object()],
    ids=["plain", "compiled", "another rule", "no function"],
)
def test_a_replaced_rule_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, replacement: object
) -> None:
    monkeypatch.setattr(benefit, "long_exit_hazard", replacement)
    assert replaced_functions() == ("sim.processes.benefit.long_exit_hazard",)
    with pytest.raises(ReplacedFunctionError, match=r"long_exit_hazard .*CASELOAD_JIT=0"):
        refuse_replaced_functions()


def test_what_a_replaced_function_gives_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    assert cache_root() == tmp_path
    monkeypatch.setattr(benefit, "long_exit_hazard", three_times)
    assert cache_root() is None


REPLACE = """
from datetime import date
from sim.engine.run_plan import RunPlan
from sim.engine.starting_population import build_population
from sim.engine.run import run_plan
from sim.parameters import load_department, scale_department
from sim.processes import job_finding
from sim.replaced import replaced_functions
import sim.processes.job_finding

sim.processes.job_finding.job_finding_hazard = lambda *values: 0.0
plan = RunPlan("one", date(2023, 1, 1), 1, scale_department(load_department("somme"), 0.001))
print(replaced_functions())
run_plan(plan, 1)
"""


@pytest.mark.slow
def test_a_run_refuses_before_it_begins() -> None:
    environment = {**os.environ, "CASELOAD_JIT": "1"}
    told = subprocess.run(
        [sys.executable, "-c", REPLACE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert "ReplacedFunctionError: sim.processes.job_finding.job_finding_hazard" in told.stderr
