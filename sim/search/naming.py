"""Levers and targets as people write them: ``staff.fte[coquelicot]``, ``outcome <= 15``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from sim.errors import Fault, InputError
from sim.outcomes.definitions import OutcomeDefinition, outcome_definitions
from sim.outcomes.table import ALL
from sim.parameters import Parameters
from sim.parameters.schema import nearest
from sim.policy import Lever, Scenario, levers
from sim.policy.levers import (
    GROUP_OF,
    UNITS_OF_SIZE,
    UNITS_OF_WORDS,
    LeverEntry,
    label_left_open,
    lever_catalogue,
)
from sim.search.demand import Bounds, Goal

COMMAND_LINE = "command line"
_NAME = re.compile(r"^\s*([a-z0-9_.]+)\s*(?:\[\s*([^\]]*)\])?\s*$")
WRITTEN_NUMBER = r"[0-9]{1,15}(?:[.,][0-9]{1,15})?"
"""A number as people write it; longer ones would be rounded, or infinite."""
_TARGET = re.compile(rf"^(.*?)\s*(<=|>=|<|>|≤|≥)\s*([+-]?{WRITTEN_NUMBER})\s*(%?)\s*$")
_SPAN = re.compile(rf"^\s*(-?{WRITTEN_NUMBER})\s*:\s*(-?{WRITTEN_NUMBER})\s*$")
MOST_SHOWN = 8
PERCENT = 100.0


@dataclass(frozen=True)
class SoughtLever:
    """One number that moves one parameter, or several at once.

    Posts and places of several roles or territories are one total, divided among them as they are
    divided at present (equally when there is none). Anything else takes the same value everywhere.
    """

    text: str
    label: Mapping[str, str]
    unit: str
    paths: tuple[str, ...]
    shares: tuple[float, ...]
    """The part of the value that each path takes; 1 each when it is not divided."""
    bounds: Bounds
    present: float | None
    """The value that the scenario has before the lever is moved; None when paths differ."""
    is_whole: bool
    is_divided: bool
    has_published_price: bool
    price_eur_per_year: float | None
    """What one more unit costs a year; None when it costs nothing or has no price."""
    territory: str | None

    def values(self, value: float) -> dict[str, float | int]:
        """The value of every path."""
        if not self.is_whole:
            shared = (round(value * share, 9) for share in self.shares)
            return dict(zip(self.paths, shared, strict=True))
        if not self.is_divided:
            return dict.fromkeys(self.paths, round(value))
        wholes = [int(value * share + 1e-9) for share in self.shares]
        rests = [value * share - whole for share, whole in zip(self.shares, wholes, strict=True)]
        for position in sorted(range(len(wholes)), key=lambda i: (-rests[i], i)):
            if sum(wholes) < round(value):
                wholes[position] += 1
        return dict(zip(self.paths, wholes, strict=True))


@dataclass(frozen=True)
class SoughtOutcome:
    """An outcome in one territory (or all of them)."""

    definition: OutcomeDefinition
    territory: str


def find_lever(
    text: str, scenario: Scenario, in_force: Parameters, between: str | None = None
) -> SoughtLever:
    """The lever that a text names; ``between`` (``0:40``) narrows its usual range.

    A name is a key of the catalogue, the last words of its path, or a whole path; labels of
    territories, roles or pathways stand between brackets, in any order. ``in_force`` are the
    parameters before the lever is moved. Raises `InputError` with the nearest names.
    """
    chosen = levers_named(text, scenario.base, "--lever")
    entry = lever_catalogue()[chosen[0].key]
    return _put_together(text, chosen, entry, in_force, between)


def levers_named(text: str, parameters: Parameters, field: str) -> list[Lever]:
    """The levers of one key that a text names, one for each choice of labels that it leaves open.

    Only levers with one number. Raises `InputError` about ``field`` with the nearest names.
    """
    name, labels = _split(text, field)
    catalogue = lever_catalogue()
    known = [lever for lever in levers(parameters) if lever.unit not in UNITS_OF_WORDS]
    named = [lever for lever in known if _is_called(name, lever, catalogue[lever.key])]
    if not named:
        names = dict.fromkeys([*(lever.key for lever in known), *(lever.path for lever in known)])
        raise _fault(field, f"the unknown lever {name!r}", nearest(name, tuple(names)))
    chosen = [lever for lever in named if labels <= set(lever.path.split("."))]
    if not chosen:
        found = f"{', '.join(sorted(labels))}, which {name} has not"
        options = sorted({word for lever in named for word in lever.path.split(".")})
        raise _fault(field, found, f"labels among {', '.join(_near(labels, options))}")
    keys = list(dict.fromkeys(lever.key for lever in chosen))
    if len(keys) > 1:
        raise _fault(field, f"{name!r}, several levers", f"one of {', '.join(keys)}")
    if catalogue[keys[0]].shape != "one":
        raise _fault(field, f"{name!r}, a list or dated values", "a lever with one value")
    return chosen


def find_outcome(text: str, parameters: Parameters, default: str = ALL) -> SoughtOutcome:
    """The outcome that a text names, in the territory between brackets (else ``default``).

    Words may be left out between the first and the last one when no other outcome fits.
    Raises `InputError` with the nearest names.
    """
    name, labels = _split(text, "outcome")
    known = outcome_definitions()
    fitting = [name] if name in known else [one for one in known if _abbreviates(name, one)]
    if len(fitting) != 1:
        found = f"the unknown outcome {name!r}" if not fitting else f"{name!r}, several outcomes"
        accepted = f"one of {', '.join(fitting)}" if fitting else nearest(name, tuple(known))
        raise _fault("outcome", found, accepted)
    places = (ALL, *parameters.labels("territories"))
    if len(labels) > 1 or not labels <= set(places):
        found = f"the territory {', '.join(sorted(labels))!r}"
        raise _fault("outcome", found, f"one of {', '.join(places)}")
    return SoughtOutcome(known[fitting[0]], next(iter(labels), default))


def find_target(
    text: str, parameters: Parameters, default: str = ALL
) -> tuple[SoughtOutcome, Goal]:
    """An outcome and its limit, such as ``oriented_within_15_days_share >= 80 %``."""
    written = _TARGET.match(text)
    if written is None:
        accepted = 'an outcome, <= or >=, and a number: "wait_for_orientation_days_mean <= 15"'
        raise _fault("--target", repr(text), accepted)
    outcome = find_outcome(written[1], parameters, default)
    limit = float(written[3].replace(",", "."))
    unit = outcome.definition.unit
    if written[4]:
        if unit != "share":
            raise _fault("--target", f"{limit:g} % of an outcome in {unit}", f"a number in {unit}")
        limit /= PERCENT
    if unit == "share" and not 0.0 <= limit <= 1.0:
        raise _fault("--target", f"the share {limit:g}", "0 to 1, or a percentage such as 80 %")
    return outcome, Goal(is_upper=written[2] in ("<=", "<", "≤"), limit=limit)


def _put_together(
    text: str,
    chosen: Sequence[Lever],
    entry: LeverEntry,
    in_force: Parameters,
    between: str | None,
) -> SoughtLever:
    paths = tuple(lever.path for lever in chosen)
    now = [in_force.number(path) for path in paths]
    is_divided = len(paths) > 1 and chosen[0].unit in UNITS_OF_SIZE
    is_whole = in_force.entry(paths[0]).form.whole
    shares = [1.0] * len(paths)
    if is_divided:
        shares = [one / sum(now) for one in now] if sum(now) else [1.0 / len(paths)] * len(paths)
    low, high = chosen[0].low, chosen[0].high
    if is_divided:
        low, high = sum(lever.low for lever in chosen), sum(lever.high for lever in chosen)
    if between is not None:
        accepted = f"a lowest and a higher value such as {low:g}:{high:g} ({chosen[0].unit})"
        low, high = read_span(between, "--between", accepted)
    prices = [in_force.number(lever.cost) if lever.has_price else 0.0 for lever in chosen]
    price = sum(price * share for price, share in zip(prices, shares, strict=True))
    step = max(1.0, round(chosen[0].step)) if is_whole else chosen[0].step
    places = {lever.territory for lever in chosen}
    return SoughtLever(
        text=text.strip(),
        label={language: _label(chosen, entry, in_force, language) for language in ("en", "fr")},
        unit=chosen[0].unit,
        paths=paths,
        shares=tuple(shares),
        bounds=Bounds(low, high, step),
        present=round(sum(now), 9) if is_divided else now[0] if len(set(now)) == 1 else None,
        is_whole=is_whole,
        is_divided=is_divided,
        has_published_price=chosen[0].cost != "not_published",
        price_eur_per_year=price or None,
        territory=places.pop() if len(places) == 1 else None,
    )


def _label(
    chosen: Sequence[Lever], entry: LeverEntry, parameters: Parameters, language: str
) -> str:
    """The name of a lever, with "all roles" and the like for what is left open."""
    if len(chosen) == 1:
        return chosen[0].label[language]
    template = str(getattr(entry.label, language))
    words = {}
    for holder in entry.holders:
        group = GROUP_OF[holder]
        used = {
            label
            for label in parameters.labels(group)
            if any(label in lever.path.split(".") for lever in chosen)
        }
        words[holder] = (
            parameters.label_text(group, used.pop(), language)
            if len(used) == 1
            else label_left_open(group, language)
        )
    return template.format(**words)


def _is_called(name: str, lever: Lever, entry: LeverEntry) -> bool:
    if name in (lever.key, lever.path):
        return True
    words = [word for word in entry.path.split(".") if not word.startswith("{")]
    asked = name.split(".")
    return words[-len(asked) :] == asked


def _abbreviates(short: str, name: str) -> bool:
    """Whether the words of ``short`` stand in a name in order, its first and last ones included."""
    asked, words = short.split("_"), iter(name.split("_"))
    ends = (asked[0], asked[-1]) == (name.split("_")[0], name.split("_")[-1])
    return ends and all(word in words for word in asked)


def _split(text: str, field: str) -> tuple[str, set[str]]:
    """A name and the labels between its brackets."""
    written = _NAME.match(text)
    if written is None:
        raise _fault(field, repr(text), "a name, with labels between brackets: name[label, label]")
    return written[1], {word.strip() for word in (written[2] or "").split(",") if word.strip()}


def read_span(text: str, field: str, accepted: str) -> tuple[float, float]:
    """A lowest and a higher value such as ``0:40``; raises `InputError`."""
    written = _SPAN.match(text)
    if written is None:
        raise _fault(field, repr(text), accepted)
    lowest, highest = (float(number.replace(",", ".")) for number in written.groups())
    if lowest >= highest:
        raise _fault(field, f"{lowest:g} to {highest:g}", accepted)
    return lowest, highest


def _near(labels: Iterable[str], options: Sequence[str]) -> list[str]:
    """Options near to one of the labels first, then some others."""
    near = [one for label in labels for one in get_close_matches(label, options, n=2)]
    return list(dict.fromkeys([*near, *options]))[:MOST_SHOWN]


def _fault(field: str, found: str, accepted: str) -> InputError:
    return InputError([Fault(COMMAND_LINE, field, found, accepted)])
