"""Why the allowance of a scenario differs: returns to work, sanctions, other exits, amounts.

Sanctions save in two ways that are never counted with returns to work: sums withheld from
households that stay on the benefit, and households struck off. What remobilisation pays back is
taken off them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from sim.ledger import Ledger
from sim.outcomes.definitions import CauseOfExit, exit_reasons
from sim.units import PER_MILLE
from sim.vocabulary import Record, Stock

Floats = NDArray[np.float64]
NUMBER, VALUE = 0, 1
MONTHS_OF_SANCTIONS = 3
"""Sanctions of so many months tell how much is withheld from those suspended now."""

RETURN_TO_WORK: CauseOfExit = "return_to_work"
WITHHELD = "withheld"
STRUCK_OFF: CauseOfExit = "struck_off"
OTHER_EXITS: CauseOfExit = "other_exits"
ENTRIES = "entries"
AMOUNTS = "amounts"
CAUSES = (RETURN_TO_WORK, WITHHELD, STRUCK_OFF, OTHER_EXITS, ENTRIES, AMOUNTS)
"""``amounts`` is the rest: earnings beside the benefit, composition, and crossed effects."""
SANCTION_CAUSES = (WITHHELD, STRUCK_OFF)
CAUSES_OF_EXIT: tuple[CauseOfExit, ...] = get_args(CauseOfExit)
"""The entry of the outcome that counts a reason to leave says which of them it is."""


@dataclass(frozen=True, eq=False)
class AllowanceFlows:
    """What the comparison of two runs reads, by month, for the whole department.

    ``entitled_eur``: allowance by month of right; ``out[cause]``: households that left for this
    cause since the start of the run and are not back.
    """

    entitled_eur: Floats
    households: Floats
    withheld_eur: Floats
    first_entries: Floats
    out: Mapping[str, Floats]


def allowance_flows(ledger: Ledger, entitled_eur: Floats) -> AllowanceFlows:
    """The flows of one run; ``entitled_eur`` by month of right, territories summed."""
    households = ledger.stocks[Stock.HOUSEHOLDS, 1:].sum(axis=(-1, -2)).astype(np.float64)
    out: dict[str, Floats] = {cause: np.zeros(ledger.shape.months) for cause in CAUSES_OF_EXIT}
    for reason, meaning in exit_reasons().items():
        left = ledger.flows[Record.EXIT, ..., reason, NUMBER].sum(axis=(-1, -2))
        back = ledger.flows[Record.REENTRY, ..., reason, NUMBER].sum(axis=(-1, -2))
        out[meaning.cause] = out[meaning.cause] + np.cumsum(left - back)
    entries = ledger.flows[Record.FIRST_ENTRY, ..., NUMBER].sum(axis=(-1, -2, -3))
    return AllowanceFlows(
        entitled_eur=entitled_eur,
        households=households,
        withheld_eur=_withheld(ledger, households, entitled_eur),
        first_entries=np.cumsum(entries).astype(np.float64),
        out=out,
    )


def _withheld(ledger: Ledger, households: Floats, entitled_eur: Floats) -> Floats:
    """Sums that suspensions keep back by month, from the shares of the last sanctions.

    The ledger keeps who is suspended and the share of each sanction, not the sums: the full
    amount of a suspended household is taken as the mean of all.
    """
    suspended = ledger.stocks[Stock.SUSPENDED_HOUSEHOLDS, 1:].sum(axis=(-1, -2)).astype(np.float64)
    sanctions = ledger.flows[Record.SANCTIONED].sum(axis=(1, 2, 3)).astype(np.float64)
    window = np.ones(MONTHS_OF_SANCTIONS)
    recent = np.stack(
        [np.convolve(sanctions[:, kind], window)[: len(sanctions)] for kind in (NUMBER, VALUE)]
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(recent[0] > 0.0, recent[1] / recent[0] / PER_MILLE, 0.0)
        paid = households - suspended * share
        full = np.where(paid > 0.0, entitled_eur / paid, 0.0)
    withheld: Floats = np.where(households > 0.0, suspended * share * full, 0.0)
    return withheld


def difference_by_cause(reference: AllowanceFlows, scenario: AllowanceFlows) -> dict[str, Floats]:
    """Euro by cause and month of right, scenario less reference; savings are negative.

    A household that is away counts at the mean allowance of the reference in that month. The
    causes sum to the whole difference.
    """
    mean = reference.entitled_eur / np.maximum(reference.households, 1.0)
    found: dict[str, Floats] = {
        cause: -(scenario.out[cause] - reference.out[cause]) * mean for cause in CAUSES_OF_EXIT
    }
    found[WITHHELD] = reference.withheld_eur - scenario.withheld_eur
    found[ENTRIES] = (scenario.first_entries - reference.first_entries) * mean
    rest = scenario.entitled_eur - reference.entitled_eur
    for eur in found.values():
        rest = rest - eur
    found[AMOUNTS] = rest
    return {cause: found[cause] for cause in CAUSES}
