"""docs/validation/extremes.md: extreme conditions, what must hold, and what came."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from benchmarks.validation.extremes import EXTREMES, NEARLY, Extreme, Must
from benchmarks.validation.extremes_kept import Extremes, Outcome, kept
from benchmarks.validation.parts import Count, Failure, Measurement, Part
from benchmarks.validation.wording import PERCENT, folded, lines_of_table, significant
from sim.outcomes.definitions import outcome_definition

ROOT = Path(__file__).resolve().parents[2]
TITLE = "Extreme conditions"
LINK = "validation/extremes.md"
PLACE = "Extremes"
BALANCE = "nothing is lost: every balance holds"
SIGN_WORDS = {"=": "", "<": "below", "<=": "at most", ">": "above", ">=": "at least", "≈": "nearly"}
UNITS = {
    "number": "", "eur": "€", "per_person_month": "a person and month", "per_person": "a person",
}  # fmt: skip
NOT_OBSERVED = "not observed"
TESTED = (
    "tests/theory/test_clocks.py",
    "tests/theory/test_intake_queue.py",
    "tests/theory/test_spells.py",
    "tests/theory/test_staff_absences.py",
    "tests/functional/test_mechanics.py",
    "tests/functional/test_lever_effects.py",
    "tests/functional/test_conservation.py",
    "tests/agreement/test_generated_scenarios.py",
)
"""Tests that hold the model to what is known without it; their first lines say to what."""


def part(folder: Path) -> Part:
    """How much of what must hold does so under every seed, and what does not."""
    found = kept(folder)
    rows = [row for one in EXTREMES for row in _rows(one, found)]
    return Part(
        TITLE,
        LINK,
        "as it must be",
        [Count(PLACE, "outcomes and balances", len(rows), sum(is_held for *_, is_held in rows))],
        [
            Failure(one.title, what, f"must be {must}; it is {came}.")
            for one in EXTREMES
            for what, must, came, is_held in _rows(one, found)
            if not is_held
        ],
        [Measurement(found.engine, found.day)],
    )


def _rows(one: Extreme, found: Extremes) -> Iterator[tuple[str, str, str, bool]]:
    """What is looked at, what it must be, what came, and whether it holds under every seed."""
    run = found.runs[one.key]
    for must, outcome in zip(one.must, run.outcomes, strict=True):
        label = outcome_definition(must.outcome).label.en
        yield label, _must_text(must, outcome), _text(outcome), outcome.held == len(found.seeds)
    broken = ", ".join(run.broken)
    yield "Balances", BALANCE, f"broken: {broken}" if broken else "all hold", not broken


def _must_text(must: Must, outcome: Outcome) -> str:
    sign = SIGN_WORDS[must.sign]
    bound = _value(must.outcome, outcome.bound)
    if not must.than:
        return f"{sign} {bound}".strip()
    label = outcome_definition(must.than).label.en
    whose = "the reference" if must.is_of_reference else f"its own “{label}”"
    times = "" if must.times == 1.0 else f"{must.times:g} times "
    words = f"{sign} {times}{whose}" if sign else f"that of {whose}"
    return f"{words} ({bound})"


def _text(outcome: Outcome) -> str:
    return _value(outcome.outcome, outcome.found)


def _value(name: str, value: float | None) -> str:
    if value is None:
        return NOT_OBSERVED
    unit = outcome_definition(name).unit
    if unit == "share":
        return f"{significant(PERCENT * value)} %"
    return f"{significant(value)} {UNITS.get(unit, unit.replace('_', ' '))}".strip()


def page(folder: Path) -> str:
    """The whole page."""
    found = kept(folder)
    lines = [
        f"# {TITLE}",
        "",
        *folded(
            "Written by `python -m benchmarks.validation` from [extremes.json](extremes.json), "
            "which it measures; the conditions are declared in "
            "[benchmarks/validation/extremes.py](../../benchmarks/validation/extremes.py). "
            "[The whole report](../validation.md)."
        ),
        "",
        *folded(
            "Each condition runs in the territory Coquelicot–Haute-Somme of `somme_reference` "
            f"alone, at full size (1,500 persons), {found.months} months from January 2023, beside "
            "a reference that shares its people and its luck. What must hold is known without the "
            f"model. Numbers are means of {len(found.seeds)} seeds; something *holds* when it does "
            "under every one of them. *As if always*: the people of the first day have lived under "
            "the condition, those of the reference have not. *Balances*: every month and in every "
            "territory the change of households and of each queue is what came less what went, "
            "everybody with rights and duties is in one place, and no minute of staff is used that "
            "was not there. *Nearly*: within "
            f"{PERCENT * NEARLY:g} %, for what an office does ends a step of a life, and slow "
            "factors are those of the middle of a step "
            "([decision 3](../decisions/003-clocks-read-when-needed.md)): where nothing that it "
            "does has an effect, events come hours sooner or later."
        ),
        "",
    ]
    heads = ("condition", "what", "must be", "came", "")
    rows = [
        (one.title if place == 0 else "", what, must, came, "holds" if held else "**fails**")
        for one in EXTREMES
        for place, (what, must, came, held) in enumerate(_rows(one, found))
    ]
    lines += [*lines_of_table(heads, rows), "", "## Asserted by the tests besides", ""]
    for file in TESTED:
        lines += folded(f"- [{file}](../../{file}): {_first_line(ROOT / file)}", "  ")
    return "\n".join([*lines, ""])


def _first_line(file: Path) -> str:
    """What a file of tests says that it holds."""
    told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return " ".join(told.split("\n\n")[0].split())
