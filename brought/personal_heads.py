"""Heads of columns about one person: the fields of the files of CAF and France Travail, and words.

The names are those of the monthly files of beneficiaries (CRISTAL, CNAF), of lists of job seekers,
and their usual spellings, with or without separators and capital letters.
"""

from __future__ import annotations

import re

from brought.spelling import plain


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AGGREGATES = _words("""
    nombre nombres nb nbr nbre effectif effectifs total totaux part parts taux moyen moyenne
    moyens moyennes median mediane pourcentage proportion tranche tranches classe classes duree
    delai delais anciennete count counts mean average share rate evolution volume entretiens
    appels rendez rdv contacts envoyes
""")
"""A head with one of these counts or groups; it is not about one person."""
PLACES = _words("""
    territoire territoires territory territories secteur secteurs sector uts canton cantons mds
    commune communes ville villes departement department region epci arrondissement bassin
    structure structures organisme organismes service services dispositif dispositifs parcours
    pathway metier poste role fonction fichier file colonne column variable indicateur indicator
    serie series scenario agence caf mairie ccas plie site zone quartier qpv iris
    circonscription pole antenne maison etablissement programme action mesure prestation aide
    modele mois month categorie type groupe unite direction centre association operateur
    partenaire entreprise prestataire bureau lieu place area city town office team equipe
""")
"""A name or an address of one of these is not about one person."""

_BIRTH = (
    r"naissance|naiss\b|(?:dt|dat|date|dte|lieu|com|commune|dep|pays|nom|rg|rang)nais?s?\b|"
    r"\b(?:dt|dat|date|dte|lieu|com|commune|dep|pays|nom|rg) ?nais?s?\b|ddn\b|\bdob\b|"
    r"birth ?(?:date|day|place|name|year)|date ?of ?birth|\bborn\b|\bne ?e? le\b|\bneele\b"
)
_NAMES = (
    r"pre ?nom|\bpren\b|nom ?(?:de ?)?(?:famille|jeune ?fille)|nom ?(?:d ?)?usa|nom ?pat|patronym|"
    r"nom ?mari|first ?name|last ?name|sur ?name|full ?name|given ?name|maiden ?name|family ?name|"
    r"nom ?(?:du |de l |de la |de |d )?(?:beneficiaire|allocataire|usager|conjoint|demandeur|"
    r"referent|agent|personne|salarie|travailleur|conseiller|responsable|titulaire|assure)|"
    r"\bnoms? ?correspondance|nom ?complet|\bcivilite|\bciv\b|\bqual\b"
)
_NATIONAL = (
    r"\bnir\w{0,4}\b|\bnum ?nir|\bnss\b|\bnia\b|secu(?:rite)? ?soc\w*|social ?security|"
    r"\b(?:n|no|num\w*) ?(?:de )?secu\b|\bssn\b|insee ?individu|"
    r"numerosecu|numsecu|nosecu|\b(?:num\w*|n|no) ?(?:de )?ss\b|"
    r"\b(?:num|numero|n|no|id|ident|identifiant)s? ?(?:de )?(?:la )?"
    r"(?:caf|pole ?emploi|france ?travail)\b"
)
_OBJECTS = (
    r"(?:allocataire|alloc|dossier|dos|beneficiaire|benef|usager|individu|indiv|ind|personne|pers|"
    r"demandeur|demrsa|demande|dem|assure|foyer|fiche|client|adherent|patient|agent)"
)
_FILES = (
    r"matricul\w*|\bmatric?\b|\bmat ?alloc|"
    rf"\b(?:num|nums|numero|numeros|identifiants?|ident|idt|id|uid|cle|ref|reference|code) ?"
    rf"(?:(?:de la|de l|de|du|des|d|l) ?)?{_OBJECTS}(?:s?\b|(?=[a-z]*(?:rsa|caf|cnaf|pe|ft)\b))|"
    rf"\b(?:n|no) ?(?:(?:de la|de l|de|du|d|l) ?)?{_OBJECTS}\b|"
    rf"\b{_OBJECTS} ?(?:id|num|numero|no)\b|person ?id|user ?id|client ?id|case ?(?:id|number)|"
    r"\b(?:num|numero|id|n|no|identifiant|ident)s? ?(?:de |du )?"
    r"(?:caf|cnaf|msa|rsa|ft|pe|de$|insee|pole ?emploi|france ?travail|interne|unique|rci|"
    r"national|local|regional)\b|"
    r"\bident(?:ifiant)?\b|\bide\b|\bkn ?individu|\bneh\b|user ?name|\blogin\b"
)
_CONTACT = (
    r"tele?phone|\btel\w{0,3}\b|num ?tel|\bphone|\bgsm\b|adr ?elec|e ?mail\b|\bmails?\b|\bmel\b|"
    r"courriel|\badresse\b|\badr\b|compl\w* ?adr|\baddress|\bstreet\b|"
    r"^rue\b|\b(?:numero|num|nom|n)\b.*\brue\b|(?:num\w*|nom|lib\w*|typ\w*) ?(?:de )?(?:la )?voie|"
    r"numero ?(?:de )?portable"
)
_MONEY = r"\biban\b|\brib\b|\bbic\b|num ?compt\w*|titu ?compte|cle ?rib|compte ?bancaire"

ALWAYS = re.compile("|".join((_BIRTH, _NAMES, _NATIONAL, _MONEY)))
"""About a person whatever else the head says."""
UNLESS_OF_A_PLACE = re.compile("|".join((_FILES, _CONTACT, r"\bnoms?\b|\bnames?\b")))
ALONE = frozenset(("age", "ages", "portable", "mobile", "fixe", "voie", "titulaire", "conjoint"))
"""About a person when they stand alone."""
LONGEST_HEAD = 300
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_NUMBER_SIGN = re.compile(r"[Nn][°º]|[Nn]\u1d52|№")


def is_personal(head: str) -> bool:
    """Whether a head names something about one person."""
    flat = plain(_NUMBER_SIGN.sub("numero ", _CAMEL.sub(" ", head[:LONGEST_HEAD])))
    words = [re.sub(r"\d+$", "", word) for word in flat.split()]
    if AGGREGATES & set(words) or flat.startswith(("number of ", "no of ")):
        return False
    flat = " ".join(word for word in words if word)
    if ALWAYS.search(flat) or flat in ALONE:
        return True
    return UNLESS_OF_A_PLACE.search(flat) is not None and not PLACES & set(words)
