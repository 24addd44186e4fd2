"""What is installed is what was looked at: the lock names every package by version and digest."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"([a-z0-9][a-z0-9.-]*)==\S+( ; .+)?")
DIGEST = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@pytest.fixture(scope="module")
def requirements() -> list[str]:
    """One logical line for each package, without comments."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return [" ".join(line.split()) for line in "\n".join(lines).replace("\\\n", " ").splitlines()]


def test_every_package_of_the_lock_has_a_version_and_digests(requirements: list[str]) -> None:
    assert len(requirements) > 50
    for requirement in requirements:
        name, *digests = re.split(r" (?=--hash=)", requirement)
        assert PINNED.fullmatch(name), requirement
        assert digests, requirement
        assert all(DIGEST.fullmatch(digest) for digest in digests), requirement


def test_the_lock_holds_every_package_that_is_asked_for(requirements: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    asked = [*project["dependencies"], *(line for extra in extras for line in extra)]
    names = {re.split(r"[<>=!~ ;\[]", line)[0].lower().replace("_", "-") for line in asked}
    assert names <= {requirement.partition("==")[0] for requirement in requirements}
