"""Tables of the command line at any width of a terminal: folded, never cut off."""

from __future__ import annotations

import io

import pytest

from ui.cli.tables import _table
from ui.cli.terminal import PlainConsole

NAMES = ("somme_reference", "somme_experiment", "somme_plus14", "somme_portfolios50")
CELL = "64.1\n\u22120.2 too few replications: about 20 needed"


@pytest.mark.parametrize("width", [80, 100, 120, 132, 160, 200])
def test_no_character_of_a_table_is_lost(width: int) -> None:
    table = _table("")
    for name in NAMES:
        table.add_column(name, justify="right", overflow="fold")
    table.add_row("Wait for orientation (mean), days", *[CELL] * len(NAMES))
    written = io.StringIO()
    PlainConsole(written, width).print(table)
    lines = [line for line in written.getvalue().split("\n") if line.strip()]
    assert max(map(len, lines)) <= width
    shown = sorted("".join(lines).replace(" ", "").replace("\u2500", ""))
    expected = ["Outcome", *NAMES, "Wait for orientation (mean), days", *[CELL] * len(NAMES)]
    assert shown == sorted("".join("".join(expected).split()))
