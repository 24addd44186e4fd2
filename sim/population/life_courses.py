"""What a run remembers of each adult, month by month: the same people can be met in every scenario.

Bit k of a memory is the situation k months before the last month. Memories hold 63 months.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.units import month_number_of_day
from sim.vocabulary import Benefit

MONTHS_REMEMBERED = 63
ALL_MONTHS = np.int64(2**MONTHS_REMEMBERED - 1)
MEMORIES = ("paid", "worked", "lasting", "seen")
PREFIX = "course_"

Flags = NDArray[np.bool_]
Masks = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LifeCourses:
    """Adults, one entry each.

    ``who`` is the identity of the event log; ``territory`` where they live at the end, or lived
    last; ``entered`` the number of the month of their first entry. Memories: ``paid`` at the end
    of a month, ``worked`` in it, began a ``lasting`` job in it, ``seen`` by a caseworker in it.
    """

    last_month: int
    who: NDArray[np.int64]
    territory: NDArray[np.int8]
    entered: NDArray[np.int16]
    has_duties: Flags
    paid: Masks
    worked: Masks
    lasting: Masks
    seen: Masks

    @classmethod
    def of(
        cls,
        households: NDArray[np.void],
        people: NDArray[np.void],
        last_month: int,
        is_job: Flags,
        chosen: Flags | None = None,
    ) -> LifeCourses:
        """The courses of people (all, or those ``chosen``) up to the last complete month.

        ``is_job`` says by row of the job types whether it counts as work.
        """
        if chosen is not None:
            people = people[chosen]
        home = people["household"]
        since_paid = last_month - households["mask_month"][home]
        is_paid = households["benefit"][home] == Benefit.PAID
        since = last_month - people["mask_month"]
        job = people["job"]
        has_job = (job >= 0) & is_job[np.maximum(job, 0)]
        nothing = np.zeros(len(people), dtype=np.bool_)
        return cls(
            last_month=last_month,
            who=households["id"][home] + people["member"] + 1,
            territory=households["territory"][home],
            entered=month_number_of_day(households["entered_on"][home]).astype(np.int16),
            has_duties=people["has_duties"] == 1,
            paid=brought_up(households["paid_mask"][home], since_paid, is_paid),
            worked=brought_up(people["worked_mask"], since, has_job),
            lasting=brought_up(people["lasting_mask"], since, nothing),
            seen=brought_up(people["seen_mask"], since, nothing),
        )

    def __len__(self) -> int:
        return len(self.who)

    def joined(self, others: Sequence[LifeCourses]) -> LifeCourses:
        """These and others, who are people of their own and whose memories end no later."""
        parts = [self, *(one.up_to(self.last_month) for one in others if len(one))]
        if len(parts) == 1:
            return self
        whole = {
            name: np.concatenate([getattr(one, name) for one in parts]) for name in self._names()
        }
        return LifeCourses(self.last_month, **whole)

    def up_to(self, month: int) -> LifeCourses:
        """The same people in a later month; nothing happened to them any more."""
        months = np.full(len(self), month - self.last_month, dtype=np.int16)
        nothing = np.zeros(len(self), dtype=np.bool_)
        moved = {name: brought_up(getattr(self, name), months, nothing) for name in MEMORIES}
        rest: dict[str, Any] = {name: getattr(self, name) for name in self._names()}
        return LifeCourses(month, **{**rest, **moved})

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The courses as arrays by name."""
        arrays = {f"{PREFIX}{name}": getattr(self, name) for name in self._names()}
        return {**arrays, f"{PREFIX}last_month": np.array(self.last_month)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> LifeCourses | None:
        """The inverse of ``to_arrays``; None where there are none. Raises KeyError for a part."""
        if f"{PREFIX}last_month" not in arrays:
            return None
        found = {name: arrays[f"{PREFIX}{name}"] for name in cls._names()}
        return cls(int(arrays[f"{PREFIX}last_month"]), **found)

    @classmethod
    def _names(cls) -> tuple[str, ...]:
        return tuple(name for name in cls.__dataclass_fields__ if name != "last_month")


def brought_up(masks: Masks, months: NDArray[np.int16], fill: Flags) -> Masks:
    """Memories moved on by ``months``, the new months all ``fill``, as ``shifted_mask`` does."""
    count = np.clip(months.astype(np.int64), 0, MONTHS_REMEMBERED)
    moved = np.where(count == MONTHS_REMEMBERED, 0, masks << (count % MONTHS_REMEMBERED))
    new = np.where(fill, (np.int64(1) << count) - 1, 0)
    found: Masks = (moved | new) & ALL_MONTHS
    return found
