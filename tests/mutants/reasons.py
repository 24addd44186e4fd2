"""Why a mutant may survive: `reasons.yaml`, each reason with the mutants that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.mutants.mutant import Mutant

EQUIVALENT, GAP = "equivalent: ", "not found: "
"""How a reason begins: a mutant leaves every result as it is, or tests do not show that it does."""
UNKNOWN = "not looked into yet"
FILE = Path(__file__).with_name("reasons.yaml")


@dataclass(frozen=True)
class About:
    """Mutants that are alike: what is not said is anything.

    Raises ValueError unless it says two of three: operator, function, a part of a line.
    """

    file: str = ""
    function: str = ""
    operator: str = ""
    before: str = ""
    after: str = ""

    def __post_init__(self) -> None:
        parts = (self.before + self.after).strip()
        if sum(map(bool, (self.operator, self.function, parts))) < 2:
            raise ValueError(f"about too much: {self}")

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
    """Why some mutants cannot be found, or are not; raises ValueError if it says neither."""

    why: str
    about: tuple[About, ...]

    def __post_init__(self) -> None:
        if not self.why.startswith((EQUIVALENT, GAP)):
            raise ValueError(f"neither {EQUIVALENT!r} nor {GAP!r}: {self.why}")


def read_reasons() -> list[Reason]:
    """All reasons; raises TypeError for an unknown key, and ValueError as the classes above do."""
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
