"""The frozen parameters of a department: read by path, changed only by making another one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from sim.errors import Fault, InputError
from sim.parameters.entry import Entry, dated_pairs, plain
from sim.parameters.national import Label
from sim.parameters.rule import Rule
from sim.parameters.rules import broken_rules
from sim.parameters.schema import MOST_HINTS, nearest
from sim.parameters.units import UNITS
from sim.parameters.values import Dated, DatedItem, NotAcceptedError, Value

ALWAYS = date(1960, 1, 1)


@dataclass(frozen=True)
class Schema:
    """What all versions of a department's parameters share: labels, entries, rules."""

    department: str
    code: str
    label: Label
    groups: Mapping[str, tuple[Label, ...]]
    entries: Mapping[str, Entry]
    rules: tuple[Rule, ...]

    @cached_property
    def rules_by_path(self) -> Mapping[str, tuple[int, ...]]:
        """Numbers of the rules that read a path."""
        index: dict[str, tuple[int, ...]] = {}
        for number, rule in enumerate(self.rules):
            for path in rule.paths:
                index[path] = (*index.get(path, ()), number)
        return index


@dataclass(frozen=True, eq=False)
class Parameters:
    """Every value of one department, by path. Equal if the labels and all values are equal."""

    _schema: Schema
    _values: Mapping[str, Value]
    _origins: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        """One line: whose they are, and how many."""
        return f"Parameters({self.department}: {len(self._values):,} values)"

    @property
    def department(self) -> str:
        """Name of the department file."""
        return self._schema.department

    @property
    def code(self) -> str:
        """Official code of the department, as text."""
        return self._schema.code

    @property
    def label(self) -> str:
        """Display name of the department."""
        return self._schema.label.fr

    def labels(self, group: str) -> tuple[str, ...]:
        """Names of the members of a group, in the order of the tables."""
        return tuple(label.name for label in self._group(group))

    def label_text(self, group: str, label: str, language: str = "en") -> str:
        """Display text of a label in English ("en") or French ("fr")."""
        for known in self._group(group):
            if known.name == label:
                return known.fr if language == "fr" else known.en
        raise self._unknown(f"{group}.{label}", label, self.labels(group))

    def value(self, path: str) -> Value:
        """The value at a path; a dated value as ((date, number), ...)."""
        try:
            return self._values[path]
        except KeyError:
            raise self._unknown(path, path, self.paths()) from None

    def number(self, path: str) -> float:
        """The value at a path that holds one number."""
        value = self.value(path)
        if isinstance(value, (str, tuple)):
            raise self._wrong_shape(path, "one number")
        return float(value)

    def whole(self, path: str) -> int:
        """The value at a path that holds a whole number."""
        value = self.value(path)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong_shape(path, "a whole number")
        return value

    def flag(self, path: str) -> bool:
        """The value at a path that holds true or false."""
        value = self.value(path)
        if not isinstance(value, bool):
            raise self._wrong_shape(path, "true or false")
        return value

    def word(self, path: str) -> str:
        """The value at a path that holds one word."""
        value = self.value(path)
        if not isinstance(value, str):
            raise self._wrong_shape(path, "one word")
        return value

    def words(self, path: str) -> tuple[str, ...]:
        """The value at a path that holds a list of words."""
        value = self.value(path)
        if not isinstance(value, tuple) or self._shape(path) != "words":
            raise self._wrong_shape(path, "a list of words")
        return tuple(str(word) for word in value)

    def numbers(self, path: str) -> tuple[float, ...]:
        """The value at a path that holds a list of numbers."""
        value = self.value(path)
        if not isinstance(value, tuple) or self._schema.entries[path].form.length is None:
            raise self._wrong_shape(path, "a list of numbers")
        return tuple(float(item) for item in value if isinstance(item, (int, float)))

    def dated(self, path: str) -> Dated:
        """(date, number) pairs in date order; an undated number holds from 1960 on."""
        value = self.value(path)
        if isinstance(value, tuple):
            if not self._schema.entries[path].form.is_dated:
                raise self._wrong_shape(path, "a dated value")
            return dated_pairs(value)
        return ((ALWAYS, self._item(path)),)

    def _item(self, path: str) -> DatedItem:
        """The one value at a path that holds no list."""
        value = self.value(path)
        if isinstance(value, tuple):
            raise self._wrong_shape(path, "one value")
        return float(value) if isinstance(value, int) else value

    def value_on(self, path: str, day: date) -> Value:
        """The value in force on a day; before the first date, the first value."""
        if not self.entry(path).form.is_dated:
            return self.value(path)
        pairs = self.dated(path)
        in_force = pairs[0][1]
        for start, item in pairs:
            if start > day:
                break
            in_force = item
        return in_force

    def entry(self, path: str) -> Entry:
        """The entry at a path, with its current value and the origin of that value."""
        value = self.value(path)
        entry = self._schema.entries[path]
        if path not in self._origins:
            return entry
        return replace(entry, value=value, origin=self._origins[path])

    def paths(self) -> tuple[str, ...]:
        """All paths, in alphabetical order."""
        return tuple(self._values)

    def patched(self, changes: Mapping[str, object], origin: str) -> Parameters:
        """These parameters with other values; ``origin`` names the changes in messages.

        Every fault of the changes (unknown path, type, range, rule between values) is collected
        in one InputError. Restating present values gives these very parameters.
        """
        faults: list[Fault] = []
        changed: dict[str, Value] = {}
        entries = self._schema.entries
        for path, given in changes.items():
            entry = entries.get(path)
            if entry is None:
                near = nearest(str(path), self.paths()) if len(faults) < MOST_HINTS else "a path"
                faults.append(Fault(origin, str(path), "a path that is not a parameter", near))
                continue
            try:
                value = entry.form.accept(given)
            except NotAcceptedError as refusal:
                faults.append(Fault(origin, path, refusal.found, refusal.accepted))
                continue
            if value != self._values[path]:
                changed[path] = value
        values = {**self._values, **changed}
        touched = {number for path in changed for number in self._rules_reading(path)}
        rules = [self._schema.rules[number] for number in sorted(touched)]
        faults.extend(broken_rules(rules, values, origin))
        if faults:
            raise InputError(faults)
        if not changed:
            return self
        origins = {**self._origins, **dict.fromkeys(changed, origin)}
        return Parameters(self._schema, values, origins)

    def records(self) -> list[dict[str, object]]:
        """Every resolved value with unit, kind, source, uncertainty, note and origin."""
        return [self.entry(path).record() for path in self.paths()]

    def fingerprint(self) -> str:
        """SHA-256 of the labels and values: equal parameters have equal fingerprints."""
        return self._fingerprint

    @cached_property
    def _fingerprint(self) -> str:
        content = {
            "code": self.code,
            "labels": {group: self.labels(group) for group in sorted(self._schema.groups)},
            "values": {path: plain(value) for path, value in self._values.items()},
        }
        text = json.dumps(content, sort_keys=True, ensure_ascii=True, allow_nan=False)
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Parameters):
            return NotImplemented
        if self is other:
            return True
        return self._values == other._values and self.fingerprint() == other.fingerprint()

    def __hash__(self) -> int:
        return hash(self.fingerprint())

    def _rules_reading(self, path: str) -> tuple[int, ...]:
        return self._schema.rules_by_path.get(path, ())

    def _shape(self, path: str) -> str:
        return UNITS[self._schema.entries[path].unit].shape

    def _group(self, group: str) -> tuple[Label, ...]:
        try:
            return self._schema.groups[group]
        except KeyError:
            raise self._unknown(group, group, tuple(self._schema.groups)) from None

    def _unknown(self, path: str, wanted: str, known: tuple[str, ...]) -> InputError:
        accepted = nearest(str(wanted), known)
        return InputError([Fault(self.department, str(path), "an unknown name", accepted)])

    def _wrong_shape(self, path: str, wanted: str) -> InputError:
        found = f"read as {wanted}"
        accepted = self._schema.entries[path].form.accepted
        return InputError([Fault(self.department, path, found, accepted)])
