"""What is installed is what was looked at: the lock names every package by version and digest."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"([a-z0-9][a-z0-9.-]*)==\S+( ; .+)?")
DIGEST = re.compile(r"--hash=sha256:[0-9a-f]{64}")
WHOLE, OF_A_RUN = "requirements.lock", "requirements-run.lock"
OF_COMPILING, OF_THE_SITE = "requirements-compilation.lock", "requirements-site.lock"


def requirements_of(lock: str) -> list[str]:
    """One logical line for each package, without comments."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return [" ".join(line.split()) for line in "\n".join(lines).replace("\\\n", " ").splitlines()]


def names_of(requirements: list[str]) -> set[str]:
    return {requirement.partition("==")[0] for requirement in requirements}


@pytest.mark.parametrize(
    ("lock", "at_least"), [(WHOLE, 100), (OF_A_RUN, 40), (OF_COMPILING, 10), (OF_THE_SITE, 20)]
)
def test_every_package_of_a_lock_has_a_version_and_digests(lock: str, at_least: int) -> None:
    requirements = requirements_of(lock)
    assert len(requirements) >= at_least
    for requirement in requirements:
        name, *digests = re.split(r" (?=--hash=)", requirement)
        assert PINNED.fullmatch(name), requirement
        assert digests, requirement
        assert all(DIGEST.fullmatch(digest) for digest in digests), requirement


def declared() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names_in(asked: list[str]) -> set[str]:
    return {normal(re.split(r"[<>=!~ ;\[]", line)[0]) for line in asked}


def normal(name: str) -> str:
    return name.lower().replace("_", "-")


def asked_for(*extras: str) -> set[str]:
    """Names of the packages that the project and some of its extras ask for."""
    project = declared()["project"]
    optional = project["optional-dependencies"]
    asked = [*project["dependencies"]]
    for extra in extras or optional:
        asked += optional[extra]
    return names_in(asked)


def test_the_lock_holds_every_package_that_is_asked_for() -> None:
    assert asked_for() <= names_of(requirements_of(WHOLE))


def test_a_run_needs_a_part_of_the_lock_in_the_same_versions() -> None:
    part = requirements_of(OF_A_RUN)
    assert set(part) <= set(requirements_of(WHOLE))
    assert asked_for("build") <= names_of(part)
    assert not {"mypy", "playwright", "streamlit", "pytest"} & names_of(part)


def test_compiling_needs_a_part_of_what_a_run_needs_in_the_same_versions() -> None:
    part = requirements_of(OF_COMPILING)
    assert set(part) <= set(requirements_of(OF_A_RUN))
    asked = names_in(declared()["dependency-groups"]["compilation"])
    assert asked <= names_of(part)
    assert asked <= names_in(declared()["project"]["dependencies"])


WITHOUT_THE_REST = """
import sys

class Absent:
    absent = frozenset(sys.argv[1].split())

    def find_spec(self, name, path=None, target=None):
        if name in self.absent:
            raise ModuleNotFoundError(f"{name} is not there while the model is compiled", name=name)

sys.meta_path.insert(0, Absent())
from sim.engine.warm import warm_up
warm_up()
"""


def test_the_model_is_compiled_before_the_rest_of_what_a_run_needs_is_there() -> None:
    there = names_of(requirements_of(OF_COMPILING))
    absent = [
        module
        for module, owners in packages_distributions().items()
        if there.isdisjoint(map(normal, owners)) and not (ROOT / module).is_dir()
    ]
    assert {"pandas", "pydantic", "matplotlib"} <= set(absent)
    command = [sys.executable, "-c", WITHOUT_THE_REST, " ".join(absent)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
