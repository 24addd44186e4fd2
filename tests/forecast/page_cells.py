"""Tables of a page in Markdown, as the tests read them."""

from __future__ import annotations


def cells_of(line: str) -> list[str]:
    """The cells of one line."""
    return [cell.strip() for cell in line.strip("| ").split("|")]
