"""`caseload forecast --spending`: a planner's questions, one answer in table, object and Python."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from forecast.family_funds import la_reunion
from forecast.spending.budget_level import spending_outlook
from ui.cli.app import app
from ui.cli.spoken import number
from ui.reports.forecast.spending_notes import state_pays_notes
from ui.reports.remarks import remark_text

pytestmark = pytest.mark.slow

CODE, YEAR = "80", date.today().year
HEAD = "month,households,allowance_eur\n"


def asked(*words: str) -> Result:
    return CliRunner().invoke(app, ["forecast", *words, "--spending"], env={"COLUMNS": "200"})


def told(*words: str) -> dict[str, Any]:
    found = asked(*words, "--json")
    assert found.exit_code == 0, found.output
    record: dict[str, Any] = json.loads(found.stdout)
    return record


def paid(folder: Path, months: tuple[int, ...], amount: str = "8600000") -> str:
    file = folder / "paid.csv"
    rows = [f"{YEAR}-{month:02d},15900,{amount}" for month in months]
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return str(file)


def rows_of(file: Path) -> list[dict[str, str]]:
    text = file.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def decimal(written: str) -> float:
    return float(written.replace(",", "."))


def test_table_files_object_and_python_are_one_answer(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    record = told("somme", "--appropriation", "105000000")
    shown = asked("somme", "--appropriation", "105000000", "--out", str(folder), "--lang", "en")
    assert shown.exit_code == 0, shown.output
    outlook = spending_outlook(CODE, today=date.today())
    years = rows_of(folder / "depenses.csv")
    assert [int(row["année"]) for row in years] == [one["year"] for one in record["years"]]
    for row, one in zip(years, record["years"], strict=True):
        year = one["year"]
        assert one["expected_eur"] == pytest.approx(outlook.expected(year))
        assert list(one["quantiles_eur"].values()) == pytest.approx(list(outlook.quantiles(year)))
        assert one["exceeded_eur"] == pytest.approx(outlook.appropriation(year, 0.1))
        assert one["account_eur"] == outlook.accounts.get(year)
        assert decimal(row["attendu_eur"]) == pytest.approx(one["expected_eur"], abs=0.01)
        assert decimal(row["q90_eur"]) == pytest.approx(one["quantiles_eur"]["0.9"], abs=0.01)
        (line,) = [text for text in shown.stdout.splitlines() if text.split()[:1] == [str(year)]]
        assert number(one["expected_eur"] / 1e6, 2) in line
        assert number(one["exceeded_eur"] / 1e6, 2) in line
    assert record["appropriation"]["probability"] == outlook.exceeds(YEAR, 105e6)
    assert f"probability of {100 * outlook.exceeds(YEAR, 105e6):.1f} %" in shown.stdout
    months = rows_of(folder / "mois.csv")
    assert len(months) == len(record["months"]) == 12 * len(years)
    total = sum(decimal(row["attendu_eur"]) for row in months[-12:])
    assert total == pytest.approx(record["years"][-1]["expected_eur"], abs=1.0)
    assert shown.stdout.startswith("Somme: 16,230 households at the end of Dec 2024, the last")
    assert record["last_known_age_months"] == 12 * YEAR + date.today().month - 12 * 2024 - 12
    assert record["years"][-1]["year"] == YEAR + 1


def test_months_paid_stand_and_missing_ones_are_told_apart(tmp_path: Path) -> None:
    file = paid(tmp_path, (3, 4, 5))
    record = told("somme", "--actuals", file)
    year = record["years"][0]
    assert (year["year"], year["months_paid"], year["months_to_pay"]) == (YEAR, 3, 7)
    assert year["missing"] == [f"{YEAR}-01", f"{YEAR}-02"]
    assert year["paid_eur"] == pytest.approx(3 * 8.6e6)
    parts = year["paid_eur"] + year["missing_eur"] + year["to_pay_eur"]
    assert parts == pytest.approx(year["expected_eur"])
    assert any(f"Not given, before the first month paid: {YEAR}-01" in one
               for one in record["notes"])  # fmt: skip
    assert record["last_known_month"] == f"{YEAR}-04"
    states = [one["state"] for one in record["months"]][:5]
    assert states == ["missing", "missing", "paid", "paid", "paid"]
    shown = asked("somme", "--actuals", file, "--lang", "fr", "--out", str(tmp_path / "out"))
    assert "mois manquants" in shown.stdout
    assert "de ce département" not in shown.stderr
    assert "ne sont pas un reste à payer" in shown.stdout.replace("\n", " ")


@pytest.mark.parametrize(
    ("months", "amount", "said"),
    [
        ((1, 2, 4), "8600000", "every month without a gap"),
        ((1, 2), "8600", "allowance_eur"),
        ((1, 2), "-8600000", "a regularisation goes into the months that it corrects"),
    ],
)
def test_gaps_thousands_and_negative_months_are_refused(
    tmp_path: Path, months: tuple[int, ...], amount: str, said: str
) -> None:
    folder = tmp_path / "out"
    file = paid(tmp_path, months, amount)
    found = asked("somme", "--actuals", file, "--out", str(folder), "--lang", "en")
    assert found.exit_code == 2
    assert said in found.stderr
    assert not folder.exists()


def test_every_fault_is_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    words = ["--years", "2", "--until-year", str(YEAR + 3), "--uprating", "40", "--odds", "2"]
    words += ["--appropriation", "-3", "--actuals", paid(tmp_path, (1, 3)), "--lang", "en"]
    found = asked("somme", *words, "--out", str(folder))
    assert found.exit_code == 2
    assert "5 faults" in found.stderr
    assert not folder.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("somme", "--until-year", "2020"),
        ("somme", "--appropriation", "1e8", "--appropriation-year", "2020"),
        ("2A",),
        (),
    ],
)
def test_a_year_or_a_department_without_data_is_refused(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    folder = tmp_path / "out"
    found = asked(*words, "--out", str(folder))
    assert found.exit_code == 2
    assert not folder.exists()


def test_two_upratings_and_a_sum_in_thousands() -> None:
    low, high = (told("somme", "--uprating", share) for share in ("0", "3"))
    first, last = (
        [record["years"][place]["expected_eur"] for record in (low, high)] for place in (-2, -1)
    )
    assert first[0] == pytest.approx(first[1])
    assert 1.005 < last[1] / last[0] < 1.03
    assert high["upratings"] == {"share_each_april": 0.03, "sd": 0.0}
    assert any("as stated" in note for note in high["notes"])
    found = asked("somme", "--appropriation", "105000", "--json")
    assert "is it in euro" in found.stderr
    assert json.loads(found.stdout)["appropriation"]["probability"] == 1.0


def test_another_department_and_one_that_the_state_pays() -> None:
    meuse, reunion = told("55"), told("974")
    assert meuse["department"] == "55"
    assert meuse["state_pays_since"] is None
    assert reunion["state_pays_since"] == "2020-01-01"
    assert "State pays the allowance here since 2020-01-01" in reunion["notes"][0]
    (trial,) = state_pays_notes("93")
    assert "depuis le 01/01/2022, à titre d’expérimentation, jusqu’au 31 décembre 2031" in (
        remark_text(trial, "fr")
    )
    assert meuse["years"][-1]["expected_eur"] < reunion["years"][-1]["expected_eur"] / 5.0


def test_months_paid_of_another_department_are_told(tmp_path: Path) -> None:
    found = asked("55", "--actuals", paid(tmp_path, (1, 2)), "--json")
    assert found.exit_code == 0
    assert "times what was forecast for them: are they of this department" in found.stderr


def test_an_own_series_sets_the_level(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    series = la_reunion()
    rows = [
        f"974,{month // 12}-{month % 12 + 1:02d},{count:.0f}"
        for month, count in zip(series.months[-18:], series.households[-18:], strict=True)
    ]
    file.write_text("department,month,households\n" + "\n".join(rows) + "\n", encoding="utf-8")
    record = told("--series", str(file))
    assert record["department"] == "974"
    assert record["last_known_month"] == "2025-03"
    assert record["last_known_households"] == series.households[-1]


def test_options_without_effect_are_remarked() -> None:
    words = ["somme", "--months", "12", "--appropriation-year", str(YEAR), "--json"]
    found = asked(*words)
    assert found.exit_code == 0
    assert "--months has no effect: --spending simulates nothing" in found.stderr
    assert "--appropriation-year has no effect: there is no --appropriation" in found.stderr
