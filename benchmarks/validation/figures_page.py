"""docs/validation/figures.md: every figure of the calibration, by department.

What the fits found stands on the cards that ship with their draws; what a figure is, its row,
period and source stand in the targets that the fits were made with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.validation.parts import Count, Failure, Measurement, Part
from benchmarks.validation.wording import (
    COUNTRY,
    department_title,
    folded,
    lines_of_table,
    significant,
)
from calibration.departments import DEPARTMENT
from calibration.targets import USES, Target, load_targets
from sim.parameters import load_department
from sim.parameters.draws import SHARED
from ui.reports.calibration.fits_page import Card, shipped_cards

TITLE = "Figures of the calibration"
LINK = "validation/figures.md"
USE_WORDS = {"fit": "fitted", "holdout": "held out", "check": "check"}
NO_REASON = "no reason is known."
ADDRESS = re.compile(r" \(https?://[^\s;]*\)")
HEADS = ("figure", "what, when and whose", "published", "simulated", "predicted", "")
OPENING = (
    "*Fitted* figures were learned from. *Held out* ones were not: they judge the fit. A *check* "
    "stands beside it, because its definition is far from what the model has. *Simulated* is the "
    "median of runs of the fit's draws with their 5 and 95 %. *Predicted* adds the errors of the "
    "comparison (sampling of the source, its definition against the reading, the form of the "
    "model): a published figure within these 5 and 95 % is *inside*. How each figure is read, and "
    "its errors: [calibration/targets.yaml](../../calibration/targets.yaml); priors, posteriors "
    "and runs: [calibration.md](../calibration.md)."
)
DERIVED = (
    "The other departments have no fit of their own: they take the draws of the country, and their "
    "tables from published statistics. What they simulate beside what they published is on the "
    "page of [all of France](../france.md)."
)


def place_of(fit: str) -> str:
    """What a fit is of, as people write it."""
    return COUNTRY if fit == SHARED else department_title(fit)


def targets_of(fit: str) -> tuple[Target, ...]:
    """The targets that a fit is held against."""
    if fit == SHARED:
        return load_targets(SHARED)
    return load_targets(DEPARTMENT, department=load_department(fit))


def part() -> Part:
    """Counts by department and use, and every figure that is outside."""
    cards = shipped_cards()
    return Part(
        TITLE,
        LINK,
        "inside",
        [count for fit, card in cards.items() for count in _counts(place_of(fit), card)],
        [
            Failure(place_of(fit), _name(target, record), f"{_values(record)} {_reason(record)}")
            for fit, card in cards.items()
            for target, record in _figures(fit, card)
            if not record["is_inside"]
        ],
        [Measurement(card["versions"]["engine"], card["date"]) for card in cards.values()],
        is_by_department=True,
    )


def _counts(place: str, card: Card) -> Iterator[Count]:
    known = card["summary"]
    for use in USES:
        if known[use]:
            words = f"figures {USE_WORDS[use]}" if use != "check" else "checks"
            yield Count(place, words, known[use], known[f"{use}_inside"])


def _figures(fit: str, card: Card) -> list[tuple[Target, Mapping[str, Any]]]:
    """Every target with what the card says of it."""
    return list(zip(targets_of(fit), card["targets"], strict=True))


def _name(target: Target, record: Mapping[str, Any]) -> str:
    return f"`{target.id}` ({USE_WORDS[record['use']]}, {_row(target)})"


def _values(record: Mapping[str, Any]) -> str:
    value, unit = significant(record["value"]), record["unit"]
    return f"published {value} {unit}, simulated {_range(record['posterior'])}."


def _reason(record: Mapping[str, Any]) -> str:
    return str(record["note"]) or NO_REASON


def _row(target: Target) -> str:
    """The row of the published figures, or where it stands in a table of departments."""
    return target.row.partition(", department ")[0]


def _range(known: Mapping[str, float]) -> str:
    low, middle, high = (significant(known[end]) for end in ("low", "median", "high"))
    return f"{middle} ({low} to {high})"


def page() -> str:
    """The whole page."""
    cards = shipped_cards()
    lines = [
        f"# {TITLE}: published against simulated",
        "",
        *folded(
            "Written by `python -m benchmarks.validation` from the cards of the fits "
            "(`sim/parameters/posterior`); nothing here is edited by hand. "
            "[The whole report](../validation.md)."
        ),
        "",
        *folded(OPENING),
        "",
        *_overview(cards),
        "",
        *folded(DERIVED),
    ]
    for fit, card in cards.items():
        lines += ["", f"## {place_of(fit)}", "", *_table(fit, card), *_outside(fit, card)]
    return "\n".join([*lines, ""])


def _overview(cards: Mapping[str, Card]) -> list[str]:
    heads = ("", *(USE_WORDS[use] for use in USES))
    rows = []
    for fit, card in cards.items():
        known = card["summary"]
        cells = (f"{known[f'{use}_inside']} of {known[use]}" if known[use] else "" for use in USES)
        rows.append((place_of(fit), *cells))
    return lines_of_table(heads, rows)


def _table(fit: str, card: Card) -> list[str]:
    return lines_of_table(HEADS, [_cells(*figure) for figure in _figures(fit, card)])


def _cells(target: Target, record: Mapping[str, Any]) -> Sequence[str]:
    what = target.operator.replace("_", " ")
    predicted = record["predictive"]
    ends = (significant(predicted[end]) for end in ("low", "high"))
    return (
        f"`{target.id}`<br>{USE_WORDS[record['use']]}",
        f"{what[0].upper()}{what[1:]} ({target.population}; {target.exposure}). Period: "
        f"{target.period}. {_row(target)}, {ADDRESS.sub('', target.source)}.",
        f"{significant(record['value'])} {record['unit']}",
        _range(record["posterior"]),
        " to ".join(ends),
        "inside" if record["is_inside"] else "**outside**",
    )


def _outside(fit: str, card: Card) -> list[str]:
    lines = [
        line
        for target, record in _figures(fit, card)
        if not record["is_inside"]
        for line in folded(f"- `{target.id}`: {_reason(record)}", "  ")
    ]
    return ["", "Outside:", "", *lines] if lines else []
