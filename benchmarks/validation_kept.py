"""The numbers of docs/validation.md as they are kept beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple


class Spread(NamedTuple):
    """What the model predicts over draws and seeds: median, 5 and 95 %."""

    median: float
    low: float
    high: float


@dataclass(frozen=True)
class Level:
    """A step of a waterfall, in percent, and by how much it is above the one before (paired)."""

    is_aside: bool
    level: Spread
    more: Spread | None

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Level:
        """From what is kept."""
        more = record["more"]
        return cls(record["is_aside"], Spread(*record["level"]), more and Spread(*more))


class Shown(NamedTuple):
    """What a run gives for a promise: an outcome, where and when, its mean (None: not observed)."""

    label: str
    where: Sequence[str]
    unit: str
    mean: float | None


@dataclass(frozen=True)
class Promised:
    """A promise of a page; ``is_kept`` is None where no outcome has its unit.

    ``asked`` is the limit of the offices that is most asked for there, ``ratio`` how much for each
    one that there is.
    """

    what: str
    promise: str
    limit: str
    reads: tuple[Shown, ...]
    is_kept: bool | None
    asked: str
    ratio: float | None

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Promised:
        """From what is kept."""
        return cls(**{**record, "reads": tuple(Shown(*read) for read in record["reads"])})


@dataclass(frozen=True)
class Kept:
    """Everything that the page shows."""

    replications: int
    promise_replications: int
    engine: str
    results: Mapping[str, Spread]
    waterfall: Mapping[str, Mapping[str, Level]]
    closing: Mapping[str, Spread]
    promises: Mapping[str, Sequence[Promised]]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Kept:
        """From what is kept."""
        return cls(
            record["replications"],
            record["promise_replications"],
            record["engine"],
            {key: Spread(*values) for key, values in record["results"].items()},
            {
                name: {key: Level.of(level) for key, level in steps.items()}
                for name, steps in record["waterfall"].items()
            },
            {key: Spread(*values) for key, values in record["closing"].items()},
            {
                name: tuple(map(Promised.of, promised))
                for name, promised in record["promises"].items()
            },
        )
