"""How a source is named to a reader: the document in French, all that is known in English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from sim.parameters.sources import Source, published_figures, read_sources
from ui.spoken import has_text, language, text, wordings
from ui.texts import catalogue

ENGLISH_MONTH = re.compile(r"\b([A-Z][a-z]+)(?= \d{4}\b)")


def source_text(key: str) -> str:
    """The name of a source; its key where the registry does not know it.

    The registry is in English. A French reader is told the document of a published figure, whose
    statement is the value itself, and the French title of any other source.
    """
    known = _registry()
    if key not in known:
        return key
    if has_text(f"source_title.{key}"):
        return text(f"source_title.{key}")
    figures = published_figures()
    if language() == "fr" and key in figures:
        return _in_french(figures[key].source_title)
    return known[key].title


@cache
def _registry() -> Mapping[str, Source]:
    return read_sources()


def most_cited(keys: Iterable[str]) -> list[tuple[str, int]]:
    """The names of sources with the number of times that they are cited, the most cited first."""
    return Counter(source_text(key) for key in keys).most_common()


def checkable_sources(keys: Iterable[str], most: int) -> tuple[list[tuple[str, str]], int]:
    """The names with an address in the web, the most cited first, at most ``most``.

    Beside them: how many further sources are cited, in the web or not.
    """
    counts: Counter[str] = Counter()
    addresses: dict[str, str] = {}
    for key in keys:
        name = source_text(key)
        counts[name] += 1
        address = address_of(key)
        if address:
            addresses.setdefault(name, address)
    chosen = [(name, addresses[name]) for name, _ in counts.most_common() if name in addresses]
    return chosen[:most], len(counts) - len(chosen[:most])


def address_of(key: str) -> str:
    """The address of a source in the web; empty for a file that ships with the model."""
    known = _registry().get(key)
    if known is None or not known.reference.startswith("http"):
        return ""
    # What follows says where on the page, or in which state of a repository.
    return known.reference.split()[0].partition("@")[0]


def _in_french(title: str) -> str:
    """The name of a French document with the English words that the registry adds to it."""
    for pair in catalogue()["source_word"].values():
        title = title.replace(pair["en"], pair["fr"])
    return ENGLISH_MONTH.sub(lambda found: _month(found[1]), title)


def _month(word: str) -> str:
    """A month of an English date in French; any other word as it is."""
    for names in ("date.months", "date.short_months"):
        months = wordings(names)
        for english, french in zip(months["en"], months["fr"], strict=True):
            if word in (english, f"{english}t"):
                return str(french)
    return word
