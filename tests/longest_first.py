"""The order in which processes take up files of tests: the longest first.

A long file that is begun last leaves the other processes without work. What files took is kept in
`seconds.csv`, which `make test-order` writes again with every test; files that it does not name are
short and come after the others. Only a session of every test that passed writes it: the
option goes alone.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

SECONDS = Path(__file__).with_name("seconds.csv")
SHORTEST_SECONDS = 3.0
"""Files that took less are not kept."""
OPTION = "--write-seconds"


class Stopwatch:
    """Adds up what the tests of each file take, fixtures included, and keeps it when all pass.

    ``words`` are those of the command; raises `pytest.UsageError` when they may leave tests out.
    """

    def __init__(self, words: Sequence[str]) -> None:
        if list(words) != [OPTION]:
            raise pytest.UsageError(f"{OPTION} keeps what every test takes: it goes alone")
        self.seconds: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[_file(report.nodeid)] += report.duration

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        if exitstatus != pytest.ExitCode.OK:
            return
        with SECONDS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["file", "seconds"])
            for name, seconds in sorted(self.seconds.items()):
                if seconds >= SHORTEST_SECONDS:
                    writer.writerow([name, round(seconds)])


def longest_first(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The same tests, by file from the longest to the shortest; a file keeps its own order."""
    with SECONDS.open(encoding="utf-8", newline="") as file:
        seconds = {row["file"]: float(row["seconds"]) for row in csv.DictReader(file)}
    return sorted(items, key=lambda item: -seconds.get(_file(item.nodeid), 0.0))


def _file(nodeid: str) -> str:
    return nodeid.partition("::")[0]
