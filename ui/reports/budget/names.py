"""French names of lines, causes, results and funders."""

from __future__ import annotations

from collections.abc import Mapping

from sim.money.budget.table import INSERTION, NET_ALLOWANCE, TOTAL
from sim.money.costs.causes import (
    AMOUNTS,
    ENTRIES,
    OTHER_EXITS,
    RETURN_TO_WORK,
    STRUCK_OFF,
    WITHHELD,
)
from sim.money.costs.posted_costs import ACTIONS, COLLECTIVE, CONTRACTS, STAFF, WORKSHOPS
from sim.money.costs.spending import ALLOWANCE, OVERPAYMENTS, REPAID, WRITE_OFFS
from sim.money.results_reached import HOUSEHOLD_YEARS, IN_JOB_LATER, JOB_YEARS
from sim.parameters import Parameters

LINE_NAMES: Mapping[str, str] = {
    ALLOWANCE: "Allocation RSA versée (mois de paiement)",
    REPAID: "Sommes reversées à la remobilisation",
    OVERPAYMENTS: "Indus mis en recouvrement (recettes)",
    WRITE_OFFS: "Remises et admissions en non-valeur",
    NET_ALLOWANCE: "Allocation, nette des indus",
    STAFF: "Accompagnement (postes)",
    WORKSHOPS: "Ateliers collectifs",
    COLLECTIVE: "Actions collectives (forums, visites)",
    INSERTION: "Actions d'insertion",
    CONTRACTS: "Contrats aidés et formations",
    TOTAL: "Total",
}
GROUP_PREFIX: Mapping[str, tuple[str, str]] = {
    STAFF: ("roles", "Postes : "),
    ACTIONS: ("actions", "Action : "),
    CONTRACTS: ("job_types", "Places : "),
}
CAUSE_NAMES: Mapping[str, str] = {
    RETURN_TO_WORK: "Sorties vers l'emploi",
    WITHHELD: "Sanctions : sommes suspendues (estimées)",
    STRUCK_OFF: "Sanctions : radiations",
    OTHER_EXITS: "Autres sorties",
    ENTRIES: "Premières entrées",
    AMOUNTS: "Montants (revenus d'activité au RSA, composition)",
}
RESULT_NAMES: Mapping[str, str] = {
    IN_JOB_LATER: "personne de plus en emploi six mois après l'entrée en accompagnement",
    JOB_YEARS: "année d'emploi de plus (toutes les personnes suivies)",
    HOUSEHOLD_YEARS: "année de foyer au RSA évitée",
}
FUNDER_NAMES: Mapping[str, str] = {
    "department": "Département",
    "state": "État",
    "france_travail": "France Travail",
    "fse": "FSE+",
    "caf": "CAF",
    "others": "Autres (Région, communes, assurance maladie)",
}


def line_name(name: str, parameters: Parameters) -> str:
    """A line or a sub-total in French."""
    group, _, label = name.partition(".")
    if label and group in GROUP_PREFIX:
        labels, prefix = GROUP_PREFIX[group]
        return prefix + parameters.label_text(labels, label, "fr")
    return LINE_NAMES[name]


def funder_name(name: str) -> str:
    """A funder in French."""
    return FUNDER_NAMES.get(name, name)
