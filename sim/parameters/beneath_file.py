"""A department's file as a difference: what it says of its people, and what is derived beneath."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sim.parameters.derivation.beneath import REMAINDER, Said
from sim.parameters.derivation.document import (
    LIMITS,
    HouseholdTypes,
    derived_codes,
    document_beneath,
)
from sim.parameters.derivation.statistics import Figure, latest_december
from sim.parameters.national import TERRITORIES, TERRITORY_DEFAULTS
from sim.parameters.schema import Checker
from sim.parameters.values import LARGEST, shown

EXTENDS, DERIVED = "extends", "derivation"
"""The key with which a file asks to be a difference, and what it is one from; also the origin of
derived values in messages and records."""
DEPARTMENT, POPULATION = "department", "population"
BARRIERS, WEIGHT, ASSESSMENT = "barriers", "pathway_weight", "assessment"


def tree_beneath(
    tree: Mapping[str, object], types: HouseholdTypes, checker: Checker
) -> Mapping[str, object]:
    """What is derived beneath a file, in the form of a file; nothing for a file that is whole.

    The rule of the assessment is one thing: of a file that states a part of it (points of barriers,
    limits) nothing of it is derived. A wrong ``extends`` and a department that is not derived are
    faults of the checker; another department then stands in, so that what the file says otherwise
    is told as if nothing else were wrong.
    """
    if EXTENDS not in tree:
        return {}
    if tree[EXTENDS] != DERIVED:
        accepted = f"{DERIVED}, or no such key in a file that states everything"
        checker.fault(EXTENDS, shown(tree[EXTENDS]), accepted)
    code, derived = _block(tree, DEPARTMENT).get("code"), derived_codes()
    if isinstance(code, str) and code not in derived:
        accepted = "the code of a department that is derived, or a file that states everything"
        checker.fault(EXTENDS, f"nothing derived for {shown(code)}", accepted)
    known = str(code) if code in derived else derived[0]
    said = _said(tree)
    found = document_beneath(known, types, said)
    if said.has_own_rule:
        del found[BARRIERS], found[TERRITORY_DEFAULTS]
    return found


def _said(tree: Mapping[str, object]) -> Said:
    territories = {
        str(name): (
            _number(_block(block, "stock_value")) or 0.0,
            str(_block(block, "stock_unit").get("value", REMAINDER)),
        )
        for name, block in _block(tree, TERRITORIES).items()
        if isinstance(block, Mapping)
    }
    stock = _stock(_block(_block(tree, DEPARTMENT), "stock_households"))
    adults = _number(_block(_block(tree, POPULATION), "adults_per_household"))
    return Said(stock, adults, territories, _states_the_assessment(tree))


def _stock(raw: Mapping[str, object]) -> Figure | None:
    """The households of a file as a figure; without a day they are of the latest Decembers.

    None where they have no source: that is a fault of the file, told where its entries are read.
    """
    value, day, source = _number(raw), raw.get("as_of"), raw.get("source")
    first = source[0] if isinstance(source, list) and source else source
    if value is None or not isinstance(first, str):
        return None
    return Figure(value, day if type(day) is date else latest_december(), first)


def _states_the_assessment(tree: Mapping[str, object]) -> bool:
    weights = (_block(block, WEIGHT) for block in _block(tree, BARRIERS).values())
    places = [_block(tree, TERRITORY_DEFAULTS), *_block(tree, TERRITORIES).values()]
    limits = (_block(place, ASSESSMENT) for place in places)
    return any(weights) or any(name in block for block in limits for name in LIMITS)


def _block(raw: object, key: str) -> Mapping[str, object]:
    """The block under a key; an empty one where there is none."""
    found = raw.get(key) if isinstance(raw, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _number(raw: Mapping[str, object]) -> float | None:
    """The value of an entry that holds a number above nothing."""
    value = raw.get("value")
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(str(value)) if is_number and 0.0 < float(str(value)) < LARGEST else None
