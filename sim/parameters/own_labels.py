"""The labels that a department file adds or names anew: its own roles and pathways.

An added role or pathway takes the forms and values that the national tables give to every role or
pathway. It comes before the national ones in the order of labels, so that what is open to some is
offered before what is open to all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sim.parameters.national import EACH, LABELLED_GROUPS, Label, Tables, read_label
from sim.parameters.schema import Checker, nearest
from sim.parameters.values import shown
from sim.vocabulary import MAXIMUM_PATHWAYS, MAXIMUM_ROLES

NAME = re.compile(r"[a-z][a-z0-9_]*")
NAME_ACCEPTED = "small letters, digits and _, a letter first"
EXTENDABLE = ("roles", "pathways")
STATED_WITH_A_PATHWAY = "roles"
MOST = {"pathways": MAXIMUM_PATHWAYS, "roles": MAXIMUM_ROLES}


@dataclass(frozen=True)
class OwnLabels:
    """By group: the labels that a file adds, and the national ones whose texts it replaces."""

    added: Mapping[str, tuple[Label, ...]]
    renamed: Mapping[str, Mapping[str, Label]]

    def of(self, group: str, national: tuple[Label, ...]) -> tuple[Label, ...]:
        """The labels of a group (added ones included) with the texts of the department."""
        texts = self.renamed.get(group, {})
        return tuple(texts.get(label.name, label) for label in national)


def own_labels(tree: Mapping[str, object], tables: Tables, checker: Checker) -> OwnLabels:
    """The labels that a department file states; faults go to the checker."""
    added: dict[str, tuple[Label, ...]] = {}
    renamed: dict[str, dict[str, Label]] = {}
    for group in LABELLED_GROUPS:
        block = tree.get(group)
        if not isinstance(block, Mapping):
            continue
        known = {label.name for label in tables.groups[group]}
        own: list[Label] = []
        for name, stated in block.items():
            if name in known:
                if isinstance(stated, Mapping) and "label" in stated:
                    place = f"{group}.{name}"
                    label = read_label(stated["label"], name, place, checker)
                    renamed.setdefault(group, {})[name] = label
            elif group in EXTENDABLE and not name.startswith(EACH):
                own.append(_added(group, name, stated, known, checker))
        if own:
            added[group] = tuple(own)
        if len(known) + len(own) > MOST.get(group, math.inf):
            found = f"{len(known) + len(own)} {group}"
            checker.fault(group, found, f"at most {MOST[group]}, national ones included")
    return OwnLabels(added, renamed)


def _added(group: str, name: str, stated: object, known: set[str], checker: Checker) -> Label:
    """A label that the file adds; a key that says nothing of a label may be a slip of the pen."""
    place = f"{group}.{name}"
    if not NAME.fullmatch(name):
        checker.fault(place, shown(name), NAME_ACCEPTED)
    if not isinstance(stated, Mapping):
        checker.fault(place, shown(stated), "a block with a label")
        return Label(name, name, name)
    if "label" not in stated:
        accepted = f"{{en, fr}} to add it, or a known name: {nearest(name, sorted(known))}"
        checker.fault(f"{place}.label", "nothing", accepted)
        return Label(name, name, name)
    if group == "pathways" and STATED_WITH_A_PATHWAY not in stated:
        accepted = "the roles that serve the pathway, stated by the file that adds it"
        checker.fault(f"{place}.{STATED_WITH_A_PATHWAY}", "a pathway that no role serves", accepted)
    return read_label(stated["label"], name, place, checker)
