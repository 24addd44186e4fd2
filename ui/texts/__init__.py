"""Everything that people are told, French and English side by side, from one catalogue.

The YAML files of this folder hold groups of texts. A text is a pair of languages (``fr``, ``en``),
each a sentence, a list of sentences or named words. A word in braces is filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sim.language import Language

LANGUAGES: tuple[Language, ...] = ("fr", "en")
FOLDER = Path(__file__).parent
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def catalogue() -> Mapping[str, Any]:
    """Every group of texts; each text is a pair of languages (``fr``, ``en``)."""
    found: dict[str, Any] = {}
    for file in sorted(FOLDER.glob("*.yaml")):
        read = yaml.load(file.read_text(encoding="utf-8"), _LOADER)
        for group, entries in read.items():
            found.setdefault(group, {}).update(entries)
    return found


def at(key: str, language: Language) -> Any:
    """What stands at ``group.name`` in a language. Raises KeyError when unknown."""
    found: Any = catalogue()
    for part in key.split("."):
        found = found[part]
    return found[language]


def said(key: str, language: Language, **words: object) -> str:
    """The text at ``group.name`` in a language, with its words filled in."""
    return str(at(key, language)).format(**words).strip()
