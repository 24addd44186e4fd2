"""Listings and questions to a store do not wait for what only runs need."""

from __future__ import annotations

import subprocess
import sys

import pytest

ENGINE = {"numba", "simpy", "holidays", "scipy", "pandas", "matplotlib"}
PROGRAM = """
import sys
from ui.cli.app import app
try:
    app({words!r})
except SystemExit:
    pass
print(*({heavy!r} & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "heavy"),
    [
        (["departments"], ENGINE),
        (["scenarios"], ENGINE),
        (["levers", "somme_reference"], ENGINE),
        (["query", "from totals", "--store", "nowhere"], ENGINE | {"pyarrow"}),
        (["run", "nowhere"], {"numba", "pandas", "duckdb", "scipy.stats"}),
        (["check", "somme_reference"], ENGINE | {"pyarrow", "duckdb"}),
    ],
)
def test_a_command_loads_what_it_needs_only(words: list[str], heavy: set[str]) -> None:
    program = PROGRAM.format(words=words, heavy=heavy)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr.splitlines()[-1] == "", done.stderr
