"""A short campaign of hostile texts and links; ``python -m tests.hostile`` runs a long one."""

from __future__ import annotations

import random

import pytest

from tests.hostile import links, texts
from tests.hostile.door import RIGHT
from tests.hostile.hostile_words import hostile_text

pytestmark = pytest.mark.slow

SEED = 7


@pytest.mark.parametrize("number", range(40))
def test_a_hostile_text_comes_out_as_it_is_written(number: int) -> None:
    text = hostile_text(random.Random(f"{SEED} {number}"))
    for name, send in texts.MEDIA.items():
        if name not in texts.SLOW or number % 8 == 0:
            send(text)


def test_a_hostile_link_is_taken_or_refused_kindly() -> None:
    attempt = links.prepared()
    endings = [attempt(random.Random(f"{SEED} {number}")) for number in range(150)]
    assert set(endings) <= set(RIGHT)
    assert len(set(endings)) == len(RIGHT), "one kind of ending was never met"
