"""Tests that are looked at several times while simulations are added, and stay valid.

A decision may be taken after 10, 20, 40 … simulations. Each look gets an equal part of the error
that is allowed in all (Bonferroni), so that stopping at the first clear look costs nothing in
validity: C. Jennison and B. W. Turnbull, Group Sequential Methods (2000), chapters 1 and 2.
"""

from __future__ import annotations

from dataclasses import dataclass

from scipy import special

FIRST_LOOK = 10


@dataclass(frozen=True)
class Looks:
    """How many simulations there are at each look, and the error that one look may make."""

    counts: tuple[int, ...]
    error: float


def looks(most: int, error: float, first: int = FIRST_LOOK) -> Looks:
    """Looks that double from ``first`` to ``most``; ``error`` is that of all looks together."""
    if first < 2 or most < first or not 0.0 < error < 1.0:
        raise ValueError(f"no looks from {first} to {most} simulations with error {error}")
    counts = [first]
    while counts[-1] * 2 <= most:
        counts.append(counts[-1] * 2)
    if counts[-1] < most:
        counts[-1:] = [most] if most < 1.5 * counts[-1] and len(counts) > 1 else [counts[-1], most]
    return Looks(tuple(counts), error / len(counts))


def is_share_below(successes: int, count: int, share: float, error: float) -> bool:
    """Whether the share of successes is below ``share`` (exact binomial test, one side)."""
    return bool(special.bdtr(successes, count, share) <= error)


def is_share_above(successes: int, count: int, share: float, error: float) -> bool:
    """Whether the share of successes is above ``share`` (exact binomial test, one side)."""
    return bool(special.bdtrc(successes - 1, count, share) <= error)


def share_interval(successes: int, count: int, level: float) -> tuple[float, float]:
    """The exact interval of a share (Clopper and Pearson, 1934)."""
    tail = (1.0 - level) / 2.0
    low = special.betaincinv(successes, count - successes + 1, tail) if successes else 0.0
    high = special.betainccinv(successes + 1, count - successes, tail) if successes < count else 1.0
    return float(low), float(high)
