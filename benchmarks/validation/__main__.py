"""Measure what is measured here, then write every page of the validation report."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.validation import (
    extremes_kept,
    extremes_measured,
    schemes_kept,
    schemes_measured,
)
from benchmarks.validation.report import pages
from sim.files import write_atomically

FOLDER = Path("docs")
REPLICATIONS = 60
SCHEMES, EXTREMES = "schemes", "extremes"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.validation", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pages are")
    parser.add_argument(
        "--replications", type=int, default=REPLICATIONS, help="of the schemes; 0: no run at all"
    )
    parser.add_argument(
        "--only", choices=(SCHEMES, EXTREMES), help="measure this alone, keep the other"
    )
    asked = parser.parse_args()
    if asked.replications and asked.only != EXTREMES:
        text = schemes_kept.written(schemes_measured.measure(asked.replications))
        write_atomically(asked.folder / schemes_kept.FILE, text.encode("utf-8"))
    if asked.replications and asked.only != SCHEMES:
        text = extremes_kept.written(extremes_measured.measure())
        write_atomically(asked.folder / extremes_kept.FILE, text.encode("utf-8"))
    for name, text in pages(asked.folder).items():
        write_atomically(asked.folder / name, text.encode("utf-8"))


if __name__ == "__main__":
    main()
