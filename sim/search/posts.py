"""Which posts a department lacks: the roles and territories among which further posts are shared.

What is short is read from the needs of a run (`sim.experiments.why`). Posts go where they are
short; where none is, in proportion to those that are asked for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sim.experiments.why import Limit, Need

Place = tuple[str, str]
"""A territory and a role."""


@dataclass(frozen=True)
class Shortage:
    """The posts that are short in all, and the part of each territory and role in further ones."""

    posts: float
    parts: Mapping[Place, float]

    def shared(self, posts: int) -> dict[Place, int]:
        """So many whole posts, shared out: the largest remainders have the last ones."""
        exact = {place: posts * part for place, part in self.parts.items()}
        whole = {place: math.floor(each + 1e-9) for place, each in exact.items()}
        rest = posts - sum(whole.values())
        order = sorted(exact, key=lambda place: (whole[place] - exact[place], place))
        for place in order[:rest]:
            whole[place] += 1
        return {place: count for place, count in whole.items() if count}


def shortage(needs: Iterable[Need], limits: Sequence[Limit], roles: Sequence[str] = ()) -> Shortage:
    """What is short of some limits, in some roles (none: all that a need names)."""
    asked: dict[Place, float] = {}
    there: dict[Place, float] = {}
    for need in needs:
        if need.limit not in limits or not need.role or (roles and need.role not in roles):
            continue
        place = (need.territory, need.role)
        each = need.asked / need.each if need.each > 0.0 else 0.0
        asked[place] = max(asked.get(place, 0.0), each)
        there[place] = need.units
    short = {place: max(count - there[place], 0.0) for place, count in asked.items()}
    total = sum(short.values())
    weights = short if total > 0.0 else asked
    whole = sum(weights.values())
    if whole <= 0.0:
        return Shortage(0.0, {place: 1.0 / len(asked) for place in asked})
    return Shortage(total, {place: weight / whole for place, weight in weights.items() if weight})
