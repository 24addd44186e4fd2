"""A person's text is text: what a reader keeps of it, and how it leaves through each medium.

Titles, names, labels and notes come from files, links and pages. A reader keeps `cleaned` text; a
writer sends text out through the helper of its medium: `escaped`, `picture_text` and
`spreadsheet_text` here, the terminal in `ui.cli.terminal`, the page of the app in `ui`.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape

LONGEST_LINE = 300
"""Characters of a title, a name or a label."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Also their full-width twins, which some spreadsheets read alike."""
_NUMBER = r"[+\u2212\u2013-]?\d[\d \u00a0\u202f.,;]*(?:[ \u00a0\u202f]?[%€])?"
HARMLESS = re.compile(rf"{_NUMBER}(?: \[{_NUMBER}[,;] ?{_NUMBER}\])?|[+\u2212\u2013-]")
"""A number with its sign and its interval, or a dash: nothing that a spreadsheet would compute."""
_BREAKS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_WHITE = re.compile(r"[ \n\t]+")
_NOT_WRITTEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, escapes among them
    "\xad\u180e\u200b\u2060-\u2064\ufeff"  # invisible, and part of no word
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # the direction of writing
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # notes between lines, hidden letters
    "\ud800-\udfff\ufdd0-\ufdef"  # halves of characters, and codes that are none
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
"""U+200C and U+200D stay: words of Persian and Indian scripts and composed emoji need them."""


def cleaned(text: str) -> str:
    """The text as a person reads it: composed (NFC), without what is not written.

    Removed are control characters and escapes, marks that reverse the direction of writing,
    invisible characters, halves of characters and codes that are none. Line breaks stay, all of
    one kind; so do tabs.
    """
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", _NOT_WRITTEN.sub("", _BREAKS.sub("\n", text)))


def one_line(text: str) -> str:
    """The cleaned text on one line, without blanks at its ends."""
    return _WHITE.sub(" ", cleaned(text)).strip()


def escaped(text: str) -> str:
    """Text for a page of HTML, between tags or in an attribute between quotes."""
    return escape(cleaned(text))


def spreadsheet_text(text: str) -> str:
    """Text of a cell that a spreadsheet shows and never computes; numbers stay as they are.

    Text that begins like a formula gets an apostrophe before it.
    """
    kept = cleaned(text)
    is_risky = kept.startswith(FORMULA_SIGNS) and HARMLESS.fullmatch(kept) is None
    return f"'{kept}" if is_risky else kept
