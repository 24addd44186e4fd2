"""The page of the accounts, written from the table.

``python -m ui.reports.budget.accounts_page FILE`` writes it again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ui.reports.budget.accounts import Account, accounts
from ui.reports.markdown import table

OPENING = """
# Accounts of the budget documents

Written by `python -m ui.reports.budget.accounts_page docs/accounts.md` from
[ui/reports/budget/accounts.csv](../ui/reports/budget/accounts.csv); nothing is edited by hand.

The workbook and the note of `caseload budget` print a chapter, a function and an article of the
M57 beside each line where one was **checked**: read in the chart in force, or in a budget voted
under it. They are proposals for a finance department to confirm. A code that was read only in the
older chart (M52) is listed below as unchecked and is printed in no document. The official
nomenclature itself was not within reach: the sources are public copies and one voted budget, each
with the address of the version that was read. Codes 441 to 448 were read in a copy kept by a local
association; Paris uses all of them but 443 in its budget of 2025, under the same heading.
"""
HEADS = ("Chart", "Kind", "Code", "Label", "Lines of the budget", "Source", "Read on", "Note")


def page() -> str:
    """The page as Markdown."""
    checked = [one for one in accounts() if one.is_checked]
    others = [one for one in accounts() if not one.is_checked]
    parts = [OPENING.strip(), "## Checked, printed", _table(checked)]
    parts += ["## Not checked, not printed", _table(others)]
    return "\n\n".join(parts) + "\n"


def _table(found: list[Account]) -> str:
    rows = [
        (
            one.chart,
            one.kind.replace("_", " "),
            one.code,
            one.label,
            ", ".join(one.lines) or "–",
            f"[{one.source}]({one.address})",
            one.read_on,
            one.note,
        )
        for one in found
    ]
    return table(HEADS, rows).replace("---:", "---")


def main(file: str) -> None:
    """Write the page."""
    Path(file).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
