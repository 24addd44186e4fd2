"""The four kinds of own data: their columns, templates and the names they go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Shape = Literal["month", "day", "number", "text"]


@dataclass(frozen=True)
class Column:
    """One column: what it holds, whether it must be there, heads that mean it (small letters)."""

    name: str
    shape: Shape
    is_needed: bool
    heads: tuple[str, ...]
    low: float = 0.0
    high: float = 5_000_000.0


@dataclass(frozen=True)
class Kind:
    """One kind of file: its columns and those that no two rows may share."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column(self, name: str) -> Column:
        """A column by its name."""
        return next(one for one in self.columns if one.name == name)


MONTH = Column("month", "month", True, ("mois", "month", "date", "periode", "periode de droit"))
TERRITORY = Column(
    "territory", "text", False, ("territoire", "territory", "secteur", "uts", "canton", "mds")
)
KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "caseload",
            (
                MONTH,
                TERRITORY,
                Column(
                    "households",
                    "number",
                    True,
                    (
                        "foyers",
                        "households",
                        "foyers allocataires",
                        "allocataires",
                        "nombre de foyers",
                        "nb foyers",
                    ),
                ),
                Column("adults", "number", False, ("adultes", "beneficiaires", "adults")),
                Column("entries", "number", False, ("entrees", "entries", "ouvertures de droit")),
                Column("exits", "number", False, ("sorties", "exits", "fins de droit")),
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
                        "delai d'orientation",
                        "delai orientation",
                        "orientation_days",
                        "jours avant orientation",
                    ),
                    high=2000.0,
                ),
                Column(
                    "caseworker_days",
                    "number",
                    False,
                    (
                        "delai referent",
                        "delai d'un referent",
                        "caseworker_days",
                        "jours avant referent",
                    ),
                    high=2000.0,
                ),
                Column("held", "number", False, ("rendez-vous tenus", "tenus", "held", "honores")),
                Column(
                    "missed",
                    "number",
                    False,
                    ("rendez-vous manques", "manques", "missed", "absences"),
                ),
            ),
            ("month", "territory"),
        ),
        Kind(
            "posts",
            (
                Column("role", "text", True, ("metier", "role", "fonction", "poste")),
                TERRITORY,
                Column(
                    "fte", "number", True, ("etp", "fte", "equivalent temps plein"), high=5000.0
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
            (
                MONTH,
                Column("households", "number", False, ("foyers", "households", "foyers payes")),
                Column(
                    "allowance",
                    "number",
                    True,
                    (
                        "allocation",
                        "allowance",
                        "montant",
                        "depense",
                        "allocation versee",
                        "depense rsa",
                    ),
                    high=1e9,
                ),
            ),
            ("month",),
        ),
    )
}
EXAMPLES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "caseload": (
        ("mois", "territoire", "foyers", "adultes", "entrees", "sorties", "source", "statut"),
        ("2025-10", "Nord", "4210", "4830", "96", "88", "CAF", "consolidé"),
        ("2025-11", "Nord", "4218", "4841", "101", "93", "CAF", "provisoire"),
    ),
    "delays": (
        ("mois", "territoire", "delai orientation", "delai referent", "tenus", "manques"),
        ("2025-10", "Nord", "41,5", "28", "812", "164"),
        ("2025-11", "Nord", "39,0", "26", "798", "171"),
    ),
    "posts": (
        ("metier", "territoire", "etp", "debut", "portefeuille"),
        ("Travailleur social", "Nord", "12,5", "01/01/2025", "95"),
        ("Conseiller emploi", "Nord", "6", "01/01/2025", "180"),
    ),
    "spending": (
        ("mois", "foyers", "allocation"),
        ("2025-10", "16580", "9120450,12"),
        ("2025-11", "16604", "9141310,80"),
    ),
}
"""A head and two rows of each template; the numbers are invented."""


def template(kind: str) -> bytes:
    """A file to fill in: ``;``, decimal comma, readable by Excel."""
    lines = [";".join(row) for row in EXAMPLES[kind]]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")
