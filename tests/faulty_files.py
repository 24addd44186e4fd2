"""Department files with faults, and the faults that reading them reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.errors import Fault, InputError
from sim.parameters import load_department
from sim.parameters.entry import plain
from sim.parameters.schema import PROVENANCE_KEYS
from sim.parameters.sources import DEPARTMENTS

Raw = dict[str, Any]


def shipped_file(name: str = "somme") -> Raw:
    """The content of a shipped department file."""
    tree: Raw = yaml.safe_load((DEPARTMENTS / f"{name}.yaml").read_text(encoding="utf-8"))
    return tree


def whole_file(name: str = "somme") -> Raw:
    """A file that states everything which the shipped difference leaves derived."""
    tree, parameters = shipped_file(name), load_department(name)
    del tree["extends"], tree["territory_defaults"]
    for path in parameters.paths():
        one = parameters.entry(path)
        if one.origin in ("derivation", f"{name}.yaml"):
            *groups, last = path.split(".")
            block = tree
            for group in groups:
                block = block.setdefault(group, {})
            stated = {key: value for key, value in one.record().items() if key in PROVENANCE_KEYS}
            block[last] = (
                stated | {"value": plain(one.value)} | ({"as_of": one.as_of} if one.as_of else {})
            )
    for block in tree["territories"].values():
        block.get("pathways", {}).pop("each_pathway", None)
    return tree


def faults_of(action: Callable[[], object]) -> tuple[Fault, ...]:
    """The faults of an action that is refused; each says what was found and what is accepted."""
    with pytest.raises(InputError) as caught:
        action()
    for fault in caught.value.faults:
        assert fault.found, fault
        assert fault.accepted, fault
    return caught.value.faults


class _InFull(yaml.SafeDumper):
    """Writes repeated blocks in full, for aliases are refused."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def dumped(tree: Mapping[str, object]) -> str:
    """The text of a file with this content."""
    return yaml.dump(dict(tree), Dumper=_InFull, allow_unicode=True, sort_keys=False)


def written(tree: Mapping[str, object], folder: Path, name: str = "mine") -> Path:
    """A department file with this content."""
    file = folder / f"{name}.yaml"
    file.write_text(dumped(tree), encoding="utf-8")
    return file


def faults_of_text(text: str, folder: Path) -> tuple[Fault, ...]:
    """The faults of a department file with this text; all of them name the file."""
    file = folder / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    faults = faults_of(lambda: load_department(file))
    assert {fault.file for fault in faults} == {"mine.yaml"}, faults
    return faults


def faults_of_department(tree: Mapping[str, object], folder: Path) -> tuple[Fault, ...]:
    """The faults of a department file with this content."""
    return faults_of_text(dumped(tree), folder)


def first_territory(tree: Raw) -> tuple[str, Raw]:
    """The name and the block of the first territory of a file."""
    name = next(iter(tree["territories"]))
    return name, tree["territories"][name]


def entry(value: object, **others: object) -> Raw:
    """A value with what every value must say of itself."""
    return {
        "value": value,
        "kind": "assumed",
        "source": "assumption",
        "note": "A value of a test.",
        "uncertainty": {"none": "a test"},
        **others,
    }
