"""Rows of a table with holes, and what their known cells say of others.

Rows that are known in the same cells are treated together. What is known of a row is sums of some
quantities that have one covariance for all rows, times a spread of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve, cholesky, solve_triangular
from scipy.special import digamma, gammaln

from brought.series import Floats, Whole

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True)
class Known:
    """Rows that are known in the same cells.

    ``values`` has a row for each of ``rows``; ``sums`` adds the quantities up to its columns.
    """

    rows: Whole
    values: Floats
    sums: Floats


def rows_alike(table: Floats) -> list[tuple[Whole, Flags]]:
    """The rows that are finite in the same columns, and those columns."""
    found: dict[bytes, list[int]] = {}
    is_known = np.isfinite(table)
    for row, columns in enumerate(is_known):
        found.setdefault(columns.tobytes(), []).append(row)
    return [(np.array(rows), is_known[rows[0]]) for rows in found.values()]


def log_density(covariance: Floats, tail: float, known: Sequence[Known]) -> float:
    """Log density of all values: multivariate Student, whose spread is integrated out."""
    return sum(_of_rows(one, covariance, tail).density for one in known)


def log_density_and_slopes(
    covariance: Floats, tail: float, known: Sequence[Known]
) -> tuple[float, Floats, float]:
    """`log_density`, and its derivatives by each cell of the covariance and by the tail."""
    density, by_tail = 0.0, 0.0
    by_covariance = np.zeros_like(covariance)
    for one in known:
        count, rows = len(one.sums), len(one.rows)
        found = _of_rows(one, covariance, tail)
        distance = found.distance
        inverse = cho_solve((found.factor, True), np.eye(count))
        pulled = inverse @ one.values.T
        weights = (tail + count) / (tail + distance)
        by_own = 0.5 * ((pulled * weights) @ pulled.T - rows * inverse)
        by_covariance += one.sums.T @ by_own @ one.sums
        constant = digamma((tail + count) / 2) - digamma(tail / 2) - count / tail
        by_tail += 0.5 * rows * float(constant)
        by_tail += 0.5 * float(np.sum(weights * distance / tail - np.log1p(distance / tail)))
        density += found.density
    return density, by_covariance, by_tail


@dataclass(frozen=True)
class _Density:
    """Log density of the values of some rows, their distances, and the root of the covariance."""

    density: float
    distance: Floats
    factor: Floats


def _of_rows(one: Known, covariance: Floats, tail: float) -> _Density:
    count = len(one.sums)
    factor = cholesky(one.sums @ covariance @ one.sums.T, lower=True)
    distance: Floats = np.sum(solve_triangular(factor, one.values.T, lower=True) ** 2, axis=0)
    constant = gammaln((tail + count) / 2) - gammaln(tail / 2) - count / 2 * np.log(tail)
    total = len(one.rows) * (constant - np.sum(np.log(np.diag(factor))))
    total -= np.sum((tail + count) / 2 * np.log1p(distance / tail))
    return _Density(float(total), distance, factor)


def spreads_of(covariance: Floats, tail: float, known: Sequence[Known], count: int) -> Floats:
    """Spread of each of ``count`` rows, shrunk to 1 the more the less is known of it."""
    spreads = np.ones(count)
    for one in known:
        factor = cho_factor(one.sums @ covariance @ one.sums.T)
        distance = np.sum(one.values.T * cho_solve(factor, one.values.T), axis=0)
        spreads[one.rows] = (tail + distance) / (tail + len(one.sums))
    return spreads


def conditioned(covariance: Floats, known: Floats, asked: Floats) -> tuple[Floats, Floats]:
    """What sums that are known say of sums that are asked: gain, and covariance that is left."""
    across = known @ covariance @ asked.T
    gain: Floats = cho_solve(cho_factor(known @ covariance @ known.T), across)
    left: Floats = asked @ covariance @ asked.T - across.T @ gain
    return gain, left


def averaged(means: Floats, lefts: Floats, chances: Floats) -> tuple[Floats, Floats]:
    """Mean and covariance of a mixture: those of its parts, and how far these lie apart."""
    mean: Floats = chances @ means
    apart = means - mean
    return mean, np.tensordot(chances, lefts, 1) + (apart.T * chances) @ apart
