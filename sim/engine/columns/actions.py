"""Actions held by a person, as a set of bits: what they do to its barriers."""

from __future__ import annotations

from sim.compiled import Row, kernel
from sim.processes.barriers import has_place_in


@kernel
def speed_against(g: Row, on_action: int, barrier: int) -> float:
    """Multiplier of the removal of a barrier: that of the action held against it, or 1."""
    for action in range(g.action_barrier.shape[0]):
        if g.action_barrier[action] == barrier and has_place_in(on_action, action):
            return g.action_speed[action]
    return 1.0


@kernel
def treated_barriers(g: Row, on_action: int) -> int:
    """Set of barriers (bits) against which an action is held."""
    treated = 0
    for action in range(g.action_barrier.shape[0]):
        if has_place_in(on_action, action):
            treated |= 1 << g.action_barrier[action]
    return treated
