"""A department file laid over the national tables: every parameter of a department resolved.

The file states the department (code, label, stock), its own roles and pathways, differences from
national entries, and its territories; each territory starts from ``territory_defaults``, national
first, then the file's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from sim.errors import Fault, InputError
from sim.parameters.beneath_file import DERIVED, EXTENDS, tree_beneath
from sim.parameters.derivation.document import (
    HouseholdTypes,
    derived_code,
    derived_codes,
    derived_document,
    derived_name,
)
from sim.parameters.entry import Entry
from sim.parameters.imported import kept_while_imported
from sim.parameters.national import (
    LABELLED_GROUPS,
    TERRITORIES,
    TERRITORY_DEFAULTS,
    Label,
    Tables,
    expand,
    load_tables,
    read_label,
    with_labels,
)
from sim.parameters.own_labels import NAME, NAME_ACCEPTED, own_labels
from sim.parameters.parameters import Parameters, Schema
from sim.parameters.reading import read_yaml
from sim.parameters.rules import broken_rules, rules_of
from sim.parameters.schema import (
    FORM_KEYS,
    PROVENANCE_KEYS,
    STATED_BY,
    Checker,
    is_entry,
    nearest,
)
from sim.parameters.sources import DEPARTMENTS, TABLES
from sim.parameters.values import Form, Value, shown

SCHEMA_VERSION = 1
CODE = re.compile(r"[0-9][0-9AB][0-9]?")
DEFAULTS = f"{TERRITORY_DEFAULTS}."
TYPES = "household_types"
STATED_KEYS = ("value", "dated", *PROVENANCE_KEYS)
"""What an entry of a department's file may state of a national form."""


def shipped_departments() -> tuple[str, ...]:
    """Names of the departments whose file comes with the product."""
    return tuple(sorted(file.stem for file in DEPARTMENTS.glob("*.yaml")))


@lru_cache(maxsize=1)
def known_departments() -> Mapping[str, str]:
    """The name of every department that can be loaded, by code, in the order of the codes.

    A department has a file of its own, or one is derived from public statistics.
    """
    own = {_shipped(name).code: name for name in shipped_departments()}
    return {code: own.get(code) or derived_name(code) for code in derived_codes()}


def is_derived(name: str) -> bool:
    """Whether a department of this name has no file and is made from public statistics."""
    return name not in shipped_departments() and name in known_departments().values()


def rests_on_statistics(parameters: Parameters) -> bool:
    """Whether some value is derived: there is no file, or it is a difference."""
    return any(parameters.entry(path).origin == DERIVED for path in parameters.paths())


def load_department(name_or_path: str | Path) -> Parameters:
    """The parameters of a department: national tables and the department's own file.

    Accepts a department's name or code as text ("29", "finistere", "Finistère"), or the path of a
    YAML file. Raises one InputError with every fault of the file.
    """
    if isinstance(name_or_path, Path):
        return resolve_department(name_or_path, load_tables())
    given: object = name_or_path
    if not isinstance(given, str):
        found = f"{shown(given)}, a number" if isinstance(given, int) else shown(given)
        raise InputError([Fault("", "department", found, 'text: a name, or a code as "01"')])
    if name_or_path in shipped_departments():
        return _shipped(name_or_path)
    if name_or_path.endswith((".yaml", ".yml")) or "/" in name_or_path or "\\" in name_or_path:
        return resolve_department(Path(name_or_path), load_tables())
    code = derived_code(name_or_path)
    if code is None:
        accepted = nearest(name_or_path, tuple(known_departments().values()))
        raise InputError([Fault("", "department", shown(name_or_path), accepted)])
    name = known_departments()[code]
    made, key = (_shipped, name) if name in shipped_departments() else (_derived, code)
    return made(key)


@kept_while_imported(32)
def _shipped(name: str) -> Parameters:
    return resolve_department(DEPARTMENTS / f"{name}.yaml", load_tables())


@kept_while_imported(128)
def _derived(code: str) -> Parameters:
    national = load_tables(TABLES)
    return resolve_tree(derived_tree(code), derived_name(code), DERIVED, national)


def derived_tree(code: str) -> dict[str, object]:
    """What the file of a department would say that is made from public statistics alone."""
    return derived_document(code, _household_types(load_tables(TABLES)))


def _household_types(national: Tables) -> HouseholdTypes:
    return {
        label.name: (
            _national_number(national, f"{TYPES}.{label.name}.share"),
            int(_national_number(national, f"{TYPES}.{label.name}.adults")),
        )
        for label in national.groups[TYPES]
    }


def _national_number(tables: Tables, path: str) -> float:
    return float(str(tables.entries[path].value))


def resolve_department(file: Path, tables: Tables | None = None) -> Parameters:
    """The parameters of one department file over given national tables."""
    return resolve_tree(read_yaml(file, file.name), file.stem, file.name, tables)


