"""Long files of tests are begun first; the list of them names files that are there."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace

from longest_first import SECONDS, SHORTEST_SECONDS, longest_first

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
