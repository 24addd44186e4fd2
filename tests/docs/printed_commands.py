"""The commands that stand in the blocks of shell of the pages."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(?:sh|bash)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ASSIGNMENT = re.compile(r"[A-Z_]+=")


class Printed(NamedTuple):
    """A command of a page, without its comment and what is set before it."""

    page: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}: {shlex.join(self.words)}"


def printed_commands() -> list[Printed]:
    """Every command of every page, in their order."""
    found: list[Printed] = []
    for page in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]):
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            for words in commands_of(block):
                while words and ASSIGNMENT.match(words[0]):
                    words = words[1:]
                if words:
                    found.append(Printed(page.relative_to(ROOT).as_posix(), tuple(words)))
    return found


def commands_of(block: str) -> Iterator[list[str]]:
    """The words of each command of a block; a quotation may go on in the next line."""
    open_text = ""
    for line in block.replace("\\\n", " ").splitlines():
        open_text += line + "\n"
        try:
            words = shlex.split(open_text, comments=True)
        except ValueError:
            continue
        open_text = ""
        yield words
    assert not open_text, open_text


PRINTED = printed_commands()
