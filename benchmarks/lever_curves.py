"""``python -m benchmarks.lever_curves``: each lever over its range, as docs/lever_curves.md.

The pilot territory alone, every point of a lever against its reference under the same luck. The
numbers are kept beside the page (``lever_curves.json``), so that the page can be written anew
without a run (``--replications 0``); ``--only`` measures some levers again.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.lever_field import Panel, Row, field_picture
from benchmarks.levers_moved import LOOKED_WRONG, Lever, levers_moved
from benchmarks.worlds import PILOT, pilot_alone
from sim.experiments.experiment import Experiment, timeline_of
from sim.experiments.intervals import FEWEST, LEVEL, interval_of
from sim.experiments.runner import Results, ScenarioRun, run_experiment
from sim.experiments.why import Why, why
from sim.files import write_atomically
from sim.money.costs.spending import (
    ALLOWANCE_LINES,
    MONTHS_PER_YEAR,
    group_of,
    spending_of,
)
from sim.money.priced_runs import held_places
from sim.outcomes.definitions import outcome_definitions
from sim.parameters import Parameters, load_department
from sim.policy import load_scenario
from sim.version import engine_version

FOLDER = Path("docs")
NAME = "lever_curves"
REFERENCE = "somme_reference"
CHANGED, COUNTED_FROM = date(2023, 4, 1), "2023-04"
MONTHS = 27
"""Two years after the change; in June 2025 another ladder of sanctions comes into force."""
SEED, REPLICATIONS = 5, 60
DIGITS = 6
"""Of the numbers that are kept."""
WIDTH = 100
"""Letters of a line of text."""
EUROS = ("allowance", "other_spending")
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Column:
    """One column of the tables: an outcome, or euro a year; ``scale`` times its value is shown.

    ``short`` is its head in the picture, empty where it is not drawn.
    """

    name: str
    head: str
    short: str
    decimals: int
    scale: float = 1.0

    @property
    def fewest(self) -> int:
        """The fewest replications that give an interval."""
        declared = outcome_definitions().get(self.name)
        return FEWEST if declared is None else declared.fewest_replications


COLUMNS = (
    Column(
        "wait_for_orientation_days_mean",
        "wait for orientation, days",
        "wait for\norientation, days",
        1,
    ),
    Column(
        "wait_for_caseworker_days_mean",
        "wait for a caseworker, days",
        "wait for a\ncaseworker, days",
        1,
    ),
    Column(
        "contacts_held_per_person", "contacts a person and month", "contacts a person\nand month", 3
    ),
    Column("staff_utilisation", "staff used, %", "staff used,\npoints", 1, 100.0),
    Column(
        "stock_months_with_contact_within_12m",
        "months with a contact of 12, already on RSA",
        "months with a contact\nof 12, already on RSA",
        2,
    ),
    Column(
        "entrants_months_with_contact_within_12m",
        "months with a contact of 12, new on RSA",
        "months with a contact\nof 12, new on RSA",
        2,
    ),
    Column(
        "stock_job_within_12m_share",
        "job within 12 months, already on RSA, %",
        "job within 12 months,\nalready on RSA, points",
        2,
        100.0,
    ),
    Column(
        "entrants_job_within_12m_share",
        "job within 12 months, new on RSA, %",
        "job within 12 months,\nnew on RSA, points",
        2,
        100.0,
    ),
    Column(
        "stock_months_worked_within_24m",
        "months worked of 24, already on RSA",
        "months worked of 24,\nalready on RSA",
        3,
    ),
    Column("stock_gained_job_within_12m", "gained a job, persons", "", 1),
    Column("stock_lost_job_within_12m", "lost a job, persons", "", 1),
    Column("caseload_households", "households at the end", "households\nat the end", 1),
    Column("allowance", "allowance a year, k€", "allowance\na year, k€", 0, 1e-3),
    Column("other_spending", "other spending a year, k€", "other spending\na year, k€", 0, 1e-3),
)
"""What is measured. The last two are of `sim.money`, all funders, by month of payment."""


class Cell(NamedTuple):
    """One number of one point, as it is kept; ends are None where there is no interval.

    ``level`` is the mean, ``difference`` that to the reference of the lever.
    """

    level: float
    difference: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Asked:
    """A limit of the offices (`sim.experiments.why.Need`) and what is asked for each one there."""

    limit: str
    role: str
    ratio: float


@dataclass(frozen=True)
class Measured:
    """One point: its numbers, and the limits that are short, or the first one where none is."""

    words: str
    at: float
    asked: tuple[Asked, ...]
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Curve:
    """A lever as it was measured."""

    replications: int
    engine: str
    day: str
    points: tuple[Measured, ...]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Curve:
        """From what is kept."""
        points = (
            Measured(
                one["words"],
                one["at"],
                tuple(Asked(**limit) for limit in one["asked"]),
                {name: Cell(*cell) for name, cell in one["cells"].items()},
            )
            for one in record["points"]
        )
        return cls(record["replications"], record["engine"], record["day"], tuple(points))


def experiment_of(lever: Lever, replications: int) -> Experiment:
    """The reference of a lever and its other points, in its order."""
    plain = pilot_alone(load_scenario(REFERENCE), MONTHS)
    reference = plain.with_changes(lever.given, CHANGED) if lever.given else plain
    others = (one for one in lever.points if one.at != lever.reference)
    scenarios = (reference.with_changes(one.changes, CHANGED, one.words) for one in others)
    return Experiment((reference, *scenarios), SEED, replications, counted_from=COUNTED_FROM)


def measure(lever: Lever, replications: int) -> Curve:
    """Run every point of a lever."""
    euros: dict[tuple[int, int], tuple[float, float]] = {}

    def keep(run: ScenarioRun) -> None:
        euros[run.position, run.replication] = euros_a_year(run)

    experiment = experiment_of(lever, replications)
    results = run_experiment(experiment, workers=1, on_run=keep)
    asked = [_asked(one) for one in why(results, (PILOT,))]
    values = [
        {**_outcomes(results, position), **_euros(euros, position, replications)}
        for position in range(len(experiment.scenarios))
    ]
    points: list[Measured] = []
    position = 0
    for point in lever.points:
        is_reference = point.at == lever.reference
        position += not is_reference
        place = 0 if is_reference else position
        cells = {
            column.name: _cell(values[0][column.name], values[place][column.name], column.fewest)
            for column in COLUMNS
        }
        points.append(Measured(point.words, point.at, asked[place], cells))
    return Curve(replications, engine_version(), date.today().isoformat(), tuple(points))


def _asked(found: Why) -> tuple[Asked, ...]:
    short = [need for need in found.needs if need.is_short] or found.needs[:1]
    return tuple(Asked(need.limit, need.role, need.ratio) for need in short)


def euros_a_year(run: ScenarioRun) -> tuple[float, float]:
    """Allowance and everything else, gross euro a year of all funders since the change."""
    spending = spending_of(run.books.ledger, timeline_of(run.scenario), held_places(run.books))
    since = spending.months.index(COUNTED_FROM)
    by_line = spending.eur[:, since:].sum(axis=(1, 2, 3))
    is_allowance = np.array([group_of(line) in ALLOWANCE_LINES for line in spending.lines])
    years = (len(spending.months) - since) / MONTHS_PER_YEAR
    return float(by_line[is_allowance].sum() / years), float(by_line[~is_allowance].sum() / years)


def _outcomes(results: Results, position: int) -> dict[str, Floats]:
    """Values of the whole period in the pilot territory, by replication."""
    axes = results.replications[0].outcomes[0].axes
    found = {}
    for name in (column.name for column in COLUMNS if column.name not in EUROS):
        row, _, place = axes.place(name, PILOT)
        runs = (one.outcomes[position].whole[row, place, 0] for one in results.replications)
        found[name] = np.array([*runs])
    return found


def _euros(
    euros: Mapping[tuple[int, int], tuple[float, float]], position: int, replications: int
) -> dict[str, Floats]:
    table = np.array([euros[position, number] for number in range(replications)])
    return dict(zip(EUROS, table.T, strict=True))


def _cell(reference: Floats, values: Floats, fewest: int) -> Cell:
    difference = values - reference
    ends = interval_of(difference, fewest)
    low, high = (_kept(ends.low), _kept(ends.high)) if ends.is_known else (None, None)
    return Cell(_kept(float(np.nanmean(values))), _kept(float(np.nanmean(difference))), low, high)


def _kept(number: float) -> float:
    """A number as it is kept."""
    return float(f"{number:.{DIGITS}g}")


def page(curves: Mapping[str, Curve]) -> str:
    """The page, from the curves that are kept."""
    base = load_department("somme")
    lines = [
        "# What each lever does over its range",
        "",
        "Written by `python -m benchmarks.lever_curves` from",
        "[lever_curves.json](lever_curves.json), which it measures; the levers and what is said of",
        "them are in [benchmarks/levers_moved.py](../benchmarks/levers_moved.py).",
        "",
        "The territory Coquelicot–Haute-Somme of `somme_reference` alone, at full size (1,500",
        f"persons), {MONTHS} months from January 2023. Every lever moves on {CHANGED.isoformat()},",
        "and everything is counted from then on, over two years. The row of the reference has",
        "levels, the others differences to it under the same luck, with their",
        f"{LEVEL:.0%} interval ([sim/experiments/intervals.py](../sim/experiments/intervals.py));",
        "**bold** where zero is not in it. The intervals are those of the model with the",
        "numbers of its tables, whose own doubt is another question ([limits.md](limits.md)).",
        "",
        "*Asked for* is what is asked of the limits of the offices for each one that is there",
        "([sim/experiments/why.py](../sim/experiments/why.py), the last twelve months): all above",
        "1, the first is the bottleneck; or the first of all below 1. Households are those at the",
        "end. Euro are those of all funders, by month of payment; what an hour of activity",
        "costs is not published and not in them.",
        "",
        f"![Levers by outcomes]({NAME}.svg)",
        "",
        "Each picture: the lever over its range, the difference to the reference (the ring) with",
        "its interval. All pictures of an outcome have one scale, whose ends stand above.",
        "",
    ]
    for lever in levers_moved(base):
        lines += _section(lever, curves[lever.key], base)
    lines += ["## What looks wrong, and what it is", ""]
    lines += [_folded(f"- {text}", "  ") for text in LOOKED_WRONG]
    return "\n".join([*lines, ""])


def _folded(text: str, indent: str = "") -> str:
    return fill(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _section(lever: Lever, curve: Curve, base: Parameters) -> list[str]:
    heads = " | ".join(column.head for column in COLUMNS)
    return [
        f"## {lever.title}",
        "",
        _folded(lever.seen),
        "",
        f"{curve.replications} replications.",
        "",
        f"| {lever.axis} | asked for | {heads} |",
        "|---|---|" + "---|" * len(COLUMNS),
        *(_row(one, one.at == lever.reference, base) for one in curve.points),
        "",
    ]


def _row(point: Measured, is_reference: bool, base: Parameters) -> str:
    asked = ", ".join(_limit(one, base) for one in point.asked)
    cells = (_text(point.cells[one.name], one, is_reference) for one in COLUMNS)
    words = f"{point.words} (reference)" if is_reference else point.words
    return f"| {words} | {asked} | {' | '.join(cells)} |"


def _limit(asked: Asked, base: Parameters) -> str:
    role = f" of {base.label_text('roles', asked.role, 'en')}" if asked.role else ""
    text = f"{asked.limit}{role} {asked.ratio:.2f}"
    return f"**{text}**" if asked.ratio > 1.0 else text


def _text(cell: Cell, column: Column, is_reference: bool) -> str:
    """A level, or a difference with its interval."""

    def number(value: float, sign: str) -> str:
        written = f"{column.scale * value:{sign},.{column.decimals}f}"
        is_zero = not written.strip("+-0.,")
        return f"{0:.{column.decimals}f}" if is_zero else written.replace("-", "−")

    if is_reference:
        return number(cell.level, "")
    mean = number(cell.difference, "+")
    if cell.low is None or cell.high is None:
        is_same = cell.difference == 0.0
        return "0" if is_same else f"{mean} (too few)"
    text = f"{mean} ({number(cell.low, '+')} to {number(cell.high, '+')})"
    return f"**{text}**" if cell.low > 0.0 or cell.high < 0.0 else text


def picture(levers: Sequence[Lever], curves: Mapping[str, Curve]) -> str:
    """The field of curves, without what stands in the table alone."""
    columns = [column for column in COLUMNS if column.short]
    rows = []
    for lever in levers:
        points = curves[lever.key].points
        at = tuple(one.at for one in points)
        words = tuple(one.words.partition(" and ")[0] for one in points)
        reference = at.index(lever.reference)
        panels = [
            Panel(at, words, reference, *_series(points, reference, column)) for column in columns
        ]
        rows.append(Row(lever.title, tuple(panels)))
    return field_picture(rows, [column.short for column in columns])


def _series(
    points: Sequence[Measured], reference: int, column: Column
) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """Differences, low and high ends of one outcome, as they are shown."""
    cells = [one.cells[column.name] for one in points]
    known = [(cell.low, cell.difference, cell.high) for cell in cells]
    known[reference] = (0.0, 0.0, 0.0)
    scaled = column.scale * np.array(known, dtype=np.float64)
    low, mean, high = (tuple(map(float, row)) for row in scaled.T)
    return mean, low, high


def kept(folder: Path) -> dict[str, Curve]:
    """The curves that were measured; none without the file."""
    file = folder / f"{NAME}.json"
    if not file.is_file():
        return {}
    return {key: Curve.of(record) for key, record in json.loads(file.read_bytes()).items()}


def written(curves: Mapping[str, Curve]) -> str:
    """The numbers as they are kept: JSON with one line for each lever."""
    lines = (
        f"{json.dumps(key)}:{json.dumps(asdict(curve), ensure_ascii=False, separators=(',', ':'))}"
        for key, curve in curves.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    """Measure the levers, then write the numbers, the picture and the page."""
    base = load_department("somme")
    moved = levers_moved(base)
    keys = [lever.key for lever in moved]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the page is")
    parser.add_argument("--replications", type=int, default=REPLICATIONS, help="0: no run")
    parser.add_argument("--only", choices=keys, nargs="+", default=keys, help="these levers")
    asked = parser.parse_args()
    curves = kept(asked.folder)
    for lever in moved:
        if asked.replications and lever.key in asked.only:
            curves[lever.key] = measure(lever, asked.replications)
            print(lever.key, flush=True)
            known = {key: curves[key] for key in keys if key in curves}
            write_atomically(asked.folder / f"{NAME}.json", written(known).encode("utf-8"))
    if missing := [key for key in keys if key not in curves]:
        parser.exit(1, f"no page: {', '.join(missing)} are not measured\n")
    write_atomically(asked.folder / f"{NAME}.md", page(curves).encode("utf-8"))
    write_atomically(asked.folder / f"{NAME}.svg", picture(moved, curves).encode("utf-8"))


if __name__ == "__main__":
    main()
