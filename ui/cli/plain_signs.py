"""Text for terminals that have no signs beyond ASCII (``LC_ALL=C``): the nearest plain ones."""

from __future__ import annotations

import codecs
import sys
import unicodedata
from collections.abc import Mapping
from io import TextIOWrapper
from typing import IO

ERRORS = "nearest_plain_sign"
SIGNS: Mapping[str, str] = {
    "–": "-", "—": "-", "−": "-", "‑": "-", "…": "...", "“": '"', "”": '"', "«": '"', "»": '"',
    "‘": "'", "’": "'", "€": "EUR", "×": "x", "≤": "<=", "≥": ">=", "≈": "~", "→": "->", "·": ".",
    "•": "*", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "✓": "x",
}  # fmt: skip
UNKNOWN = "?"


def write_what_the_terminal_has() -> None:
    """From now on no text fails on standard output or error for want of a sign."""
    codecs.register_error(ERRORS, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=ERRORS)


def has_every_sign(stream: IO[str]) -> bool:
    """Whether a stream takes any text as it is."""
    return (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "").startswith("utf")


def plainest(sign: str) -> str:
    """The nearest ASCII text of one sign."""
    if sign in SIGNS:
        return SIGNS[sign]
    plain = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode("ascii")
    return plain or UNKNOWN


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(plainest, error.object[error.start : error.end])), error.end
