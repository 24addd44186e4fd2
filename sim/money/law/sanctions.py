"""What a sanction withholds from the allowance, and what a remobilised person gets back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike

from sim.errors import Fault, InputError
from sim.money.law.family_benefits import to_cents
from sim.money.law.households import Floats
from sim.money.law.in_force import Law, law_on
from sim.parameters.values import shown


def withheld_eur(
    law: Law, due_eur: ArrayLike, persons: ArrayLike, withheld_share: ArrayLike
) -> Floats:
    """Euro a month withheld of what is due, to the cent.

    ``withheld_share``: the part that the department suspends, 0 to 1; for a household of more
    than one person the law caps it. Raises InputError on another share.
    """
    shares = np.asarray(withheld_share, dtype=object)
    for share in shares.ravel():
        is_number = isinstance(share, int | float | np.number) and not isinstance(share, bool)
        if not is_number or not 0 <= share <= 1:
            raise InputError([Fault("household", "withheld_share", shown(share), "from 0 to 1")])
    decided = shares.astype(np.float64)
    cap = np.where(np.asarray(persons) > 1, law.family_cap_share, 1.0)
    return to_cents(np.asarray(due_eur) * np.minimum(decided, cap))


def repaid_eur(withheld_by_month: Mapping[date, float]) -> float:
    """Euro repaid to a person who takes the pathway up again.

    ``withheld_by_month``: euro withheld in each month of the suspension, under the first day of
    that month. The law of each month says which part comes back (none before the
    suspension-remobilisation of June 2025); only the latest months up to the legal limit do.
    Raises InputError on a negative amount and on a month outside the tables.
    """
    repaid = 0.0
    latest_first = sorted(withheld_by_month.items(), reverse=True)
    for place, (month, amount) in enumerate(latest_first):
        if not isfinite(amount) or amount < 0:
            field = f"withheld_by_month[{month}]"
            raise InputError([Fault("sanction", field, str(amount), "euro, at least 0")])
        law = law_on(month)
        if place < law.repaid_months_limit:
            repaid += amount * law.repaid_share
    return float(to_cents(np.asarray(repaid)))
