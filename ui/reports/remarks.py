"""Remarks in words."""

from __future__ import annotations

from datetime import date

from sim.language import Language
from sim.remarks import Both, Remark, Word
from ui.ages import aged_text, day_text
from ui.texts import said
from ui.texts.figures import in_figures
from ui.texts.translated import UNIT, unit_in

FIGURES = frozenset(
    ("value", "low", "high", "ratio", "seen", "share", "before", "after", "at_start",
     "job_finding_factor", "entries_factor", "rows", "households", "published")
)  # fmt: skip
"""Names of words that are figures."""
DAY = "day"
"""The name of a day of a scenario, written in French as people say it."""
FIGURE_DAYS = ("figure_day", "reached_day")
"""Names of days that figures describe, told with the age of the figure."""
BETWEEN = {"en": "; ", "fr": " ; "}
"""What stands between sentences that fill one place."""


def remark_text(remark: Remark, language: Language) -> str:
    """The sentence of a remark."""
    words = {name: _word(name, word, language) for name, word in remark.words}
    return said(f"remark.{remark.key}", language, **words)


def _word(name: str, word: Word, language: Language) -> str:
    if isinstance(word, str):
        if name == UNIT:
            return unit_in(word, language)
        if name in FIGURE_DAYS:
            return aged_text(date.fromisoformat(word), language)
        if name == DAY and language == "fr":
            return day_text(date.fromisoformat(word), language)
        return in_figures(word, language) if name in FIGURES else word
    if isinstance(word, Both):
        return word.fr if language == "fr" else word.en
    return BETWEEN[language].join(remark_text(one, language) for one in word)
