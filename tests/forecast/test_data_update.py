"""`data update` says what changed, and refuses what cannot go on from the known months."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from published_files import cnaf_rows, continued, csv_file, drees_workbook
from typer.testing import CliRunner

from brought.series import month_of
from forecast.panel import shipped_panel
from forecast.panel_update import update_panel
from sim.errors import InputError
from ui.cli.app import app

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_data")]


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
            "Points de départ actualisés : 11 départements ; dernier chiffre : 31 décembre 2020",
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
    assert "l’ensemble des foyers vaut 0,50 fois ce nombre" in " ".join(done.output.split())
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
