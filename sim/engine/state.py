"""The state of a department between two runs: what a starting population is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine import array_file
from sim.engine.staffing import Post

MAXIMUM_DESKS = 64
REMEMBERED_DAYS = 400
"""Days for which households that left for good are kept: statistics look back twelve months."""


@dataclass(frozen=True)
class State:
    """People, places and queues on the eve of a day; arrays are never written to.

    ``post_loads`` follows ``posts``; ``office`` and ``agenda`` are days, ``caseworkers``
    rows of ``posts`` (see the world).
    """

    day: int
    households: NDArray[np.void]
    people: NDArray[np.void]
    agenda: NDArray[np.int16]
    office: NDArray[np.int16]
    caseworkers: NDArray[np.int16]
    posts: tuple[Post, ...]
    post_loads: NDArray[np.int64]
    places: NDArray[np.int64]
    desks: NDArray[np.int64]
    arrival_time: NDArray[np.float64]
    arrival_number: NDArray[np.int64]
    arrival_hazard: NDArray[np.float64]

    def copied(self) -> State:
        """The same with people and households of its own."""
        tables = ("households", "people", "agenda", "office", "caseworkers")
        return replace(self, **{name: getattr(self, name).copy() for name in tables})

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """The state as arrays by name."""
        arrays = {
            name: getattr(self, name)
            for name in self.__dataclass_fields__
            if name not in ("day", "posts")
        }
        posts = np.array(
            [(p.is_additional, p.territory, p.role, p.number) for p in self.posts], dtype=np.int64
        ).reshape(-1, 4)
        return {"day": np.array(self.day), "posts": posts, **arrays}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> State:
        """The inverse of ``to_arrays``; raises KeyError or TypeError for other arrays."""
        rest = dict(arrays)
        day, rows = int(rest.pop("day")), rest.pop("posts")
        posts = tuple(
            Post(bool(extra), int(territory), int(role), int(number))
            for extra, territory, role, number in rows
        )
        return cls(day=day, posts=posts, **rest)

    def to_bytes(self) -> bytes:
        """The state as one file."""
        return array_file.to_bytes(self.to_arrays())

    @classmethod
    def from_bytes(cls, content: bytes | memoryview) -> State:
        """The inverse of ``to_bytes``; raises ValueError, KeyError or TypeError for another."""
        return cls.from_arrays(array_file.from_bytes(content))

    def on_roster(self, posts: tuple[Post, ...]) -> tuple[NDArray[np.int16], NDArray[np.int64]]:
        """Post rows of the people, and loads, on another roster; it must hold every post in use."""
        row_of = {post: row for row, post in enumerate(posts)}
        rows = np.array([row_of.get(post, -1) for post in self.posts] + [-1], dtype=np.int16)
        loads = np.zeros(len(posts), dtype=np.int64)
        for row, load in zip(rows[:-1], self.post_loads, strict=True):
            if row >= 0:
                loads[row] = load
            elif load:
                raise ValueError("a post with a portfolio is missing from the roster")
        return rows[self.caseworkers], loads

    def compacted(self, kept: NDArray[np.bool_]) -> State:
        """The same without the households that are not ``kept``, rows renumbered."""
        kept_people = kept[self.people["household"]]
        # A choice by marks is a copy.
        households, people = self.households[kept], self.people[kept_people]
        people["household"] = (np.cumsum(kept) - 1)[people["household"]]
        members = households["members"].astype(np.int64)
        households["first"] = np.cumsum(members) - members
        return replace(
            self,
            households=households,
            people=people,
            agenda=self.agenda[kept],
            office=self.office[kept_people],
            caseworkers=self.caseworkers[kept_people],
        )
