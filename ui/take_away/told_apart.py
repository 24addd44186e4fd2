"""What a scenario does better and worse than the reference, and what it costs, with numbers."""

from __future__ import annotations

from ui.options_words import CellText, LineText, OptionsText
from ui.reports.remarks import BETWEEN
from ui.spoken import language, text
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
            found.append(text(f"note.{verdict}", lines=BETWEEN[language()].join(listed)))
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
    return text("note.named", label=label, amount=_amount(line.cells[scenario - 1]))


def _amount(cell: CellText) -> str:
    if not cell.interval:
        return cell.difference
    return text("note.with_interval", difference=cell.difference, interval=cell.interval)
