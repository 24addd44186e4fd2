"""Own data: the formats that departments have are read, rows about persons never are."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from ui.own_data.checking import check, guessed_mapping
from ui.own_data.files import MOST_BYTES, UnreadableError, read_file, read_text
from ui.own_data.kinds import KINDS, template
from ui.own_data.persons import reason_to_refuse
from ui.own_data.store import (
    delete_series,
    keep_mapping,
    keep_series,
    kept_mapping,
    own_series,
)
from ui.work.places import VARIABLE, new_owner

CASELOAD = KINDS["caseload"]


def months(count: int) -> list[str]:
    return [f"{2023 + place // 12}-{place % 12 + 1:02d}" for place in range(count)]


def xlsx(rows: list[list[object]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        "mois;territoire;foyers\n2025-12;Péronne;16 580,5\n".encode("cp1252"),
        "mois,territoire,foyers\n31/12/2025,Péronne,16580.5\n".encode(),
        "\ufeffMois\tTerritoire\tNombre de foyers\n12/2025\tPéronne\t16580,5\n".encode(),
        "mois;secteur;Foyers allocataires\ndéc. 2025;Péronne;16\u202f580,50\n".encode(),
        xlsx([["Mois", "Territoire", "Foyers"], ["2025-12-31", "Péronne", 16580.5]]),
    ],
)
def test_every_usual_format_gives_the_same_row(content: bytes) -> None:
    sheet = read_file(content)
    found = check(CASELOAD, sheet, guessed_mapping(CASELOAD, sheet.head))
    assert not found.faults
    assert found.rows == ({"month": "2025-12", "territory": "Péronne", "households": 16580.5},)


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_template_is_accepted_as_it_is(kind: str) -> None:
    sheet = read_file(template(kind))
    found = check(KINDS[kind], sheet, guessed_mapping(KINDS[kind], sheet.head))
    assert not found.faults
    assert len(found.rows) == 2
    assert reason_to_refuse(sheet) is None


def test_every_wrong_line_has_its_message() -> None:
    sheet = read_text(
        "mois;foyers\n2025-13;100\n2025-10;beaucoup\n2025-11;\n2025-12;5\n2025-12;6\n"
    )
    found = check(CASELOAD, sheet, guessed_mapping(CASELOAD, sheet.head))
    assert not found.rows
    told = {(fault.line, fault.column, fault.expected) for fault in found.faults}
    assert {
        (2, "month", "month"),
        (3, "households", "number"),
        (4, "households", "number"),
        (6, "month", "once"),
    } <= told


def test_a_missing_column_is_asked_for() -> None:
    found = check(CASELOAD, read_text("mois;autre\n2025-01;3\n"), {"month": "mois"})
    assert [fault.column for fault in found.faults] == ["households"]


@pytest.mark.parametrize(
    "head",
    [
        "NIR",
        "Nom",
        "Prénom",
        "Date de naissance",
        "Matricule",
        "N° allocataire",
        "Adresse",
        "numéro de dossier",
        "date_naissance",
        "E-mail",
        "last name",
    ],
)
def test_a_column_about_persons_is_refused(head: str) -> None:
    sheet = read_text(f"mois;foyers;{head}\n2025-01;100;x\n")
    assert reason_to_refuse(sheet) == "person_column"


def test_a_social_security_number_is_refused_under_any_head() -> None:
    sheet = read_text("mois;foyers;code\n2025-01;100;2 85 05 80 021 123 45\n")
    assert reason_to_refuse(sheet) == "person_number"


@pytest.mark.parametrize(
    "head", ["Nombre de foyers", "Entrées", "Portefeuille", "Montant", "Source", "Secteur"]
)
def test_columns_of_series_are_not_refused(head: str) -> None:
    assert reason_to_refuse(read_text(f"mois;{head}\n2025-01;100\n")) is None


def test_one_row_per_person_is_refused_even_without_names() -> None:
    lines = [f"2025-01;Nord;{number}" for number in range(40)]
    sheet = read_text("mois;territoire;foyers\n" + "\n".join(lines))
    assert check(CASELOAD, sheet, guessed_mapping(CASELOAD, sheet.head)).are_persons


def test_a_long_series_is_not_taken_for_persons() -> None:
    lines = [f"{month};{place};100" for month in months(48) for place in ("Nord", "Sud")]
    sheet = read_text("mois;territoire;foyers\n" + "\n".join(lines))
    found = check(CASELOAD, sheet, guessed_mapping(CASELOAD, sheet.head))
    assert not found.are_persons
    assert len(found.rows) == 96


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"x" * (MOST_BYTES + 1), "too_large"),
        (b"PK\x03\x04 this is no workbook", "not_a_table"),
        (b"", "empty"),
        (b"mois;foyers\n", "empty"),
        (b"\x00\x01\x02;\n1;2\n", "not_a_table"),
        (("a;" * 80 + "\n1;2\n").encode(), "too_large"),
    ],
)
def test_an_unreadable_file_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_file(content)
    assert refused.value.key == reason


def test_series_and_mappings_are_kept_apart_and_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    mine, other = new_owner(), new_owner()
    keep_series(mine, "caseload", "somme", "../../Ma série", [{"month": "2025-01"}])
    keep_mapping(mine, "caseload", ("a", "b"), {"month": "a"})
    assert kept_mapping(mine, "caseload", ("a", "b")) == {"month": "a"}
    assert kept_mapping(mine, "caseload", ("a", "c")) is None
    assert not own_series(other)
    (kept,) = own_series(mine, "somme")
    assert kept.title == "../../Ma série"
    assert all(path.resolve().is_relative_to(tmp_path) for path in tmp_path.rglob("*"))
    delete_series(mine, kept.key)
    assert not own_series(mine)
    assert not list(tmp_path.rglob("caseload_*serie*"))


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a b", ""])
def test_no_name_of_a_visitor_becomes_a_path(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a"):
        delete_series(new_owner(), name)
