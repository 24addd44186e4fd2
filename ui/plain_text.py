"""A person's text in the media of the app: Markdown of the framework, charts.

Text for HTML leaves through `ui.look.typed`, that of the note's PDF as data of its template, that
of pictures and spreadsheets through the helpers of `sim`.
"""

from __future__ import annotations

import re
from html import escape

from sim.plain_text import one_line

WORD_JOINER = "\u2060"
"""Invisible, and no part of any command: it stands within what would be one."""
_SPECIAL = re.compile(r"[\\`*_\[\]<>$~|&]")
_AT_THE_START = re.compile(r"^(#+|[-+]|\d+(?=[.)]))")
_COMMANDS = re.compile(r":(?=[\w/+-])|\bwww(?=\.)|@(?=\w)", re.IGNORECASE)
"""In every code of an emoji, icon or colour and in every address: escapes do not stop those."""
_ARROWS = re.compile(r"(?<!\S)([<>~-])([->=]{1,2})(?!\S)")
_CHART_FIELDS = re.compile(r"%(?=\{)")


def markdown_text(words: str) -> str:
    """Text that the framework's Markdown shows as it is written, on one line."""
    apart = _COMMANDS.sub(lambda found: found[0] + WORD_JOINER, one_line(words))
    apart = _ARROWS.sub(rf"\1{WORD_JOINER}\2", apart)
    escaped = _SPECIAL.sub(lambda found: "\\" + found[0], apart)
    return _AT_THE_START.sub(_escaped_start, escaped)


def _escaped_start(found: re.Match[str]) -> str:
    start = found[0]
    return f"{start}\\" if start.isdigit() else f"\\{start}"


def chart_text(words: str) -> str:
    """Text of a chart, whose library would read tags, formulas and fields in it."""
    escaped = escape(one_line(words), quote=False).replace("$", "&#36;")
    return _CHART_FIELDS.sub(f"%{WORD_JOINER}", escaped)
