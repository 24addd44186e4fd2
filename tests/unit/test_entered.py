"""Months paid and compensation as users write them: French numbers, faults line by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from brought.insertion import read_insertion
from brought.payments import read_paid_months, read_received
from sim.errors import InputError
from sim.money.costs.entered import InsertionAmount, received_by_year
from sim.money.costs.upratings import assumed_upratings, uprating_index
from sim.parameters import Parameters, load_department
from sim.parameters.department import resolve_department
from sim.parameters.national import load_tables
from sim.parameters.sources import DEPARTMENTS, TABLES

HEAD = "month,households,allowance_eur"


def written(folder: Path, text: str) -> Path:
    file = folder / "paid.csv"
    file.write_text(text, encoding="utf-8")
    return file


def faults_of(read: object, file: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read(file)  # type: ignore[operator]
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n2026-01,16600,8150000.5\n2026-02,16580,8140000\n",
        "\ufeffmonth;households;allowance_eur\n2026-02;16 580;8 140 000\n"
        "2026-01;16600;8\u202f150\u202f000,50\n",
    ],
)
def test_months_are_read_in_order_with_either_separator(tmp_path: Path, text: str) -> None:
    paid, remarks = read_paid_months(written(tmp_path, text))
    assert remarks == ()
    assert [(one.month, one.households, one.allowance_eur) for one in paid] == [
        ("2026-01", 16600.0, 8_150_000.5),
        ("2026-02", 16580.0, 8_140_000.0),
    ]


def test_every_fault_is_named_with_its_line(tmp_path: Path) -> None:
    rows = (
        HEAD,
        "2026-01,16600,8150000",
        "january,16600,8150000",
        "2026-01,16600,8150000",
        "2026-02,16600,8150",
        "2026-04,many,8150000",
        "2026-05,16600.5,8150000",
        "2026-06,16600,",
    )
    faults = faults_of(read_paid_months, written(tmp_path, "\n".join(rows)))
    for line, field in (
        (3, "month"),
        (4, "month"),
        (5, "allowance_eur"),
        (6, "households"),
        (7, "households"),
        (8, "allowance_eur"),
    ):
        assert any(f"line {line}, {field}" in fault for fault in faults), (line, field)
    assert any("it is also in line 2" in fault for fault in faults)
    assert any("0.49 euro a household" in fault for fault in faults)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"{HEAD}\n2026-01,16600,8150000\n2026-03,16600,8150000\n", "no 2026-02"),
        ("month,households\n2026-01,16600\n", "no allowance_eur"),
        (f"{HEAD}\n", "no rows"),
    ],
)
def test_gaps_missing_columns_and_empty_files_are_refused(
    tmp_path: Path, text: str, what: str
) -> None:
    assert any(what in fault for fault in faults_of(read_paid_months, written(tmp_path, text)))


def test_compensation_is_read_by_year_in_its_unit(tmp_path: Path) -> None:
    text = (
        "date;label;amount;unit\n2026;TICPE;52,3;meur\n2026-03-31;FMDI;4100;k€\n2027-01;X;1;eur\n"
    )
    received, _ = read_received(written(tmp_path, text))
    assert received_by_year(received) == pytest.approx({2026: 56.4e6, 2027: 1.0})
    assert received[1].day == date(2026, 3, 31)


def test_an_amount_without_a_unit_is_named(tmp_path: Path) -> None:
    text = "date;label;amount;unit\n2026;TICPE;52300000;\n2026;TICPE;52300000;dollars\n"
    faults = faults_of(read_received, written(tmp_path, text))
    assert "line 2, unit: found an amount without a unit; accepted: eur, keur or meur" in faults[0]
    assert "line 3, unit: found 'dollars'" in faults[1]


LINES = ("staff.social_worker", "staff.job_counsellor", "workshops")


def test_own_lines_are_read_by_key_or_by_what_is_printed(tmp_path: Path) -> None:
    text = (
        "ligne;exercice;montant;unite\nAccompagnement (postes);2026;4,25;M€\n"
        "workshops;mars-27;30;k€\n"
    )
    labels = {"Accompagnement (postes)": "staff"}
    found, _ = read_insertion(written(tmp_path, text), LINES, labels)
    assert found == (
        InsertionAmount("staff", "2026", 4.25e6), InsertionAmount("workshops", "2027-03", 3e4),
    )  # fmt: skip


def test_own_lines_that_are_none_or_count_twice_are_named(tmp_path: Path) -> None:
    head = "line,period,amount,unit\n"
    rows = "allowance,2026,1,meur\nstaff,2026,4,meur\nstaff.social_worker,2026-03,1,keur\n"
    faults = faults_of(lambda file: read_insertion(file, LINES), written(tmp_path, head + rows))
    assert "line 2: found 'allowance'; accepted: one of staff, insertion, contracts," in faults[0]
    assert "line 4: found staff.social_worker 2026-03, also in staff 2026" in faults[1]
    rows = "staff,spring,4,meur\nstaff,2026,-4,meur\nstaff,2027,4,\n"
    faults = faults_of(lambda file: read_insertion(file, LINES), written(tmp_path, head + rows))
    assert [fault.split(":")[1] for fault in faults] == [
        " line 2, period", " line 3, amount", " line 4, unit",
    ]  # fmt: skip


def test_a_cost_of_the_tables_without_a_unit_is_named(tmp_path: Path) -> None:
    for file in TABLES.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        if file.name == "costs.yaml":
            assert text.count("value: 300, unit: eur,") == 1
            text = text.replace("value: 300, unit: eur,", "value: 300,")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        resolve_department(DEPARTMENTS / "somme.yaml", load_tables(tmp_path))
    assert any("costs.collective_session_eur.unit" in str(fault) for fault in caught.value.faults)


def test_upratings_follow_the_last_published_amount_year_by_year(somme: Parameters) -> None:
    latest = somme.dated("allowance.base_eur")[-1][0]
    stated = assumed_upratings(somme, date(latest.year + 3, 1, 1), 0.02)
    assert list(stated) == [date(latest.year + 1, 4, 1), date(latest.year + 2, 4, 1)]
    assert uprating_index(stated, date(latest.year + 1, 3, 31)) == 1.0
    assert uprating_index(stated, date(latest.year + 2, 4, 1)) == pytest.approx(1.02**2)
    assumed = somme.number("costs.assumed_uprating_per_year")
    assert set(assumed_upratings(somme, date(latest.year + 3, 1, 1)).values()) == {assumed}
    assert assumed_upratings(somme, latest) == {}


@pytest.mark.parametrize("share", [-0.101, 0.201, float("nan"), float("inf")])
def test_an_uprating_that_cannot_be_is_named(share: float) -> None:
    with pytest.raises(InputError) as caught:
        assumed_upratings(load_department("somme"), date(2029, 1, 1), share)
    (fault,) = caught.value.faults
    assert (fault.field, fault.accepted) == ("uprating", "from -10 % to +20 % a year")
