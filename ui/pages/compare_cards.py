"""The four cards of a comparison, each with its reference and its range."""

from __future__ import annotations

import numpy as np

from ui.answers import between, euros_range, range_text, share_text
from ui.look import Card, badge, cards
from ui.numbers import euros, number, signed
from ui.outcome_words import Shown, label_of, place_text
from ui.spoken import text
from ui.work.money import spending_whole
from ui.work.results import FullRun, Numbers, spread

HOUSEHOLDS = "caseload_households"
DELAY = "wait_for_caseworker_days_median"
WITHIN = ("support_started_within_15_days_share", "support_started_within_30_days_share")
MONTHS_IN_YEAR = 12
RUPTURES, RETURNS = "ruptures_within_6m_share", "reentries"


def four_cards(found: FullRun, scenario: int, place: str) -> None:
    """Households; delay; spending; ruptures and returns."""
    cards(
        [
            _card(found, scenario, HOUSEHOLDS, place, "data", _where(found, place)),
            _card(found, scenario, DELAY, place, "mixed", _shares(found, scenario, place)),
            _spending(found, scenario),
            _card(found, scenario, RUPTURES, place, "literature", _returns(found, scenario, place)),
        ]
    )


def _card(found: FullRun, scenario: int, outcome: str, place: str, kind: str, note: str) -> Card:
    shown = Shown.of(outcome)
    before, after = found.whole(0, outcome, place), found.whole(scenario, outcome, place)
    if np.isnan(after).all() or np.isnan(before).all():
        return Card(shown.label, "–", text("card.no_value"), note)
    return Card(
        shown.label,
        shown.level(float(np.nanmean(after))),
        _change(
            found,
            shown.level(float(np.nanmean(before)), has_unit=False),
            range_text(after - before, shown),
            is_same=bool((before == after).all()),
        ),
        note,
        badge(kind) if before.any() or after.any() else "",
    )


def _change(found: FullRun, reference: str, written: str, *, is_same: bool) -> str:
    """The reference beside a number, and how far from it the scenario is."""
    if is_same:
        return text("card.same", reference=reference)
    return text("card.change", reference=reference, range=written, share=share_text(found.count))


def _where(found: FullRun, place: str) -> str:
    return text("card.households_note", place=place_text(found.experiment.reference.base, place))


def _shares(found: FullRun, scenario: int, place: str) -> str:
    parts = []
    for outcome in WITHIN:
        before, after = found.whole(0, outcome, place), found.whole(scenario, outcome, place)
        shown = Shown.of(outcome)
        if np.isnan(after).all() or np.isnan(before).all():
            continue
        parts.append(
            text(
                "card.share",
                label=label_of(outcome),
                value=number(float(np.nanmean(after)) * shown.scale, 0),
                reference=number(float(np.nanmean(before)) * shown.scale, 0),
            )
        )
    return " ".join([text("card.delay_note"), *parts])


def _spending(found: FullRun, scenario: int) -> Card:
    before, after = spending_whole(found, 0), spending_whole(found, scenario)
    low, high = (float(bound[0]) for bound in spread(after - before))
    return Card(
        text("card.spending"),
        euros(float(after.mean())),
        _change(
            found,
            euros(float(before.mean())),
            euros_range(low, high),
            is_same=bool((before == after).all()),
        ),
        text("card.spending_note"),
        badge("mixed"),
    )


def _returns(found: FullRun, scenario: int, place: str) -> str:
    before, after = (returns_rate(found, arm, place) for arm in (0, scenario))
    low, high = (float(bound[0]) for bound in spread(after - before))
    return text(
        "card.returns",
        value=number(float(after.mean()), 1),
        reference=number(float(before.mean()), 1),
        range=between(signed(low, 1), signed(high, 1)),
    )


def returns_rate(found: FullRun, arm: int, place: str) -> Numbers:
    """Returns per 100 households and year since the change, by replication."""
    since = found.experiment.since
    stock = found.values(arm, HOUSEHOLDS, place)[:, since:]
    years = stock.sum(axis=1) / MONTHS_IN_YEAR
    returns = np.nansum(found.values(arm, RETURNS, place)[:, since:], axis=1)
    rate: Numbers = 100.0 * returns / np.maximum(years, 1.0)
    return rate
