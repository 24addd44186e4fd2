"""What the pages print is run, for real and at full size: `make documented`, an hour or more.

Every command of `caseload` is run once, in the order of the pages, in a folder that has the files
that pages speak of. With ``--folder`` that folder stays, and the next call goes on after the
commands that ended well; ``--at-most`` stops what takes longer. The quick tests read the same
commands without running them.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.docs.printed_commands import PRINTED, ROOT, Printed

LAST_LINES = 12
DONE = "ended_well.txt"
"""The commands that ended well in a folder, one a line."""
NOT_RUN = {
    "app": "serves until it is stopped: `make e2e`",
    "tls://host:8786": "needs a cluster: tests/functional/test_batches.py",
    "workbook.xlsx": "needs the publisher's file: tests/forecast/test_drees_files.py",
    "variance": "needs a batch with draws: tests/statistical/test_variance.py",
    "sobol": "takes hours: tests/statistical/test_sensitivity.py",
    "host:8786": "needs a cluster: tests/functional/test_batches.py",
}
"""Words of commands that are not run here, and who runs them."""
PAGES_RUN = ("README.md", "docs/guide_fr.md", "docs/guide_researchers.md", "docs/budget.md",
           "docs/batches.md", "docs/searching.md")  # fmt: skip
"""Pages whose commands are run, in this order: a later one may need what an earlier one left."""
SCENARIO = """schema_version: 1
name: my_scenario
title: {en: Six posts more, fr: Six postes de plus}
description: {en: Six posts more., fr: Six postes de plus.}
extends: somme_reference
reference: somme_reference
changes:
  - date: 2023-04-01
    label: six social workers more
    set: {territories.coquelicot.staff.social_worker.additional_fte: 6}
"""


def furnished(folder: Path) -> None:
    """Lay the files that commands name."""
    shutil.copytree(ROOT / "docs" / "plans", folder / "docs" / "plans", dirs_exist_ok=True)
    plan = (ROOT / "docs" / "plans" / "posts_and_delays.yaml").read_text(encoding="utf-8")
    # A plan of one's own, with fewer seeds than the one that is run as it is.
    for there, mine in (("name: posts_and_delays", "name: posts"), ("{n: 12,", "{n: 2,")):
        assert there in plan
        plan = plan.replace(there, mine)
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    (folder / "my_scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    months = [f"{year}-{month:02d}" for year in range(2021, 2026) for month in range(1, 13)]
    stocks = [("80", month, 16_500 - 10 * n) for n, month in enumerate(months)]
    paid = [(month, 16_000, 8_700_000) for month in (f"2026-{n:02d}" for n in range(1, 10))]
    written(folder / "mine.csv", ("department", "month", "households"), stocks)
    written(folder / "paid.csv", ("month", "households", "allowance_eur"), paid)
    heads = ("date", "label", "amount", "unit")
    written(folder / "received.csv", heads, [("2026-06-30", "TICPE", 61_000_000, "eur")])
    heads = ("line", "period", "amount", "unit")
    written(folder / "lines.csv", heads, [("staff", "2026", 5_000_000, "eur")])


def written(file: Path, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table that a person would bring."""
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows([heads, *rows])


def to_run() -> list[Printed]:
    """The commands of `caseload`, each once: a second page may print one again."""
    found: dict[tuple[str, ...], Printed] = {}
    for page in PAGES_RUN:
        for one in PRINTED:
            if one.page == page and Path(one.words[0]).name == "caseload":
                found.setdefault(one.words[1:], one)
    return list(found.values())


def reason_against(printed: Printed) -> str | None:
    """Why a command is not run; None for one that is."""
    return next((why for word, why in NOT_RUN.items() if word in printed.words), None)


def ended(printed: Printed, folder: Path, at_most: float | None) -> bool | None:
    """Run a command and say how long it took: whether it ended well, None when it was stopped."""
    begun = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "ui.cli", *printed.words[1:]],
        cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, start_new_session=True,
    ) as program:  # fmt: skip
        try:
            said, _ = program.communicate(timeout=at_most)
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            print(f"stopped after {at_most:g} s: {printed}", flush=True)
            return None
    print(f"{time.monotonic() - begun:7.1f} s  {printed}", flush=True)
    if program.returncode:
        print("\n".join(["FAILED", *said.splitlines()[-LAST_LINES:]]), flush=True)
    return program.returncode == 0


def run_all(folder: Path, commands: Sequence[Printed], at_most: float | None) -> tuple[int, int]:
    """Run those that have not ended well in this folder; how many failed, how many were stopped."""
    record = folder / DONE
    if not record.is_file():
        furnished(folder)
        record.touch()
    before = {json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()}
    failed = stopped = 0
    for printed in commands:
        said = str(printed)
        if said in before:
            continue
        if why := reason_against(printed):
            print(f"not run: {said}: {why}", flush=True)
            continue
        is_well = ended(printed, folder, at_most)
        failed += is_well is False
        stopped += is_well is None
        if is_well:
            with record.open("a", encoding="utf-8") as opened:
                opened.write(json.dumps(said) + "\n")
    return failed, stopped


def main() -> int:
    """Run them and say how long each took; 1 when one of them failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="commands that hold these words")
    parser.add_argument("--without", nargs="*", default=(), help="leave out, by a word of each")
    parser.add_argument("--folder", type=Path, help="where they run; a second call goes on there")
    parser.add_argument("--at-most", type=float, help="seconds after which a command is stopped")
    asked = parser.parse_args()
    commands = [
        one
        for one in to_run()
        if asked.only in str(one) and not any(word in str(one) for word in asked.without)
    ]
    with TemporaryDirectory() as place:
        folder = asked.folder or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        failed, stopped = run_all(folder.resolve(), commands, asked.at_most)
    print(f"{failed} failed, {stopped} stopped")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
