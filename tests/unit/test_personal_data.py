"""Tables on persons are refused, tables of places and classes are not: both sides."""

from __future__ import annotations

import pytest
from tables_brought import CASELOAD, DELAYS, understood

from brought.heads import sheet_at
from brought.kinds import SERIES
from brought.pages import pages_of_file
from brought.personal_heads import is_personal
from brought.personal_values import is_of_a_person, key_of
from brought.persons import reason_to_refuse

OF_A_PERSON = """
NIR | NIRPERS | N° SS | n° sécu | NumSecu | Numéro de sécurité sociale | NSS | NOMNAI | NOMUSA
NOM_USAGE | nomUsage | Nom | NOMS | Nom et prénom | Nom de famille | Nom de jeune fille
Nom du bénéficiaire | Nom de l'allocataire | Nom du référent | PRENOM | Prenom2 | Prénoms | PREN
patronyme | Civilité | QUAL | DTNAI | DATNAI | DtNaiss | date_naissance | dateNaissance
Date de naissance | Né(e) le | DDN | année de naissance | LIEUNAI | NOMCOMNAI | commune naissance
MATRICULE | matricul | Mat. alloc | NUMALLOC | Num Allocataire | N° allocataire | numAllocataire
numéro CAF | N° dossier | NumDossier | ID_DOSSIER | NUMDEMRSA | identifiant | Identifiant personne
identifiant FT | Identifiant Pôle emploi | IDE | kn_individu_national | idIndividu | code usager
N° usager | numéro de demandeur d'emploi | ident_de | Adresse | ADRESSE1 | Adr. | NUMVOIE | LIBVOIE
nom de la voie | rue | Téléphone | Tel. portable | NUMTEL | email | E-mail | Adresse mail | courriel
ADRELEC | IBAN | RIB | NUMCOMPTBAN | name | First name | lastName | Surname
Birth date | date_of_birth | social security number | phone | Street address | âge | Conjoint
"""
OF_NO_PERSON = """
Mois | Nom du territoire | NOM_TERRITOIRE | nom territoire | Libellé du secteur | Territoire | UTS
Nom de la commune | Code commune | Code INSEE | N° INSEE commune | Numéro de département | code CAF
Département | Nom du canton | nom de la structure | Nom du dispositif | Service | Nom du mois
Tranche d'âge | tranche_age | Classe d'âge | Âge moyen | Sexe | SEXE | Genre | Type de parcours
Nombre de foyers | Nb. foyers | NbFoyers | nb_allocataires | Nombre d'allocataires | Allocataires
Bénéficiaires | Foyers bénéficiaires | Nombre de dossiers | nb dossiers | Nombre de personnes
Personnes | Adultes | Entrées | Sorties | Ouvertures de droit | Montant (k€) | Montant moyen | ETP
Portefeuille | Métier | Poste | Nom du poste | Fonction | Source | Statut | Délai d'orientation
Délai référent | Rendez-vous tenus | Rendez-vous téléphone | Entretiens par téléphone | Absences
Taux de naissance | Nombre de naissances | Nombre moyen d'enfants | Contrat d'avenir | Date
Date d'observation | Période de droit | Region name | territory name | Number of households | month
department | households | allowance_eur | label | unit | Commentaire | Ancienneté dans le RSA
Part des personnes adressées | Situation familiale | Mobilité | Domaine | Nomenclature | Voirie
Territoire lyonnais | Personnes à la rue | Code postal | Âge médian
"""


def cells(text: str) -> list[str]:
    return [one.strip() for line in text.strip().splitlines() for one in line.split("|")]


@pytest.mark.parametrize("head", cells(OF_A_PERSON))
def test_a_head_about_one_person(head: str) -> None:
    assert is_personal(head)


@pytest.mark.parametrize("head", cells(OF_NO_PERSON))
def test_a_head_about_places_classes_and_counts(head: str) -> None:
    assert not is_personal(head)


def test_both_sides_are_well_covered() -> None:
    assert len(cells(OF_A_PERSON)) >= 60
    assert len(cells(OF_NO_PERSON)) >= 60
    assert len(VALUES_OF_A_PERSON) >= 40
    assert len(VALUES_OF_NO_PERSON) >= 40


# Numbers that belong to nobody: born in months and communes that fit, keys computed below.
NUMBER = "299127599900"  # twelve signs: one is added
PLAIN = NUMBER + "7"
KEY = f"{key_of(PLAIN):02d}"
CORSICAN = "299122A999007"
CORSICAN_KEY = f"{key_of(CORSICAN):02d}"
GROUPED = "2 99 12 75 999 007"

