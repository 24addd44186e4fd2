"""Why a mutant may survive: `reasons.yaml`, each reason with the mutants that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.mutants.mutant import Mutant

FILE = Path(__file__).with_name("reasons.yaml")


@dataclass(frozen=True)
class About:
    """Mutants that are alike: what is not said is anything."""

    file: str = ""
    function: str = ""
    operator: str = ""
    before: str = ""
    after: str = ""

    def has(self, mutant: Mutant) -> bool:
        """Whether a mutant is meant: ends of the names, parts of the lines."""
        return (
            f"/{mutant.file}".endswith(self.file and f"/{self.file}")
            and self.function in ("", mutant.function)
            and mutant.operator.endswith(self.operator)
            and self.before in mutant.before
            and self.after in mutant.after
        )


@dataclass(frozen=True)
class Reason:
    """Why some mutants cannot, or need not, be found."""

    why: str
    about: tuple[About, ...]


def read_reasons() -> list[Reason]:
    """All reasons; raises TypeError for an entry with another key."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8")) or []
    return [Reason(one["why"], tuple(About(**each) for each in one["about"])) for one in told]


def reason_of(mutant: Mutant, reasons: Sequence[Reason]) -> str | None:
    """The first reason that is about a mutant."""
    return next(
        (one.why for one in reasons if any(each.has(mutant) for each in one.about)),
        None,
    )


def without_survivor(reasons: Sequence[Reason], survivors: Sequence[Mutant]) -> Iterator[str]:
    """Entries that are about none of the survivors, each below its reason."""
    for one in reasons:
        for each in one.about:
            if not any(each.has(mutant) for mutant in survivors):
                yield f"{one.why}: {each}"
