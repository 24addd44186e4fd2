"""A user's series is refused with the line of every fault."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from brought.series import month_of, month_text, read_series
from forecast.panel import (
    NATIONAL_FILE,
    Panel,
    country_known,
    current_panel,
    national_households,
    shipped_panel,
)
from forecast.panel_update import update_panel
from sim.errors import Fault, InputError
from sim.parameters.imported import MONTHLY_FILE, data_folder, import_stamp, imported_months
from sim.parameters.sources import PUBLISHED

MONTHLY = PUBLISHED / "rsa_households_monthly.csv"
TWO_YEARS = [(f"80,{2020 + i // 12}-{i % 12 + 1:02d}", 16000 + i) for i in range(24)]


def file_of(rows: list[str], folder: Path, head: str = "department,month,households") -> Path:
    file = folder / "mine.csv"
    file.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return file


def good_rows(count: int = 24) -> list[str]:
    return [f"{start},{households}" for start, households in TWO_YEARS[:count]]


def faults_of(file: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        read_series(file)
    assert all(fault.file == file.name for fault in caught.value.faults)
    return caught.value.faults


def test_a_good_file_is_read_in_any_order_and_with_ends_of_months(tmp_path: Path) -> None:
    rows = good_rows()
    rows[1] = "80,2020-02-29,16001"
    series, _ = read_series(file_of(rows[::-1], tmp_path))
    assert (series.department, month_text(series.first_month)) == ("80", "2020-01")
    assert list(series.households) == [households for _, households in TWO_YEARS]
    assert month_text(series.last_month) == "2021-12"


def test_a_spreadsheet_of_france_is_read_too(tmp_path: Path) -> None:
    rows = [row.replace("80,", "1,").replace(",", ";") for row in good_rows()]
    file = file_of(rows, tmp_path, "\ufeffdepartment;month;households")
    assert read_series(file)[0].department == "01"


@pytest.mark.parametrize(
    ("line", "row", "field", "found"),
    [
        (5, "80,2020-04,-16003", "households", "-16003"),
        (6, "80,2020-05,many", "households", "many"),
        (7, "80,2020-06,", "households", "''"),
        (8, "80,2020-07,0", "households", "'0'"),
        (9, "80,2020-08,nan", "households", "nan"),
        (9, "80,2020-08,1e3", "households", "1e3"),
        (10, "80,2020-13,16008", "month", "2020-13"),
        (10, "80,2020-09-15,16008", "month", "2020-09-15"),
        (11, "80,2020-09,16009", "month", "2020-09"),
        (12, "59,2020-11,16010", "department", "59"),
        (12, "Somme,2020-11,16010", "department", "S"),
    ],
)
def test_each_fault_names_its_line(
    line: int, row: str, field: str, found: str, tmp_path: Path
) -> None:
    rows = good_rows()
    rows[line - 2] = row
    named = [
        fault
        for fault in faults_of(file_of(rows, tmp_path))
        if fault.field == f"line {line}, {field}"
    ]
    assert named
    assert found.upper() in named[0].found.upper()


def test_a_duplicate_names_both_lines_and_a_gap_its_months(tmp_path: Path) -> None:
    (duplicate,) = faults_of(file_of([*good_rows(), "80,2020-03,16002"], tmp_path))
    assert duplicate.field == "line 26, month"
    assert "line 4" in duplicate.accepted
    (gap,) = faults_of(file_of([*good_rows()[:5], *good_rows()[7:]], tmp_path))
    assert gap.field == "line 7, month"
    assert "2020-06 to 2020-07" in gap.found


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    rows = good_rows()
    rows[3], rows[8] = "80,2020-04,-1", "59,2020-09,x"
    fields = {fault.field for fault in faults_of(file_of(rows, tmp_path))}
    assert fields == {"line 5, households", "line 10, households", "line 10, department"}


def test_too_short_empty_and_foreign_files_are_refused(tmp_path: Path) -> None:
    assert "11 months" in faults_of(file_of(good_rows(11), tmp_path))[0].found
    assert len(read_series(file_of(good_rows(12), tmp_path))[0].households) == 12
    assert faults_of(file_of([], tmp_path))
    assert "households" in faults_of(file_of(["80,2020-01"], tmp_path, "department,month"))[0].found
    binary = tmp_path / "mine.csv"
    binary.write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(InputError):
        read_series(binary)
    with pytest.raises(InputError):
        read_series(tmp_path / "nowhere.csv")


def last_count(panel: Panel, code: str) -> int:
    """The last value of the monthly series."""
    return int(panel.series(code).households[-1])


def continued(folder: Path, months: int = 2, skipped: int = 0) -> Path:
    """A newer file: the last known value of each department, in the following months."""
    panel = shipped_panel()
    rows = [
        f"{code},{month_text(panel.last_monthly + 1 + skipped + ahead)},{last_count(panel, code)}"
        for code in panel.departments
        for ahead in range(months)
    ]
    return file_of(rows, folder)


@pytest.mark.slow
def test_an_update_continues_the_panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASELOAD_DATA", str(tmp_path / "data"))
    assert current_panel() is shipped_panel()
    done = update_panel(continued(tmp_path))
    assert done.file.parent == data_folder()
    assert done.remarks == ()
    assert (done.publisher, done.before.last_monthly) == ("", month_of("2020-10"))
    assert done.changes.departments == ()
    assert not done.changes.revisions
    assert (done.changes.first, done.changes.last) == (month_of("2020-11"), month_of("2020-12"))
    assert done.panel.last_monthly == month_of("2020-12")
    # The published December of 2020 gives way to the month that was brought.
    shipped, again = shipped_panel(), current_panel()
    assert list(again.months) == sorted({*shipped.months, month_of("2020-11")})
    for code in shipped.departments:
        before, after = shipped.series(code), again.series(code)
        assert (after.households[:-2] == before.households).all()
        assert (after.households[-2:] == before.households[-1]).all()
    later = again.months > month_of("2020-12")
    assert np.array_equal(
        again.households[:, later], shipped.households[:, shipped.months > month_of("2020-12")],
        equal_nan=True,
    )  # fmt: skip


@pytest.mark.slow
def test_an_update_that_leaves_a_gap_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELOAD_DATA", str(tmp_path / "data"))
    with pytest.raises(InputError, match="2020-11 or earlier"):
        update_panel(continued(tmp_path, skipped=1))
    with pytest.raises(InputError, match="1 departments"):
        update_panel(file_of(good_rows(), tmp_path))
    rows = continued(tmp_path).read_text(encoding="utf-8").splitlines()[1:-1]
    with pytest.raises(InputError, match="as the others"):
        update_panel(file_of(rows, tmp_path))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "rest",
    ["2026-13,9000", "mars,9000", "2026-03,nan", "2026-03,inf", "2026-03,-9000", "2026-03,"],
)
def test_a_damaged_import_is_as_if_it_had_never_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rest: str
) -> None:
    monkeypatch.setenv("CASELOAD_DATA", str(tmp_path))
    months = f"department,month,households\n80,2026-02,9000\n80,{rest}\n"
    (tmp_path / MONTHLY_FILE).write_text(months, encoding="utf-8")
    (tmp_path / NATIONAL_FILE).write_text(f"month,rsa\n2026-02,1800000\n{rest}\n", "utf-8")
    assert imported_months(import_stamp()) == {}
    assert current_panel() is shipped_panel()
    assert country_known() is national_households()


@pytest.mark.parametrize("month", ["2026-04", "2026-02"])
def test_months_that_do_not_follow_each_other_count_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, month: str
) -> None:
    monkeypatch.setenv("CASELOAD_DATA", str(tmp_path))
    months = f"department,month,households\n80,2026-02,9000\n80,{month},9000\n"
    (tmp_path / MONTHLY_FILE).write_text(months, encoding="utf-8")
    assert imported_months(import_stamp()) == {}
    assert current_panel() is shipped_panel()
