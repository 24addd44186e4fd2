"""Remarks: what is accepted but has to be known, told when it is met and kept on the result.

A remark is a key and what is filled in: its sentence stands in the catalogue (`ui.texts`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple, TypeAlias


class Both(NamedTuple):
    """A word that has one form in each language, such as the label of a place."""

    en: str
    fr: str


class Remark(NamedTuple):
    """A sentence of the catalogue and the words that fill it, by their names there."""

    key: str
    words: tuple[tuple[str, Word], ...] = ()


Word: TypeAlias = str | Both | tuple[Remark, ...]
"""What fills a remark: a text, one text for each language, or what further sentences say."""


def remarked(key: str, **words: str | Both | int | tuple[Remark, ...]) -> Remark:
    """A remark with its words by name."""
    filled = ((name, str(one) if isinstance(one, int) else one) for name, one in words.items())
    return Remark(key, tuple(filled))


_said: ContextVar[list[Remark] | None] = ContextVar("remarks of this answer", default=None)


@contextmanager
def remarking() -> Iterator[None]:
    """An answer of its own: what is remarked within belongs to it."""
    before = _said.set([])
    try:
        yield
    finally:
        _said.reset(before)


def is_new(remark: Remark) -> bool:
    """Note a remark; whether the present answer did not have it yet."""
    said = _said.get()
    if said is None:
        return True
    if remark in said:
        return False
    said.append(remark)
    return True


def remarks_said() -> tuple[Remark, ...]:
    """What was remarked so far in the present answer."""
    return tuple(_said.get() or ())
