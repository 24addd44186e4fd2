"""The keyed chance of one person, household or candidate."""

from __future__ import annotations

from sim.compiled import u64
from sim.randomness import key_of, threshold, uniform


class Luck:
    """Every draw of somebody: a function of the decision and of how often it was taken."""

    def __init__(self, seed: int, who: int) -> None:
        # Half of the keys are too large for the signed words that compiled rules expect of `int`.
        self._key = u64(key_of(seed, who))

    def chance(self, decision: int, count: int = 0) -> float:
        """The uniform for the ``count``-th time of a decision."""
        return uniform(self._key, int(decision), count)

    def waiting_time(self, decision: int, count: int = 0) -> float:
        """The unit-exponential threshold for the ``count``-th time of a decision."""
        return threshold(self._key, int(decision), count)
