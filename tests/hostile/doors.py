"""All doors of the program, with the inputs that a whole campaign gives to each."""

from __future__ import annotations

from tests.hostile import words
from tests.hostile.door import Door

DOORS: tuple[Door, ...] = (Door("words of the command line", 10_000, words.prepared),)
