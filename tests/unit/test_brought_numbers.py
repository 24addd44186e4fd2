"""Numbers of a table: the column decides what a mark means; what it leaves open is a question."""

from __future__ import annotations

import pytest
from tables_brought import CASELOAD, DELAYS, SPENDING, column, understood, values, workbook

from brought.checking import ColumnAnswers
from brought.numerals import numeral


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["17.250", "17.301"], [17250, 17301]),
        (["17,250", "17,301"], [17250, 17301]),
        (["17 250", "17\u202f301", "17\u00a0302", "17\u2009303"], [17250, 17301, 17302, 17303]),
        (["17'250", "17\u2019301"], [17250, 17301]),
        (["17250,0", "17301,00"], [17250, 17301]),
        (["17.000", "1.234.000"], [17000, 1234000]),
        (["1,017,250", "950"], [1017250, 950]),
        (["17250.0", "16,105"], [17250, 16105]),
    ],
)
def test_a_count_is_whole(written: list[str], meant: list[int]) -> None:
    assert values(column(written)) == meant


@pytest.mark.parametrize(
    "written",
    ["17250,5", "-3", "1 72 50", "1e3", "0x10", "١٢٣", "１２３", "12 %", "1.2.3", "1,23,456"],
)
def test_what_is_no_count_is_a_fault_of_its_line(written: str) -> None:
    (fault,) = column(["100", written]).faults
    assert (fault.line, fault.column, fault.expected) == (3, "households", "count")


def test_thousands_alone_cannot_be_told_from_three_decimals() -> None:
    (question,) = column(["17.000", "2.000"]).questions
    assert (question.key, question.line, question.found) == ("mark", 2, "17.000")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["9.120.450,12", "9.141,310"], [9120450.12, 9141.31]),
        (["9 120 450,12", "12,500"], [9120450.12, 12.5]),
        (["9,120,450.12", "12,500"], [9120450.12, 12500.0]),
        (["9.120.450", "12,500"], [9120450.0, 12.5]),
        (["9120450.5", "0.125"], [9120450.5, 0.125]),
    ],
)
def test_the_other_cells_of_a_column_decide(written: list[str], meant: list[float]) -> None:
    rows = "".join(f"2025-{place:02d};{one}\n" for place, one in enumerate(written, start=1))
    assert values(understood(f"mois;montant (€)\n{rows}", SPENDING), "allowance") == meant


def test_an_open_amount_is_asked_and_read_as_answered() -> None:
    text = "mois;montant (k€)\n2025-01;12,500\n"
    assert [one.key for one in understood(text, SPENDING).questions] == ["mark"]
    for role, meant in (("decimal", 12_500.0), ("thousands", 12_500_000.0)):
        answers = ColumnAnswers(marks={"allowance": role})  # type: ignore[dict-item]
        assert values(understood(text, SPENDING, answers), "allowance") == [meant]


def test_the_bounds_of_a_column_decide() -> None:
    text = "mois;délai orientation\n2025-01;41.333\n2025-02;39.305\n"
    assert values(understood(text, DELAYS), "orientation_days") == [41.333, 39.305]


def test_marks_that_contradict_each_other_are_asked() -> None:
    text = "mois;montant (€)\n2025-01;1.234.567\n2025-02;12.5\n2025-03;12.500\n"
    assert understood(text, SPENDING).questions


@pytest.mark.parametrize("minus", ["-", "\u2212", "\u2011", "- "])
def test_every_minus_is_one(minus: str) -> None:
    found = numeral(f"{minus}12 500,5")
    assert found is not None
    assert [float(value) for value in found.values.values()] == [-12500.5]


@pytest.mark.parametrize("head", ["montant (k€)", "Montant en milliers d'euros", "allowance_keur"])
def test_the_unit_of_the_head_is_applied_and_said(head: str) -> None:
    found = understood(f"mois;{head}\n2025-10;9120,4\n", SPENDING)
    assert values(found, "allowance") == [9_120_400.0]
    assert [remark.key for remark in found.remarks] == ["unit"]


def test_a_unit_after_each_amount_is_read() -> None:
    found = understood("mois;montant\n2025-10;9 120,4 k€\n2025-11;9 141,3 k€\n", SPENDING)
    assert values(found, "allowance") == [9_120_400.0, 9_141_300.0]


def test_an_amount_without_a_unit_is_asked() -> None:
    text = "mois;montant\n2025-10;9120\n"
    assert [one.key for one in understood(text, SPENDING).questions] == ["unit"]
    answers = ColumnAnswers(units={"allowance": 1000})
    assert values(understood(text, SPENDING, answers), "allowance") == [9_120_000.0]


def test_households_beside_the_amounts_tell_their_unit() -> None:
    head = "mois;foyers;montant\n"
    right = understood(f"{head}2025-10;16580;9120450,12\n", SPENDING)
    assert values(right, "allowance") == [9_120_450.12]
    (fault,) = understood(f"{head}2025-10;16580;9120,4\n", SPENDING).faults
    assert (fault.line, fault.column, fault.expected) == (2, "allowance", "mean")


@pytest.mark.parametrize(
    "word",
    ["NC", "nc", "n.c.", "<5", "< 5", "<11", "s", "ND", "n/a", "#N/A", "…", "-", "secret", ""],
)
def test_a_value_that_is_withheld_is_missing_and_said(word: str) -> None:
    found = column(["4000", word, "4100"])
    assert values(found) == [4000, None, 4100]
    (remark,) = found.remarks
    assert (remark.key, remark.lines) == ("empty" if word == "" else "secret", (3,))


def test_a_number_of_a_workbook_keeps_its_value() -> None:
    rows = [["mois", "foyers"], ["2025-01", 16.0], ["2025-02", 16580]]
    assert values(understood(workbook({"a": rows}), CASELOAD)) == [16, 16580]
