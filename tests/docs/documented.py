"""What the pages print is run, for real and at full size: `make documented`, an hour or more.

Every command of `caseload` is run once, in the order of the pages, in a folder that has the files
that pages speak of. The quick tests read the same commands without running them.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.docs.printed_commands import PRINTED, ROOT, Printed

LAST_LINES = 12
NOT_RUN = {
    "app": "serves until it is stopped: `make e2e`",
    "tls://host:8786": "needs a cluster: tests/functional/test_batches.py",
    "workbook.xlsx": "needs the publisher's file: tests/forecast/test_publishers_files.py",
    "host:8786": "needs a cluster: tests/functional/test_batches.py",
}
"""Words of commands that are not run here, and who runs them."""
FURTHER = ("README.md", "docs/guide_fr.md", "docs/guide_researchers.md", "docs/budget.md",
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
    shutil.copytree(ROOT / "docs" / "plans", folder / "docs" / "plans")
    plan = (ROOT / "docs" / "plans" / "posts_and_delays.yaml").read_text(encoding="utf-8")
    (folder / "plan.yaml").write_text(
        plan.replace("name: posts_and_delays", "name: posts"), encoding="utf-8"
    )
    (folder / "my_scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    months = [f"{year}-{month:02d}" for year in range(2021, 2026) for month in range(1, 13)]
    stocks = [(month, 16_500 - 10 * n) for n, month in enumerate(months)]
    paid = [(month, 16_000, 8_700_000) for month in (f"2026-{n:02d}" for n in range(1, 10))]
    written(folder / "mine.csv", ("month", "households"), stocks)
    written(folder / "paid.csv", ("month", "households", "allowance_eur"), paid)
    heads = ("date", "label", "amount", "unit")
    written(folder / "received.csv", heads, [("2026-06-30", "TICPE", 61_000_000, "eur")])


def written(file: Path, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table that a person would bring."""
    with file.open("w", newline="", encoding="utf-8") as opened:
        csv.writer(opened).writerows([heads, *rows])


def reason_against(printed: Printed) -> str | None:
    """Why a command is not run; None for one that is."""
    return next((why for word, why in NOT_RUN.items() if word in printed.words), None)


def main() -> int:
    """Run them and say how long each took; 1 when one of them failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="commands that hold these words")
    asked = parser.parse_args()
    failed = 0
    commands = [one for page in FURTHER for one in PRINTED if one.page == page]
    commands = [one for one in commands if Path(one.words[0]).name == "caseload"]
    with TemporaryDirectory() as place:
        furnished(Path(place))
        for printed in dict.fromkeys(commands):
            if asked.only and asked.only not in str(printed):
                continue
            if why := reason_against(printed):
                print(f"not run: {printed}: {why}", flush=True)
                continue
            begun = time.monotonic()
            done = subprocess.run(
                [sys.executable, "-m", "ui.cli", *printed.words[1:]],
                cwd=place, text=True, check=False, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
            print(f"{time.monotonic() - begun:7.1f} s  {printed}", flush=True)
            if done.returncode:
                failed += 1
                print("\n".join(["FAILED", *done.stdout.splitlines()[-LAST_LINES:]]), flush=True)
    print(f"{failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
