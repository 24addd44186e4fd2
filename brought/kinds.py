"""The kinds of tables that a person brings: their columns, heads in French and English, bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from brought.columns import Column, Kind, Ratio

LOWEST_MEAN_EUR, HIGHEST_MEAN_EUR = 100.0, 2_000.0
"""A mean allowance of a month outside of these is a mistake of unit: thousands, or a year."""

MONTH = Column(
    "month",
    "month",
    True,
    (
        "mois", "month", "date", "periode", "periode de droit", "mois de droit",
        "mois de paiement", "mois et annee", "annee mois", "mois annee", "year month",
        "date d'observation",
    ),
    can_be_missing=False,
)  # fmt: skip
TERRITORY = Column(
    "territory",
    "text",
    False,
    (
        "territoire", "territory", "secteur", "uts", "canton", "mds", "nom du territoire",
        "territoires", "nom du secteur", "libelle du territoire", "libelle territoire",
        "territoire d'action sociale", "maison des solidarites", "bassin", "arrondissement",
    ),
)  # fmt: skip
HOUSEHOLDS = Column(
    "households",
    "count",
    True,
    (
        "foyers", "households", "foyers allocataires", "nombre de foyers", "nb foyers",
        "nb de foyers", "nombre de foyers allocataires", "foyers rsa", "foyers beneficiaires",
        "foyers payes", "allocataires", "nombre d'allocataires", "nb allocataires",
        "number of households",
    ),
)  # fmt: skip
ALLOWANCE = Column(
    "allowance",
    "number",
    True,
    (
        "allocation", "allowance", "montant", "depense", "allocation versee", "depense rsa",
        "depenses", "depenses rsa", "montant verse", "montants verses", "allocations",
        "allocations versees", "amount paid",
    ),
    high=1e9,
    unit="eur",
)  # fmt: skip
DEPARTMENT = Column(
    "department",
    "department",
    True,
    (
        "department", "departement", "code departement", "code du departement", "dep", "dept",
        "code dept", "code dep", "numero de departement", "numero du departement",
    ),
    can_be_missing=False,
)  # fmt: skip
MEAN_ALLOWANCE = Ratio("allowance", "households", LOWEST_MEAN_EUR, HIGHEST_MEAN_EUR)

OWN_KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "caseload",
            (
                MONTH,
                TERRITORY,
                HOUSEHOLDS,
                Column(
                    "adults",
                    "count",
                    False,
                    (
                        "adultes", "beneficiaires", "adults", "nombre de beneficiaires",
                        "nb beneficiaires", "personnes", "recipients",
                    ),
                ),
                Column(
                    "entries",
                    "count",
                    False,
                    ("entrees", "entries", "ouvertures de droit", "nombre d'entrees", "entrants"),
                ),
                Column(
                    "exits",
                    "count",
                    False,
                    ("sorties", "exits", "fins de droit", "nombre de sorties", "sortants"),
                ),
                Column("source", "text", False, ("source", "origine")),
                Column("status", "text", False, ("statut", "status", "etat", "provisoire")),
            ),
            ("month", "territory"),
        ),
        Kind(
            "delays",
            (
                MONTH,
                TERRITORY,
                Column(
                    "orientation_days",
                    "number",
                    False,
                    (
                        "delai d'orientation", "delai orientation", "orientation_days",
                        "jours avant orientation", "delai moyen d'orientation",
                        "jours avant l'orientation", "days to orientation",
                    ),
                    high=2000.0,
                ),
                Column(
                    "caseworker_days",
                    "number",
                    False,
                    (
                        "delai referent", "delai d'un referent", "caseworker_days",
                        "jours avant referent", "jours avant le referent",
                        "delai moyen avant referent", "days to a caseworker",
                    ),
                    high=2000.0,
                ),
                Column(
                    "persons",
                    "count",
                    False,
                    (
                        "personnes", "persons", "nombre de personnes", "nb personnes",
                        "personnes orientees", "effectif",
                    ),
                ),
                Column(
                    "held",
                    "count",
                    False,
                    (
                        "rendez-vous tenus", "tenus", "held", "honores", "rendez-vous honores",
                        "rdv tenus", "rdv honores", "appointments held",
                    ),
                ),
                Column(
                    "missed",
                    "count",
                    False,
                    (
                        "rendez-vous manques", "manques", "missed", "absences", "rdv manques",
                        "rendez-vous non honores", "rdv non honores", "appointments missed",
                    ),
                ),
            ),
            ("month", "territory"),
        ),
        Kind(
            "posts",
            (
                Column(
                    "role", "text", True, ("metier", "role", "fonction", "poste"),
                    can_be_missing=False,
                ),
                TERRITORY,
                Column(
                    "fte",
                    "number",
                    True,
                    ("etp", "fte", "equivalent temps plein", "nombre d'etp", "nb etp"),
                    high=5000.0,
                ),
                Column("start", "day", False, ("debut", "start", "date d'arrivee", "a partir du")),
                Column(
                    "portfolio",
                    "number",
                    False,
                    ("portefeuille", "portfolio", "file active"),
                    high=5000.0,
                ),
            ),
            ("role", "territory", "start"),
        ),
        Kind(
            "spending",
            (MONTH, replace(HOUSEHOLDS, is_needed=False, low=1.0), ALLOWANCE),
            ("month",),
            (MEAN_ALLOWANCE,),
        ),
    )
}  # fmt: skip
"""What a department loads in the app."""

SERIES = Kind(
    "series",
    (
        DEPARTMENT,
        replace(MONTH, is_end_of_month=True),
        replace(HOUSEHOLDS, low=1.0, high=999_999_999.0, can_be_missing=False),
    ),
    ("department", "month"),
)
"""Households of departments at the end of each month."""

PUBLISHED_COUNT = replace(HOUSEHOLDS, low=1.0, high=999_999_999.0)
"""Households in a publisher's table, where a value may be withheld."""

