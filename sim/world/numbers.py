"""What a behaviour reads of the parameter tables, declared in its own file.

    NUMBERS = national(move_hazard="benefit.move_hazard")

makes ``w.national[0].move_hazard`` the value of ``benefit.move_hazard`` in force on the date.
Layout and packing of the records follow from what is declared (`sim.engine.packed_declared`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Of(Enum):
    """Whose record holds a number: each is a table of `sim.world.world.World`."""

    NATION = "national"
    TERRITORY = "territories"
    PATHWAY = "organisation"


class Source(NamedTuple):
    """Where a field comes from; a whole number is an integer in compiled code."""

    path: str
    is_whole: bool = False


@dataclass(frozen=True, eq=False)
class Numbers:
    """Fields of one of the records by name."""

    of: Of
    sources: Mapping[str, Source]


def whole(path: str) -> Source:
    """A number that rules read as an integer."""
    return Source(path, is_whole=True)


def national(**paths: str | Source) -> Numbers:
    """Fields of ``w.national[0]``, by the full paths of their parameters."""
    return _declared(Of.NATION, paths)


def of_territory(**paths: str | Source) -> Numbers:
    """Fields of ``w.territories[…]``, by the paths below ``territories.<territory>``."""
    return _declared(Of.TERRITORY, paths)


def of_pathway(**paths: str | Source) -> Numbers:
    """Fields of ``w.organisation[…]``, by the paths below a territory's ``pathways.<pathway>``."""
    return _declared(Of.PATHWAY, paths)


def _declared(of: Of, paths: Mapping[str, str | Source]) -> Numbers:
    sources = {
        name: path if isinstance(path, Source) else Source(path) for name, path in paths.items()
    }
    return Numbers(of, sources)
