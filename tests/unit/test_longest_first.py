"""Long files of tests are begun first; the list of them names files that are there."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace

import longest_first as order
import pytest
from longest_first import OPTION, SECONDS, SHORTEST_SECONDS, Stopwatch, longest_first

ROOT = Path(__file__).resolve().parents[2]


def test_files_that_are_kept_are_there() -> None:
    with SECONDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all((ROOT / row["file"]).is_file() for row in rows)
    assert all(float(row["seconds"]) >= SHORTEST_SECONDS for row in rows)


def test_the_longest_begin_and_a_file_keeps_its_order() -> None:
    with SECONDS.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: float(row["seconds"]))
    names = ["tests/a_new_one.py", *(row["file"] for row in rows)]
    items = [SimpleNamespace(nodeid=f"{name}::{test}") for name in names for test in "ba"]
    ordered = [item.nodeid for item in longest_first(items)]  # type: ignore[arg-type]
    assert ordered[:2] == [f"{names[-1]}::b", f"{names[-1]}::a"]
    assert ordered[-2:] == [f"{names[0]}::b", f"{names[0]}::a"]


@pytest.mark.parametrize("words", [[OPTION, "tests/unit"], [OPTION, "-k", "a"], ["-x", OPTION]])
def test_what_some_tests_take_is_not_kept(words: list[str]) -> None:
    with pytest.raises(pytest.UsageError, match="alone"):
        Stopwatch(words)


def test_only_a_session_that_passed_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "seconds.csv"
    kept.write_text("before")
    monkeypatch.setattr(order, "SECONDS", kept)
    watch = Stopwatch([OPTION])
    for seconds in (1.0, 2.4):
        watch.pytest_runtest_logreport(
            SimpleNamespace(nodeid="tests/test_a.py::b", duration=seconds)  # type: ignore[arg-type]
        )
    for code in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED):
        watch.pytest_sessionfinish(code)
        assert kept.read_text() == "before"
    watch.pytest_sessionfinish(pytest.ExitCode.OK)
    assert kept.read_text() == "file,seconds\ntests/test_a.py,3\n"
