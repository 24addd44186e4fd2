"""Words compared without accents, capital letters and signs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from sim.plain_text import one_line

EURO = " eur "


@lru_cache(maxsize=4096)
def plain(words: str) -> str:
    """Small letters and digits without accents; every other sign is one space."""
    folded = unicodedata.normalize("NFKD", words.replace("€", EURO)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", _ascii(folded)))


def squeezed(words: str) -> str:
    """``plain`` without its spaces: "Nb. foyers", "nb_foyers" and "NbFoyers" are one."""
    return plain(words).replace(" ", "")


def visible(words: str) -> str:
    """Text on one line, with plain single spaces."""
    return " ".join(one_line(words).split())


def _ascii(folded: str) -> str:
    """Without marks on letters; other signs that ASCII lacks separate words."""
    return "".join(
        one if one.isascii() else " " for one in folded if not unicodedata.combining(one)
    )