VALUES_OF_A_PERSON: list[object] = [
    PLAIN, PLAIN + KEY, f"{PLAIN} {KEY}", f"{GROUPED} {KEY}", GROUPED,
    f"{GROUPED} {KEY}".replace(" ", "-"), f"{GROUPED} {KEY}".replace(" ", "."),
    f"{GROUPED} {KEY}".replace(" ", "/"), f"{GROUPED} {KEY}".replace(" ", "\u00a0"),
    f"{GROUPED} {KEY}".replace(" ", "\u202f"), f"{GROUPED} {KEY}".replace(" ", " - "),
    "2 99 12 75 999 007 11",
    int(PLAIN), int(PLAIN + KEY), float(PLAIN + KEY), "2,99128E+14", "2.99127599900712E+14",
    "2,99128E+12", "2.991e14",
    CORSICAN, CORSICAN + CORSICAN_KEY, f"2 99 12 2B 999 007 {CORSICAN_KEY}", "2 99 12 2a 999 007",
    f"3{PLAIN[1:]}", f"4{PLAIN[1:]}", f"7{PLAIN[1:]}", f"8{PLAIN[1:]}", "7 99 12 75 999 007",
    "2 99 20 75 999 007", f"2 99 12 99 351 007 {KEY}",
    "".join(chr(ord(one) + 0xFEE0) for one in PLAIN + KEY),
    "".join(chr(0x0660 + int(one)) for one in PLAIN),
    f"dossier {PLAIN} (suivi)", f"NIR:{PLAIN}{KEY}", f"vu le 3, n° {GROUPED} {KEY}, à revoir",
    f"Nord\u200b{PLAIN}",
    "someone@example.org", "voir some.one@mail.example.fr", "some_one (at) example.fr",
    "06 12 34 56 78", "0612345678", "06.12.34.56.78", "06-12-34-56-78", "+33 6 12 34 56 78",
    "+33612345678", "0033 6 12 34 56 78", "+33 (0)6 12 34 56 78", "tél. 03 22 71 80 80",
    "0262 90 35 35".replace(" ", ""), "FR76 3000 1000 0100 0000 0000 123", "Mme Exemple",
    "M. Jean Exemple",
]  # fmt: skip
VALUES_OF_NO_PERSON: list[object] = [
    "", "0", "1", "16580", "16 580", "16.580", "9120450,12", "9 120 450,12", "9,120,450.12",
    "123 456 789 012", "1 234 567 890 123", "185058002112", "41.33333333333334",
    "1.85058002112345", "2.99127599900712", 2.99127599900712, 41.33333333333334, 16580,
    9_120_450_120, 1_735_689_600_000, "1.5E+06", "1,5E+08", "3E-14", "2025-12", "31/12/2025",
    "2025-12-31 00:00:00", "janv.-26", "01.02.2026", "2026-01-01T00:00:00", "80021", "2A004",
    "80", "974", "Nord", "Péronne", "Coquelicot–Haute-Somme", "Saint-Étienne 2e", "QPV 012",
    "UTS n° 12", "Mise à jour", "MDS Amiens", "M1", "Mme", "12345678901234", "552 100 554 00013",
    "25/11/2025 – 10/12/2025", "moyenne sur 12 mois", "consolidé", "<5", "NC", "10-14 ans",
    "99 12 75 999 007", "5 99 12 75 999 007", "2 99 13 75 999 007", "612345678",
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES_OF_A_PERSON, ids=str)
def test_a_value_about_one_person(value: object) -> None:
    assert is_of_a_person(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", VALUES_OF_NO_PERSON, ids=str)
def test_a_value_of_a_series(value: object) -> None:
    assert not is_of_a_person(value)  # type: ignore[arg-type]


def refusal(text: str) -> tuple[str, int, str] | None:
    return reason_to_refuse(sheet_at(pages_of_file(text.encode())[0], 0))


def test_a_refusal_names_where_and_never_what() -> None:
    assert refusal(f"mois;foyers;code\n2025-01;1;x\n2025-02;2;{PLAIN}\n") == (
        "person_number", 3, "code",
    )  # fmt: skip
    assert refusal("mois;foyers;NOMNAI\n2025-01;1;x\n") == ("person_column", 1, "NOMNAI")


def test_a_name_beside_the_code_of_its_department_is_a_place() -> None:
    head = "department;name;month;households\n"
    assert refusal(f"{head}02;Aisne;2025-01;1\n80;Somme;2025-01;2\n80;Somme;2025-02;2\n") is None
    assert refusal(f"{head}80;Dupont;2025-01;1\n80;Durand;2025-01;1\n") is not None


def test_ages_in_classes_are_no_person() -> None:
    assert refusal("mois;âge;foyers\n2025-01;25-29 ans;10\n2025-01;60+;11\n") is None
    assert refusal("mois;âge;foyers\n2025-01;25;1\n2025-01;61;1\n") is not None


def test_far_more_rows_than_months_and_territories_are_persons() -> None:
    rows = "".join(f"2025-01;Nord;{number}\n" for number in range(40))
    assert understood(f"mois;territoire;foyers\n{rows}").are_persons


@pytest.mark.parametrize("count", ["1", "0", "1,0"])
def test_very_many_places_with_one_household_or_none_are_persons(count: str) -> None:
    rows = "".join(f"2025-01;place {number * 7919 % 1000};{count}\n" for number in range(30))
    assert understood(f"mois;territoire;foyers\n{rows}").are_persons


def test_numbers_of_files_in_place_of_territories_are_persons() -> None:
    rows = "".join(f"2025-01;D{number};41\n" for number in range(100, 140))
    assert understood(f"mois;territoire;délai orientation\n{rows}", DELAYS).are_persons


def test_small_places_and_long_series_are_not_taken_for_persons() -> None:
    few = "".join(f"2025-01;canton {number};{number * 3}\n" for number in range(46))
    assert not understood(f"mois;territoire;foyers\n{few}").are_persons
    months = [f"{2021 + place // 12}-{place % 12 + 1:02d}" for place in range(48)]
    rows = "".join(f"{month};{place};100\n" for month in months for place in ("Nord", "Sud"))
    found = understood(f"mois;territoire;foyers\n{rows}")
    assert not found.are_persons
    assert len(found.rows) == 96
    zeros = "".join(f"{month};0\n" for month in months)
    assert not understood(f"mois;foyers\n{zeros}", CASELOAD).are_persons


def test_a_long_faulty_series_is_told_its_faults_not_taken_for_persons() -> None:
    rows = "".join(f"80;soon {number};100\n" for number in range(30))
    found = understood(f"department;month;households\n{rows}", SERIES)
    assert not found.are_persons
    assert len(found.faults) == 30
