"""`data update` takes the files of DREES and CNAF as they are published."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from brought.department_tables import department_tables
from brought.page import Page
from brought.published import counts_rsa_households
from brought.publishers import read_published
from brought.series import month_of, month_text
from brought.spelling import squeezed
from forecast.common_path import common_path
from forecast.panel import (
    NATIONAL_FILE,
    country_known,
    current_panel,
    later_decembers,
    shipped_panel,
)
from forecast.panel_update import Update, update_panel
from forecast.starts_moved import Start
from forecast.update_scores import moved_scores, reached_origins
from sim.errors import InputError
from sim.parameters import load_department
from sim.parameters.derivation.carried import carried_stock
from sim.parameters.derivation.statistics import names_by_code
from sim.parameters.imported import import_stamp
from sim.parameters.rules import STOCK
from sim.policy import load_scenario
from ui.cli.app import app
from ui.reports.remarks import remark_text

pytestmark = pytest.mark.slow

Cell = str | int | float | date | None
Counts = Mapping[str, Mapping[int, float]]
NAMES = {squeezed(name): code for code, name in names_by_code().items()}
FRENCH_MONTHS = (
    "janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc",
)  # fmt: skip
FIELDS = ("rsa", "ppa")


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASELOAD_DATA", str(tmp_path / "data"))


def continued(months: int, growth: float = 1.001, first: str = "2020-09") -> Counts:
    """Counts of every department from ``first`` on: the known ones, then a steady growth."""
    panel = shipped_panel()
    found: dict[str, dict[int, float]] = {}
    for code in panel.departments:
        series = panel.series(code)
        known = dict(zip(series.months.tolist(), series.households.tolist(), strict=True))
        last = series.last_month
        ahead = {
            last + step: float(round(known[last] * growth**step, -1))
            for step in range(1, months + 1)
        }
        found[code] = {m: v for m, v in (known | ahead).items() if m >= month_of(first)}
    return found


def drees_workbook(folder: Path, counts: Counts, edit: Callable[[Workbook], None] = lambda _: None,
                   is_turned: bool = False, ahead: int = 0) -> Path:  # fmt: skip
    """The monthly workbook: sheets of several benefits, titles, heads on three rows, notes."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Sommaire"
    first.append(["Données mensuelles sur les prestations de solidarité"])
    first.append(["Tableau 3", "Nombre de foyers allocataires du RSA, par département"])
    national = book.create_sheet("Tableau 1")
    months = sorted({month for one in counts.values() for month in one})
    for row in (
        ["Tableau 1 - Allocataires du RSA, de l'AAH et de la prime d'activité, France"],
        ["", "RSA", "AAH", "RSA majoré", "Prime d'activité"],
        *([day(month), country_of(counts, month), 1_250_000, 200_000, 4_500_000]
          for month in range(months[0], months[-1] + 1 + ahead)),
        ["Champ : France."],
    ):  # fmt: skip
        national.append(row)
    for name, title, factor in (
        ("Tableau 3", "Tableau 3 - Nombre de foyers allocataires du RSA, par département", 1.0),
        ("Tableau 5", "Tableau 5 - Nombre d'allocataires de l'ASS, par département", 0.2),
        ("Tableau 6", "Tableau 6 - Nombre de foyers allocataires de la prime d'activité", 2.5),
    ):
        sheet = book.create_sheet(name)
        for row in (down if is_turned else across)(title, counts, months, factor):
            sheet.append(row)
    edit(book)
    path = folder / "x.xlsx"
    book.save(path)
    return path


def across(title: str, counts: Counts, months: Sequence[int], factor: float) -> list[list[Cell]]:
    codes = list(counts)
    rows: list[list[Cell]] = [
        [title], ["Retour au sommaire"], ["Données arrondies à la dizaine."], [None],
        [None, *(int(code) if code.isdigit() else code for code in codes), None, None],
        [None, *(names_by_code()[code] for code in codes), "France métropolitaine", "France"],
        ["Mois", *["Effectifs"] * (len(codes) + 2)],
    ]  # fmt: skip
    for place, month in enumerate(months):
        values: list[Cell] = [round(counts[code].get(month, 0) * factor) or "nd" for code in codes]
        provisional = place >= len(months) - 2
        if provisional:
            values[0] = f"{values[0]}*"
        label: Cell = f"{short(month)}*" if provisional else day(month)
        rows.append([label, *values, 1_800_000, country_of(counts, month)])
    return [
        *rows, [None], ["* Données provisoires ; nd : non disponible."],
        ["Source : CNAF, Allstat FR6 et FR2 ; MSA."], ["Champ : France."],
    ]  # fmt: skip


