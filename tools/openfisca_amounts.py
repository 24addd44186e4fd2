"""RSA of households by OpenFisca-France: JSON in, JSON out. Runs in an environment of its own.

Reads from standard input ``{"month": "2025-05", "households": [...]}``, where a household has
``adults``, ``children_ages`` (whole years), ``has_housing_support``, ``is_recently_isolated`` and
``earnings_eur``, ``maintenance_eur`` (euro a month). Writes one object a household: the RSA and
the resources OpenFisca counts, euro a month.

OpenFisca-France is free software under the AGPL. It is not a dependency of the product: nothing
of it is imported, copied or shipped.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_france import CountryTaxBenefitSystem

MONTHS_BEFORE = 5
ADULT_BORN = "1985-06-15"
SHOWN = ("rsa", "af_base", "rsa_forfait_asf", "cf_non_majore_avant_cumul", "paje_base")


def months_until(month: str) -> list[str]:
    """The month and those before it whose resources a declaration may ask for."""
    year, number = map(int, month.split("-"))
    index = year * 12 + number - 1
    return [f"{i // 12}-{i % 12 + 1:02d}" for i in range(index - MONTHS_BEFORE, index + 1)]


def born(month: str, age: float) -> str:
    """A birthday in the middle of the year of age, so that no birthday falls into the months."""
    year, number = map(int, month.split("-"))
    index = year * 12 + number - 1 - (12 * int(age) + 6)
    return date(index // 12, index % 12 + 1, 15).isoformat()


def situation(month: str, households: list[dict[str, Any]]) -> dict[str, Any]:
    """All households as one OpenFisca situation."""
    people: dict[str, Any] = {}
    families: dict[str, Any] = {}
    foyers: dict[str, Any] = {}
    menages: dict[str, Any] = {}
    months = months_until(month)
    for number, household in enumerate(households):
        adults = [f"adult_{number}_{rank}" for rank in range(household["adults"])]
        children = [f"child_{number}_{rank}" for rank in range(len(household["children_ages"]))]
        for name in adults:
            people[name] = {"date_naissance": {"ETERNITY": ADULT_BORN}}
        people[adults[0]] |= {
            "salaire_net": dict.fromkeys(months, household["earnings_eur"]),
            "pensions_alimentaires_percues": dict.fromkeys(months, household["maintenance_eur"]),
        }
        for name, age in zip(children, household["children_ages"], strict=True):
            people[name] = {"date_naissance": {"ETERNITY": born(month, age)}}
        families[f"family_{number}"] = {
            "parents": adults,
            "enfants": children,
            "rsa_isolement_recent": {month: household["is_recently_isolated"]},
            "rsa": {month: None},
        }
        foyers[f"foyer_{number}"] = {"declarants": adults, "personnes_a_charge": children}
        status = "proprietaire" if household["has_housing_support"] else "non_renseigne"
        menages[f"menage_{number}"] = {
            "personne_de_reference": adults[:1],
            "conjoint": adults[1:],
            "enfants": children,
            "statut_occupation_logement": {month: status},
            "loyer": {month: 0},
        }
    return {
        "individus": people,
        "familles": families,
        "foyers_fiscaux": foyers,
        "menages": menages,
    }


def main() -> int:
    """Answers one question on standard input."""
    asked = json.load(sys.stdin)
    system = CountryTaxBenefitSystem()
    answers = []
    for group in asked:
        simulation = SimulationBuilder().build_from_entities(
            system, situation(group["month"], group["households"])
        )
        columns = {name: simulation.calculate(name, group["month"]).tolist() for name in SHOWN}
        rows = zip(*columns.values(), strict=True)
        answers.append([dict(zip(SHOWN, row, strict=True)) for row in rows])
    json.dump(answers, sys.stdout)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
