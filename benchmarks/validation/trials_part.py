"""The trials inside the model, as docs/trials.md tells them: what the first page says of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.validation.parts import Count, Failure, Measurement, Part
from benchmarks.validation.told_pages import table_under
from benchmarks.validation.wording import folded, lines_of_table
from calibration.trials.found import FILE, Runs

TITLE = "Trials run inside the model"
LINK = "trials.md"
FIGURES, GROUPS = "## The figures", "## By group, not fitted"
WHAT = {FIGURES: "fitted figures", GROUPS: "groups, not fitted"}
PLACE = "Trials"
MET = "yes"
GROUP_UNIT = "Austria: days in a job over two years, treated less control"


def _tables(folder: Path) -> dict[str, list[list[str]]]:
    page = (folder / LINK).read_text(encoding="utf-8")
    return {heading: table_under(page, heading) for heading in WHAT}


def part(folder: Path) -> Part:
    """How many figures of the trials are met, and those that are not."""
    tables, runs = _tables(folder), Runs.read(folder / FILE.relative_to("docs"))
    return Part(
        TITLE,
        LINK,
        "met",
        [
            Count(PLACE, WHAT[heading], len(rows), sum(row[-1] == MET for row in rows))
            for heading, (_, *rows) in tables.items()
        ],
        [
            Failure(
                _name(heading, row),
                "",
                f"published {row[1]}, the model gives {row[-2]}: the sign is right, the size is "
                "not."
                if _has_sign(row)
                else f"published {row[1]}, the model gives {row[-2]}.",
            )
            for heading, (_, *rows) in tables.items()
            for row in rows
            if row[-1] != MET
        ],
        [Measurement(runs.engine, runs.day)],
    )


def _name(heading: str, row: Sequence[str]) -> str:
    return f"{GROUP_UNIT}, {row[0]}" if heading == GROUPS else row[0]


def _has_sign(row: Sequence[str]) -> bool:
    return row[1][0] in "+-" and row[1][0] == row[-2][0]


def section(folder: Path) -> list[str]:
    """The part of the first page."""
    tables = _tables(folder)
    rows = [
        (_name(heading, row), row[1], row[3] if heading == FIGURES else "", row[-2], row[-1])
        for heading, (_, *body) in tables.items()
        for row in body
    ]
    _, *figures = tables[FIGURES]
    low = sum(float(row[-2].split()[0]) < float(row[1]) for row in figures)
    return [
        f"## {TITLE}",
        "",
        *folded(
            "Three trials that changed how often jobseekers met a caseworker, with both arms "
            "inside this model ([trials.md](trials.md)). Ratios of the treated to the control are "
            "fitted by the size of the effect of contacts; days by group are not."
        ),
        "",
        *lines_of_table(
            ("figure", "published", "with the error of transfer", "the model gives", "met"), rows
        ),
        "",
        *folded(
            f"A fitted figure is met when the median of the model lies in the published interval "
            "widened by what recipients of the RSA may differ by from the persons of the trial. "
            f"{low} of the {len(figures)} medians are lower than what was published."
        ),
    ]
