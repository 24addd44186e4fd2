"""Own data: templates are read as they are, what a visitor keeps is theirs, questions are asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from app_worlds import page, scheme_study, shown
from streamlit.testing.v1 import AppTest

from brought.checking import check
from brought.heads import guessed_mapping, possible_sheets
from brought.pages import pages_of_file
from brought.persons import reason_to_refuse
from ui.own_data.kinds import KINDS, LIMITS, template
from ui.own_data.store import (
    delete_series,
    keep_mapping,
    keep_series,
    kept_mapping,
    own_series,
)
from ui.spoken import text
from ui.work.places import VARIABLE, new_owner


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_template_is_accepted_as_it_is(kind: str) -> None:
    (sheet,) = possible_sheets(pages_of_file(template(kind), LIMITS), KINDS[kind])
    mapping, is_sure = guessed_mapping(KINDS[kind], sheet.head)
    found = check(KINDS[kind], sheet, mapping)
    assert is_sure
    assert found.is_whole
    assert (len(found.rows), found.remarks) == (2, ())
    assert reason_to_refuse(sheet) is None


def pasted(text_pasted: str, kind: str = "caseload") -> AppTest:
    made = page("own_data", scheme_study("somme"))
    if kind != "caseload":
        made.segmented_control(key="own kind").set_value(kind).run()
    made.text_area[0].set_value(text_pasted).run()
    assert not made.exception
    return made


def test_an_open_mark_and_an_open_unit_are_asked_before_anything_is_kept() -> None:
    made = pasted("mois;montant\n2025-10;9.120\n", "spending")
    assert "répondez" in made.info[0].value
    assert not [one for one in made.button if one.key == "keep series"]
    made.radio[0].set_value("thousands").run()
    made.radio[1].set_value("keur").run()
    assert not made.exception
    assert [one for one in made.button if one.key == "keep series"]
    assert "9\u202f120\u202f000" in shown(made)


def test_the_first_rows_are_written_as_numbers_of_the_language() -> None:
    made = pasted("mois;foyers\n2025-10;12.450\n2025-11;12.461\n")
    assert "12\u202f450" in shown(made)
    made = pasted("mois;délai orientation\n2025-10;41,333333\n", "delays")
    assert "41,33<" in shown(made)


def test_months_and_days_are_written_in_the_language() -> None:
    made = pasted("mois;foyers\n2023-01;19352\n")
    said = shown(made)
    assert "janvier 2023" in said
    assert "19\u202f352" in said
    made = pasted("metier;etp;debut\nTravailleur social;12,5;01/04/2025\n", "posts")
    assert "1er avril 2025" in shown(made)


def test_a_table_with_a_column_for_each_month_is_turned() -> None:
    made = pasted("Foyers RSA\n\nTerritoire;janv-25;févr-25;mars-25\nNord;4210;4218;4230\n")
    assert text("own.turned") in [one.value for one in made.info]
    assert "février 2025" in shown(made)
    assert [one for one in made.button if one.key == "keep series"]
    by_name = pasted("Indicateur;2025-01;2025-02;2025-03\nFoyers;10;11;12\nAdultes;13;14;15\n")
    assert text("own.column_adults") in shown(by_name)


def test_a_turned_table_with_names_of_persons_is_refused() -> None:
    made = pasted("Nom;Prénom;2025-01;2025-02;2025-03\nMartin;Jeanne;1;1;1\n")
    (said,) = [one.value for one in made.error]
    assert said.startswith(text("own.refused_person_column"))


def test_a_refused_cell_is_told_by_line_and_column_and_never_shown() -> None:
    made = pasted("mois;foyers;observation\n2025-10;12;\n2025-11;12;06 12 34 56 78\n")
    (said,) = [one.value for one in made.error]
    assert text("own.at_line_and_column", line=3, column="observation") in said
    assert "12 34" not in said
    made = pasted("06 12 34 56 79;2025-10\n06 12 34 56 78;2025-11\n")
    (said,) = [one.value for one in made.error]
    assert "12 34" not in said


def test_another_sheet_can_be_chosen_where_one_was_found() -> None:
    made = pasted("mois;foyers\n2025-10;16580\n2025-11;16590\n")
    assert text("own.which_head") in [one.label for one in made.selectbox]


def test_where_no_row_has_the_names_of_the_columns_the_person_chooses() -> None:
    made = pasted("Tableau de bord\n\nPériode observée;Total foyers RSA\n2025-10;16580\n")
    labels = [one.label for one in made.selectbox]
    assert "Quelle ligne porte les noms des colonnes ?" in labels
    assert [one for one in made.button if one.key == "keep series"]


def test_what_was_left_out_is_said() -> None:
    made = pasted("mois;territoire;foyers\n2025-10;Nord;NC\n2025-10;Total;10\n2025-10;Sud;7\n")
    said = shown(made)
    assert "ligne 3" in said
    assert "ligne 2" in said


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
