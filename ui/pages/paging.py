"""Long lists page by page: nothing that a visitor keeps is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from ui import elements as st
from ui.numbers import number
from ui.spoken import text

ROWS = 10
Item = TypeVar("Item")


def one_page(items: Sequence[Item], key: str, rows: int = ROWS) -> Sequence[Item]:
    """The part of a list that the visitor looks at; asks which where it does not fit on one."""
    if len(items) <= rows:
        return items
    starts = range(0, len(items), rows)
    # A key of its own for each length: after a removal the last page may be gone.
    start = st.selectbox(
        text("common.page"),
        starts,
        format_func=lambda first: text(
            "common.page_of",
            first=number(first + 1),
            last=number(min(first + rows, len(items))),
            count=number(len(items)),
        ),
        key=f"page of {key} {len(items)}",
    )
    return items[start : start + rows]