def resolve_tree(
    tree: Mapping[str, object], name: str, said_in: str, tables: Tables | None = None
) -> Parameters:
    """The parameters of what a department's file says; ``said_in`` is its name in messages."""
    national = tables or load_tables(TABLES)
    checker = Checker(said_in, set(national.sources), _names(national.groups))
    own = own_labels(tree, national, checker)
    extended = with_labels(national, own.added)
    checker.labels = _names(extended.groups)
    groups = {group: own.of(group, labels) for group, labels in extended.groups.items()}
    resolver = _Resolver(replace(extended, groups=groups), checker)
    schema = resolver.schema(name, tree, tree_beneath(tree, _household_types(national), checker))
    values = {path: entry.value for path, entry in schema.entries.items()}
    known = resolver.known_values(values, [label.name for label in schema.groups[TERRITORIES]])
    checker.faults.extend(broken_rules(schema.rules, known, said_in))
    if checker.faults:
        raise InputError(checker.faults)
    return Parameters(schema, values)


def _names(groups: Mapping[str, tuple[Label, ...]]) -> dict[str, list[str]]:
    return {group: [label.name for label in labels] for group, labels in groups.items()}


class _Resolver:
    """Builds the schema of one department; faults go to the checker."""

    def __init__(self, tables: Tables, checker: Checker) -> None:
        self.tables = tables
        self.checker = checker
        parts = [path.split(".") for path in tables.forms]
        groups = {".".join(part[:length]) for part in parts for length in range(1, len(part))}
        self.groups = groups
        self.words = [*tables.forms, *sorted(groups)]
        self.refused: list[str] = []
        """Paths of the entries with a fault."""

    def schema(
        self, name: str, tree: Mapping[str, object], beneath: Mapping[str, object]
    ) -> Schema:
        """The resolved schema; incomplete (with faults in the checker) if the file is faulty.

        ``beneath`` is what is derived beneath the file, in the form of a file; the file holds.
        """
        code, label = self._identity(tree)
        blocks = self._territory_blocks(tree if TERRITORIES in tree or not beneath else beneath)
        territories = tuple(
            read_label(block.get("label"), key, f"{TERRITORIES}.{key}", self.checker)
            for key, block in blocks.items()
        )
        names = list(blocks)
        own = self.stated(tree, names)
        entries = _in_place(self.tables.entries, names) | self._derived(beneath, names, own) | own
        self._demand_stated(entries, names)
        groups = {**self.tables.groups, TERRITORIES: territories}
        ordered = {path: entries[path] for path in sorted(entries)}
        return Schema(name, code, label, groups, ordered, rules_of(_names(groups)))

    def stated(self, tree: Mapping[str, object], territories: Sequence[str]) -> dict[str, Entry]:
        """What a tree states for the department and each territory, by the path it holds at."""
        found = _in_place(self._differences(self._without_identity(tree), ""), territories)
        blocks = tree.get(TERRITORIES)
        for name in territories:
            block = blocks.get(name) if isinstance(blocks, Mapping) else None
            if isinstance(block, Mapping):
                place = f"{TERRITORIES}.{name}"
                found |= self._differences(self._expanded(block), place)
        return found

    def _derived(
        self, beneath: Mapping[str, object], territories: Sequence[str], own: Mapping[str, Entry]
    ) -> dict[str, Entry]:
        """What is derived; its faults count where the file says nothing, right or wrong."""
        checker = Checker(DERIVED, self.checker.sources, self.checker.labels)
        found = _Resolver(self.tables, checker).stated(beneath, territories)
        in_file = (*own, *self.refused)
        self.checker.faults.extend(
            fault
            for fault in checker.faults
            if not any(f"{fault.field}.".startswith(f"{path}.") for path in in_file)
        )
        return found

    def known_values(
        self, values: Mapping[str, Value], territories: Sequence[str]
    ) -> dict[str, Value]:
        """The values that rules may judge: a refused one counts if only its source is at fault."""
        known = dict(values)
        for path in self.refused:
            rest = path.removeprefix(DEFAULTS)
            own = [path] if rest == path else [f"{TERRITORIES}.{t}.{rest}" for t in territories]
            for full in own:
                if path in self.checker.usable:
                    known[full] = self.checker.usable[path]
                else:
                    known.pop(full, None)
        return known

    def _identity(self, tree: Mapping[str, object]) -> tuple[str, Label]:
        version = tree.get("schema_version")
        if version != SCHEMA_VERSION or isinstance(version, bool):
            self.checker.fault("schema_version", shown(version), str(SCHEMA_VERSION))
        block = tree.get("department")
        if not isinstance(block, Mapping):
            accepted = "code, label and stock_households"
            self.checker.fault("department", shown(block), accepted)
            return "", Label("", "", "")
        code = block.get("code")
        if not isinstance(code, str) or not CODE.fullmatch(code):
            accepted = 'the department code as text between quotes, as "01" or "2A"'
            self.checker.fault("department.code", shown(code), accepted)
        return str(code), read_label(block.get("label"), str(code), "department", self.checker)

    def _territory_blocks(self, tree: Mapping[str, object]) -> dict[str, Mapping[str, object]]:
        blocks = tree.get(TERRITORIES)
        if not isinstance(blocks, Mapping) or not blocks:
            self.checker.fault(TERRITORIES, shown(blocks), "at least one territory with a label")
            return {}
        good: dict[str, Mapping[str, object]] = {}
        for key, block in blocks.items():
            if not NAME.fullmatch(key):
                self.checker.fault(f"{TERRITORIES}.{key}", shown(key), NAME_ACCEPTED)
            elif not isinstance(block, Mapping):
                self.checker.fault(f"{TERRITORIES}.{key}", shown(block), "a block with a label")
            else:
                good[key] = block
        return good

    def _expanded(self, block: Mapping[str, object]) -> dict[str, object]:
        return expand(block, self.tables.names_for_expansion, self.checker, "")

    def _without_identity(self, tree: Mapping[str, object]) -> dict[str, object]:
        rest = {
            key: block
            for key, block in tree.items()
            if key not in ("schema_version", EXTENDS, "department", TERRITORIES)
        }
        identity = tree.get("department")
        if isinstance(identity, Mapping):
            rest["department"] = {
                key: block for key, block in identity.items() if key not in ("code", "label")
            }
        return self._expanded(rest)

    def _differences(self, block: Mapping[str, object], path: str) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for key, raw in block.items():
            where = f"{path}.{key}" if path else key
            if key == "label" and path.partition(".")[0] in (TERRITORIES, *LABELLED_GROUPS):
                continue
            form = self.tables.forms.get(self._national_path(where))
            if form is not None:
                entry = self._difference(raw, where, form)
                if entry is not None:
                    found[where] = entry
                else:
                    self.refused.append(where)
            elif not self._is_group(where):
                self._unknown(where)
            elif not isinstance(raw, Mapping) or is_entry(raw):
                self.checker.fault(where, shown(raw), "a block of parameters")
            else:
                found.update(self._differences(raw, where))
        return found

    def _difference(self, raw: object, path: str, form: Form) -> Entry | None:
        if not isinstance(raw, Mapping):
            accepted = f"{{value: {form.accepted}; kind, source, uncertainty, note}}"
            self.checker.fault(path, shown(raw), accepted)
            return None
        for key in raw:
            if key == "unit" and raw[key] == form.unit:
                continue
            if key == "unit":
                self.checker.fault(f"{path}.unit", shown(raw[key]), form.unit)
            elif key in FORM_KEYS or key == STATED_BY:
                self.checker.fault(f"{path}.{key}", "a national rule", "left to the tables")
            elif key not in STATED_KEYS:
                self.checker.unknown(f"{path}.{key}", key, (*STATED_KEYS, "unit"))
        return self.checker.entry(raw, path, form)

    @staticmethod
    def _national_path(path: str) -> str:
        if not path.startswith(f"{TERRITORIES}."):
            return path
        return DEFAULTS + path.split(".", 2)[-1]

    def _is_group(self, path: str) -> bool:
        return self._national_path(path) in self.groups

    def _unknown(self, path: str) -> None:
        wanted = self._national_path(path)
        words = self.words
        if path.startswith(f"{TERRITORIES}."):
            words = [word[len(DEFAULTS) :] for word in words if word.startswith(DEFAULTS)]
            wanted = wanted[len(DEFAULTS) :]
        self.checker.unknown(path, wanted, words)

    def _demand_stated(self, entries: Mapping[str, Entry], territories: list[str]) -> None:
        said = [fault.field for fault in self.checker.faults]
        for path, form in self.tables.forms.items():
            if path in self.tables.entries:
                continue
            if path.startswith(DEFAULTS):
                rest = path[len(DEFAULTS) :]
                wanted = [f"{TERRITORIES}.{name}.{rest}" for name in territories]
            else:
                wanted = [path]
            for full in wanted:
                if full not in entries and not any(place.startswith(full) for place in said):
                    self.checker.fault(full, "nothing", f"{form.accepted} (stated by each file)")


def _in_place(entries: Mapping[str, Entry], territories: Sequence[str]) -> dict[str, Entry]:
    """Entries by the path that they hold at: those of all territories once for each of them."""
    found: dict[str, Entry] = {}
    for path, entry in entries.items():
        if not path.startswith(DEFAULTS):
            found[path] = entry
            continue
        for name in territories:
            own = f"{TERRITORIES}.{name}.{path[len(DEFAULTS) :]}"
            found[own] = replace(entry, path=own)
    return found
