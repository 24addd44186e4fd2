"""The readable walker proves something about the compiled one only if it shares no code of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READABLE = "sim.engine.objects.walker"
COMPILED = "sim.engine.columns"
LOADED = f"import sys, {READABLE}; print(*[name for name in sys.modules if name[:4] == 'sim.'])"


@pytest.mark.slow
def test_the_readable_walker_loads_nothing_of_the_compiled_one() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert READABLE in loaded
    assert not [name for name in loaded if name.startswith(COMPILED)]
