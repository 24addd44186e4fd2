"""The table of a campaign, as the page of the documentation shows it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.hostile.campaign import Tally
from tests.hostile.door import WRONG, Ending

BEGIN, END = "<!-- campaign: begin -->", "<!-- campaign: end -->"
COLUMNS = (Ending.TAKEN, Ending.REFUSED, *WRONG)


def table_of(tallies: Sequence[Tally], seed: int, seconds: float, day: str) -> str:
    """The result of a campaign as markdown."""
    heads = ("what is given", "inputs", *(column.value for column in COLUMNS))
    rows = [_row(tally.door, [tally]) for tally in tallies]
    lines = [
        f"Seed {seed}, {day}, {seconds / 60:.0f} minutes.",
        "",
        "| " + " | ".join(heads) + " |",
        "| --- |" + " ---: |" * (len(heads) - 1),
        *rows,
        _row("**all**", tallies),
    ]
    return "\n".join(lines)


def write_into(page: Path, table: str) -> None:
    """Put the table between the two marks of a page; raises ValueError if they are not there."""
    text = page.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError(f"{page} has no place for the table of a campaign")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


def _row(name: str, tallies: Sequence[Tally]) -> str:
    counts = [sum(tally.endings[column] for tally in tallies) for column in COLUMNS]
    cells = (name, *(f"{count:,}" for count in (sum(counts), *counts)))
    return "| " + " | ".join(cells) + " |"
