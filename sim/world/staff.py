"""The staff of an office on one day: who is free, and who pays with minutes."""

from __future__ import annotations

from sim.compiled import kernel
from sim.world.world import World, record


@kernel
def freest_post(w: World, territory: int, role: int) -> int:
    """The post of a role with most minutes left today; -1 without such a post."""
    best = -1
    for part in range(0, 4, 2):
        for post in range(w.teams[territory, role, part], w.teams[territory, role, part + 1]):
            if best < 0 or w.posts[post].minutes > w.posts[best].minutes:
                best = post
    return best


@kernel
def staff_is_free(w: World, territory: int, roles: int, minutes: int) -> bool:
    """Whether each attending role has somebody with the minutes."""
    role = 0
    while roles >> role > 0:
        if (roles >> role) & 1 == 1 and not somebody_is_free(w, territory, role, minutes):
            return False
        role += 1
    return True


@kernel
def somebody_is_free(w: World, territory: int, role: int, minutes: int) -> bool:
    """Whether somebody of a role has the minutes."""
    for part in range(0, 4, 2):
        for post in range(w.teams[territory, role, part], w.teams[territory, role, part + 1]):
            if w.posts[post].minutes >= minutes:
                return True
    return False


@kernel
def charge_staff(w: World, territory: int, roles: int, minutes: int) -> None:
    """Take the minutes of a meeting from one caseworker of each attending role."""
    role = 0
    while roles >> role > 0:
        if (roles >> role) & 1 == 1:
            w.posts[freest_post(w, territory, role)].minutes -= minutes
        role += 1


@kernel
def freest_of_roles(w: World, territory: int, roles: int) -> int:
    """The post of any of some roles with most minutes left today; -1 without such a post."""
    best = -1
    role = 0
    while roles >> role > 0:
        if (roles >> role) & 1 == 1:
            post = freest_post(w, territory, role)
            if post >= 0 and (best < 0 or w.posts[post].minutes > w.posts[best].minutes):
                best = post
        role += 1
    return best


@kernel
def note_by_role(w: World, day: int, kind: int) -> None:
    """One record for the minutes of ``w.spent`` of each territory and role that has some."""
    for territory in range(w.spent.shape[0]):
        for role in range(w.spent.shape[1]):
            minutes = w.spent[territory, role]
            if minutes > 0:
                record(w, kind, float(day), -1, territory, -1, role, minutes, day)
