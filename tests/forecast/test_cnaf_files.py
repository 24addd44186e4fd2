"""`data update` takes the export of the family funds as it is published."""

from __future__ import annotations

from pathlib import Path

import pytest
from published_files import NAMES, cnaf_rows, continued, csv_file, excel_file, told

from brought.publishers import read_published
from brought.series import month_of
from forecast.panel import current_panel, later_decembers
from forecast.panel_update import update_panel
from sim.errors import InputError

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_data")]


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
