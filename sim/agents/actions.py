"""Actions held by a person, as a set of bits: what they do to its barriers."""

from __future__ import annotations

from sim.agents.rules import Rules
from sim.world.sets import has_place_in


def speed_against(nation: Rules, on_action: int, barrier: int) -> float:
    """Multiplier of the removal of a barrier: that of the action held against it, or 1."""
    for action, treated in enumerate(nation.action_barrier):
        if treated == barrier and has_place_in(on_action, action):
            speed: float = nation.action_speed[action]
            return speed
    return 1.0


def treated_barriers(nation: Rules, on_action: int) -> set[int]:
    """The barriers against which an action is held."""
    barriers = enumerate(nation.action_barrier)
    return {barrier for action, barrier in barriers if has_place_in(on_action, action)}
