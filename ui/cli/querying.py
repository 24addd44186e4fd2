"""`query`: a question to a store in SQL."""

from __future__ import annotations

from pathlib import Path

from sim.batch.query import answered
from sim.batch.store import STORE
from sim.files import plain_numbers
from ui.cli.frames import plain_rows, print_frame, tell
from ui.cli.remarking import without_effect
from ui.cli.terminal import say_json, say_plainly


def ask(text: str, folder: Path | None, is_csv: bool, is_json: bool) -> None:
    """Answer a question in SQL; raises `InputError`."""
    answer = answered(text, folder or STORE)
    if is_json:
        without_effect("unused_json_instead", "as_csv")
        record = {"command": "query", "rows": plain_rows(answer.rows), "notes": answer.notes}
        say_json(plain_numbers(record))
    elif is_csv:
        say_plainly(answer.rows.to_csv(index=False, lineterminator="\n"))
    else:
        print_frame(answer.rows)
    tell(answer.notes)
