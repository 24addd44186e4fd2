"""How French is set: elision, spaces that do not break (docs/style_fr.md)."""

from __future__ import annotations

import re

APOSTROPHE = "\u2019"
NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"
_DE_BEFORE_MONTH = re.compile(r"\b([Dd])e (?=(?:avril|août|octobre)\b)")
_BEFORE_NARROW = re.compile(r" (?=[;?!])")
_BEFORE = re.compile(r" (?=[:»%€])")


def elided(words: str) -> str:
    """``de avril`` as ``d’avril``: what is filled in may begin with a vowel."""
    return _DE_BEFORE_MONTH.sub(rf"\1{APOSTROPHE}", words)


def composed(words: str) -> str:
    """French with spaces that do not break: narrow before ``; ? !``, full beside ``: « » % €``."""
    words = _BEFORE_NARROW.sub(NARROW_NO_BREAK, words)
    return _BEFORE.sub(NO_BREAK, words).replace("« ", f"«{NO_BREAK}")
