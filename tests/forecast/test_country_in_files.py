"""What a published file says of the whole country, and what the forecast makes of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook
from published_files import NAMES, across, continued, country_of, down, drees_workbook, told

from brought.department_tables import department_tables
from brought.page import Page
from brought.series import month_of
from forecast.common_path import common_path
from forecast.panel import NATIONAL_FILE
from forecast.panel_update import update_panel
from sim.errors import InputError

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_data")]


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


def test_a_cell_of_the_country_that_is_no_count_is_named(tmp_path: Path) -> None:
    def spoil(book: Workbook) -> None:
        book["Tableau 1"].cell(row=9, column=2).value = "environ deux millions"

    with pytest.raises(InputError, match=r"line 9, Tableau 1, France"):
        update_panel(drees_workbook(tmp_path, continued(3), spoil, ahead=4))
    assert not (tmp_path / "data").exists()
