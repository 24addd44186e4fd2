"""What is installed is what was looked at: the lock names every package by version and digest."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"([a-z0-9][a-z0-9.-]*)==\S+( ; .+)?")
DIGEST = re.compile(r"--hash=sha256:[0-9a-f]{64}")


WHOLE, OF_A_RUN = "requirements.lock", "requirements-run.lock"


def requirements_of(lock: str) -> list[str]:
    """One logical line for each package, without comments."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return [" ".join(line.split()) for line in "\n".join(lines).replace("\\\n", " ").splitlines()]


def names_of(requirements: list[str]) -> set[str]:
    return {requirement.partition("==")[0] for requirement in requirements}


@pytest.mark.parametrize("lock", [WHOLE, OF_A_RUN])
def test_every_package_of_a_lock_has_a_version_and_digests(lock: str) -> None:
    requirements = requirements_of(lock)
    assert len(requirements) > 30
    for requirement in requirements:
        name, *digests = re.split(r" (?=--hash=)", requirement)
        assert PINNED.fullmatch(name), requirement
        assert digests, requirement
        assert all(DIGEST.fullmatch(digest) for digest in digests), requirement


def asked_for(*extras: str) -> set[str]:
    """Names of the packages that the project and some of its extras ask for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    asked = [*project["dependencies"]]
    for extra in extras or optional:
        asked += optional[extra]
    return {re.split(r"[<>=!~ ;\[]", line)[0].lower().replace("_", "-") for line in asked}


def test_the_lock_holds_every_package_that_is_asked_for() -> None:
    assert asked_for() <= names_of(requirements_of(WHOLE))


def test_a_run_needs_a_part_of_the_lock_in_the_same_versions() -> None:
    part = requirements_of(OF_A_RUN)
    assert set(part) <= set(requirements_of(WHOLE))
    assert asked_for("build") <= names_of(part)
    assert not {"mypy", "playwright", "streamlit", "pytest"} & names_of(part)
