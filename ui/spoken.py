"""The texts of the app in the language of its visitor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

from sim.language import Language
from sim.policy.form import Wording
from ui import elements as st
from ui.texts import at, catalogue, said

LANGUAGE_KEY = "lang"
"""Where the visitor's language is kept; also its name in the address."""
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


def text(key: str, **words: object) -> str:
    """The text at ``group.name``, with its words filled in. Raises KeyError when unknown."""
    return said(key, language(), **words)


def worded(title: Wording) -> str:
    """What a file says in both languages, in the visitor's."""
    return title.fr if language() == "fr" else title.en


def texts(key: str) -> list[str]:
    """The list of texts at ``group.name``."""
    return [str(item) for item in at(key, language())]


def words(key: str) -> dict[str, str]:
    """The named texts at ``group.name``."""
    return {str(name): str(value) for name, value in at(key, language()).items()}


def wordings(key: str) -> dict[str, str]:
    """The text at ``group.name`` in every language; empty when the catalogue has none."""
    group, _, name = key.partition(".")
    return dict(catalogue().get(group, {}).get(name, {}))


def has_text(key: str) -> bool:
    """Whether the catalogue knows the key."""
    try:
        at(key, language())
    except KeyError:
        return False
    return True
