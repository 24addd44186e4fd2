"""What is asked of each limit of the offices beside what is there, as bars that fit any screen."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ui import elements as st
from ui.charts.frame import style
from ui.limit_words import Gauge
from ui.look import typed
from ui.numbers import PER_CENT
from ui.spoken import text

FULL = 100.0
LARGEST, SMALLEST_AXIS = 300.0, 120.0
"""In per cent: bars end at the first, and the axis reaches at least the second."""


def show_gauges(limits: Sequence[Gauge], scenarios: Sequence[str], alternative: str) -> None:
    """Bars by limit, one for each scenario, the reference first; a line where nothing is left."""
    longest = max((_percent(ratio) for one in limits for ratio in one.ratios), default=FULL)
    axis = max(longest, SMALLEST_AXIS)
    key = "".join(
        f'<span><i style="background:{_colour(position)}"></i>{typed(name)}</span>'
        for position, name in enumerate(scenarios)
    )
    rows = "".join(_limit(one, axis) for one in limits)
    st.html(
        f'<div class="gauges" role="img" aria-label="{typed(alternative)}">'
        f'<p class="key">{key}<span><b></b>{typed(text("gauge.full"))}</span></p>{rows}</div>'
    )


def _limit(one: Gauge, axis: float) -> str:
    bars = "".join(
        f'<div class="bar"><i{_cut(ratio)} style="width:{PER_CENT * _percent(ratio) / axis:.1f}%;'
        f'background:{_colour(position)}"></i>'
        f'<b style="left:{PER_CENT * FULL / axis:.1f}%"></b></div><p>{typed(told)}</p>'
        for position, (ratio, told) in enumerate(zip(one.ratios, one.told, strict=True))
    )
    return f'<div class="limit"><p class="name">{typed(one.name)}</p>{bars}</div>'


def _colour(position: int) -> str:
    """Of the bars of a scenario."""
    return style(position)[0]


def _cut(ratio: float) -> str:
    """A bar that goes on beyond the axis ends in a point."""
    return ' class="cut"' if PER_CENT * ratio > LARGEST else ""


def _percent(ratio: float) -> float:
    return min(PER_CENT * ratio, LARGEST) if math.isfinite(ratio) else LARGEST
