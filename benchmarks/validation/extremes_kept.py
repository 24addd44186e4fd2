"""What the extreme conditions gave, as it is kept in docs/validation/extremes.json."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FILE = "validation/extremes.json"


@dataclass(frozen=True)
class Outcome:
    """One thing that must hold, as it came: means over the seeds, and in how many it held.

    ``bound`` is the number that it was held against, None where that is not observed, as is
    ``found``.
    """

    outcome: str
    sign: str
    found: float | None
    bound: float | None
    held: int


@dataclass(frozen=True)
class Run:
    """One condition: what came, and the balances that were broken under any seed."""

    outcomes: tuple[Outcome, ...]
    broken: tuple[str, ...]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Run:
        """From what is kept."""
        outcomes = tuple(Outcome(**one) for one in record["outcomes"])
        return cls(outcomes, tuple(record["broken"]))


@dataclass(frozen=True)
class Extremes:
    """Every condition by key, the seeds it ran under, the months, the engine and the day."""

    seeds: Sequence[int]
    months: int
    engine: str
    day: str
    runs: Mapping[str, Run]


def kept(folder: Path) -> Extremes:
    """What was measured; raises FileNotFoundError without it."""
    record = json.loads((folder / FILE).read_bytes())
    runs = {key: Run.of(one) for key, one in record["runs"].items()}
    seeds = tuple(record["seeds"])
    return Extremes(seeds, record["months"], record["engine"], record["day"], runs)


def written(found: Extremes) -> str:
    """As it is kept."""
    return json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n"
