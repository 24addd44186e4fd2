"""Tables and verdicts that other pages tell, read from these pages: no number is kept twice.

Each of these pages is written by a program from its own results, and a test holds it to them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ui.reports.forecast.scoreboard_text import MISSED, REACHED

PART = "## "
EITHER = "|".join(map(re.escape, (REACHED, MISSED)))
VERDICT = re.compile(rf"^(?:- |Goal: )?(.*?), ({EITHER})[.;]")
ASIDE = re.compile(rf"; ([^;]*?), ({EITHER})\.")
"""The second verdict of a goal, on other cases than the first."""
WRITTEN = re.compile(r"^Written by .* on (\d{4}-\d{2}-\d{2})\.", re.MULTILINE)


@dataclass(frozen=True)
class Goal:
    """A goal that a page states: its part, its words with what was found, whether reached."""

    heading: str
    words: str
    is_reached: bool


def table_under(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table after a heading, its heads first.

    Raises ValueError where the page has no such heading or no table below it.
    """
    lines = page.splitlines()
    found: list[list[str]] = []
    for line in lines[lines.index(heading) + 1 :]:
        if line.startswith("|"):
            found.append([cell.strip() for cell in line.strip().strip("|").split("|")])
        elif found:
            break
    if not found:
        raise ValueError(f"no table below {heading!r}")
    return [found[0], *found[2:]]


def day_of(page: str) -> str:
    """The day on which a page says that it was written; raises ValueError where it says none."""
    found = WRITTEN.search(page)
    if found is None:
        raise ValueError("a page without the day that it was written on")
    return found[1]


def goals_of(page: str) -> list[Goal]:
    """Every goal that a page says was reached or missed, in its order."""
    found, heading = [], ""
    for line in page.splitlines():
        if line.startswith(PART):
            heading = line.removeprefix(PART)
        verdicts = VERDICT.findall(line)
        found += [Goal(heading, words, end == REACHED) for words, end in verdicts]
        for words, end in ASIDE.findall(line):
            goal = verdicts[0][0].partition(":")[0]
            found.append(Goal(heading, f"{goal}; {words}", end == REACHED))
    return found
