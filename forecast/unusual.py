"""Months of a series that no department has ever had: what is told of them, or asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from brought.series import Series, month_text
from forecast.panel import Panel
from sim.parameters.plausible import plausible
from sim.remarks import Remark, remarked

MOST_NAMED = 6


@dataclass(frozen=True)
class Jump:
    """A month that is far from the one before, or from what was known of it (``is_revision``)."""

    department: str
    month: int
    before: float
    after: float
    is_revision: bool = False

    @property
    def name(self) -> str:
        """How it is called on the command line: ``80:2020-11``."""
        return f"{self.department}:{month_text(self.month)}"

    @property
    def text(self) -> str:
        """From how many households to how many."""
        how = "revised from" if self.is_revision else "from"
        return f"{self.name}, {how} {self.before:,.0f} to {self.after:,.0f} households"

    @property
    def remark(self) -> Remark:
        """The same as a remark, in the language that is spoken."""
        before, after = (f"{one:,.0f}" for one in (self.before, self.after))
        key = "jump_revised" if self.is_revision else "jump"
        return remarked(
            key, department=self.department, month=month_text(self.month), before=before,
            after=after,
        )  # fmt: skip


def jumps_of(series: Series) -> list[Jump]:
    """The months that are far from the month before."""
    bounds = plausible()
    months = zip(series.months[1:], pairwise(series.households), strict=True)
    return [
        Jump(series.department, int(month), float(before), float(after))
        for month, (before, after) in months
        if bounds.is_far_change(before, after)
    ]


def new_jumps(known: Series | None, joined: Series) -> list[Jump]:
    """The jumps of a series that were not known, and months revised by as much."""
    found = jumps_of(joined)
    if known is None:
        return found
    seen = {(jump.month, jump.before, jump.after) for jump in jumps_of(known)}
    fresh = [jump for jump in found if (jump.month, jump.before, jump.after) not in seen]
    _, left, right = np.intersect1d(known.months, joined.months, return_indices=True)
    bounds = plausible()
    revised = [
        Jump(joined.department, int(known.months[old]), before, after, is_revision=True)
        for old, before, after in zip(left, known.households[left], joined.households[right],
                                      strict=True)
        if bounds.is_far_change(before, after)
    ]  # fmt: skip
    months = {jump.month for jump in fresh}
    return fresh + [jump for jump in revised if jump.month not in months]


def remarks_of_series(series: Series, panel: Panel) -> tuple[Remark, ...]:
    """What is unusual in a department's own series: months that jump, counts of adults."""
    return (*_told(jumps_of(series)), *_adults(series, panel))


def remarks_of_data(panel: Panel, series: Series | None) -> tuple[Remark, ...]:
    """What is unusual in what a forecast learns from, and in the department's own series."""
    own = () if series is None else remarks_of_series(series, panel)
    return (*remarks_of_panel(panel), *own)


def remarks_of_panel(panel: Panel) -> tuple[Remark, ...]:
    """The months that jump in what forecasts learn from."""
    return _told(jump for code in panel.departments for jump in jumps_of(panel.series(code)))


def _told(jumps: Iterable[Jump]) -> tuple[Remark, ...]:
    found = list(jumps)
    if not found:
        return ()
    more = len(found) - MOST_NAMED
    seen = 100.0 * float(np.expm1(plausible().monthly_change))
    named = tuple(jump.remark for jump in found[:MOST_NAMED])
    if more > 0:
        return (remarked("jumps_and_more", seen=f"{seen:.1f}", jumps=named, more=more),)
    return (remarked("jumps", seen=f"{seen:.1f}", jumps=named),)


def _adults(series: Series, panel: Panel) -> tuple[Remark, ...]:
    """Counts that are as many times the published households as adults are."""
    if series.department not in panel.departments:
        return ()
    published = panel.series(series.department)
    _, own, known = np.intersect1d(series.months, published.months, return_indices=True)
    if not own.size:
        return ()
    ratio = float(np.median(series.households[own] / published.households[known]))
    if not plausible().is_adults(ratio):
        return ()
    low, high = plausible().adults_per_household
    words = {"ratio": f"{ratio:.2f}", "low": f"{low:.2f}", "high": f"{high:.2f}"}
    return (remarked("adults_counted", **words),)


def unconfirmed(
    jumps: Iterable[Jump], confirmed: Iterable[str]
) -> tuple[list[Jump], list[Jump], Mapping[str, int]]:
    """Jumps that nobody confirmed, those that were, and for each word how many it confirmed.

    A word is the name of a jump, or a month for every department.
    """
    left: list[Jump] = []
    agreed: list[Jump] = []
    counts = dict.fromkeys(confirmed, 0)
    for jump in jumps:
        words = [word for word in counts if word in (jump.name, month_text(jump.month))]
        for word in words:
            counts[word] += 1
        (agreed if words else left).append(jump)
    return left, agreed, counts
