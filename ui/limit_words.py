"""What holds the offices back before and after a change: one sentence, and the rows of a gauge."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.experiments.why import Need, Why
from sim.policy import Scenario
from ui.numbers import PER_CENT, number
from ui.reports.why_words import limit_begun, limit_text
from ui.spoken import language, text

Place = tuple[str, str]
MOST_LIMITS = 6


@dataclass(frozen=True)
class Gauge:
    """One limit: its name, and by scenario what is asked for each one that is there and in words.

    ``ratios`` may be infinite (something is asked of nothing).
    """

    name: str
    ratios: tuple[float, ...]
    told: tuple[str, ...]


def turned(before: Why, after: Why, scenarios: Sequence[Scenario], name: str, place: str) -> str:
    """In one sentence what is short under the reference, and what becomes of it.

    ``scenarios``: those of ``before`` and ``after``; ``name``: how the latter is called.
    """
    first, then = before.bottleneck, after.bottleneck
    words = {"place": place, "name": name}
    if first is None:
        need = then or after.needs[0]
        words["limit"] = limit_text(need, scenarios[1], language())
        if then is None:
            return text("gauge.nothing", used=_percent(need), **words)
        return text("gauge.begins", after=amount(then), **words)
    words |= {"limit": limit_text(first, scenarios[0], language()), "before": amount(first)}
    if then is None:
        eased = _by_place(after).get((first.limit, first.role))
        return text("gauge.lifted", after="–" if eased is None else amount(eased), **words)
    if (then.limit, then.role) == (first.limit, first.role):
        return text("gauge.stays", after=amount(then), **words)
    other = limit_text(then, scenarios[1], language())
    return text("gauge.moves", other=other, after=amount(then), **words)


def amount(need: Need) -> str:
    """What is asked and what is there, in the unit of the limit."""
    return text(f"gauge.{need.limit}", asked=number(need.asked), there=number(need.there))


def gauges(before: Why, after: Why, scenarios: Sequence[Scenario]) -> list[Gauge]:
    """The limits of both, the most pressed first, at most `MOST_LIMITS`."""
    sides = [_by_place(one) for one in (before, after)]
    places = dict.fromkeys(place for side in sides for place in side)
    found = [_gauge([side.get(place) for side in sides], scenarios) for place in places]
    return sorted(found, key=lambda one: -max(one.ratios))[:MOST_LIMITS]


def _gauge(needs: Sequence[Need | None], scenarios: Sequence[Scenario]) -> Gauge:
    name = next(
        _name(need, scenario)
        for need, scenario in zip(needs, scenarios, strict=True)
        if need is not None
    )
    return Gauge(
        name,
        tuple(0.0 if need is None else need.ratio for need in needs),
        tuple("–" if need is None else _bar(need) for need in needs),
    )


def _by_place(why: Why) -> Mapping[Place, Need]:
    return {(need.limit, need.role): need for need in why.needs}


def _name(need: Need, scenario: Scenario) -> str:
    """The limit with the pathways that ask for it."""
    limit = limit_begun(need, scenario, language())
    if not need.pathways:
        return limit
    base = scenario.base
    names = (base.label_text("pathways", one, language()) for one in need.pathways)
    return f"{limit} — {', '.join(names)}"


def _bar(need: Need) -> str:
    return text("gauge.bar", percent=_percent(need), amount=amount(need))


def _percent(need: Need) -> str:
    return number(PER_CENT * need.ratio) if math.isfinite(need.ratio) else "∞"
