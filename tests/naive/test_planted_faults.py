"""Faults planted in the engine are found by the naive replay, each by name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from faults import FAULTS

pytestmark = pytest.mark.slow

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
SOUND = [name for name, fault in FAULTS.items() if fault.plant is None]
FAULTY = [name for name, fault in FAULTS.items() if fault.plant is not None]


def found_with(name: str) -> dict[str, Any]:
    """What the replay says of an engine with one fault in it, not compiled."""
    environment = {**os.environ, "CASELOAD_JIT": "0", "PYTHONPATH": str(SOURCE)}
    answer = subprocess.run(
        [sys.executable, str(HERE / "faults.py"), name],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr[-2000:]
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


@pytest.mark.parametrize("name", SOUND)
def test_the_sound_engine_is_found_sound(name: str) -> None:
    found = found_with(name)
    assert found["differences"] == []
    assert found["events"] > 500


@pytest.mark.parametrize("name", FAULTY)
def test_a_planted_fault_is_found(name: str) -> None:
    found = found_with(name)
    assert found["differences"]
