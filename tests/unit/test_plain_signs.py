"""A terminal without accents and dashes gets the nearest signs, other programs the exact text."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from ui.cli.plain_signs import plainest

pytestmark = pytest.mark.slow

ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def caseload(*words: str) -> subprocess.CompletedProcess[str]:
    """The command on a terminal that has ASCII alone."""
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *words],
        env={**os.environ, **ASCII},
        capture_output=True,
        text=True,
        encoding="ascii",
        check=False,
    )


@pytest.mark.parametrize(
    ("sign", "plain"), [("é", "e"), ("–", "-"), ("€", "EUR"), ("\u202f", " "), ("報", "?")]
)
def test_a_sign_has_a_plain_one(sign: str, plain: str) -> None:
    assert plainest(sign) == plain


@pytest.mark.parametrize("words", [("departments",), ("scenarios",), ("--help",)])
def test_tables_are_written_in_plain_signs(words: tuple[str, ...]) -> None:
    done = caseload(*words)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_json_is_exact_all_the_same() -> None:
    done = caseload("departments", "--json")
    labels = [one["label"] for one in json.loads(done.stdout)["departments"]]
    assert "Bouches-du-Rhône" in labels


def test_a_fault_with_an_accent_is_told() -> None:
    done = caseload("check", "scénario.yaml")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
