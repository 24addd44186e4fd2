"""Files of tables: encodings, separators, sheets, heads, totals; every door reads them alike."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tables_brought import CASELOAD, DELAYS, understood, values, workbook

from brought.heads import guessed_mapping, possible_sheets
from brought.kinds import PAID, RECEIVED, SERIES
from brought.page import UnreadableError
from brought.pages import Limits, pages_of_file
from brought.rows import read_rows
from brought.series import read_series
from sim.errors import InputError

TEXT = "mois;territoire;foyers\n2025-12;Péronne;16 580\n"
PAID_HEAD = "month;households;allowance_eur"
ROW = {"month": "2025-12", "territory": "Péronne", "households": 16580.0}


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace(";", ",").encode(),
        f"sep=;\n{TEXT}".encode(),
        f"Foyers, par territoire\n\n{TEXT}".encode(),
        "Mois;Nom du territoire;Nb. foyers\ndéc. 2025;Péronne;16\u202f580\n".encode(),
        'mois,territoire,"Nombre\nde foyers"\n12/2025,Péronne,"16,580"\n'.encode(),
        workbook({"a": [["Mois", "Territoire", "Foyers"], ["2025-12", "Péronne", 16580]]}),
        workbook({"a": [["Foyers du RSA"], [], ["Mois", "Territoire", "Foyers"],
                        ["31/12/2025", "Péronne", "16 580"]]}),
        workbook({"Lisez-moi": [["Source"], ["CAF"]],
                  "b": [["Mois", "Territoire", "Foyers"], ["2025-12", "Péronne", 16580]]}),
    ],
)  # fmt: skip
def test_every_usual_file_gives_the_same_row(content: bytes) -> None:
    found = understood(content)
    assert (found.faults, found.questions) == ((), ())
    assert found.rows == (ROW,)


def test_two_sheets_with_the_same_columns_are_both_offered() -> None:
    rows = [["mois", "foyers"], ["2025-01", 1]]
    pages = pages_of_file(workbook({"2025": rows, "2026": rows}))
    assert [sheet.page for sheet in possible_sheets(pages, CASELOAD)] == ["2025", "2026"]


def test_a_hidden_sheet_is_not_read() -> None:
    from openpyxl import load_workbook

    rows = [["mois", "foyers"], ["2025-01", 1]]
    book = load_workbook(io.BytesIO(workbook({"a": rows, "old": rows})))
    book["old"].sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    assert [page.name for page in pages_of_file(buffer.getvalue())] == ["a"]


def test_a_computed_cell_without_its_value_is_said() -> None:
    rows = [["mois", "foyers"], ["2025-01", "=40+2"], ["2025-02", 5]]
    (fault,) = understood(workbook({"a": rows})).faults
    assert (fault.line, fault.expected) == (2, "computed")


def test_a_computed_cell_is_its_value() -> None:
    plain = workbook({"a": [["mois", "foyers"], ["2025-01", 4711]]})
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            new.writestr(part, text.replace(b"<v>4711</v>", b"<f>4700+11</f><v>4711</v>"))
    assert values(understood(buffer.getvalue())) == [4711]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty"),
        (b"mois;foyers\n", "empty"),
        (b"PK\x03\x04 this is no workbook", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 40, "old_excel"),
        (b"\x00\x01\x02;\n1;2\n", "not_a_table"),
        (b"mois;foyers\n2025-01;" + b"9" * 200_000 + b"\n", "long"),
        (b'mois;foyers\n2025-01;"12\n2025-02;13\n', "quote"),
        (b'mois;foyers\n2025-01;"12" 000\n', "quote"),
        (b'mois;territoire;foyers\n2025-01;"Nord;1\n2025-02;Sud";2\n', "quote"),
        (("a;" * 300 + "\n1;2\n").encode(), "too_large"),
    ],
)
def test_what_is_no_table_says_why(content: bytes, key: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        pages_of_file(content)
    assert refused.value.key == key


def test_more_than_the_limits_is_refused() -> None:
    text = b"mois;foyers\n" + b"2025-01;1\n" * 12
    assert pages_of_file(text, Limits(rows=13))
    for limits in (Limits(rows=12), Limits(bytes=100)):
        with pytest.raises(UnreadableError, match="too_large"):
            pages_of_file(text, limits)


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "docProps/core.xml", "xl/workbook.xml"]
)
@pytest.mark.parametrize("text", [b"<broken", b"", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"])
def test_a_damaged_workbook_is_no_table(part: str, text: bytes) -> None:
    whole = workbook({"a": [["mois", "foyers"], ["2025-01", 1]]})
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    with pytest.raises(UnreadableError):
        pages_of_file(buffer.getvalue())


@pytest.mark.parametrize(
    "rows",
    [
        b"<row>" + b"<c><v>1</v></c>" * 600_000 + b"</row>",
        b"<row/>" * 2_100_000,
        b'<row r="1"><c><v>1</v></c></row><row r="99999999999"><c><v>1</v></c></row>',
    ],
)
def test_a_small_file_that_costs_much_is_refused(rows: bytes) -> None:
    whole = workbook({"a": [["mois", "foyers"], ["2025-01", 1]]})
    head = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for name in old.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            text = head + rows + b"</sheetData></worksheet>"
            new.writestr(name, text if is_sheet else old.read(name))
    assert len(buffer.getvalue()) < 100_000
    with pytest.raises(UnreadableError, match="too_large"):
        pages_of_file(buffer.getvalue())


def test_what_unpacks_into_too_much_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * 61_000_000)
    with pytest.raises(UnreadableError, match="too_large"):
        pages_of_file(buffer.getvalue())


@pytest.mark.parametrize(
    "word", ["Total", "TOTAL", "Total général", "Ensemble", "Ensemble du département", "Sous-total"]
)
def test_a_total_is_left_out_and_said(word: str) -> None:
    text = f"mois;territoire;foyers\n2025-10;Nord;4000\n2025-10;Sud;6000\n2025-10;{word};10000\n"
    found = understood(text)
    assert values(found) == [4000, 6000]
    (remark,) = found.remarks
    assert (remark.key, remark.lines) == ("total", (4,))


def test_a_total_without_a_word_is_seen_by_its_sum() -> None:
    rows = "".join(
        f"2025-{month};Nord;{400 + place}\n2025-{month};Sud;600\n2025-{month};CD;{1000 + place}\n"
        for place, month in enumerate(("10", "11"))
    )
    found = understood(f"mois;territoire;foyers\n{rows}")
    assert {row["territory"] for row in found.rows} == {"Nord", "Sud"}
    assert [remark.lines for remark in found.remarks] == [(4, 7)]


def test_a_row_without_a_territory_among_others_is_a_total_or_a_fault() -> None:
    head = "mois;territoire;foyers\n2025-10;Nord;4000\n2025-10;Sud;6000\n"
    assert values(understood(f"{head}2025-10;;10000\n")) == [4000, 6000]
    (fault,) = understood(f"{head}2025-10;;500\n").faults
    assert (fault.line, fault.expected) == (4, "territory")


def test_a_table_of_the_whole_department_alone_is_kept() -> None:
    found = understood("mois;territoire;foyers\n2025-10;Total;10000\n2025-11;Total;10100\n")
    assert values(found) == [10000, 10100]
    assert found.remarks == ()


def test_notes_and_heads_printed_again_are_left_out_and_said() -> None:
    text = (
        "mois;foyers\n2025-10;100\nmois;foyers\n2025-11;101\n"
        "Source : CAF, données provisoires\n"
    )  # fmt: skip
    found = understood(text)
    assert values(found) == [100, 101]
    assert {remark.key: remark.lines for remark in found.remarks} == {
        "head_again": (3,), "note": (5,)
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "mois,foyers\n2025-10,16,580\n",
        "mois;territoire;foyers\n2025-10;Nord\n",
        "mois;foyers\n2025-10;100;7\n",
    ],
)
def test_cells_that_moved_are_a_fault(text: str) -> None:
    assert [(fault.line, fault.expected) for fault in understood(text).faults] == [(2, "cells")]


def test_a_head_that_stands_twice_is_a_fault() -> None:
    for second in ("foyers", "Foyers", "FOYERS "):
        found = understood(f"mois;foyers;{second}\n2025-10;100;101\n")
        assert [fault.expected for fault in found.faults] == ["twice"]


def test_a_guess_is_told_from_a_name() -> None:
    assert guessed_mapping(CASELOAD, ("Mois", "Nb. foyers")) == (
        {"month": "Mois", "households": "Nb. foyers"}, True,
    )  # fmt: skip
    assert guessed_mapping(CASELOAD, ("Mois", "Part des foyers")) == (
        {"month": "Mois", "households": "Part des foyers"}, False,
    )  # fmt: skip


@pytest.mark.parametrize("word", ["mois", "Mois de droit", "month"])
def test_rows_of_one_month_are_told_once(word: str) -> None:
    found = understood(f"{word};territoire;foyers\n2025-10;Nord;1\noct.-25;NORD;2\n")
    assert [(fault.line, fault.expected, fault.detail) for fault in found.faults] == [
        (3, "once", "2")
    ]


def test_command_line_and_app_read_the_same(tmp_path: Path) -> None:
    rows = [f"80;{month:02d}/{year};16 {580 + month}" for year in (2024, 2025)
            for month in range(1, 13)]  # fmt: skip
    text = "\n".join(["département;mois;foyers", *rows])
    cells = [line.split(";") for line in text.splitlines()]
    files = {"a.csv": text.encode("cp1252"), "b.xlsx": workbook({"données": cells})}
    for name, content in files.items():
        path = tmp_path / name
        path.write_bytes(content)
        series, remarks = read_series(path)
        assert remarks == ()
        assert list(series.households) == values(understood(content, SERIES))
        assert series.households[0] == 16581


@pytest.mark.parametrize(
    ("kind", "text", "where", "found"),
    [
        (RECEIVED, 'date,label,amount,unit\n2026,A,"12,500",k€\n', "line 2, amount", "12,500"),
        (RECEIVED, "date;label;amount (k€);unit\n2026;TICPE;12;k€\n", "line 1, unit", ""),
        (RECEIVED, "date;label;amount\n2026;TICPE;12\n", "line 2, amount", "without a unit"),
        (PAID, f"{PAID_HEAD}\n2026-01;11 000;5900\n", "line 2, allowance_eur", "0.54"),
        (SERIES, "dep;mois;date;foyers\n80;2026-01;2026-01;5\n", "line 1, month", "mois, date"),
        (SERIES, "department;month;households\n80;2026-01;NC\n", "line 2, households", "NC"),
        (PAID, "month;households\n2026-01;1\n", "line 1", "no allowance_eur"),
    ],
)  # fmt: skip
def test_the_command_line_refuses_what_it_cannot_ask(
    kind: object, text: str, where: str, found: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_rows(path, kind)  # type: ignore[arg-type]
    assert any(one.field == where and found in one.found for one in refused.value.faults), (
        refused.value.faults
    )


def test_two_sheets_are_named_by_the_command_line(tmp_path: Path) -> None:
    rows = [["department", "month", "households"], ["80", "2026-01", 5]]
    path = tmp_path / "mine.xlsx"
    path.write_bytes(workbook({"2025": rows, "2026": rows}))
    with pytest.raises(InputError, match="'2025', '2026'"):
        read_rows(path, SERIES)


def test_long_means_of_a_workbook_are_read() -> None:
    rows = [["mois", "délai orientation"], ["2025-10", 41.33333333333334], ["2025-11", 39.3]]
    found = understood(workbook({"a": rows}), DELAYS)
    assert values(found, "orientation_days") == [41.33333333333334, 39.3]
