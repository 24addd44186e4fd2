"""The interval of the mean of a few simulations: one that holds, or none and how many are needed.

Differences between scenarios are often skewed (a queue that forms in one run of five) or mostly
zero (an exit more or less). Student's interval misses their mean too often, and is a point where
all values happen to be the same. Three cases are told apart, by the values alone:

- *Spread values*: the hull of Student's interval and of the one that removes the skewness by a
  cubic transformation of t (P. Hall, On the removal of skewness by transformation, Journal of the
  Royal Statistical Society B 54, 1992).
- *Rare whole numbers* (persons or households who gain or lose): the interval of the difference of
  two counts, gains and losses, from Jeffreys's interval of each (G. Y. Zou and A. Donner,
  Construction of confidence limits about effect measures, Statistics in Medicine 27, 2008), widened
  by their dispersion.
- *Too few values that differ*: no interval, and about how many simulations would give one.

What a few values cannot show is declared instead: a wait hangs on whether a long queue forms, and
six simulations that happen to lack the rare long queue are as narrow as if there were none. So
every interval is asked for with the fewest simulations that give one. An outcome declares its own
(``fewest_replications`` in sim/outcomes/outcomes.yaml), and what is no outcome has `FEWEST`.

How often they hold is in docs/coverage.md, written by ``python -m benchmarks.coverage``.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

LEVEL = 0.90
FEWEST = 3
"""Fewer simulations never give an interval, whatever is declared."""
ENOUGH, ENOUGH_OF_A_MIXTURE = 10, 15
"""So many values besides those that are the same tell how large the others may be: whole numbers,
and others, which may mix small ones with those of a rare long queue."""
FEW_OF_ALL = 0.1
"""Up to this part of all values may be the same by chance."""
ENOUGH_EVENTS = 4
"""What is enough for single events, whose size is known."""
FEWEST_FOR_EVENTS = 2 * ENOUGH
"""Of so many simulations either half at least do not differ or `ENOUGH` do. Of fewer, too many may
differ for single events and too few for spread values: groups with an interval would be those with
a usual number, and their intervals hold the mean nearly always."""
LARGEST_EVENT = 3.0
"""Single events are whole numbers up to it, and zero in half of the simulations at least."""
HALF_EVENT = 0.5
"""Jeffreys's prior: what stands for an event that was not seen."""

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


class MeanInterval(NamedTuple):
    """Means over the first axis with their intervals; the arrays have the shape of the others.

    ``low`` and ``high`` are NaN where there is no interval. ``needed`` is then about how many
    simulations give one, NaN where there is one or no value at all. Of the ``replications`` with a
    value ``differing`` do not have the same as the one nearest to zero; 0: all are the same.
    """

    mean: Floats
    low: Floats
    high: Floats
    replications: Counts
    differing: Counts
    needed: Floats


class Ends(NamedTuple):
    """One interval of `MeanInterval`, as it is told."""

    low: float
    high: float
    replications: int
    differing: int
    needed: float

    @property
    def is_known(self) -> bool:
        """Whether there is an interval."""
        return not math.isnan(self.low)

    @property
    def is_clear(self) -> bool:
        """Whether there is an interval, and zero is not in it."""
        return self.low > 0.0 or self.high < 0.0


NO_ENDS = Ends(math.nan, math.nan, 0, 0, math.nan)
"""Where there is nothing to tell."""


def mean_interval(values: Floats, fewest: int | Counts, level: float = LEVEL) -> MeanInterval:
    """Interval of the mean over the first axis (simulations); NaN values are left out.

    Fewer than ``fewest`` known values give none: one number, or an array that is broadcast over
    the other axes. Raises ValueError for a level that is not between 0 and 1.
    """
    if not 0.0 < level < 1.0:
        raise ValueError(f"no interval of level {level}")
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    filled = np.where(known, values, 0.0)
    differing, enough, is_rare, is_event = _kinds(values, known, count)
    is_scarce = is_rare & (differing < enough)
    is_counted = is_rare & is_event & ~is_scarce
    least = np.where(is_rare & is_event, FEWEST_FOR_EVENTS, FEWEST)
    least = np.maximum(least, fewest)
    has_interval = (count >= least) & ~is_scarce
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        mean = filled.sum(axis=0) / count
        low, high = _hull(np.where(known, values - mean, 0.0), mean, count, level)
    if is_counted.any():
        low, high = np.array(low), np.array(high)
        low[is_counted], high[is_counted] = _difference_of_counts(
            filled[:, is_counted], count[is_counted], level
        )
    needed = _needed(len(values), count, least, differing, np.where(is_scarce, enough, 0))
    return MeanInterval(
        mean=mean,
        low=np.where(has_interval, low, np.nan),
        high=np.where(has_interval, high, np.nan),
        replications=count,
        differing=differing,
        needed=np.where(has_interval | (count == 0), np.nan, needed),
    )


def interval_of(values: Floats, fewest: int, level: float = LEVEL) -> Ends:
    """The interval of the mean of one series of simulations, which are ``fewest`` at least."""
    series = np.asarray(values, dtype=np.float64).reshape(len(values), 1)
    found = mean_interval(series, fewest, level)
    return Ends(
        float(found.low[0]),
        float(found.high[0]),
        int(found.replications[0]),
        int(found.differing[0]),
        float(found.needed[0]),
    )


