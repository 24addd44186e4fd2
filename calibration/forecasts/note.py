"""A sentence for the reader of a forecast, in English and in French."""

from __future__ import annotations

from typing import NamedTuple


class Note(NamedTuple):
    """The same sentence in English and in French."""

    en: str
    fr: str
