"""The promises of docs/validation/schemes.md: limits that the pages set, and what comes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.validation.parts import Count, Failure
from benchmarks.validation.schemes_kept import Kept, Promised, Shown
from benchmarks.validation.wording import (
    PERCENT,
    department_title,
    folded,
    lines_of_table,
    number,
)
from sim.policy import load_scenario
from sim.policy.facts import page_of

UNITS = {"number": "", "per_person_month": "for each person and month"}


PROMISES = "promises"


def promise_counts(promises: Mapping[str, Sequence[Promised]]) -> Iterator[Count]:
    """By department, the promises that can be compared and those kept."""
    for department, rows in promises.items():
        verdicts = [one.is_kept for one in rows if one.is_kept is not None]
        if verdicts:
            yield Count(department_title(department), PROMISES, len(verdicts), sum(verdicts))


def promise_failures(promises: Mapping[str, Sequence[Promised]]) -> Iterator[Failure]:
    """The promises that are not kept, with what was found and what is most asked for."""
    for department, rows in promises.items():
        for one in rows:
            if one.is_kept is False:
                asked = f" Most asked for: {_asked(one)}." if one.ratio is not None else ""
                gives = "; ".join(map(_shown_text, one.reads))
                yield Failure(
                    department_title(department),
                    _promise_text(one),
                    f"the model gives {gives}.{asked}",
                )


def uncompared(promises: Mapping[str, Sequence[Promised]]) -> int:
    """How many promises no outcome has the unit of."""
    return sum(one.is_kept is None for rows in promises.values() for one in rows)


def promise_section(found: Kept) -> list[str]:
    """Heading, words and a table for each department."""
    lines = [
        "## Promises",
        "",
        *folded(
            "What the pages promise, as `caseload departments NAME --facts` reads it, over "
            f"{found.promise_replications} draws and seeds, the promises that set a limit. *Not "
            "compared*: no outcome has the unit of the promise. *Most asked for* is the limit of "
            "the offices that is nearest to its end there, and what is asked of each one that "
            "there is: above 1 it is the bottleneck, and the reason "
            "([sim/experiments/why.py](../../sim/experiments/why.py)). Promises that are kept by "
            "what the scheme sets (posts, days of sessions, roles) are in the command."
        ),
        "",
    ]
    for department, rows in found.promises.items():
        lines += [
            f"### {load_scenario(page_of(department).scenario).title.en}",
            "",
            *lines_of_table(
                ("promise", "the model gives", "", "most asked for"), list(map(_cells, rows))
            ),
            "",
        ]
    return lines


def _cells(one: Promised) -> tuple[str, ...]:
    gives = "<br>".join(map(_shown_text, one.reads))
    verdict = {True: "kept", False: "**not kept**", None: "not compared"}[one.is_kept]
    asked = "" if one.is_kept else _asked(one)
    is_short = one.ratio is not None and one.ratio > 1.0
    return _promise_text(one), gives, verdict, f"**{asked}**" if asked and is_short else asked


def _promise_text(one: Promised) -> str:
    limit = {"at_least": "at least", "at_most": "at most"}[one.limit]
    return f"{one.what}: {limit} {_plain(one.promise)}"


def _asked(one: Promised) -> str:
    return "" if one.ratio is None else f"{one.asked} {one.ratio:.2f}"


def _shown_text(one: Shown) -> str:
    value = "not observed" if one.mean is None else _value(one.mean, one.unit)
    return f"{one.label} ({', '.join(one.where)}): {value}"


def _value(mean: float, unit: str) -> str:
    if unit == "share":
        return f"{PERCENT * mean:.1f} %"
    return f"{number(mean)} {UNITS.get(unit, _plain(unit))}".strip()


def _plain(unit: str) -> str:
    return unit.replace("_", " ").replace("per fte", "for a post")
