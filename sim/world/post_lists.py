"""The contacts of a day: one waiting list for each caseworker, served in one common order.

Far more is due on most days than the minutes allow. Minutes only fall while contacts are served, so
a caseworker left with less than the shortest contact of the list is passed over with all that is
still in it; in one list for everybody each of them would be taken out to be refused.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import kernel
from sim.world.queues import heapify, pop, sift_down
from sim.world.world import (
    CONTACT_KEYS,
    CONTACT_MINUTES,
    CONTACT_POSTS,
    CONTACT_ROWS,
    HEAD_POSTS,
    HEADS,
    KEYS,
    ROWS,
    World,
)

ENDLESS = 1 << 30


@kernel
def payer(w: World, person: int, attendance: int) -> int:
    """The post in whose list a contact waits: the first that attends; the last list is nobody's."""
    for position in range(2):
        post = w.caseworkers[person, position]
        if (attendance >> position) & 1 == 1 and post >= 0:
            return int(post)
    return w.posts.shape[0]


@kernel
def sort_by_post(w: World, size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Put keys and rows of the first ``size`` listed contacts together, post after post.

    Returns where each post's list starts (one more at the end); its shortest contact in minutes.
    """
    payers, minutes = w.lists[CONTACT_POSTS], w.lists[CONTACT_MINUTES]
    lists = w.posts.shape[0] + 1
    starts = np.zeros(lists + 1, np.int64)
    shortest = np.full(lists, ENDLESS, np.int64)
    for entry in range(size):
        post = payers[entry]
        starts[post + 1] += 1
        shortest[post] = min(shortest[post], minutes[entry])
    for post in range(lists):
        starts[post + 1] += starts[post]
    filled = starts.copy()
    for entry in range(size):
        post = payers[entry]
        w.lists[KEYS, filled[post]] = w.lists[CONTACT_KEYS, entry]
        w.lists[ROWS, filled[post]] = w.lists[CONTACT_ROWS, entry]
        filled[post] += 1
    return starts, shortest


@kernel
def can_serve(w: World, post: int, minutes: int) -> bool:
    """Whether a post has so many minutes left today; who needs nobody can always be served."""
    return post == w.posts.shape[0] or w.posts[post].minutes >= minutes


@kernel
def open_lists(w: World, starts: NDArray[np.int64], shortest: NDArray[np.int64]) -> int:
    """Order each list that can be served, and the lists by their heads; returns how many."""
    keys, rows = w.lists[KEYS], w.lists[ROWS]
    heads, posts = w.lists[HEADS], w.lists[HEAD_POSTS]
    count = 0
    for post in range(shortest.shape[0]):
        start, end = starts[post], starts[post + 1]
        if end > start and can_serve(w, post, shortest[post]):
            heapify(keys[start:], rows[start:], end - start)
            heads[count] = keys[start]
            posts[count] = post
            count += 1
    heapify(heads, posts, count)
    return count


@kernel
def close_or_go_on(
    heads: NDArray[np.int64], posts: NDArray[np.int64], count: int, next_key: int
) -> int:
    """Close the first list (``next_key`` below 0) or show its next key; returns the lists left."""
    if next_key < 0:
        pop(heads, posts, count)
        return count - 1
    heads[0] = next_key
    sift_down(heads, posts, 0, count)
    return count
