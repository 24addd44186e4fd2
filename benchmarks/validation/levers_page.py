"""docs/validation/levers.md: which way each lever moves what, how far, and whether it turns.

Read from the kept curves of `benchmarks.lever_curves`; nothing is measured here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path

from benchmarks.lever_curves import COLUMNS, Cell, Column, Curve, kept
from benchmarks.levers_moved import Lever, levers_moved
from benchmarks.validation.parts import Count, Failure, Measurement, Part
from benchmarks.validation.wording import MINUS, folded, lines_of_table
from sim.parameters import load_department

TITLE = "Curves of the levers"
LINK = "validation/levers.md"
DEPARTMENT = "somme"
PLACE = "Levers"
JUDGED = tuple(column for column in COLUMNS if column.short)
"""Outcomes that the picture of the curves draws; gained and lost jobs are parts of a balance."""
OF_OFFICES = 6
SECTIONS = (
    ("What offices do", JUDGED[:OF_OFFICES]),
    ("What becomes of people and money", JUDGED[OF_OFFICES:]),
)
OPENING = (
    "Each lever of the [curves](../lever_curves.md) over its range, in one territory of the Somme. "
    "A cell has the change of the outcome from the first value of the lever to the last one, and "
    "the direction. A curve *rises* where a later point lies above an earlier one beyond the 90 % "
    "intervals of both, and *falls* where one lies below; it *turns* where both happen, and is "
    "*flat* where neither does; of what turns, the lowest and the highest difference to the "
    "reference. The intervals are those of differences to the reference, so that small steps "
    "between neighbours are not seen; of so many comparisons a few tell by chance. Points without "
    "an interval are left out; where fewer than three are left, *too few*. A lever whose values "
    "are choices has *no order*."
)
TURNING = (
    "A curve that turns is no fault by itself. It says that more of the lever is not more of the "
    "outcome: an optimum lies inside the range, or two mechanisms meet. What was seen there is "
    "told at the curve; what looks wrong and is not, at its "
    "[end](../lever_curves.md#what-looks-wrong-and-what-it-is)."
)


class Course(Enum):
    """What an outcome does over the range of a lever."""

    RISES = "rises"
    FALLS = "falls"
    TURNS = "turns"
    FLAT = "flat"
    UNKNOWN = "too few"
    UNORDERED = "no order"


Judged = tuple[Lever, Curve, dict[str, Course]]
UNJUDGED = (Course.UNKNOWN, Course.UNORDERED)
FEWEST_POINTS = 3


def course_of(curve: Curve, reference: float, column: Column) -> Course:
    """The course of one outcome, in the order of the points."""
    cells = [(one.at == reference, one.cells[column.name]) for one in curve.points]
    ends = [found for is_reference, cell in cells if (found := _ends(cell, is_reference))]
    if len(ends) < FEWEST_POINTS:
        return Course.UNKNOWN
    pairs = [(early, late) for n, early in enumerate(ends) for late in ends[n + 1 :]]
    rises = any(late[0] > early[1] for early, late in pairs)
    falls = any(late[1] < early[0] for early, late in pairs)
    if rises and falls:
        return Course.TURNS
    return Course.RISES if rises else Course.FALLS if falls else Course.FLAT


def _course(lever: Lever, curve: Curve, column: Column) -> Course:
    return course_of(curve, lever.reference, column) if lever.is_ordered else Course.UNORDERED


def _ends(cell: Cell, is_reference: bool) -> tuple[float, float] | None:
    """The interval of a difference; a point that differs in nothing has one without width."""
    if is_reference or (cell.low is None and cell.difference == 0.0):
        return 0.0, 0.0
    return None if cell.low is None or cell.high is None else (cell.low, cell.high)


def _levers(curves: Mapping[str, Curve]) -> list[Judged]:
    return [
        (lever, curve, {one.name: _course(lever, curve, one) for one in JUDGED})
        for lever in levers_moved(load_department(DEPARTMENT))
        for curve in [curves[lever.key]]
    ]


def part(folder: Path) -> Part:
    """How many curves have one direction, and those that turn."""
    found = _levers(kept(folder))
    every = [course for *_, courses in found for course in courses.values()]
    known = [course for course in every if course not in UNJUDGED]
    straight = sum(course is not Course.TURNS for course in known)
    return Part(
        TITLE,
        LINK,
        "one direction or flat",
        [Count(PLACE, "curves", len(known), straight)],
        [_failure(lever, turning) for lever, _, courses in found if (turning := _turning(courses))],
        [Measurement(curve.engine, curve.day) for _, curve, _ in found],
        unjudged=len(every) - len(known),
    )


def _turning(courses: Mapping[str, Course]) -> list[Column]:
    return [one for one in JUDGED if courses[one.name] is Course.TURNS]


def _failure(lever: Lever, turning: Sequence[Column]) -> Failure:
    names = "; ".join(one.head for one in turning)
    return Failure(lever.title, "", f"turns within its range: {names}.")


def page(folder: Path) -> str:
    """The whole page."""
    found = _levers(kept(folder))
    lines = [
        f"# {TITLE}: direction, size, and where they turn",
        "",
        *folded(
            "Written by `python -m benchmarks.validation` from the numbers of "
            "[lever_curves.md](../lever_curves.md); nothing here is edited by hand. "
            "[The whole report](../validation.md)."
        ),
        "",
        *folded(OPENING),
        "",
        *(line for title, columns in SECTIONS for line in _section(title, columns, found)),
        *folded(TURNING),
    ]
    return "\n".join([*lines, ""])


def _section(title: str, columns: Sequence[Column], found: Sequence[Judged]) -> list[str]:
    rows = [
        (
            f"{lever.title}: from {curve.points[0].words} to {curve.points[-1].words}",
            *(_cell(curve, column, courses[column.name]) for column in columns),
        )
        for lever, curve, courses in found
    ]
    heads = ("lever", *(column.head for column in columns))
    return [f"## {title}", "", *lines_of_table(heads, rows), ""]


def _cell(curve: Curve, column: Column, course: Course) -> str:
    differences = [point.cells[column.name].difference for point in curve.points]
    if course is Course.UNORDERED:
        return f"{course.value}"
    if course is Course.TURNS:
        low, high = (_change(column, end) for end in (min(differences), max(differences)))
        return f"**{course.value}** ({low} to {high})"
    return f"{course.value} {_change(column, differences[-1] - differences[0])}"


def _change(column: Column, difference: float) -> str:
    text = f"{column.scale * difference:+,.{column.decimals}f}"
    if not text.strip("+-0.,"):
        return format(0.0, f".{column.decimals}f")
    return text.replace("-", MINUS)