def half_width(values: Floats, fewest: int, level: float = LEVEL) -> float:
    """Half of the interval of the mean of one series; infinite where there is none."""
    found = interval_of(values, fewest, level)
    return (found.high - found.low) / 2.0 if found.is_known else math.inf


def _kinds(values: Floats, known: Flags, count: Counts) -> tuple[Counts, Counts, Flags, Flags]:
    """What decides by which rule, if any, values have an interval.

    How many differ; how many have to; whether they are too few for `_hull`; whether they are
    single events at most.
    """
    same, nearest = _same_as_nearest_to_zero(values, known)
    is_whole = ~_any(known & (values != np.round(values)))
    is_seen_again = ((same > 1) | (nearest == 0.0)) & (same > FEW_OF_ALL * count)
    # Small whole numbers: the same ones come again, seen or not.
    has_same = is_seen_again | (is_whole & (nearest <= LARGEST_EVENT))
    differing = count - np.where(has_same, same, 0)
    is_large = _any(known & (np.abs(values) > LARGEST_EVENT))
    is_event = is_whole & ~is_large & (differing * 2 <= count)
    enough = np.where(is_whole, ENOUGH, ENOUGH_OF_A_MIXTURE)
    is_rare = has_same & (differing < enough)
    return differing, np.where(is_event, ENOUGH_EVENTS, enough), is_rare, is_event


def _needed(made: int, count: Counts, least: Counts, differing: Counts, enough: Counts) -> Floats:
    """About how many simulations give an interval, after ``made`` of them.

    As many as have ``least`` values, one at least of those made having none; and where ``enough``
    of them must differ, as many as show these and one standard deviation of their number more, so
    that it mostly is enough.
    """
    with_values = np.ceil(least * made / np.maximum(count, 1))
    with_enough = np.ceil((enough + np.sqrt(enough)) * (made + 1) / (differing + HALF_EVENT))
    return np.maximum(np.maximum(with_values, with_enough), made + 1.0)


def _any(flags: Flags) -> Flags:
    return np.asarray(flags.any(axis=0), dtype=np.bool_)


def _same_as_nearest_to_zero(values: Floats, known: Flags) -> tuple[Counts, Floats]:
    """How many known values are the one nearest to zero, itself among them, and its size."""
    if not len(values):
        return np.zeros(values.shape[1:], dtype=np.int64), np.full(values.shape[1:], np.nan)
    place = np.where(known, np.abs(values), np.inf).argmin(axis=0)
    nearest = np.take_along_axis(values, place[None], axis=0)
    same: Counts = (known & (values == nearest)).sum(axis=0)
    return same, np.abs(nearest[0])


def _hull(centred: Floats, mean: Floats, count: Counts, level: float) -> tuple[Floats, Floats]:
    """Student's interval, and as far beyond it as the one without skewness reaches."""
    squares = np.square(centred)
    variance = squares.sum(axis=0) / (count - 1)
    error = np.sqrt(variance / count)
    third = (squares * centred).sum(axis=0) * count / ((count - 1) * (count - 2.0))
    skewness = np.where(variance > 0.0, third / (variance * np.sqrt(variance)), 0.0)
    reach: Floats = np.asarray(
        special.stdtrit(np.maximum(count - 1, 1), 0.5 + level / 2.0), dtype=np.float64
    )
    below = np.fmax(reach, _skewed(reach, skewness, count))
    above = np.fmin(-reach, _skewed(-reach, skewness, count))
    return mean - error * below, mean - error * above


def _skewed(reach: Floats, skewness: Floats, count: Counts) -> Floats:
    """The value of t whose transformation without skewness is ``reach``."""
    bend = skewness / (3.0 * np.sqrt(count))
    cubed = 1.0 + 3.0 * bend * (reach - bend / 2.0)
    found: Floats = np.where(np.abs(bend) > 1e-9, (np.cbrt(cubed) - 1.0) / bend, reach)
    return found


def _difference_of_counts(values: Floats, count: Counts, level: float) -> tuple[Floats, Floats]:
    """Interval of the mean of what is gained less what is lost, each a count of independent events.

    ``values`` by (simulation, cell), zero where there is none. Events that come in clusters are
    counted as clusters: both numbers are divided by the dispersion where it is above one.
    """
    gained, lost = np.maximum(values, 0.0).sum(axis=0), np.maximum(-values, 0.0).sum(axis=0)
    spread = np.square(values).sum(axis=0) - np.square(values.sum(axis=0)) / count
    with np.errstate(divide="ignore", invalid="ignore"):
        dispersion = np.fmax(spread / (count - 1) * count / (gained + lost), 1.0)
    clusters = gained / dispersion, lost / dispersion
    (low_gain, high_gain), (low_loss, high_loss) = (_jeffreys(number, level) for number in clusters)
    gain, loss = clusters
    below = np.hypot(gain - low_gain, high_loss - loss)
    above = np.hypot(high_gain - gain, loss - low_loss)
    scale = dispersion / np.maximum(count, 1)
    return (gain - loss - below) * scale, (gain - loss + above) * scale


def _jeffreys(number: Floats, level: float) -> tuple[Floats, Floats]:
    """Jeffreys's interval of the expected value of a count; it begins at 0 where none was seen."""
    shape = number + HALF_EVENT
    low = np.where(number > 0.0, special.gammaincinv(shape, (1.0 - level) / 2.0), 0.0)
    high = special.gammaincinv(shape, (1.0 + level) / 2.0)
    return low, np.asarray(high, dtype=np.float64)
