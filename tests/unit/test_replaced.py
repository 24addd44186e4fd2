"""A function of the engine that is replaced from outside the package is never ignored."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.compiled import rule
from sim.engine import day, walker  # noqa: F401 (a run loads these rooms)
from sim.processes import behaviours, benefit, jobs, stayers
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
    refuse_replaced_functions(is_compiled=True)


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
        refuse_replaced_functions(is_compiled=True)
    refuse_replaced_functions(is_compiled=False)  # plain Python follows it


def test_what_a_clock_holds_is_refused_in_plain_python_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stayers, "class_leaving", three_times)
    for is_compiled in (True, False):
        with pytest.raises(ReplacedFunctionError, match="class_leaving") as refused:
            refuse_replaced_functions(is_compiled=is_compiled)
        assert "CASELOAD_JIT" not in str(refused.value)


OTHER_CLOCK = stayers.CLASS_CLOCK._replace(hazard=three_times)


@pytest.mark.parametrize(
    ("module", "name", "other"),
    [
        (stayers, "CLASS_CLOCK", OTHER_CLOCK),
        (behaviours, "ADULT_CLOCKS", (*behaviours.ADULT_CLOCKS, OTHER_CLOCK)),
        (behaviours, "ADULT_CLOCKS", behaviours.ADULT_CLOCKS[::-1]),
        (day, "ORDER_OF_THE_DAY", day.ORDER_OF_THE_DAY[::-1]),
    ],
    ids=["a clock", "one more clock", "clocks in another order", "stages in another order"],
)
def test_a_replaced_declaration_is_refused(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, other: object
) -> None:
    monkeypatch.setattr(module, name, other)
    for is_compiled in (True, False):
        with pytest.raises(ReplacedFunctionError, match=name):
            refuse_replaced_functions(is_compiled=is_compiled)


def test_what_a_replaced_function_gives_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    assert cache_root() == tmp_path
    monkeypatch.setattr(benefit, "long_exit_hazard", three_times)
    assert cache_root() is None


REPLACE = """
from datetime import date
from sim.engine.run import run_plan
from sim.engine.run_plan import RunPlan
from sim.parameters import load_department, scale_department
import sim.processes.job_finding

sim.processes.job_finding.job_finding_hazard = lambda *values: 0.0
run_plan(RunPlan("one", date(2023, 1, 1), 1, scale_department(load_department("somme"), 0.001)), 1)
"""


@pytest.mark.slow
def test_a_run_refuses_before_it_begins() -> None:
    told = subprocess.run(
        [sys.executable, "-c", REPLACE],
        cwd=ROOT,
        env={**os.environ, "CASELOAD_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert "ReplacedFunctionError: sim.processes.job_finding.job_finding_hazard" in told.stderr
