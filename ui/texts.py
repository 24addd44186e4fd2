"""The texts of the app, French and English side by side, from one catalogue of YAML files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui import elements as st

FOLDER = Path(__file__).parent
LANGUAGE_KEY = "lang"
"""Where the visitor's language is kept; also its name in the address."""
Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
_spoken: ContextVar[Language | None] = ContextVar("spoken", default=None)


@contextmanager
def speaking(spoken: Language) -> Iterator[None]:
    """The language within the block, for work that a page leaves to another thread."""
    before = _spoken.set(spoken)
    try:
        yield
    finally:
        _spoken.reset(before)


def language() -> Language:
    """The language of this visitor; French outside a page and until it is switched."""
    spoken = _spoken.get()
    if spoken is not None:
        return spoken
    if get_script_run_ctx(suppress_warning=True) is None:
        return "fr"
    return "en" if st.session_state.get(LANGUAGE_KEY) == "en" else "fr"


@cache
def catalogue() -> Mapping[str, Any]:
    """Every group of texts; each text is a pair of languages (``fr``, ``en``)."""
    found: dict[str, Any] = {}
    for file in sorted(FOLDER.glob("texts_*.yaml")):
        for group, entries in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            found.setdefault(group, {}).update(entries)
    return found


def text(key: str, **words: object) -> str:
    """The text at ``group.name``, with its words filled in. Raises KeyError when unknown."""
    return str(_at(key)).format(**words).strip()


def texts(key: str) -> list[str]:
    """The list of texts at ``group.name``."""
    return [str(item) for item in _at(key)]


def words(key: str) -> dict[str, str]:
    """The named texts at ``group.name``."""
    return {str(name): str(value) for name, value in _at(key).items()}


def wordings(key: str) -> dict[str, str]:
    """The text at ``group.name`` in every language; empty when the catalogue has none."""
    group, _, name = key.partition(".")
    return dict(catalogue().get(group, {}).get(name, {}))


def has_text(key: str) -> bool:
    """Whether the catalogue knows the key."""
    try:
        _at(key)
    except KeyError:
        return False
    return True


def _at(key: str) -> Any:
    found: Any = catalogue()
    for part in key.split("."):
        found = found[part]
    return found[language()]
