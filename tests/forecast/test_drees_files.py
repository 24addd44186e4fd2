"""`data update` takes the files of DREES as they are published."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest
from openpyxl import Workbook
from published_files import (
    NAMES,
    continued,
    country_of,
    csv_file,
    day,
    drees_rows,
    drees_workbook,
    told,
)

from brought.published import counts_rsa_households
from brought.publishers import read_published
from brought.series import month_of
from forecast.panel import country_known, current_panel, later_decembers, shipped_panel
from forecast.panel_update import update_panel
from sim.errors import InputError
from sim.parameters.imported import import_stamp

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_data")]


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
