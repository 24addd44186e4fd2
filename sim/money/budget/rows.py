"""The rows of the budget table: lines, the groups that sub-totals sum, the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.money.costs.posted_costs import ACTIONS, COLLECTIVE, CONTRACTS, STAFF, WORKSHOPS
from sim.money.costs.spending import ALLOWANCE_LINES, group_of

NET_ALLOWANCE, INSERTION, TOTAL = "net_allowance", "insertion", "total"
GROUPS_OF: Mapping[str, tuple[str, ...]] = {
    NET_ALLOWANCE: ALLOWANCE_LINES,
    STAFF: (STAFF,),
    INSERTION: (ACTIONS, WORKSHOPS, COLLECTIVE),
    CONTRACTS: (CONTRACTS,),
}
"""Sub-totals and the groups of lines in them, in the order of the table."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its name, the lines that it sums, and whether it is a total of some."""

    name: str
    lines: tuple[str, ...]
    is_total: bool


def rows_of(alive: Sequence[str]) -> tuple[TableRow, ...]:
    """The lines that are told, the sub-totals of several, and the total."""
    rows: list[TableRow] = []
    for name in GROUPS_OF:
        members = members_of(name, alive)
        if len(members) > 1 or (members and members[0] != name):
            rows += [TableRow(line, (line,), False) for line in members]
        if members:
            rows.append(TableRow(name, members, True))
    return (*rows, TableRow(TOTAL, tuple(alive), True))


def members_of(name: str, lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of a sub-total; of a line, itself."""
    if name not in GROUPS_OF:
        return tuple(line for line in lines if line == name)
    return tuple(line for line in lines if group_of(line) in GROUPS_OF[name])


def subtotal_of(name: str) -> str:
    """The sub-total that a line is a part of; of a sub-total, itself."""
    if name in GROUPS_OF:
        return name
    return next(total for total, groups in GROUPS_OF.items() if group_of(name) in groups)
