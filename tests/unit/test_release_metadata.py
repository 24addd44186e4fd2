"""The version has one home: what cites and archives the product follows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.release_metadata import FILES, RELEASE, project

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", FILES)
def test_metadata_are_those_of_the_project(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == FILES[name](), "run `make docs`"


def test_the_version_is_the_newest_of_the_changelog() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest, _ = RELEASE.findall(changes)[0]
    assert newest == project()["version"]
