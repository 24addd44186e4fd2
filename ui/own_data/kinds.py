"""The kinds of own data, how much of it is read, and the templates to fill in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from brought.kinds import OWN_KINDS as KINDS
from brought.pages import Limits

__all__ = ["EXAMPLES", "KINDS", "LIMITS", "file_of_rows", "template"]

LIMITS = Limits(bytes=5_000_000, rows=20_000, columns=60)
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
    """A file to fill in."""
    return file_of_rows(EXAMPLES[kind])


def file_of_rows(rows: Iterable[Sequence[str]]) -> bytes:
    """A file that Excel opens and that can be read again: ``;`` between the cells."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8-sig")
