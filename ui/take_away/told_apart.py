"""What a scenario does better and worse than the reference, and what it costs, with numbers."""

from __future__ import annotations

from ui.options_words import CellText, LineText, OptionsText
from ui.spoken import text
from ui.work.options import COST, Options

VERDICTS = ("better", "worse")


def told_apart(options: Options, told: OptionsText, scenario: int) -> list[str]:
    """A sentence for what is better, for what is worse and for the cost; the rest in one more."""
    verdicts = {line.key: line.cells[scenario - 1].verdict for line in options.lines}
    lines = {line.key: line for line in told.lines}
    found = []
    for verdict in VERDICTS:
        listed = [_named(lines[key], scenario) for key, one in verdicts.items() if one == verdict]
        if listed:
            found.append(text(f"note.{verdict}", lines=" ; ".join(listed)))
    if not found:
        found.append(text("note.nothing_apart"))
    cost = lines[COST].cells[scenario - 1]
    if cost.difference:
        found.append(
            text(
                "note.costs",
                label=lines[COST].label,
                amount=_amount(cost),
                word=cost.word,
            )
        )
    return found


def _named(line: LineText, scenario: int) -> str:
    label = f"{line.label[:1].lower()}{line.label[1:]}"
    return f"{label} ({_amount(line.cells[scenario - 1])})"


def _amount(cell: CellText) -> str:
    return ", ".join(part for part in (cell.difference, cell.interval) if part)
