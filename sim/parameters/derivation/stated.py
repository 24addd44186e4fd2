"""One entry of a derived file: value, kind, sources, a range that grows with what is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import sqrt
from pathlib import Path

from sim.parameters.derivation.statistics import Figure
from sim.parameters.reading import read_yaml

NOTES = Path(__file__).with_name("notes.yaml")

INTERVAL = 0.90
YEARS_TO_DOUBLE = 5.0
"""A half width grows as the root of 1 + age / this many years: stocks and rules drift."""
OF_OTHERS = 1.5
"""Half widths are this much larger where other departments stand for this one. Both assumed."""
MOST_OF_NONE = 1.0
"""The high end of a range around nothing: one post, one place."""

Entry = dict[str, object]


@dataclass(frozen=True)
class Doubt:
    """How far off a derived value may be: a factor either way, for a fresh figure of one's own."""

    half_width: float
    """0.3: between the value / 1.3 and the value × 1.3, with a probability of 0.9."""

    def range_of(self, value: float, figures: Sequence[Figure], on: date) -> Entry:
        """The range around a value made from these figures, seen from a day."""
        age = max(((on - one.as_of).days / 365.25 for one in figures), default=0.0)
        others = OF_OTHERS if any(not one.is_own for one in figures) else 1.0
        factor = 1.0 + self.half_width * sqrt(1.0 + max(age, 0.0) / YEARS_TO_DOUBLE) * others
        low, high = (value / factor, value * factor) if value > 0.0 else (0.0, MOST_OF_NONE)
        return {"low": float(f"{low:.4g}"), "high": float(f"{high:.4g}"), "interval": INTERVAL}


def stated(
    value: object,
    note: str,
    source: str | Sequence[str],
    uncertainty: Entry,
    kind: str = "derived",
    as_of: date | None = None,
) -> Entry:
    """An entry as a department's file writes it."""
    listed = source if isinstance(source, str) else list(dict.fromkeys(source))
    entry: Entry = {
        "value": value, "kind": kind, "source": listed, "uncertainty": uncertainty, "note": note,
    }  # fmt: skip
    return entry | ({"as_of": as_of} if as_of else {})


def fixed(value: object, note: str, source: str | Sequence[str], reason: str, kind: str) -> Entry:
    """An entry without a range, and why it has none."""
    return stated(value, note, source, {"none": reason}, kind)


@lru_cache(maxsize=1)
def _notes() -> Mapping[str, str]:
    return {name: str(written) for name, written in read_yaml(NOTES, NOTES.name).items()}


def note(name: str, **words: object) -> str:
    """A note of the file of notes, with its words filled in."""
    return _notes()[name].format(**words)


def said_of(figure: Figure) -> dict[str, object]:
    """Whose figure it is and of which year, as notes say it."""
    whose = note("own") if figure.is_own else note("of_others", count=figure.count)
    return {"whose": whose, "year": figure.year}
