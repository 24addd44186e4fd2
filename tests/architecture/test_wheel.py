"""An installed wheel has the scenario files and finds them."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from sim.policy import shipped_scenarios

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sim.policy as policy
print(policy.scenario_folder())
print(*policy.shipped_scenarios())
print(policy.load_scenario("somme_experiment").name)
"""


def test_a_wheel_carries_the_scenarios(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    assert (installed / "sim" / "py.typed").is_file()
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    )
    folder, names, loaded = run.stdout.splitlines()
    assert Path(folder).resolve() == (installed / "sim" / "scenarios").resolve()
    assert tuple(names.split()) == shipped_scenarios()
    assert loaded == "somme_experiment"
