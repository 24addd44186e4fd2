"""The money: what the law pays a household, computed from dated parameters alone.

Nothing here reads the engine: the same functions serve the public door, the spending of a run
and the comparison with another implementation of the law.
"""

from sim.money.law.allowance import Entitlements, entitlements, rsa_amount, rsa_amounts
from sim.money.law.declaration import counted_earnings_eur, reference_months, rsa_quarter
from sim.money.law.households import Households
from sim.money.law.in_force import Law, law_on
from sim.money.law.sanctions import repaid_eur, withheld_eur
from sim.money.law.typical import mean_counted_benefits_eur

__all__ = [
    "Entitlements",
    "Households",
    "Law",
    "counted_earnings_eur",
    "entitlements",
    "law_on",
    "mean_counted_benefits_eur",
    "reference_months",
    "repaid_eur",
    "rsa_amount",
    "rsa_amounts",
    "rsa_quarter",
    "withheld_eur",
]
