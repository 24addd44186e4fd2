"""The flow of people between pathways, from orientation to a caseworker, as a Sankey diagram."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from ui.charts.frame import INK, lay_out, translucent
from ui.numbers import number
from ui.plain_text import chart_text
from ui.reports.figure_frame import COLOURS
from ui.spoken import text

Numbers = NDArray[np.float64]
LINK_OPACITY = 0.35
SMALLEST = 0.5
"""Flows of fewer persons are not drawn."""


@dataclass(frozen=True)
class Flow:
    """Persons from one named place to another."""

    source: str
    target: str
    persons: float


def flows_of(
    names: Sequence[str], oriented: Numbers, switched: Numbers, started: Numbers
) -> list[Flow]:
    """Who came into each pathway and from where, and who got a caseworker there.

    ``switched[old, new]`` counts changes of pathway at a review.
    """
    found = [
        Flow(text("sankey.oriented"), name, float(count))
        for name, count in zip(names, oriented, strict=True)
    ]
    found += [
        Flow(text("sankey.from", name=before), after, float(switched[old, new]))
        for old, before in enumerate(names)
        for new, after in enumerate(names)
        if old != new
    ]
    for position, name in enumerate(names):
        arrived = sum(flow.persons for flow in found if flow.target == name)
        with_one = min(float(started[position]), arrived)
        found.append(Flow(name, text("sankey.with_caseworker"), with_one))
        found.append(Flow(name, text("sankey.without_caseworker"), arrived - with_one))
    return [flow for flow in found if flow.persons >= SMALLEST]


def sankey(flows: Sequence[Flow], decimals: int = 0) -> go.Figure:
    """The diagram; every flow is also in the table below it, with as many ``decimals``."""
    nodes = list(dict.fromkeys([one for flow in flows for one in (flow.source, flow.target)]))
    colours = [COLOURS[1 + position % (len(COLOURS) - 1)] for position in range(len(nodes))]
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            node={
                "label": [chart_text(node) for node in nodes],
                "color": colours,
                "pad": 18,
                "thickness": 16,
                "line": {"width": 0},
                "hovertemplate": "%{label}<extra></extra>",
            },
            link={
                "source": [nodes.index(flow.source) for flow in flows],
                "target": [nodes.index(flow.target) for flow in flows],
                "value": [flow.persons for flow in flows],
                "color": [
                    translucent(colours[nodes.index(flow.source)], LINK_OPACITY) for flow in flows
                ],
                "customdata": [number(flow.persons, decimals) for flow in flows],
                "hovertemplate": "%{source.label} → %{target.label} : %{customdata}<extra></extra>",
            },
            textfont={"color": INK, "size": 13, "shadow": "none"},
        )
    )
    return lay_out(figure, 420)
