"""The page of the documentation that follows from the declared fields."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from sim.agents.fields import FIELDS, INTERNAL

TITLES = {
    "households": "Household",
    "people": "Beneficiary",
    "posts": "Caseworker",
}


def page() -> str:
    """The page of the documentation."""
    parts = [
        "# The fields of the agents\n\n"
        "What `DepartmentModel` shows of its agents. Fields are read-only; the last column names "
        "the methods\nthat change them. A beneficiary has the fields of its household as well. "
        "Written by\n`python -m sim.agents.fields_page docs/agents.md`.\n"
    ]
    for table, title in TITLES.items():
        rows = [
            (
                f"`{field.name}`",
                field.type_text,
                field.meaning,
                ", ".join(f"`{name}`" for name in field.changed_by),
            )
            for field in FIELDS[table]
        ]
        parts.append(f"## {title}\n\n{_table(('field', 'type', 'meaning', 'changed by'), rows)}\n")
        kept = [(f"`{name}`", reason) for name, reason in INTERNAL[table].items()]
        if kept:
            parts.append(f"Columns that are not shown:\n\n{_table(('column', 'reason'), kept)}\n")
    return "\n".join(parts)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (heads, ("---",) * len(heads), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
