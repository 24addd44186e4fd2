"""``python -m tests.hostile``: the campaign, or some of its doors; ends with 1 if one is wrong.

``make hostile`` runs all of it and writes the table into the page of the documentation.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.hostile.campaign import Tally, run_door
from tests.hostile.doors import DOORS
from tests.hostile.page import table_of, write_into

MOST_TOLD = 5


def main() -> int:
    """Run what was asked for; returns the exit code."""
    asked = _arguments()
    doors = [door for door in DOORS if asked.only in door.name]
    began, tallies, table = time.monotonic(), [], ""
    for door in doors:
        inputs, opened = max(1, round(door.inputs * asked.part)), time.monotonic()
        tally = run_door(door, asked.seed, inputs, asked.workers)
        _tell(tally, time.monotonic() - opened)
        tallies.append(tally)
        day = str(datetime.now(UTC).date())
        table = table_of(tallies, asked.seed, time.monotonic() - began, day)
        if asked.page is not None:
            write_into(asked.page, table)
    sys.stdout.write(f"\n{table}\n")
    return 1 if any(tally.wrong for tally in tallies) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Hostile inputs at every door of the program.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", type=float, default=1.0, help="share of the inputs of each door")
    parser.add_argument("--only", default="", help="doors whose name has these words")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--page", type=Path, help="page into which the table is written")
    return parser.parse_args()


def _tell(tally: Tally, seconds: float) -> None:
    what = f"{tally.inputs:,} inputs in {seconds:.0f} s, {len(tally.wrong)} wrong"
    sys.stdout.write(f"{tally.door}: {what}\n")
    for wrong in tally.wrong[:MOST_TOLD]:
        sys.stdout.write(f"  number {wrong.number}, {wrong.ending.value}\n{wrong.told}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
