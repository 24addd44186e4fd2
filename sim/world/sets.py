"""Small sets of labels, kept in the bits of a number: barriers, places in actions."""

from __future__ import annotations

from sim.compiled import rule


@rule
def has_barrier(barriers: int, barrier: int) -> bool:
    """Whether the bit of ``barrier`` is set."""
    return (barriers >> barrier) & 1 == 1


@rule
def toggled(barriers: int, barrier: int) -> int:
    """The set of barriers with one added or removed."""
    return barriers ^ (1 << barrier)


@rule
def has_place_in(on_action: int, action: int) -> bool:
    """Whether a place in ``action`` is held."""
    return (on_action >> action) & 1 == 1
