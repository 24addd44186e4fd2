"""Turns the raw blocks of tables into entries, and collects the faults met on the way.

A raw block is an entry if it has ``value``, ``dated`` or ``stated_by``; ``stated_by: department``
declares the form of a value that every department file has to give.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from sim.errors import Fault
from sim.parameters.entry import Entry, Uncertainty
from sim.parameters.units import KINDS, KINDS_NEEDING_A_NOTE, UNITS
from sim.parameters.values import Form, NotAcceptedError, Value, shown

Raw = Mapping[str, object]
STATED_BY = "stated_by"
MARKS_OF_AN_ENTRY = ("value", "dated", STATED_BY)
FORM_KEYS = ("unit", "bounds", "whole", "length", "choices", "labels_of", "may_be_empty")
PROVENANCE_KEYS = ("kind", "source", "uncertainty", "note", "as_of")
MOST_HINTS = 50
"""Nearest names are looked for in this many faults; a file with more is wrong as a whole."""
LONGEST_NAME = 200
ENTRY_KEYS = (*MARKS_OF_AN_ENTRY, *FORM_KEYS, *PROVENANCE_KEYS)


def is_entry(raw: object) -> bool:
    """Whether a raw block is an entry rather than a group of entries."""
    return isinstance(raw, Mapping) and any(mark in raw for mark in MARKS_OF_AN_ENTRY)


def nearest(word: str, known: Collection[str]) -> str:
    """'did you mean ...' with the nearest known names, or a sample of them."""
    begun = [name for name in known if word and name.startswith(word)]
    close = (begun or get_close_matches(word[:LONGEST_NAME], list(known), cutoff=0.6))[:3]
    if close:
        return "did you mean " + " or ".join(close) + "?"
    some = ", ".join(list(known)[:8])
    return f"one of {some}" + (", …" if len(known) > 8 else "")


@dataclass
class Checker:
    """Parses blocks of one file; ``faults`` grows, nothing is raised."""

    file: str
    sources: Collection[str]
    labels: Mapping[str, Sequence[str]]
    faults: list[Fault] = field(default_factory=list)
    usable: dict[str, Value] = field(default_factory=dict)
    """Values of entries that were refused for another reason than their value."""

    def fault(self, path: str, found: str, accepted: str) -> None:
        """Records one fault of this file."""
        self.faults.append(Fault(self.file, path, found, accepted))

    def unknown(self, path: str, word: str, known: Collection[str]) -> None:
        """Records an unknown key, with the nearest known names."""
        hint = nearest(word, known) if len(self.faults) < MOST_HINTS else "a known name"
        self.fault(path, "an unknown key", hint)

    def form(self, raw: Raw, path: str) -> Form | None:
        """The form that a national block declares, or None after recording faults."""
        for key in raw:
            if key not in ENTRY_KEYS:
                self.unknown(f"{path}.{key}", key, ENTRY_KEYS)
        unit = raw.get("unit")
        if not isinstance(unit, str) or unit not in UNITS:
            self.fault(f"{path}.unit", shown(unit), nearest(str(unit), tuple(UNITS)))
            return None
        bounds = self._bounds(raw, path, unit)
        whole, length = raw.get("whole", False), raw.get("length")
        may_be_empty = raw.get("may_be_empty", False)
        if not isinstance(may_be_empty, bool):
            self.fault(f"{path}.may_be_empty", shown(may_be_empty), "true or false")
        if not isinstance(whole, bool):
            self.fault(f"{path}.whole", shown(whole), "true or false")
        if length is not None and (isinstance(length, bool) or not isinstance(length, int)):
            self.fault(f"{path}.length", shown(length), "a whole number")
            length = None
        return Form(
            unit=unit,
            low=bounds[0],
            high=bounds[1],
            whole=whole is True,
            length=length,
            choices=self._choices(raw, path, unit),
            is_dated="dated" in raw,
            may_be_empty=may_be_empty is True,
        )

    def entry(self, raw: Raw, path: str, form: Form) -> Entry | None:
        """The entry of a block whose form is known; faults are recorded, then None."""
        before = len(self.faults)
        value = self._value(raw, path, form)
        kind = raw.get("kind")
        if kind not in KINDS:
            self.fault(f"{path}.kind", shown(kind), "one of " + ", ".join(KINDS))
        note = raw.get("note", "")
        if not isinstance(note, str):
            self.fault(f"{path}.note", shown(note), "text")
        elif kind in KINDS_NEEDING_A_NOTE and not note.strip():
            self.fault(f"{path}.note", "no note", f"a note that says how it was {kind}")
        source = self._source(raw, path)
        uncertainty = self._uncertainty(raw, path, value)
        as_of = raw.get("as_of")
        if as_of is not None and type(as_of) is not date:
            self.fault(f"{path}.as_of", shown(as_of), "a day such as 2025-04-01")
        if len(self.faults) > before or value is None or uncertainty is None:
            if value is not None:
                self.usable[path] = value
            return None
        origin = self.file
        day = as_of if isinstance(as_of, date) else None
        return Entry(path, value, form, str(kind), source, uncertainty, str(note), origin, day)

    def _value(self, raw: Raw, path: str, form: Form) -> Value | None:
        key = "dated" if form.is_dated else "value"
        other = "value" if form.is_dated else "dated"
        if other in raw:
            self.fault(f"{path}.{other}", shown(raw[other]), f"{key}: {form.accepted}")
        if key not in raw:
            if other not in raw:
                self.fault(f"{path}.{key}", "nothing", form.accepted)
            return None
        given = raw[key]
        if isinstance(given, Mapping) and list(given) != sorted(given):
            self.fault(f"{path}.{key}", "dates out of order", "dates from the earliest on")
        try:
            return form.accept(raw[key])
        except NotAcceptedError as refusal:
            self.fault(path, refusal.found, refusal.accepted)
            return None

    def _bounds(self, raw: Raw, path: str, unit: str) -> tuple[float | None, float | None]:
        wide = UNITS[unit]
        given = raw.get("bounds")
        if given is None:
            return wide.low, wide.high
        ends = list(given) if isinstance(given, list) else []
        fine = len(ends) == 2 and all(
            end is None or (isinstance(end, (int, float)) and not isinstance(end, bool))
            for end in ends
        )
        if not fine or (None not in ends and ends[0] > ends[1]):
            self.fault(f"{path}.bounds", shown(given), "[low, high], null where open")
            return wide.low, wide.high
        low = wide.low if ends[0] is None else float(ends[0])
        high = wide.high if ends[1] is None else float(ends[1])
        return low, high

    def _choices(self, raw: Raw, path: str, unit: str) -> tuple[str, ...]:
        if UNITS[unit].shape not in ("word", "words"):
            return ()
        group = raw.get("labels_of")
        if group is not None:
            if group not in self.labels:
                self.fault(f"{path}.labels_of", shown(group), nearest(str(group), self.labels))
                return ()
            return tuple(self.labels[str(group)])
        choices = raw.get("choices")
        if not isinstance(choices, list) or not all(isinstance(word, str) for word in choices):
            self.fault(f"{path}.choices", shown(choices), "a list of words (or labels_of)")
            return ()
        return tuple(choices)

    def _source(self, raw: Raw, path: str) -> tuple[str, ...]:
        given = raw.get("source")
        listed = given if isinstance(given, list) else [given]
        keys = [key for key in listed if isinstance(key, str)]
        if not keys or len(keys) < len(listed):
            self.fault(f"{path}.source", shown(given), "a key of sources.yaml or a figure as F0123")
            return ()
        for key in keys:
            if key not in self.sources:
                self.fault(f"{path}.source", shown(key), nearest(key, self.sources))
        return tuple(keys)

    def _uncertainty(self, raw: Raw, path: str, value: Value | None) -> Uncertainty | None:
        accepted = "{low, high, interval} around the value, or {none: reason}"
        given = raw.get("uncertainty")
        where = f"{path}.uncertainty"
        if not isinstance(given, Mapping):
            self.fault(where, shown(given), accepted)
            return None
        if set(given) == {"none"}:
            reason = given["none"]
            if not isinstance(reason, str) or not reason.strip():
                self.fault(where, "no reason", accepted)
                return None
            return Uncertainty(none_because=reason)
        numbers = [given.get(key) for key in ("low", "high", "interval")]
        if set(given) != {"low", "high", "interval"} or not all(
            isinstance(number, (int, float)) and not isinstance(number, bool) for number in numbers
        ):
            self.fault(where, "the keys " + ", ".join(map(str, given)), accepted)
            return None
        low, high, interval = (float(str(number)) for number in numbers)
        if not low < high or not 0.0 < interval <= 1.0:
            self.fault(where, f"{low:g} to {high:g} ({interval:g})", accepted)
            return None
        if isinstance(value, (int, float)) and not low <= value <= high:
            self.fault(where, f"{low:g} to {high:g} around {value:g}", accepted)
            return None
        return Uncertainty(low, high, interval)
