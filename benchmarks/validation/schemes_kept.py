"""The numbers of docs/validation/schemes.md as they are kept, in docs/validation.json."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from sim.files import plain_numbers

FILE = "validation.json"


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
    day: str
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
            record["day"],
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


def kept(folder: Path) -> Kept:
    """The numbers that were measured; raises FileNotFoundError without them."""
    return Kept.of(json.loads((folder / FILE).read_bytes()))


def written(found: Kept) -> str:
    """The numbers as they are kept."""
    return json.dumps(plain_numbers(asdict(found)), ensure_ascii=False, indent=1) + "\n"
