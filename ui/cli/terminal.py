"""What is written to a terminal: text as it is, with no mark-up, no emoji code, no escape."""

from __future__ import annotations

import json
import re
import sys
from typing import IO, Any

from rich.console import Console
from rich.progress import Task, TextColumn
from rich.text import Text

from sim.plain_text import cleaned
from sim.remarks import remarks_said
from ui.cli.plain_signs import has_every_sign
from ui.cli.remark_words import commanded

WIDTH_WITHOUT_TERMINAL = 132
_NOT_SHOWN = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class PlainConsole(Console):
    """A console whose texts, tables and titles are written as they are given."""

    def __init__(self, file: IO[str], width: int | None = None) -> None:
        super().__init__(file=file, width=width, markup=False, emoji=False, highlight=False)

    def render_str(self, text: str, **how: Any) -> Text:
        """Text without the characters that a terminal would obey."""
        return super().render_str(cleaned(text), **how)


class PlainColumn(TextColumn):
    """A text of a progress bar."""

    def __init__(self, text_format: str) -> None:
        super().__init__(text_format, markup=False)

    def render(self, task: Task) -> Text:
        """The text of a task, without the characters that a terminal would obey."""
        return Text(cleaned(super().render(task).plain), style=self.style)


def screen() -> Console:
    """Standard output for people; wide enough for a table when it is no terminal."""
    return PlainConsole(sys.stdout, None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL)


def messages() -> Console:
    """Standard error, for progress and faults."""
    return PlainConsole(sys.stderr)


def complain(text: str) -> None:
    """A line on standard error, such as the faults of an input."""
    sys.stderr.write(f"{cleaned(text)}\n")


def say_plainly(text: str) -> None:
    """Text on standard output that another program may read, such as CSV: in UTF-8 at least."""
    if has_every_sign(sys.stdout):
        sys.stdout.write(cleaned(text))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(cleaned(text).encode("utf-8"))


def json_line(content: object) -> str:
    """One line of JSON; what a terminal would obey is written as the code of the character."""
    is_ascii = not has_every_sign(sys.stdout)
    line = json.dumps(content, ensure_ascii=is_ascii, allow_nan=False)
    return _NOT_SHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def say_json(content: object) -> None:
    """Print the one object of ``--json``, with the remarks of the command if there are any."""
    said = [commanded(one, "en") for one in remarks_said()]
    if said and isinstance(content, dict):
        content = {**content, "remarks": said}
    sys.stdout.write(json_line(content) + "\n")
    sys.stdout.flush()
