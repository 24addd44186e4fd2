"""Refusing anything that looks like one row per person, before a value of it is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ui.own_data.files import Sheet

HEADS = re.compile(
    r"\b(nir|nss|n[o°]? ?secu\w*|securite sociale|insee individu|matricule|"
    r"num\w* (d['e ]*)?(allocataire|dossier|beneficiaire|usager)|n[o°]? (allocataire|dossier)|"
    r"id(entifiant)? ?(personne|usager|individu|allocataire|dossier)|"
    r"nom|noms|prenom|prenoms|nom de naissance|nom usage|patronyme|civilite|"
    r"(date|annee|lieu|jour) (de )?naiss\w*|naissance|ddn|age|sexe|genre|"
    r"adresse|rue|email|e ?mail|courriel|mail|telephone|tel|portable|iban|"
    r"firstname|first name|lastname|last name|surname|birth ?date|date of birth|name)\b"
)
"""Heads of columns about one person."""
NIR = re.compile(
    r"[12]\s?\d{2}\s?(0[1-9]|1[0-2]|[2-9]\d)\s?(\d{2}|2[AB])\s?\d{3}\s?\d{3}(\s?\d{2})?"
)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
MOST_ROWS_PER_PLACE = 1.5
"""More rows than this for each month and territory are rows of persons, not of a series."""
FEWEST_ROWS = 12


def plain(words: str) -> str:
    """Small letters without accents, signs as spaces."""
    flat = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9'° ]+", " ", flat.lower()).strip()


def reason_to_refuse(sheet: Sheet) -> str | None:
    """The key of the text that says why a file is refused; None when it may be a series."""
    if any(HEADS.search(plain(head)) for head in sheet.head):
        return "person_column"
    for row in sheet.rows:
        for cell in row:
            if NIR.fullmatch(cell.replace("\u00a0", " ").replace("\u202f", " ")):
                return "person_number"
            if EMAIL.fullmatch(cell):
                return "person_number"
    return None


def are_rows_of_persons(keys: Sequence[tuple[str, ...]]) -> bool:
    """Whether there are clearly more rows than months and territories."""
    distinct = len(set(keys))
    return len(keys) >= FEWEST_ROWS and len(keys) > MOST_ROWS_PER_PLACE * max(distinct, 1)
