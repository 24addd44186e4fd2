"""How figures are written in a language, and the nouns beside them."""

from __future__ import annotations

from collections.abc import Iterable

from sim.language import Language

NARROW_SPACE = "\u202f"


def in_figures(written: str, language: Language) -> str:
    """An English number (``1,234.5``) with the signs of a language (``1 234,5``)."""
    if language == "en":
        return written
    return written.replace(",", NARROW_SPACE).replace(".", ",")


def is_singular(count: float, language: Language) -> bool:
    """Whether a noun beside a number stands in the singular.

    French: below two (``1,5 jour``); English: one alone.
    """
    return count < 2.0 if language == "fr" else count == 1.0


def bracketed(ends: Iterable[str], language: Language) -> str:
    """The two ends of an interval, written already: ``[1, 2]`` or ``[1 ; 2]``."""
    low, high = ends
    return f"[{low} ; {high}]" if language == "fr" else f"[{low}, {high}]"
