"""Today's reference of a department: the law as it stands, from the last published stock on.

No file holds it: it is the same few sentences for every department, with the department's own
numbers. Historical references have files of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from sim.parameters import Parameters, known_departments, load_department
from sim.parameters.derivation.document import derived_code, start_of
from sim.policy.form import LATEST, SCHEMA_VERSION, ScenarioForm

TODAY, REFERENCE = "_today", "_reference"
MONTHS = 36
CONTRACT_DAYS, REVIEW_MONTHS, ACTIVITY_HOURS = 30, 6, 15
"""The act of December 2023: a contract within a month of the orientation, a review every six
months, fifteen hours of activity a week for whoever has a place."""
PLACES_SHARE = 0.10
"""Places of activity over supported persons; assumed, 5 to 30 %. The hours that recipients really
do, published by department, would settle it."""
SOURCES = ["full_employment_act", "assumption"]
DESCRIPTION = {
    "en": "The department as it is now, from the last published number of households on: "
    "orientation within six weeks or by France Travail, a contract within a month, reviews every "
    "six months, 15 hours of activity a week as far as there are places, waivers, and the ladder "
    "of sanctions of 2025. Staff and offices are those of the last published figures.",
    "fr": "Le département tel qu'il est aujourd'hui, à partir du dernier nombre de foyers publié : "
    "orientation sous six semaines ou par France Travail, contrat sous un mois, bilans tous les "
    "six mois, 15 heures d'activité par semaine dans la limite des places, dispenses, et échelle "
    "de sanctions de 2025. Effectifs et organisation sont ceux des derniers chiffres publiés.",
}


def today_name(department: str) -> str:
    """The name of today's reference of a department."""
    return f"{department}{TODAY}"


def today_names() -> tuple[str, ...]:
    """Today's references of all departments, in the order of their codes."""
    return tuple(map(today_name, known_departments().values()))


def todays_department(written: str) -> str | None:
    """The department whose today's reference is meant: ``finistere_today``, ``29_reference``.

    None when it is no such name. Raises `InputError` for a department whose law is not in the
    tables.
    """
    for ending in (TODAY, REFERENCE):
        if written.endswith(ending):
            code = derived_code(written.removesuffix(ending))
            return None if code is None else known_departments()[code]
    return None


@lru_cache(maxsize=128)
def today_form(department: str) -> ScenarioForm:
    """What the file of today's reference would say."""
    parameters = load_department(department)
    label = parameters.label
    return ScenarioForm.model_validate(
        {
            "schema_version": SCHEMA_VERSION,
            "name": today_name(department),
            "title": {"en": f"{label} today", "fr": f"{label} aujourd'hui"},
            "description": DESCRIPTION,
            "department": department,
            "reference": None,
            "start": start_of(parameters.code),
            "months": MONTHS,
            "stock": LATEST,
            "variant": dict(_rules_of_today(parameters)),
            "variant_source": SOURCES,
        }
    )


def _rules_of_today(parameters: Parameters) -> Iterator[tuple[str, int]]:
    """What the act asks of the support; dated law (limits, waivers, sanctions) does the rest."""
    pathways = parameters.labels("pathways")
    for territory in parameters.labels("territories"):
        block = f"territories.{territory}.pathways"
        supported = max(parameters.number(f"{block}.{one}.activity_places") for one in pathways)
        for pathway in pathways:
            due = f"{block}.{pathway}.contract_due_days"
            if parameters.number(due) > CONTRACT_DAYS:
                yield due, CONTRACT_DAYS
            yield f"{block}.{pathway}.review_months", REVIEW_MONTHS
            yield f"{block}.{pathway}.activity_hours", ACTIVITY_HOURS
            yield f"{block}.{pathway}.activity_places", round(PLACES_SHARE * supported)


def restarted_stock(parameters: Parameters, households: int) -> Mapping[str, int]:
    """Stocks for another number of households: territories with their own follow in proportion."""
    total = "department.stock_households"
    factor = households / parameters.number(total)
    found = {total: households}
    for territory in parameters.labels("territories"):
        block = f"territories.{territory}"
        if parameters.word(f"{block}.stock_unit") != "remainder":
            path = f"{block}.stock_value"
            found[path] = max(1, round(parameters.number(path) * factor))
    return found
