"""The options side by side as a table: stacked line by line on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence

from ui import elements as st
from ui.look import typed
from ui.options_words import CellText, LineText, OptionsText
from ui.spoken import text


def options_table(told: OptionsText) -> None:
    """The eight rows with what has to be known to read them."""
    st.header(told.title, anchor=False)
    lines_table(told.heads, told.lines, told.caption)
    for note in told.notes:
        st.caption(note)


def lines_table(heads: Sequence[str], lines: Sequence[LineText], caption: str) -> None:
    """Lines of outcomes: the reference, then each scenario with its difference and its word."""
    _draw((text("options.outcome"), *heads), [_line(line, heads) for line in lines], caption)


def plain_lines(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> None:
    """Rows of plain numbers in the same look; the first cell of a row names it."""
    _draw(heads, [_row(row, heads) for row in rows], caption)


def _draw(heads: Sequence[str], rows: Sequence[str], caption: str) -> None:
    """Every part keeps its role of a table when a narrow screen shows it in blocks."""
    top = "".join(f'<th scope="col" role="columnheader">{typed(head)}</th>' for head in heads)
    st.html(
        f'<div class="scroll" tabindex="0" role="region" aria-label="{typed(caption)}">'
        f'<table class="options" role="table"><caption>{typed(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{top}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(rows)}</tbody></table></div>'
    )


def _row(row: Sequence[str], heads: Sequence[str]) -> str:
    cells = "".join(
        f'<td role="cell" class="own" data-head="{typed(head)}"><span class="level">'
        f"{typed(cell)}</span></td>"
        for cell, head in zip(row[1:], heads[1:], strict=True)
    )
    return (
        f'<tr role="row" class="begins"><th scope="row" role="rowheader">{typed(row[0])}</th>'
        f"{cells}</tr>"
    )


def _line(line: LineText, heads: Sequence[str]) -> str:
    begins = ' class="begins"' if line.is_first else ""
    cells = "".join(_cell(cell, head) for cell, head in zip(line.cells, heads[1:], strict=True))
    return (
        f'<tr role="row"{begins}><th scope="row" role="rowheader">{typed(line.label)}</th>'
        f'<td role="cell" class="own" data-head="{typed(heads[0])}"><span class="level">'
        f"{typed(line.reference)}</span></td>{cells}</tr>"
    )


def _cell(cell: CellText, head: str) -> str:
    parts = []
    if cell.level:
        parts.append(f'<span class="level">{typed(cell.level)}</span>')
    if cell.difference:
        parts.append(f'<span class="change">{typed(cell.difference)}</span>')
    if cell.interval:
        parts.append(f'<span class="ends">{typed(cell.interval)}</span>')
    parts.append(f'<span class="word {cell.tone}">{typed(cell.word)}</span>')
    return f'<td role="cell" data-head="{typed(head)}">{" ".join(parts)}</td>'
