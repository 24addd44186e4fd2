"""Who is in the portfolios of which posts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel
from sim.vocabulary import MAXIMUM_ROLES_PER_PATHWAY as ROLES
from sim.world.world import World

PEOPLE_AT_ONCE = 16
"""Looked at as one: in most such groups nobody is in a portfolio that is asked for."""


@kernel
def no_post(w: World) -> NDArray[np.bool_]:
    """Marks of posts, none of them set; the last one, row -1, is nobody's and stays so."""
    return np.zeros(w.posts.shape[0] + 1, np.bool_)


@kernel
def list_in_portfolios(
    w: World, is_marked: NDArray[np.bool_], first: int, last: int, listed: NDArray[np.int64]
) -> int:
    """List the people between two rows who are in a portfolio of a marked post; how many."""
    lowest, highest = marked_range(is_marked)
    posts = w.caseworkers.reshape(-1)
    found = 0
    for group in range(first, last, PEOPLE_AT_ONCE):
        end = min(group + PEOPLE_AT_ONCE, last)
        if is_any_between(posts[ROLES * group : ROLES * end], lowest, highest):
            for person in range(group, end):
                # Written every time and kept when theirs, as in ``list_due``.
                listed[found] = person
                first_is, second_is = w.caseworkers[person, 0], w.caseworkers[person, 1]
                found += 1 if is_marked[first_is] or is_marked[second_is] else 0
    return found


@kernel
def marked_range(is_marked: NDArray[np.bool_]) -> tuple[int, int]:
    """The first and the last marked post; nothing lies between them without any."""
    lowest, highest = is_marked.shape[0], -1
    for post in range(is_marked.shape[0]):
        if is_marked[post]:
            lowest = min(lowest, post)
            highest = post
    return lowest, highest


@kernel
def is_any_between(posts: NDArray[np.int16], lowest: int, highest: int) -> bool:
    """Whether one of the posts lies from ``lowest`` to ``highest``."""
    low, high = np.int16(lowest), np.int16(highest)
    is_any = False
    # Without a way out in between, so that many are compared by one instruction.
    for place in range(posts.shape[0]):
        is_any |= (posts[place] >= low) & (posts[place] <= high)
    return is_any
