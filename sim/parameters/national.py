"""The national tables: every file of a folder merged, blocks repeated over labels, entries made.

A key such as ``each_role``, ``each_barrier`` or ``each_limited_job_type`` stands for one block for
every label of that group; what is written under a label itself overrides it field by field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sim.errors import Fault, InputError
from sim.parameters.entry import Entry
from sim.parameters.reading import read_yaml
from sim.parameters.schema import STATED_BY, Checker, is_entry
from sim.parameters.sources import SOURCES_FILE, TABLES, Source, read_sources
from sim.parameters.values import Form, shown
from sim.plain_text import LONGEST_LINE, one_line

LABELLED_GROUPS = (
    "roles",
    "pathways",
    "barriers",
    "job_types",
    "household_types",
    "education",
    "contact_types",
    "channels",
    "actions",
    "ladders",
)
TERRITORIES = "territories"
TERRITORY_DEFAULTS = "territory_defaults"
EACH = "each_"
EACH_GROUPS = {
    "each_role": "roles",
    "each_pathway": "pathways",
    "each_barrier": "barriers",
    "each_job_type": "job_types",
    "each_household_type": "household_types",
    "each_education": "education",
    "each_contact_type": "contact_types",
    "each_channel": "channels",
    "each_action": "actions",
    "each_ladder": "ladders",
}
EACH_LIMITED_JOB_TYPE = "each_limited_job_type"
LANGUAGES = ("en", "fr")
NATIONAL = "national tables"


@dataclass(frozen=True, slots=True)
class Label:
    """A member of a group with its display texts in English and French."""

    name: str
    en: str
    fr: str


@dataclass(frozen=True)
class Tables:
    """The national tables: forms of all paths, entries of those that have a national value."""

    groups: Mapping[str, tuple[Label, ...]]
    forms: Mapping[str, Form]
    entries: Mapping[str, Entry]
    sources: Mapping[str, Source]
    names_for_expansion: Mapping[str, tuple[str, ...]]
    tree: Mapping[str, object]
    """What the files say, merged, before blocks are repeated over labels."""


def read_label(raw: object, name: str, path: str, checker: Checker) -> Label:
    """The display texts of a block; a fault if one of the two languages is missing."""
    texts = raw if isinstance(raw, Mapping) else {}
    good = set(texts) == set(LANGUAGES) and all(
        isinstance(text, str) and 0 < len(one_line(text)) <= LONGEST_LINE for text in texts.values()
    )
    if not good:
        accepted = f"{{en: English text, fr: French text}}, at most {LONGEST_LINE} characters each"
        checker.fault(f"{path}.label", shown(raw), accepted)
        return Label(name, name, name)
    return Label(name, one_line(texts["en"]), one_line(texts["fr"]))


@lru_cache(maxsize=4)
def load_tables(folder: Path = TABLES) -> Tables:
    """The national tables of a folder; raises one InputError with all faults."""
    sources = read_sources(folder)
    tree, faults = _merged(folder)
    return _tables_of(tree, sources, faults)


def with_labels(tables: Tables, added: Mapping[str, tuple[Label, ...]]) -> Tables:
    """The tables with further labels of some groups, before the national ones.

    An added label takes the forms and the values that its group gives to every label.
    """
    if not any(added.values()):
        return tables
    tree = dict(tables.tree)
    for group, labels in added.items():
        own = {label.name: {"label": {"en": label.en, "fr": label.fr}} for label in labels}
        present = tree.get(group)
        tree[group] = {**own, **(present if isinstance(present, Mapping) else {})}
    return _tables_of(tree, tables.sources, [])


def _tables_of(
    merged: Mapping[str, object], sources: Mapping[str, Source], faults: list[Fault]
) -> Tables:
    tree = dict(merged)
    names = {group: _label_names(tree.get(group)) for group in LABELLED_GROUPS}
    checker = Checker(NATIONAL, set(sources), names, faults)
    groups: dict[str, tuple[Label, ...]] = {}
    for group in LABELLED_GROUPS:
        blocks = tree.get(group)
        if not names[group]:
            checker.fault(group, "no labelled block", "at least one block with a label")
        items = blocks.items() if isinstance(blocks, Mapping) else ()
        groups[group] = tuple(
            read_label(block.get("label"), name, f"{group}.{name}", checker)
            for name, block in items
            if name in names[group] and isinstance(block, Mapping)
        )
    repeated = {each: names[group] for each, group in EACH_GROUPS.items()}
    repeated[EACH_LIMITED_JOB_TYPE] = _limited_job_types(tree)
    tree = expand(tree, repeated, checker, "")
    forms: dict[str, Form] = {}
    entries: dict[str, Entry] = {}
    _walk(tree, "", checker, forms, entries)
    if checker.faults:
        raise InputError(checker.faults)
    return Tables(groups, forms, entries, sources, repeated, merged)


def _merged(folder: Path) -> tuple[dict[str, object], list[Fault]]:
    tree: dict[str, object] = {}
    faults: list[Fault] = []
    files = [file for file in sorted(folder.glob("*.yaml")) if file.name != SOURCES_FILE]
    for file in files:
        try:
            _merge(tree, read_yaml(file, file.name), "", file.name, faults)
        except InputError as error:
            faults.extend(error.faults)
    return tree, faults


def _merge(
    into: dict[str, object],
    block: Mapping[str, object],
    path: str,
    file: str,
    faults: list[Fault],
) -> None:
    for key, value in block.items():
        where = f"{path}.{key}" if path else key
        present = into.get(key)
        if present is None:
            into[key] = value
        elif isinstance(present, dict) and isinstance(value, Mapping) and not is_entry(value):
            _merge(present, value, where, file, faults)
        else:
            faults.append(Fault(file, where, "a value another table states too", "it once"))


def _label_names(blocks: object) -> tuple[str, ...]:
    if not isinstance(blocks, Mapping):
        return ()
    return tuple(
        str(name)
        for name, block in blocks.items()
        if isinstance(block, Mapping) and not str(name).startswith(EACH)
    )


def _limited_job_types(tree: Mapping[str, object]) -> tuple[str, ...]:
    blocks = tree.get("job_types")
    if not isinstance(blocks, Mapping):
        return ()
    names = []
    for name, block in blocks.items():
        flag = block.get("has_limited_places") if isinstance(block, Mapping) else None
        if isinstance(flag, Mapping) and flag.get("value") is True:
            names.append(str(name))
    return tuple(names)


def expand(
    block: Mapping[str, object],
    names: Mapping[str, tuple[str, ...]],
    checker: Checker,
    path: str,
) -> dict[str, object]:
    """The block with every ``each_...`` key replaced by one block for each label of its group."""
    result: dict[str, object] = {}
    for key, value in block.items():
        where = f"{path}.{key}" if path else key
        if key in names and isinstance(value, Mapping):
            template = expand(value, names, checker, where)
            for other in block:
                if other != key and other not in names[key]:
                    checker.unknown(f"{path}.{other}", other, names[key])
            for name in names[key]:
                own = block.get(name)
                if isinstance(own, Mapping):
                    own = expand(own, names, checker, f"{path}.{name}")
                result[name] = _laid_over(template, own)
        elif key not in result:
            nested = isinstance(value, Mapping) and not is_entry(value)
            result[key] = expand(value, names, checker, where) if nested else value  # type: ignore[arg-type]
    return result


def _laid_over(template: Mapping[str, object], differences: object) -> object:
    """``template`` with ``differences``; an entry is replaced field by field."""
    if differences is None:
        return dict(template)
    if not isinstance(differences, Mapping):
        return differences
    result = dict(template)
    if "value" in differences:
        # A label with a value of its own leaves nothing to be stated by departments.
        result.pop(STATED_BY, None)
    for key, value in differences.items():
        below = template.get(key)
        if isinstance(below, Mapping) and key != "uncertainty":
            result[key] = _laid_over(below, value)
        else:
            result[key] = value
    return result


def _walk(
    block: Mapping[str, object],
    path: str,
    checker: Checker,
    forms: dict[str, Form],
    entries: dict[str, Entry],
) -> None:
    for key, raw in block.items():
        where = f"{path}.{key}" if path else key
        if key == "label":
            continue
        if not isinstance(raw, Mapping):
            checker.fault(where, shown(raw), "an entry {value, unit, kind, source, uncertainty}")
        elif is_entry(raw):
            form = checker.form(raw, where)
            if form is None:
                continue
            forms[where] = form
            if STATED_BY not in raw:
                entry = checker.entry(raw, where, form)
                if entry is not None:
                    entries[where] = entry
        else:
            _walk(raw, where, checker, forms, entries)
