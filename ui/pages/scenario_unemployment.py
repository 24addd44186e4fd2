"""Unemployment in a scenario: a named path of the rate, or a rate of one's own."""

from __future__ import annotations

from collections.abc import Mapping

from sim.errors import InputError
from sim.policy import Scenario
from sim.policy.form import CONSTANT, PUBLISHED, UnemploymentRule
from sim.policy.unemployment import (
    HIGHEST,
    LOWEST,
    UnemploymentPath,
    alternatives,
    first_acting,
    path_of,
    rate_at_start,
)
from ui import elements as st
from ui.look import typed
from ui.numbers import month_text, plain_number
from ui.spoken import text
from ui.study.draft import Draft
from ui.study.references import day_of, origin_of
from ui.study.session import study

OWN = "own"
ONE_POINT = 1.0
STEP = 0.1


def unemployment(draft: Draft) -> Draft:
    """Draw the field; the draft with its path, without one where it is that of its origin."""
    origin = origin_of(draft).with_months(study().months)
    known = rate_at_start(origin.base, origin.start)
    if known is None:
        words = text("unemployment.unknown")
        st.html(f'<p class="field" style="margin-top:.4rem">{typed(words)}</p>')
        return draft
    quarter, rate = known
    present = origin.unemployment if draft.unemployment is None else draft.unemployment
    options = [CONSTANT, *_published(origin), *alternatives(), OWN]
    place = present if isinstance(present, str) else OWN
    chosen = st.selectbox(
        text("unemployment.label"),
        options,
        index=options.index(place) if place in options else 0,
        format_func=lambda each: text(f"unemployment.{each}"),
        help=text("unemployment.help"),
        key=f"{draft.key} {draft.origin} unemployment",
    )
    rule: UnemploymentRule = chosen
    if chosen == OWN:
        rule = _own(draft, origin, present, rate)
    st.html(f'<p class="field">{typed(_told(origin, rule, str(quarter), rate))}</p>')
    wanted = None if rule == origin.unemployment else rule
    if wanted == draft.unemployment:
        return draft
    return draft.model_copy(update={"unemployment": wanted})


def _published(origin: Scenario) -> tuple[str, ...]:
    """The published rates, where some act within the run."""
    path = _path(origin, PUBLISHED)
    return (PUBLISHED,) if path is not None and path.steps else ()


def _own(
    draft: Draft, origin: Scenario, present: UnemploymentRule, at_start: float
) -> dict[str, int | float]:
    """A rate that holds from the scenario's day on."""
    stated = list(present.values()) if isinstance(present, Mapping) else []
    rate = st.number_input(
        text("unemployment.rate"),
        LOWEST,
        HIGHEST,
        float(stated[-1]) if stated else round(at_start + ONE_POINT, 1),
        step=STEP,
        format="%g",
        key=f"{draft.key} {draft.origin} unemployment rate",
    )
    quarter = first_acting(origin.base, day_of(draft))
    return {str(quarter): float(at_start if rate is None else rate)}


def _path(origin: Scenario, rule: UnemploymentRule) -> UnemploymentPath | None:
    try:
        return path_of(rule, origin.base, origin.start, origin.months, origin.name)
    except InputError:
        return None


def _told(origin: Scenario, rule: UnemploymentRule, quarter: str, at_start: float) -> str:
    """The rate at the start and where it goes."""
    start = text("unemployment.start", rate=plain_number(at_start, 1), quarter=_shown(quarter))
    path = _path(origin, rule)
    if path is None or not path.steps:
        return f"{start} {text('unemployment.stays')}"
    rates = [step.rate for step in path.steps]
    furthest = max(path.steps, key=lambda step: abs(step.rate - at_start))
    words = {
        "first": month_text(f"{path.steps[0].day:%Y-%m}"),
        "furthest": plain_number(furthest.rate, 1),
        "when": month_text(f"{furthest.day:%Y-%m}"),
        "last": plain_number(rates[-1], 1),
    }
    key = "unemployment.moves" if len(rates) > 1 else "unemployment.jumps"
    return f"{start} {text(key, **words)}"


def _shown(quarter: str) -> str:
    year, number = quarter.split("-T")
    return text("unemployment.quarter", number=number, year=year)