def down(title: str, counts: Counts, months: Sequence[int], factor: float) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[title], [None], ["Code", "Département", *map(short, months)]]
    rows += [
        [code, names_by_code()[code],
         *(round(one.get(month, 0) * factor) or "ns" for month in months)]
        for code, one in counts.items()
    ]  # fmt: skip
    country = [country_of(counts, month) for month in months]
    return [*rows, ["", "France", *country], ["Source : DREES."]]


def country_of(counts: Counts, month: int) -> int:
    """All departments and Mayotte; a steady fall by half a percent a month after the last month."""
    last = max(month for one in counts.values() for month in one)
    total = sum(one.get(min(month, last), 9_000.0) for one in counts.values())
    return round(1.003 * total * 0.995 ** max(0, month - last), -2)


def day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def short(month: int) -> str:
    return f"{FRENCH_MONTHS[month % 12]}-{month // 12 % 100:02d}"


def cnaf_rows(counts: Counts, share: float = 0.97, has_labels: bool = False) -> list[list[Cell]]:
    """``s_ben_dep``: every benefit in a row, an unknown department, technical second rows."""
    head = ["dtreffre", "numdep", "nomdep", "numregi", "nomregi"]
    head += [f"{what}_{one}" for one in FIELDS for what in ("indfoy", "indnbp", "indmtt")]
    if has_labels:
        head = ["Date référence", "Numéro département", "Nom département", "Numéro région",
                "Nom région"]  # fmt: skip
        head += [f"{what} {one}" for one in ("RSA", "PPA")
                 for what in ("Nombre foyers", "Nombre personnes", "Montant total")]  # fmt: skip
    rows: list[list[Cell]] = [[*head, "lieures"]]
    for code, one in counts.items():
        name = names_by_code()[code].upper()
        for month, count in one.items():
            paid = round(count * share)
            values = [paid, round(paid * 2.1), paid * 530.0, paid * 2, paid * 4, paid * 400.0]
            rows.append([month_text(month), code, name, "04", "REGION", *values, name])
            if month % 12 == 11:
                rows.append([month_text(month), code, name, "04", "REGION", 3, 7, 900.0, 0, 0, 0,
                             name])  # fmt: skip
    rows.append([month_text(month), "XX", "INCONNU", "XX", "INCONNU", *[12] * 6, ""])
    return rows


def csv_file(folder: Path, rows: Sequence[Sequence[Cell]], separator: str = ";") -> Path:
    path = folder / "y.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


