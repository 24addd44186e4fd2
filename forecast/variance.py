"""Where the variance of a forecast comes from: chance, parameters, what the model leaves out.

For each draw of the parameters there are three runs: two seeds, and the first seed with the
literature part exchanged for another draw's. By month ahead:

- seeds: half the mean squared difference of the two seeds (one-way analysis of variance);
- all parameters: the variance of the means of two seeds between draws, less half the seeds' part;
- literature: half the mean squared difference that the exchange makes (the estimator of Jansen,
  1999, of a total effect), so what it has in common with the data-informed part is in it too;
- data-informed parameters: all parameters less literature.

The exchange breaks the posterior correlation between the two groups. Literature parameters are
those whose spread the data reduced by less than a fifth, so that little correlation is lost.

With few draws the parts of one month are uncertain; they are averaged with those of the months
around it before anything is cut off at zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from brought.series import Floats
from forecast.simulated import EXCHANGED, FIRST_SEED, SECOND_SEED

MONTHS_AROUND = 2


@dataclass(frozen=True)
class Variance:
    """Parts of the variance by month ahead, households²."""

    seeds: Floats
    data: Floats
    literature: Floats
    discrepancy: Floats

    @property
    def total(self) -> Floats:
        """All of it."""
        return self.seeds + self.data + self.literature + self.discrepancy

    def shares(self) -> dict[str, Floats]:
        """Each part over the total, 0 where there is no variance; they add up to 1."""
        total = np.where(self.total > 0.0, self.total, 1.0)
        parts = {
            "seeds": self.seeds,
            "data": self.data,
            "literature": self.literature,
            "discrepancy": self.discrepancy,
        }
        return {name: part / total for name, part in parts.items()}

    def after(self, months: int) -> Variance:
        """The same variance so many months later, none before."""
        parts = (self.seeds, self.data, self.literature, self.discrepancy)
        return Variance(*(np.concatenate([np.zeros(months), part]) for part in parts))

    def __add__(self, other: Variance) -> Variance:
        """The variance of the sum of two independent quantities."""
        return Variance(
            self.seeds + other.seeds,
            self.data + other.data,
            self.literature + other.literature,
            self.discrepancy + other.discrepancy,
        )


def variance_of_runs(values: Floats) -> Variance:
    """The parts of ``values[draw, run, month]``, which has at least two draws."""
    first, second = values[:, FIRST_SEED], values[:, SECOND_SEED]
    seeds = _around(0.5 * np.mean((first - second) ** 2, axis=0))
    between = _around(np.var(0.5 * (first + second), axis=0, ddof=1))
    parameters = np.maximum(between - 0.5 * seeds, 0.0)
    exchanged = _around(0.5 * np.mean((first - values[:, EXCHANGED]) ** 2, axis=0))
    literature = np.minimum(exchanged, parameters)
    return Variance(seeds, parameters - literature, literature, np.zeros_like(seeds))


def _around(values: Floats) -> Floats:
    """Mean over the months up to `MONTHS_AROUND` before and after, fewer at both ends."""
    months = np.arange(len(values))
    is_near = np.abs(np.subtract.outer(months, months)) <= MONTHS_AROUND
    found: Floats = is_near @ values / is_near.sum(axis=1)
    return found


def variance_of_level(total: Floats, of_chance: Floats) -> Variance:
    """The level's measured variance: the part that the luck of persons explains, and the rest.

    The level does not come from the simulation, so no parameter of it has a part in it.
    """
    seeds = np.minimum(of_chance, total)
    none = np.zeros_like(total)
    return Variance(seeds, none, none, total - seeds)


def standard_error_of_shares(values: Floats) -> dict[str, Floats]:
    """Jackknife standard error over draws of each share of `variance_of_runs`, by month."""
    count = len(values)
    left_out = [variance_of_runs(np.delete(values, draw, axis=0)).shares() for draw in range(count)]
    return {
        name: np.sqrt((count - 1) * np.var([shares[name] for shares in left_out], axis=0))
        for name in ("seeds", "data", "literature")
    }
