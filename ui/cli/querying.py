"""`query`: a question to a store in SQL."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from sim.batch.query import RowsAnswer, answered_in_rows
from sim.batch.store import STORE
from sim.files import plain_numbers
from ui.cli.remarking import without_effect
from ui.cli.rows import print_rows, tell
from ui.cli.terminal import say_json, say_plainly


def ask(text: str, folder: Path | None, is_csv: bool, is_json: bool) -> None:
    """Answer a question in SQL; raises `InputError`."""
    with answered_in_rows(text, folder or STORE) as answer:
        if is_json:
            without_effect("unused_json_instead", "as_csv")
            rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
            say_json(plain_numbers({"command": "query", "rows": rows, "notes": answer.notes}))
        elif is_csv:
            say_plainly(_in_csv(answer))
        else:
            print_rows(answer.columns, answer.rows)
    tell(answer.notes)


def _in_csv(answer: RowsAnswer) -> str:
    content = io.StringIO()
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(answer.rows)
    return content.getvalue()
