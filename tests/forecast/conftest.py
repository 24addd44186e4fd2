"""A folder of data that is the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where `data update` keeps what it was given; nothing is there at first."""
    monkeypatch.setenv("CASELOAD_DATA", str(tmp_path / "data"))