def excel_file(folder: Path, rows: Sequence[Sequence[Cell]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    path = folder / "z.xlsx"
    book.save(path)
    return path


def told(done: Update, language: str = "en") -> str:
    return "\n".join(remark_text(one, "fr" if language == "fr" else "en") for one in done.remarks)


@pytest.mark.parametrize("is_turned", [False, True])
def test_the_drees_workbook_is_read_as_it_is(tmp_path: Path, is_turned: bool) -> None:
    counts = continued(3)
    done = update_panel(drees_workbook(tmp_path, counts, is_turned=is_turned))
    assert done.publisher == "drees"
    assert (done.changes.first, done.changes.last) == (month_of("2020-11"), month_of("2021-01"))
    assert done.changes.added == 3 * len(shipped_panel().departments)
    assert not done.changes.revisions
    for code in ("01", "2A", "80", "974"):
        series = current_panel().series(code)
        assert series.households[-3:].tolist() == [
            counts[code][month] for month in series.months[-3:]
        ]
    assert "Tableau 3" in told(done)
    assert "France" in told(done)
    first, last = month_of("2020-09"), month_of("2021-01")
    assert (done.country.added, done.country.first, done.country.last) == (5, first, last)
    country = country_known()
    for month in range(first, last + 1):
        assert country[month] == country_of(counts, month)
    assert country[month_of("2020-05")] == 1_988_100, "months that the file lacks stay"
    assert done.panel.last_monthly == last
    if not is_turned:
        assert "provisional: 2020-12 to 2021-01" in told(done)


def test_withheld_values_and_gaps_are_said_and_not_invented(tmp_path: Path) -> None:
    counts = {code: dict(one) for code, one in continued(4).items()}
    del counts["48"][month_of("2021-01")]
    del counts["15"][month_of("2021-02")]
    del counts["90"]
    done = update_panel(drees_workbook(tmp_path, counts))
    panel = current_panel()
    assert panel.series("48").last_month == month_of("2020-12")
    assert panel.series("15").last_month == month_of("2021-01")
    assert panel.series("90").last_month == shipped_panel().series("90").last_month
    # What the DREES published of later ends of year stays known of a department that ends early.
    at = int(np.flatnonzero(panel.months == month_of("2020-12"))[0])
    december = panel.households[panel.departments.index("90"), at]
    assert december == later_decembers()["90"][month_of("2020-12")]
    words = told(done)
    assert "48 (2021-01)" in words
    assert "kept as they were: 90" in words
    assert "withheld or missing in 15, 48" in words
    assert "ne sont pas communiquées pour : 15, 48" in told(done, "fr")


def test_revisions_are_counted_and_the_largest_named(tmp_path: Path) -> None:
    counts = {code: dict(one) for code, one in continued(2).items()}
    counts["80"][month_of("2020-09")] *= 1.02
    counts["02"][month_of("2020-10")] += 10
    done = update_panel(drees_workbook(tmp_path, counts))
    assert [one.department for one in done.changes.revisions] == ["80", "02"]
    assert done.changes.revisions[0].percent == pytest.approx(2.0, abs=0.1)
    record = done.changes.record()
    assert record["values_revised"] == 2
    assert record["last_month_added"] == "2020-12"


def test_faults_of_the_workbook_are_collected_and_nothing_is_written(tmp_path: Path) -> None:
    def spoil(book: Workbook) -> None:
        sheet = book["Tableau 3"]
        sheet.cell(row=8, column=4).value = "douze"
        sheet.cell(row=9, column=6).value = -5
        sheet.cell(row=10, column=1).value = "mois 13"

    path = drees_workbook(tmp_path, continued(3), spoil)
    with pytest.raises(InputError) as caught:
        update_panel(path)
    lines = str(caught.value)
    for part in ("line 8, 03", "'douze'", "line 9, 05", "line 10, Tableau 3", "'mois 13'"):
        assert part in lines
    assert not (tmp_path / "data").exists()


def test_a_workbook_without_the_table_is_refused(tmp_path: Path) -> None:
    def without(book: Workbook) -> None:
        del book["Tableau 3"]

    with pytest.raises(InputError, match="none of households on RSA: 'Tableau 5', 'Tableau 6'"):
        update_panel(drees_workbook(tmp_path, continued(2), without))


def test_a_table_whose_title_says_nothing_is_known_by_its_numbers(tmp_path: Path) -> None:
    def rename(book: Workbook) -> None:
        for number in (3, 5, 6):
            book[f"Tableau {number}"].cell(row=1, column=1).value = f"Tableau {number}"

    done = update_panel(drees_workbook(tmp_path, continued(3), rename))
    assert "“Tableau 3”" in told(done)
    assert not done.changes.revisions


def test_regions_are_no_departments(tmp_path: Path) -> None:
    def with_regions(book: Workbook) -> None:
        sheet = book.create_sheet("Tableau 4", 1)
        regions = (11, 24, 27, 28, 32, 44, 52, 53, 75, 76, 84, 93, 94)
        sheet.append(["Tableau 4 - Nombre de foyers allocataires du RSA, par région"])
        sheet.append([None, *regions])
        for month in range(month_of("2020-09"), month_of("2021-01")):
            sheet.append([day(month), *[12_000] * len(regions)])

    done = update_panel(drees_workbook(tmp_path, continued(2), with_regions))
    assert "Tableau 3" in told(done)


def test_a_national_table_that_goes_on_moves_the_common_part_of_the_forecast(
    tmp_path: Path,
) -> None:
    done = update_panel(drees_workbook(tmp_path, continued(3), ahead=4))
    last = month_of("2021-01")
    assert (done.panel.last_monthly, done.country.last) == (last, last + 4)
    assert "Tableau 1" in told(done)
    assert done.panel.national is not None
    weights = np.ones(len(done.panel.departments))
    path, mute = (
        common_path(one, weights) for one in (done.panel, replace(done.panel, national=None))
    )
    assert (path.months <= last + 4).sum() == (mute.months <= last + 4).sum() + 4
    fall = path.levels[path.months == last + 4] - path.levels[path.months == last]
    assert fall[0] == pytest.approx(400.0 * np.log(0.995), abs=0.02)


def test_a_country_that_counts_something_else_is_left_out_and_said(tmp_path: Path) -> None:
    def other(book: Workbook) -> None:
        for name, column in (("Tableau 1", 2), ("Tableau 3", book["Tableau 3"].max_column)):
            for row in book[name].iter_rows(min_row=3, min_col=column, max_col=column):
                (cell,) = row
                if isinstance(cell.value, (int, float)):
                    cell.value = round(cell.value * 1.08)

    done = update_panel(drees_workbook(tmp_path, continued(3), other))
    assert done.country.added == done.country.revised == 0
    assert "count something else" in told(done)
    assert "comptent autre chose" in told(done, "fr")
    assert not (tmp_path / "data" / NATIONAL_FILE).exists()


def test_a_jump_of_the_country_is_asked_about(tmp_path: Path) -> None:
    def jump(book: Workbook) -> None:
        sheet = book["Tableau 3"]
        cell = sheet.cell(row=9, column=sheet.max_column)
        cell.value = round(1.2 * float(str(cell.value)))

    path = drees_workbook(tmp_path, continued(3), jump)
    with pytest.raises(InputError, match="France:2020-10, from 2,069,900 to 2,490,720") as caught:
        update_panel(path)
    assert len(caught.value.faults) == 2, "there and back"
    done = update_panel(path, ("France:2020-10", "2020-11"))
    assert "France:2020-10" in told(done)


def test_the_country_is_a_column_or_a_row_of_counts() -> None:
    counts, months = continued(2), [month_of("2020-11"), month_of("2020-12")]
    wide, tall = across("RSA", counts, months, 1.0), down("RSA", counts, months, 1.0)
    wide[6][0] = "France"
    tall = [["France", *row] for row in tall]
    tall[2][0] = "Pays"
    tall[-2][0] = ""
    tall.insert(3, ["France", "", "Bretagne", 100_000, 100_000])
    expected = [country_of(counts, month) for month in months]
    for rows in (wide, tall):
        cells = tuple(tuple("" if cell is None else cell for cell in row) for row in rows)
        page = Page("Tableau 3", cells, tuple(range(1, len(rows) + 1)), is_text=False)
        (table,) = department_tables([page], NAMES)
        assert [cell for _, cell in table.country] == expected


SOME = ("22", "29", "35", "44", "49", "53", "56", "62", "72", "79", "80", "85")


def test_todays_references_start_from_the_imported_months(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load_department("29")
    last = month_of("2026-03")
    every = continued(last - month_of("2020-10"))
    counts = {code: every[code] for code in SOME}
    path = drees_workbook(tmp_path, counts)
    done = update_panel(path)
    moved = {one.department for one in done.starts}
    # What moved between the days that others have both carries those with an older figure.
    assert set(SOME) <= moved
    assert all(carried_stock(code) for code in moved - set(SOME))
    for one in (one for one in done.starts if one.department in SOME):
        households = counts[one.department][last]
        assert one.after == Start(int(households), date(2026, 3, 31))
        assert one.before.as_of < one.after.as_of
    after = load_department("29")
    stock = after.entry(STOCK)
    assert (stock.value, stock.as_of) == (counts["29"][last], date(2026, 3, 31))
    assert stock.source == ("imported_months",)
    posts = "territories.finistere.staff.social_worker.fte"
    ratio = counts["29"][last] / before.number(STOCK)
    assert after.number(posts) == pytest.approx(before.number(posts) * ratio, rel=2e-3)
    for name, code in (("29_reference", "29"), ("somme_today", "80")):
        scenario = load_scenario(name)
        assert (scenario.start, scenario.stock_as_of) == (date(2026, 4, 1), date(2026, 3, 31))
        assert scenario.base.number(STOCK) == counts[code][last]
    untouched = load_department("14").entry(STOCK).as_of
    assert untouched is not None
    assert untouched < date(2026, 1, 1)
    assert update_panel(path).starts == ()
    monkeypatch.setenv("CASELOAD_DATA", str(tmp_path / "nothing"))
    assert load_department("29") == before


def test_a_cell_of_the_country_that_is_no_count_is_named(tmp_path: Path) -> None:
    def spoil(book: Workbook) -> None:
        book["Tableau 1"].cell(row=9, column=2).value = "environ deux millions"

    with pytest.raises(InputError, match=r"line 9, Tableau 1, France"):
        update_panel(drees_workbook(tmp_path, continued(3), spoil, ahead=4))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("has_labels", [False, True])
def test_the_export_of_the_family_funds_is_brought_to_the_level(
    tmp_path: Path, separator: str, has_labels: bool
) -> None:
    counts = continued(16)
    path = csv_file(tmp_path, cnaf_rows(counts, has_labels=has_labels), separator)
    done = update_panel(path)
    assert done.publisher == "cnaf"
    assert not done.changes.revisions
    assert (done.changes.first, done.changes.last) == (month_of("2020-11"), month_of("2022-02"))
    # At a December of the DREES the series passes through what it published.
    series = current_panel().series("80")
    december = later_decembers()["80"][month_of("2021-12")]
    assert series.households[month_of("2021-12") - series.first_month] == pytest.approx(
        december, abs=1.0
    )
    # Without one, the ratio of the last common month goes on.
    series = current_panel().series("974")
    assert series.households[-1] == pytest.approx(counts["974"][month_of("2022-02")], rel=1e-3)
    words = told(done)
    assert "XX (1)" in words
    assert "technical second rows" in words
    assert "farmers' fund" in words
    assert "MSA" in told(done, "fr")


def test_the_export_as_a_workbook_is_the_same(tmp_path: Path) -> None:
    rows = cnaf_rows(continued(3))
    first = read_published(csv_file(tmp_path, rows), NAMES, {})
    second = read_published(excel_file(tmp_path, rows), NAMES, {})
    assert first is not None
    assert second is not None
    assert first.households == second.households


def test_persons_in_the_place_of_households_are_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path, cnaf_rows(continued(3), share=2.0))
    with pytest.raises(InputError, match=r"all households are 0\.50 times these"):
        update_panel(path)
    assert not (tmp_path / "data").exists()


def test_a_file_that_begins_after_a_gap_is_refused(tmp_path: Path) -> None:
    counts = {
        code: {month: count for month, count in one.items() if month > month_of("2021-03")}
        for code, one in continued(8).items()
    }
    with pytest.raises(InputError, match="the file starts in 2021-04"):
        update_panel(drees_workbook(tmp_path, counts))


def test_an_older_edition_or_one_department_is_refused(tmp_path: Path) -> None:
    older = {code: {month_of("2020-08"): 9_000.0, month_of("2020-09"): 9_000.0}
             for code in shipped_panel().departments}  # fmt: skip
    with pytest.raises(InputError, match="the last month is 2020-09"):
        update_panel(drees_workbook(tmp_path, older))
    with pytest.raises(InputError, match="1 departments"):
        update_panel(csv_file(tmp_path, cnaf_rows({"974": continued(3)["974"]})))


def drees_rows(counts: Counts) -> list[list[Cell]]:
    """The data set in rows: two series, the country and a region in the last month."""
    head = ["mois", "serie", "nom_serie", "nom_region", "region", "nom_departement",
            "departement", "valeur", "maturite", "unite", "commentaire"]  # fmt: skip
    rows: list[list[Cell]] = [list(head)]
    for code, one in counts.items():
        for month, count in one.items():
            maturity = "Provisoire" if month == max(one) else "Définitive"
            for serie, name, value in (
                ("RSA", "Nombre de foyers allocataires du RSA", count),
                ("ENT", "Nombre d'entrants au RSA", count / 30),
            ):
                rows.append([month_text(month), serie, name, "R", "32", names_by_code()[code],
                             code, value, maturity, "foyers", ""])  # fmt: skip
    country = country_of(counts, month_of("2020-12"))
    for region, count in (("NA", country), ("32", 110_000)):
        rows.append(["2020-12", "RSA", "Nombre de foyers allocataires du RSA", region, region, "NA",
                     "NA", count, "Définitive", "foyers", ""])  # fmt: skip
    return rows


def test_the_data_set_of_the_drees_in_rows_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = continued(2)
    path = csv_file(tmp_path, drees_rows(counts))
    with monkeypatch.context() as patched:
        full = Mock(side_effect=OSError("full"))
        patched.setattr("forecast.country_update.write_atomically", full)
        with pytest.raises(OSError, match="full"):
            update_panel(path)
    assert import_stamp() is None, "what holds under the stamp was made with the old country"
    done = update_panel(path)
    assert done.publisher == "drees"
    assert done.panel.last_monthly == month_of("2020-12")
    assert done.panel.series("80").households[-1] == counts["80"][month_of("2020-12")]
    assert "provisional: 2020-12" in told(done)
    assert country_known()[month_of("2020-12")] == country_of(counts, month_of("2020-12"))
    again = csv_file(tmp_path, [*(rows := drees_rows(counts)), rows[-2]])
    with pytest.raises(InputError, match=r"valeur, France: found '2020-12'.*also in line"):
        read_published(again, NAMES, {})


@pytest.mark.parametrize(
    ("title", "is_it"),
    [
        ("Nombre de foyers allocataires du RSA, par département", True),
        ("Nombre d'allocataires du revenu de solidarité active", True),
        ("Nombre de foyers allocataires de la prime d'activité", False),
        ("Nombre de personnes couvertes par le RSA dans les foyers", False),
        ("Allocataires du RSA, données CVS", False),
        ("Nombre d'entrées d'allocataires au RSA", False),
        ("Allocataires de l'ASS", False),
    ],
)
def test_titles_say_what_is_counted(title: str, is_it: bool) -> None:
    assert counts_rsa_households(title) is is_it


def test_scores_move_only_where_new_months_reach(tmp_path: Path) -> None:
    short = update_panel(drees_workbook(tmp_path, continued(3)))
    assert reached_origins(short.before, short.panel, short.changes) == ()
    assert moved_scores(short.before, short.panel, short.changes) == []


@pytest.mark.slow
def test_the_forecast_made_before_is_scored_on_what_came(tmp_path: Path) -> None:
    done = update_panel(drees_workbook(tmp_path, continued(13)))
    (score,) = moved_scores(done.before, done.panel, done.changes)
    assert month_text(score.origin) == "2020-10"
    assert score.before is None
    assert score.after.departments == len(done.panel.departments)
    assert 0.0 < score.after.last_value_mape < 2.0


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_command_says_what_changed(tmp_path: Path, language: str) -> None:
    counts = {code: dict(one) for code, one in continued(2).items()}
    counts["80"][month_of("2020-09")] *= 1.02
    path = drees_workbook(tmp_path, counts, ahead=2)
    done = CliRunner().invoke(app, ["--lang", language, "data", "update", str(path)])
    assert done.exit_code == 0, done.output
    words = {
        "fr": (
            "Données mensuelles de la DREES",
            "Valeurs révisées : 1",
            "80 en 2020-09",
            "Mois de la France entière ajoutés : 6, de 2020-09 à 2021-02",
            "Points de départ déplacés : 11 départements, dernier chiffre du 31 décembre 2020",
        ),
        "en": (
            "Monthly figures of the DREES",
            "Values revised: 1",
            "80 in 2020-09",
            "Months of the whole country added: 6, 2020-09 to 2021-02",
            "Starts moved: 11 departments, last figure of 31 December 2020",
        ),
    }[language]
    for one in words:
        assert one in " ".join(done.output.split())


def test_the_command_refuses_with_status_2_in_french(tmp_path: Path) -> None:
    path = csv_file(tmp_path, cnaf_rows(continued(3), share=2.0))
    done = CliRunner().invoke(app, ["--lang", "fr", "data", "update", str(path)])
    assert done.exit_code == 2
    assert "tous les foyers valent 0,50 fois ceux-ci" in " ".join(done.output.split())
    assert not (tmp_path / "data").exists()


def test_the_answer_for_programs_has_the_changes(tmp_path: Path) -> None:
    path = csv_file(tmp_path, cnaf_rows(continued(3)))
    done = CliRunner().invoke(app, ["data", "update", str(path), "--json"])
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert answer["publisher"] == "cnaf"
    assert answer["changes"]["last_month_added"] == "2021-01"
    assert {one["after"]["as_of"] for one in answer["starts"]} == {"2021-01-31"}
    assert all(one["before"]["as_of"] == "2020-10-31" for one in answer["starts"])
    assert any("farmers' fund" in one for one in answer["remarks"])
