"""docs/validation.md: what failed, how much was tested where, and the short parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.coverage import SIGNS_OF_VERSION
from benchmarks.validation import (
    extremes_page,
    figures_page,
    forecasts_part,
    levers_page,
    schemes_kept,
    schemes_page,
    trials_part,
)
from benchmarks.validation.parts import Count, Part
from benchmarks.validation.wording import folded, lines_of_table

NAME = "validation.md"
OPENING = (
    "What was published beside what the model gives, and what must hold whatever was published. "
    "Written by `python -m benchmarks.validation`: nothing here is edited by hand. The numbers "
    "come from the kept results of each part, so that a test compares pages and results without a "
    "run."
)
READING = (
    "*Inside* is no proof: intervals are wide, and a wrong effect with a wrong labour market can "
    "give the right rate. *Outside* is no verdict on a pilot either: many published figures are "
    "press accounts of gross rates. What each part proves stands on its page; the "
    "[limits](limits.md) of the whole are on theirs."
)
FAILED = (
    "Everything that is outside its interval, not kept, not met, missed, or turns where more of a "
    "lever might be thought to be more of the outcome. {failed} of {tested} tests; {unjudged} more "
    "are shown on the pages and cannot be judged (no unit in common, too few replications for an "
    "interval)."
)
MEASURED = (
    "By which engine, and when. Texts of the engine go by the beginning of `engine_version()` in "
    "[sim/version.py](../sim/version.py): one that changed since may give other numbers."
)
NO_ENGINE = "none: no run"
ELSEWHERE = (
    "[Spending on the allowance](spending.md), forecast the October before and scored; "
    "[that of 2019](spending_2019.md), simulated beside the accounts of every department.",
    "[How often the intervals hold](coverage.md), by outcome and number of replications.",
    "[What unemployment does](labour_market.md), estimated and left unexplained.",
    "[Hostile inputs and damaged files](reliability.md); the allowance beside another program of "
    "the [law](law.md).",
)


def parts(folder: Path) -> list[Part]:
    """Every part, in the order of the report."""
    return [
        figures_page.part(),
        schemes_page.part(schemes_kept.kept(folder)),
        trials_part.part(folder),
        levers_page.part(folder),
        extremes_page.part(folder),
        forecasts_part.part(folder),
    ]


def pages(folder: Path) -> Mapping[str, str]:
    """Every page of the report by its file in docs/."""
    return {
        NAME: page(folder),
        figures_page.LINK: figures_page.page(),
        schemes_page.LINK: schemes_page.page(schemes_kept.kept(folder)),
        levers_page.LINK: levers_page.page(folder),
        extremes_page.LINK: extremes_page.page(folder),
    }


def page(folder: Path) -> str:
    """The first page."""
    found = parts(folder)
    lines = [
        "# Validation: published against simulated",
        "",
        *folded(OPENING),
        "",
        "## What failed",
        "",
        *folded(
            FAILED.format(
                failed=sum(one.failed for one in found),
                tested=sum(one.tested for one in found),
                unjudged=sum(one.unjudged for one in found),
            )
        ),
        "",
    ]
    for one in found:
        lines += _failed(one)
    lines += [
        *folded(READING),
        "",
        "## How much was tested",
        "",
        *lines_of_table(("part", "tested", "", "failed", "not judged"), list(map(_row, found))),
        "",
        *folded(MEASURED),
        "",
        *lines_of_table(("part", "engine", "measured on"), list(map(_measured, found))),
        "",
        "Inside or kept, by department:",
        "",
        *_by_department(found),
        "",
        *trials_part.section(folder),
        "",
        *forecasts_part.section(folder),
        "",
        "## Evidence on other pages",
        "",
        *(line for text in ELSEWHERE for line in folded(f"- {text}", "  ")),
    ]
    return "\n".join([*lines, ""])


def _failed(one: Part) -> list[str]:
    """The list of one part."""
    head = f"### [{one.title}]({one.link}): {one.failed} of {one.tested}"
    lines = [line for failure in one.failures for line in folded(failure.line, "  ")]
    return [head, "", *(lines or ["Nothing."]), ""]


def _row(one: Part) -> tuple[str, ...]:
    held = f"{one.tested - one.failed} {one.held}"
    return f"[{one.title}]({one.link})", f"{one.tested}", held, f"{one.failed}", f"{one.unjudged}"


def _measured(one: Part) -> tuple[str, ...]:
    """The engines and the days of a part, the earliest first."""
    known = sorted(set(one.measured), key=lambda each: (each.day, each.engine))
    engines = (each.engine and f"`{each.engine[:SIGNS_OF_VERSION]}`" for each in known)
    days = (each.day for each in known)
    told = (", ".join(dict.fromkeys(words)) or NO_ENGINE for words in (engines, days))
    return f"[{one.title}]({one.link})", *told


def _by_department(found: Sequence[Part]) -> list[str]:
    counts = [count for part in found if part.is_by_department for count in part.counts]
    places, kinds = (list(dict.fromkeys(names)) for names in zip(*map(_key, counts), strict=True))
    told = {_key(one): f"{one.held} of {one.tested}" for one in counts}
    rows = [(place, *(told.get((place, kind), "") for kind in kinds)) for place in places]
    return lines_of_table(("", *kinds), rows)


def _key(one: Count) -> tuple[str, str]:
    return one.where, one.what
