"""Months as people and spreadsheets write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tables_brought import understood, workbook

from brought.kinds import SERIES


def months(*cells: str) -> list[object]:
    found = understood("mois;foyers\n" + "".join(f"{cell};100\n" for cell in cells))
    assert not found.faults, found.faults
    return [row["month"] for row in found.rows]


@pytest.mark.parametrize(
    "written",
    [
        "2026-01", "2026-1", "2026/01", "01/2026", "1/2026", "31/01/2026", "01.01.2026",
        "2026-01-31", "2026-01-31 00:00:00", "2026-01-31T00:00:00", "janv.-26", "janv. 2026",
        "Janvier 2026", "JANVIER 2026", "jan-26", "January 2026", "31 janvier 2026",
        "1er janvier 2026", "202601", "20260131", "2026M01", "46023",
    ],
)  # fmt: skip
def test_every_usual_writing_is_the_same_month(written: str) -> None:
    assert months(written) == ["2026-01"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("oct.-25", "2025-10"), ("févr.-26", "2026-02"), ("août 2025", "2025-08"),
        ("aout-25", "2025-08"), ("déc. 2025", "2025-12"), ("juil.-25", "2025-07"),
        ("juin 2025", "2025-06"), ("mars-26", "2026-03"), ("mai 2026", "2026-05"),
        ("Feb 2026", "2026-02"), ("sept.-25", "2025-09"),
    ],
)  # fmt: skip
def test_names_of_months(written: str, meant: str) -> None:
    assert months(written) == [meant]


@pytest.mark.parametrize(
    "written",
    [
        "0000-01", "9999-12", "1999-12", "2061-01", "2026-13", "2026-00", "31/02/2026",
        "00/01/2026", "2026", "T1 2026", "marsupial 2026", "jui 2026", "٢٠٢٦-01", "２０２６-01",
        "01/26", "31/01/26", "2026-01-32", "99999", "-1", "1e4", "2026-01-01-01",
    ],
)  # fmt: skip
def test_what_is_no_month_is_a_fault_of_its_line(written: str) -> None:
    (fault,) = understood(f"mois;foyers\n{written};100\n").faults
    assert (fault.line, fault.column, fault.expected) == (2, "month", "month")


def test_a_day_in_place_of_a_month_is_refused_where_it_cannot_be_told() -> None:
    (fault, _) = understood("mois;foyers\n02/01/2026;1\n03/01/2026;2\n").faults
    assert fault.expected == "date_order"
    assert months("05/01/2026", "05/02/2026", "05/03/2026") == ["2026-01", "2026-02", "2026-03"]
    assert months("05/02/2026", "28/03/2026") == ["2026-02", "2026-03"]


def test_days_of_a_workbook_are_months_whatever_their_format() -> None:
    rows = [["mois", "foyers"], [datetime(2025, 10, 31), 1], [date(2025, 11, 1), 2], [46023, 3]]
    found = understood(workbook({"a": rows}))
    assert [row["month"] for row in found.rows] == ["2025-10", "2025-11", "2026-01"]


def test_a_count_of_the_end_of_a_month_has_no_day_in_its_middle() -> None:
    text = "department;month;households\n80;2020-01-31;1\n80;2020-02-01;2\n80;2020-03-15;3\n"
    (fault,) = understood(text, SERIES).faults
    assert (fault.line, fault.expected) == (4, "month")
