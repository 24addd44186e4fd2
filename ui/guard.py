"""An unexpected error is told kindly with an identifier; details go to the log of the server."""

from __future__ import annotations

import functools
import hashlib
import logging
import traceback
from collections.abc import Callable
from typing import ParamSpec

from ui import elements as st
from ui.spoken import text

LOG = logging.getLogger(__name__)
IDENTIFIER_LETTERS = 8
Words = ParamSpec("Words")


def guarded(draw: Callable[Words, None]) -> Callable[Words, None]:
    """A page, or a part of one, that never shows what went wrong inside."""

    @functools.wraps(draw)
    def told(*words: Words.args, **named: Words.kwargs) -> None:
        try:
            draw(*words, **named)
        except Exception:
            identifier = noted(draw.__name__)
            st.error(text("app.crash", identifier=identifier), icon=":material/error:")

    return told


def noted(what: str) -> str:
    """Write the present exception to the log; its identifier, equal for equal failures."""
    words = traceback.format_exc().encode("utf-8")
    identifier = hashlib.sha256(words).hexdigest()[:IDENTIFIER_LETTERS]
    LOG.exception("%s failed, identifier %s", what, identifier)
    return identifier
