"""The curves of docs/lever_curves.md as one picture: a row for each lever, a column an outcome.

Drawn as plain SVG: nearly two hundred small panels are fifty kilobytes so, and a megabyte from a
library of pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

import numpy as np

WIDTH, HEIGHT = 84, 52
GAP_ACROSS, GAP_DOWN = 14, 20
LEFT, TOP = 128, 64
TITLE_LETTERS = 24
LINE_STEP = 10
STYLE = (
    "text{font:8px sans-serif;fill:#333}.h{font-weight:bold}.s{font-size:6.5px;fill:#777}"
    ".b{fill:#9dc3e6}.l{fill:none;stroke:#1f4e79;stroke-width:1.2}.z{stroke:#bbb;stroke-width:.6}"
    ".r{fill:#fff;stroke:#c55a11}"
)


@dataclass(frozen=True)
class Panel:
    """One lever and one outcome: differences with their ends, NaN where there is no interval.

    ``reference`` is the place of the reference among the points.
    """

    at: tuple[float, ...]
    words: tuple[str, ...]
    reference: int
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest number that is drawn."""
        every = np.array([self.mean, self.low, self.high])
        return float(np.nanmin(every)), float(np.nanmax(every))


@dataclass(frozen=True)
class Row:
    """One lever: its title and a panel for each column."""

    title: str
    panels: tuple[Panel, ...]


def field_picture(rows: Sequence[Row], heads: Sequence[str]) -> str:
    """The picture; all panels of a column have one scale, whose ends stand under its head."""
    wide = LEFT + len(heads) * (WIDTH + GAP_ACROSS)
    high = TOP + len(rows) * (HEIGHT + GAP_DOWN)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}">',
        f"<style>{STYLE}</style>",
        f'<rect width="{wide}" height="{high}" fill="#fff"/>',
    ]
    for column, head in enumerate(heads):
        bounds = [row.panels[column].bounds for row in rows]
        low, top = min(one[0] for one in bounds), max(one[1] for one in bounds)
        left = LEFT + column * (WIDTH + GAP_ACROSS)
        lines += _text(left, LINE_STEP, head.split("\n"), "h")
        lines += _text(left, TOP - 2 * LINE_STEP, [f"{_short(low)} to {_short(top)}"], "s")
        for place, row in enumerate(rows):
            down = TOP + place * (HEIGHT + GAP_DOWN)
            lines.append(f'<g transform="translate({left} {down})">')
            lines += [*_drawn(row.panels[column], low, top), "</g>"]
    for place, row in enumerate(rows):
        down = TOP + place * (HEIGHT + GAP_DOWN) + 2 * LINE_STEP
        lines += _text(2, down, wrap(row.title, TITLE_LETTERS), "h")
    return "\n".join([*lines, "</svg>", ""])


def _drawn(panel: Panel, low: float, top: float) -> Iterator[str]:
    """Zero, the band, the curve, the reference and the words of its ends."""
    first, last = min(panel.at), max(panel.at)
    across = [WIDTH * (one - first) / (last - first) for one in panel.at]

    def points(values: Sequence[float], places: Sequence[float]) -> str:
        heights = [HEIGHT * (top - one) / (top - low) for one in values]
        return " ".join(f"{x:.0f},{y:.1f}" for x, y in zip(places, heights, strict=True))

    ends = [np.where(np.isnan(end), panel.mean, end) for end in (panel.low, panel.high)]
    around = points([*ends[0], *ends[1][::-1]], [*across, *across[::-1]])
    zero = HEIGHT * top / (top - low)
    yield f'<path class="z" d="M0 {zero:.1f}h{WIDTH}"/><polygon class="b" points="{around}"/>'
    yield f'<polyline class="l" points="{points(panel.mean, across)}"/>'
    yield f'<circle class="r" cx="{across[panel.reference]:.0f}" cy="{zero:.1f}" r="2"/>'
    yield from _text(0, HEIGHT + 9, [panel.words[0]], "s")
    anchored = f'<text class="s" text-anchor="end" x="{WIDTH}" y="{HEIGHT + 9}">'
    yield f"{anchored}{escape(panel.words[-1])}</text>"


def _text(left: float, down: float, lines: Sequence[str], kind: str) -> Iterator[str]:
    for place, words in enumerate(lines):
        at = f'x="{left}" y="{down + place * LINE_STEP}"'
        yield f'<text class="{kind}" {at}>{escape(words)}</text>'


def _short(number: float) -> str:
    """An end of a scale in few digits."""
    return f"{number:+.2g}".replace("-", "−") if abs(number) < 10 else f"{number:+,.0f}"