SERIES_OF_ONE = replace(SERIES, constant=("department",))
"""The same of one department."""

PAID = Kind(
    "paid",
    (
        MONTH,
        replace(HOUSEHOLDS, low=1.0, can_be_missing=False),
        replace(ALLOWANCE, name="allowance_eur", high=1e12, can_be_missing=False),
    ),
    ("month",),
    (replace(MEAN_ALLOWANCE, above="allowance_eur"),),
)
"""Months already paid."""

UNIT_OF_ROW = Column("unit", "unit", False, ("unit", "unite"), can_be_missing=False)

RECEIVED = Kind(
    "received",
    (
        Column(
            "date", "day", True,
            ("date", "jour", "day", "mois", "annee", "exercice", "year", "month"),
            can_be_missing=False,
        ),
        Column(
            "label", "text", True, ("label", "libelle", "intitule", "nature", "objet")
        ),
        Column(
            "amount", "number", True,
            ("amount", "montant", "montant recu", "recette", "amount received"),
            low=-1e12, high=1e12, unit="eur", can_be_missing=False,
        ),
        UNIT_OF_ROW,
    ),
    (),
)  # fmt: skip
"""Compensation received."""

INSERTION = Kind(
    "insertion",
    (
        Column(
            "line", "text", True,
            ("line", "ligne", "ligne du budget", "poste", "poste de depense", "item"),
            can_be_missing=False,
        ),
        Column(
            "period", "period", True,
            ("period", "periode", "annee", "exercice", "mois", "year", "month", "date"),
            can_be_missing=False,
        ),
        Column(
            "amount", "number", True,
            ("amount", "montant", "depense", "montant paye", "amount paid"),
            high=1e12, unit="eur", can_be_missing=False,
        ),
        UNIT_OF_ROW,
    ),
    (),
)  # fmt: skip
"""Lines of insertion that the department pays."""
