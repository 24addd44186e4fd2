"""Remarks: what is accepted but has to be known, told when it is met and kept on the result."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class Remark(NamedTuple):
    """The same sentence in English and in French."""

    en: str
    fr: str


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
