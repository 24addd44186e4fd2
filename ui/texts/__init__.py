"""Everything that people are told, French and English side by side, from one catalogue.

The YAML files of this folder hold groups of texts. A text is a pair of languages (``fr``, ``en``),
each a sentence, a list of sentences or named words. A word in braces is filled in. A file is read
when one of its groups is asked for: a command does not wait for the pages of the app.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sim.language import Language
from ui.texts.typography import elided

LANGUAGES: tuple[Language, ...] = ("fr", "en")
FOLDER = Path(__file__).parent
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEAD = re.compile(r"^(\w+):", re.MULTILINE)


@cache
def _homes() -> Mapping[str, tuple[Path, ...]]:
    """The files in which each group has texts."""
    homes: dict[str, tuple[Path, ...]] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        for group in _HEAD.findall(file.read_text(encoding="utf-8")):
            homes[group] = (*homes.get(group, ()), file)
    return homes


@cache
def _read(file: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.load(file.read_text(encoding="utf-8"), _LOADER)
    return found


@cache
def group_of(name: str) -> Mapping[str, Any]:
    """The texts of a group, each a pair of languages. Raises KeyError when unknown."""
    found: dict[str, Any] = {}
    for file in _homes()[name]:
        found.update(_read(file)[name])
    return found


def catalogue() -> Mapping[str, Any]:
    """Every group of texts."""
    return {name: group_of(name) for name in _homes()}


def at(key: str, language: Language) -> Any:
    """What stands at ``group.name`` in a language. Raises KeyError when unknown."""
    group, *names = key.split(".")
    found: Any = group_of(group)
    for name in names:
        found = found[name]
    return found[language]


def said(key: str, language: Language, /, **words: object) -> str:
    """The text at ``group.name`` in a language, with its words filled in."""
    return _filled(str(at(key, language)), language, words)


def said_each(key: str, language: Language, /, **words: object) -> tuple[str, ...]:
    """The texts of a list at ``group.name`` in a language, with their words filled in."""
    return tuple(_filled(str(one), language, words) for one in at(key, language))


def _filled(text: str, language: Language, words: Mapping[str, object]) -> str:
    found = text.format(**words).strip()
    return elided(found) if language == "fr" and words else found
