"""The Python of the guide for researchers runs; the files of the newcomer's hour are accepted."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sim

ROOT = Path(__file__).resolve().parents[2]
PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"^```yaml (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What Python says in a folder that is not the checkout's."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_guide_for_researchers_runs(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "guide_researchers.md").read_text(encoding="utf-8")
    blocks = PYTHON.findall(page)
    assert len(blocks) > 5
    done = python(tmp_path, "-c", "\n".join(blocks))
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("on RSA after 180 days") == 2
    assert done.stdout.splitlines()[-1] == "True", "the kept outcomes are those of the table"
    replayed = python(tmp_path, "-m", "ui.cli", "replay", "replayable")
    assert replayed.returncode == 0, replayed.stdout


def test_the_files_of_the_first_hour_are_accepted(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "first_hour.md").read_text(encoding="utf-8")
    for name, text in NAMED.findall(page):
        (tmp_path / name).write_text(text, encoding="utf-8")
    departments = ROOT / "sim" / "parameters" / "departments"
    shutil.copy(departments / "deux_sevres.yaml", tmp_path / "my_department.yaml")
    scenario = sim.load_scenario(str(tmp_path / "my_scenario.yaml"))
    assert [change.label for change in scenario.timeline] == ["six social workers"]
    mine = sim.load_scenario(str(tmp_path / "my_department_today.yaml"))
    assert mine.base.label == "Deux-Sèvres"
    plan = sim.read_batch_plan(tmp_path / "my_plan.yaml")
    assert plan.runs == 24
