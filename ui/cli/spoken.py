"""The language in which a command speaks, and the texts of the catalogue in it.

``--lang`` decides, wherever it stands on the command line, else the environment (``LC_ALL``,
``LC_MESSAGES``, ``LANG``, the first that is set): French where it begins with ``fr``, English
everywhere else. What other programs read (``--json``, names of columns) is English whatever is
spoken.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextvars import ContextVar

from sim.language import Language
from ui.texts import LANGUAGES, at, said
from ui.texts.figures import in_figures, is_singular

MACHINES: Language = "en"
"""The language of what other programs read."""
LANGUAGE_OPTION = "--lang"
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_spoken: ContextVar[Language | None] = ContextVar("language of the command", default=None)


def speak(spoken: Language | None) -> None:
    """Speak a language from now on; that of the environment with None."""
    _spoken.set(spoken)


def language_asked(line: Sequence[str]) -> Language | None:
    """What ``--lang`` asks for on a command line, its last word; None where it names no language.

    Read before the line is understood: help and faults of the line itself are told in it.
    """
    options = line[: line.index("--")] if "--" in line else line
    asked = None
    for place, word in enumerate(options):
        option, is_joined, value = word.partition("=")
        if option == LANGUAGE_OPTION:
            asked = value if is_joined else "".join(options[place + 1 : place + 2])
    return next((one for one in LANGUAGES if one == asked), None)


def language() -> Language:
    """The language of the command in hand."""
    return _spoken.get() or language_of_environment()


def language_of_environment() -> Language:
    """What the locale asks for."""
    locale = next(filter(None, map(os.environ.get, LOCALE_VARIABLES)), "")
    return "fr" if locale.lower().startswith("fr") else "en"


def text(key: str, /, **words: object) -> str:
    """The text at ``group.name``, with its words filled in. Raises KeyError when unknown."""
    return said(key, language(), **words)


def texts(key: str) -> list[str]:
    """The list of texts at ``group.name``."""
    return [str(item) for item in at(key, language())]


def words(key: str) -> dict[str, str]:
    """The named texts at ``group.name``."""
    return {str(name): str(value) for name, value in at(key, language()).items()}


def number(value: float, decimals: int = 0) -> str:
    """A number as it is written in the language: ``1,234.5`` or ``1 234,5``."""
    return in_language(f"{value:,.{decimals}f}")


def in_language(written: str) -> str:
    """An English number with the signs of the language."""
    return in_figures(written, language())


def counted(key: str, count: int, /, **filled: object) -> str:
    """The text of so many things (``count``), in the singular where the language asks for it."""
    name = f"{key}_one" if is_singular(count, language()) else key
    return text(name, count=number(count), **filled)
