"""Sentences that stand in English where they are raised, in the language that is spoken.

A refusal is an exception of the model: a notebook and `--json` have it in English. The catalogue
holds its English, with the words that are filled in left open, beside its French. The sentence
with most words of its own is the one that is meant.
"""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

from sim.language import Language
from ui.texts import group_of
from ui.texts.figures import in_figures

AS_IT_IS, UNIT, FIGURE = "text", "unit", "figure"
"""Names of words to fill in: what a person wrote, names and paths; what a number is counted in; a
number that nobody types."""
UNITS = "refusal_unit"
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_QUOTES = ("'", '"')


def translated(written: str, language: Language, *groups: str) -> str:
    """A sentence of these groups in the language; as it is where they have none like it."""
    if language == "en" or _is_quoted(written):
        return written
    for pattern, sentence in _sentences(groups, language):
        found = pattern.fullmatch(written)
        if found is not None:
            words = found.groupdict()
            filled = {name: _word(name, word, language, groups) for name, word in words.items()}
            return sentence.format(**filled)
    return in_figures(written, language) if _THOUSANDS.fullmatch(written) else written


def unit_in(unit: str, language: Language) -> str:
    """A unit of the tables in the language; as it is where it has no words there."""
    known = group_of(UNITS).get(unit)
    return unit if known is None else str(known[language])


def _is_quoted(written: str) -> bool:
    """Whether it is one quoted text: what a person wrote."""
    mark = written[:1]
    return mark in _QUOTES and written.endswith(mark) and mark not in written[1:-1]


def _word(name: str, word: str, language: Language, groups: tuple[str, ...]) -> str:
    if name.startswith(AS_IT_IS):
        return word
    if name == FIGURE:
        return in_figures(word, language)
    if name == UNIT:
        return unit_in(word, language)
    return translated(word, language, *groups)


@cache
def _sentences(
    groups: tuple[str, ...], language: Language
) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What sentences look like when they are filled in, and how they are said; longest first."""
    pairs = [pair for group in groups for pair in group_of(group).values()]
    pairs.sort(key=lambda pair: -_length(str(pair["en"])))
    return tuple((_pattern(str(pair["en"])), str(pair[language])) for pair in pairs)


def _length(sentence: str) -> int:
    """The signs of a sentence that are not filled in."""
    return sum(len(literal) for literal, *_ in Formatter().parse(sentence))


def _pattern(sentence: str) -> re.Pattern[str]:
    """What a sentence looks like when its words are filled in."""
    parts = []
    for literal, name, *_ in Formatter().parse(sentence):
        parts.append(re.escape(literal))
        if name:
            parts.append(f"(?P<{name}>{'.*' if name.startswith(AS_IT_IS) else '.+?'})")
    return re.compile("".join(parts), re.DOTALL)
