"""Several visitors of the app at once: how many, what each changes, and where they wait."""

from __future__ import annotations

import asyncio

from ui.study import Draft
from ui.study.references import new_study

POSTS = "territories.coquelicot.staff.social_worker.additional_fte"
REFERENCE = new_study("somme").reference
USERS, MOVES = 5, 6
APART = 10.0
"""Posts between one visitor and the next: nobody finds a preview that another one made."""
LOOKING_SECONDS = 2.0
"""A person looks at an answer before the next move."""


class Together:
    """A place where visitors wait for each other."""

    def __init__(self, visitors: int) -> None:
        self._visitors, self._here = visitors, 0
        self._complete = asyncio.Event()

    async def all_here(self) -> None:
        """Return when every visitor has come; then the place is empty again."""
        self._here += 1
        complete = self._complete
        if self._here == self._visitors:
            self._here, self._complete = 0, asyncio.Event()
            complete.set()
        await complete.wait()


def draft(posts: float) -> Draft:
    """A scenario with some posts more."""
    known = {"key": "mine", "title": "mine", "origin": REFERENCE, "values": {POSTS: posts}}
    return Draft.model_validate(known)
