"""What leaves the app: no text becomes a formula, every number stays a number."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from app_worlds import POSTS, finished, small_study

from sim.language import Language
from sim.plain_text import FORMULA_SIGNS, cleaned, spreadsheet_text
from tests.small_batches import small_store
from ui.answers import reasons_told
from ui.own_data.kinds import KINDS, template
from ui.spoken import speaking
from ui.study import Draft, Study
from ui.take_away.tables import safe_table
from ui.take_away.workbook import csv_file, workbook
from ui.work.batches import VARIABLE, batches, file_of, store
from ui.work.results import FullRun

ATTACKS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1")
OUTCOME = "waiting_for_caseworker"
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?", re.IGNORECASE)


def attacking() -> Study:
    """Four scenarios whose titles begin like formulas."""
    study = small_study().model_copy(update={"drafts": (), "months": 12, "replications": 2})
    for number, title in enumerate(ATTACKS[:4]):
        known = {
            "key": f"d{number}",
            "title": title,
            "origin": "somme_reference",
            "values": {POSTS: 10.0 + number},
        }
        study = study.with_draft(Draft.model_validate(known))
    return study


@pytest.fixture(scope="module")
def found(app_folder: None) -> FullRun:
    return finished(attacking())


def is_dangerous(cell: str) -> bool:
    """A cell that begins like a formula and is no number."""
    return cell.startswith(FORMULA_SIGNS) and not NUMBER.fullmatch(cell)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_text_like_a_formula_gets_an_apostrophe(attack: str) -> None:
    written = f"'{cleaned(attack)}"
    assert spreadsheet_text(attack) == written
    table = safe_table(pd.DataFrame({attack: [attack, "plain"], "number": [-1.5, 2.0]}))
    assert list(table.columns) == [written, "number"]
    assert list(table[written]) == [written, "plain"]
    assert table["number"].tolist() == [-1.5, 2.0]


@pytest.mark.slow
def test_a_series_has_no_formula_and_its_numbers_are_numbers(found: FullRun) -> None:
    content = csv_file(found, OUTCOME).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content), delimiter=";")
    assert sum(name.startswith("'") for name in head) == 4 * 4  # value, difference, low, high
    assert rows
    assert not any(is_dangerous(cell) for row in (head, *rows) for cell in row)
    numeric = [cell for row in rows for cell in row[4:] if cell]
    assert numeric
    assert all(NUMBER.fullmatch(cell) for cell in numeric)
    assert any(cell.startswith("-") for cell in numeric)


@pytest.mark.slow
def test_a_workbook_has_no_formula_and_its_numbers_are_numbers(found: FullRun) -> None:
    content = workbook(found)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        assert len(sheets) == 9
        for name in sheets:
            assert b"<f>" not in package.read(name), name
            assert b"<hyperlink" not in package.read(name), name
    book = openpyxl.load_workbook(io.BytesIO(content))
    texts = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]
    assert any("=1+1" in one for one in texts)
    assert not any(is_dangerous(one) for one in texts)
    for sheet, column in (
        ("Options", 7),
        ("Synthèse", 5),
        ("Séries", 4),
        ("Budget", 4),
        ("Réglages", 4),
    ):
        values = [row[column - 1].value for row in book[sheet].iter_rows(min_row=2)]
        known = [value for value in values if value is not None]
        assert known
        assert all(isinstance(value, int | float) for value in known), sheet
    for row in book["Pourquoi"].iter_rows(min_row=2, min_col=5, max_col=9, values_only=True):
        assert all(isinstance(value, int | float) for value in row[:4])
        assert row[4] is None or isinstance(row[4], int | float)
    kinds = {type(row[1].value) for row in book["Hypothèses"].iter_rows(min_row=2)}
    assert float in kinds


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoken", "name", "unit"), [("fr", "Pourquoi", "personnes"), ("en", "Why", "persons")]
)
def test_the_sheet_of_reasons_says_what_the_page_says(
    found: FullRun, spoken: Language, name: str, unit: str
) -> None:
    with speaking(spoken):
        book = openpyxl.load_workbook(io.BytesIO(workbook(found)))
        told = [*reasons_told(found, 1)]
    head, *rows = book[name].iter_rows(values_only=True)
    (changed,) = found.experiment.changed_territories
    told_there = [one for one in found.why if one.territory == changed]
    needs = [need for one in told_there for need in one.needs]
    first = rows[: len(needs)]
    assert len(rows) > len(needs)
    assert [row[5] for row in first] == pytest.approx([need.each for need in needs], abs=0.005)
    assert [row[7] for row in first] == pytest.approx([need.asked for need in needs], abs=0.005)
    assert first[0][8] == pytest.approx(needs[0].ratio, abs=1e-4)
    assert {row[3] for row, need in zip(first, needs, strict=True) if need.limit == "places"} == {
        unit
    }
    sentences = [str(row[-1]) for row in first if row[-1]]
    assert len(sentences) == len(told_there)
    for page, cell in zip(told, sentences, strict=False):
        assert page.lower().endswith(cell.lower())
    assert len(head) == len(first[0])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_template_has_no_formula(kind: str) -> None:
    rows = csv.reader(io.StringIO(template(kind).decode("utf-8-sig")), delimiter=";")
    assert not any(is_dangerous(cell) for row in rows for cell in row)


@pytest.mark.slow
def test_an_experiment_named_like_a_formula_leaves_as_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(small_store(tmp_path, title="=1+1", seeds={"n": 1})))
    (one,) = batches(store())
    content = file_of(one, "csv", OUTCOME, is_french=True).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content), delimiter=";")
    assert not any(is_dangerous(cell) for row in (head, *rows) for cell in row)
    values = [row[head.index("valeur")] for row in rows]
    assert values
    assert all(NUMBER.fullmatch(value) for value in values)
    book = openpyxl.load_workbook(
        io.BytesIO(file_of(one, "xlsx", OUTCOME, is_french=True)), read_only=True
    )
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "'=1+1" in cells
    assert not any(isinstance(cell, str) and is_dangerous(cell) for cell in cells)
