"""`--allow-large`: the option by which a person raises the limits of time and memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Annotated

import typer

OPTION = "--allow-large"
AllowLarge = Annotated[bool, typer.Option(OPTION)]
_IS_ALLOWED = ContextVar("large work was allowed", default=False)


@contextmanager
def allowing_large(is_allowed: bool) -> Iterator[None]:
    """Whether the command in hand may run what is above the limits."""
    before = _IS_ALLOWED.set(is_allowed)
    try:
        yield
    finally:
        _IS_ALLOWED.reset(before)


def is_large_allowed() -> bool:
    """Whether the command in hand may run what is above the limits."""
    return _IS_ALLOWED.get()
