"""The page and the commands show what the code computes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from page_cells import cells_of

from brought.series import month_of
from forecast.backtest import METHODS, ORIGINS, backtest_panel, summary
from forecast.panel import MONTHLY_FILE, shipped_panel
from sim.parameters.sources import PUBLISHED
from ui.reports.forecast.scoreboard import LATE, department_table, opening, score_table
from ui.reports.forecast.scoreboard_text import (
    AFTER_TEXT,
    CLOSING,
    DECEMBER_TEXT,
    FUNDS_TEXT,
)

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "backtest.md").read_text(encoding="utf-8")
DEPARTMENTS = ("80", "62", "72")


@pytest.fixture(scope="module")
def rows() -> list[Any]:
    return backtest_panel(shipped_panel(), [month_of(text) for text in ORIGINS], 12, DEPARTMENTS)


def test_the_page_is_up_to_date(rows: list[Any]) -> None:
    """Three departments are scored again; the rest of the page comes from the same program."""
    lines = department_table(rows).splitlines()
    assert len(lines) == 2 + len(DEPARTMENTS)
    shown = {cells[0]: cells for cells in map(cells_of, PAGE.splitlines()) if len(cells) == 9}
    for cells in map(cells_of, lines[2:]):
        for now, before in zip(cells, shown[cells[0]], strict=True):
            # Another machine's arithmetic may round a last digit the other way.
            if re.fullmatch(r"[+-]?\d+\.\d+", now):
                assert float(now) == pytest.approx(float(before), abs=0.011), cells[0]
            else:
                assert now == before, cells[0]
    date = re.search(r"on (\d{4}-\d{2}-\d{2})\. Data: ", PAGE)
    assert date is not None
    assert opening(shipped_panel(), date[1]).strip() in PAGE
    for text in (DECEMBER_TEXT, AFTER_TEXT, FUNDS_TEXT, CLOSING):
        assert text.strip() in PAGE


def test_departments_that_came_later_are_told_apart() -> None:
    assert len(LATE) == 25
    assert set(LATE) < set(shipped_panel().departments)
    assert "25 departments that were not seen" in PAGE


def test_losses_stay_on_the_page(rows: list[Any]) -> None:
    by_method = {one["method"]: one for one in summary([r for r in rows if r.department == "72"])}
    assert float(str(by_method["model"]["crps"])) > float(str(by_method["arima"]["crps"]))
    (line,) = [line for line in PAGE.splitlines() if line.startswith("| 72 ")]
    assert "**loses**" in line


def test_means_are_means_of_the_rows(rows: list[Any]) -> None:
    records = [row.record() for row in rows]
    assert len(records) == len(DEPARTMENTS) * len(ORIGINS) * len(METHODS)
    for one in summary(rows):
        chosen = [record for record in records if record["method"] == one["method"]]
        assert one["forecasts"] == len(chosen)
        for name in ("mape", "bias", "crps", "coverage_90"):
            mean = sum(record[name] for record in chosen) / len(chosen)
            assert one[name] == pytest.approx(mean, abs=2e-4)
            months = [month[name] for record in chosen for month in record["by_horizon"]]
            assert one[name] == pytest.approx(sum(months) / len(months), abs=2e-4)
    assert score_table(rows).count("\n") == 1 + len(METHODS)


def caseload(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CASELOAD_DATA": str(folder / "data")},
        capture_output=True,
        text=True,
        check=False,
    )


def somme(folder: Path, months: int) -> Path:
    """The first months of the Somme, as a department would write them."""
    published = (PUBLISHED / MONTHLY_FILE).read_text(encoding="utf-8").splitlines()
    cells = [line.split(",") for line in published if line.startswith("80,")][:months]
    file = folder / "somme.csv"
    lines = [f"80,{month},{households}" for _, _, month, households, _ in cells]
    file.write_text("\n".join(["department,month,households", *lines]), encoding="utf-8")
    return file


def test_backtest_of_a_file_prints_one_object(tmp_path: Path) -> None:
    file = somme(tmp_path, 30)
    lines = file.read_text(encoding="utf-8").splitlines()
    done = caseload(tmp_path, "backtest", "--series", str(file), "--origins", "2018-06", "--json")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    record = json.loads(done.stdout)
    assert {row["method"] for row in record["rows"]} == set(METHODS)
    for row in record["rows"]:
        assert (row["department"], row["origin"]) == ("80", "2018-06")
        assert [month["horizon"] for month in row["by_horizon"]] == list(range(1, 13))
        came = [month["observed"] for month in row["by_horizon"]]
        assert came == [int(line.split(",")[2]) for line in lines[19:31]]
        assert 0 <= row["coverage_90"] <= 1
        assert row["mape"] >= abs(row["bias"]) - 1e-4


def test_a_short_file_says_what_it_cannot_give(tmp_path: Path) -> None:
    done = caseload(tmp_path, "backtest", "--series", str(somme(tmp_path, 14)), "--json")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["rows"] == []
    assert "needs 24" in record["notes"][0]


def test_faults_end_with_code_two_and_name_the_line(tmp_path: Path) -> None:
    file = somme(tmp_path, 24)
    file.write_text(file.read_text(encoding="utf-8").replace(",2017-03,", ",2017-02,"))
    done = caseload(tmp_path, "backtest", "--series", str(file), "--json")
    assert done.returncode == 2
    fields = [fault["field"] for fault in json.loads(done.stdout)["faults"]]
    assert fields == ["line 4, month"]
    done = caseload(tmp_path, "data", "update", str(file))
    assert done.returncode == 2
    assert "line 4, month" in done.stderr
    assert not (tmp_path / "data").exists()


def test_an_update_is_told(tmp_path: Path) -> None:
    done = caseload(tmp_path, "data", "update", str(PUBLISHED / MONTHLY_FILE), "--json")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert (record["departments"], record["last_month"]) == (101, "2020-10")
    assert Path(record["file"]).is_file()
