"""Months that no department has had are asked about, told, and told again of what they gave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from brought.series import Series, month_text
from forecast.benchmarks import BENCHMARKS, COMBINATION, benchmark_forecasts
from forecast.panel import current_panel, shipped_panel
from forecast.panel_update import update_panel
from forecast.unusual import remarks_of_panel, remarks_of_series
from sim.errors import InputError
from ui.cli.app import app
from ui.reports.remarks import remark_text

pytestmark = pytest.mark.slow

HEAD = "department,month,households"


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASELOAD_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def last_count(code: str) -> int:
    """The last month of a department's shipped monthly series."""
    return int(shipped_panel().series(code).households[-1])


def next_month(folder: Path, **changed: int) -> Path:
    """The month after the panel for every department, some with another count."""
    panel = shipped_panel()
    month = month_text(panel.last_monthly + 1)
    rows = [
        f"{code},{month},{changed.get(f'd{code}', last_count(code))}" for code in panel.departments
    ]
    file = folder / "next.csv"
    file.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return file


def caseload(*words: str) -> Any:
    return CliRunner().invoke(app, list(words))


def test_a_lost_digit_is_refused_and_nothing_is_written(tmp_path: Path, own_data: Path) -> None:
    with pytest.raises(InputError, match="80:2020-11, from 19,730 to 1,973"):
        update_panel(next_month(tmp_path, d80=1973))
    assert not own_data.exists()


@pytest.mark.parametrize("word", ["80:2020-11", "2020-11"])
def test_a_jump_is_taken_when_it_is_confirmed(tmp_path: Path, word: str) -> None:
    done = update_panel(next_month(tmp_path, d80=1973), [word])
    assert any("confirmed: 80:2020-11" in remark_text(one, "en") for one in done.remarks)
    (french,) = (remark_text(one, "fr") for one in done.remarks)
    assert french == "Pris comme confirmé : 80, 2020-11, de 19\u202f730 à 1\u202f973."
    assert any("80:2020-11" in remark_text(one, "en") for one in remarks_of_panel(done.panel))
    assert not remarks_of_panel(shipped_panel())


def test_another_word_does_not_confirm_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--confirm 80:2020-11"):
        update_panel(next_month(tmp_path, d80=1973), ["02:2020-11", "2020-12"])


def test_what_was_confirmed_is_not_asked_again(tmp_path: Path) -> None:
    file = next_month(tmp_path, d80=1973)
    update_panel(file, ["80:2020-11"])
    assert remarks_of_panel(update_panel(file).panel)


def test_a_needless_confirmation_is_told(tmp_path: Path) -> None:
    done = update_panel(next_month(tmp_path), ["80:2020-11"])
    assert any("has no effect" in remark_text(one, "en") for one in done.remarks)


def test_months_imported_before_are_not_taken_away(tmp_path: Path) -> None:
    panel = shipped_panel()
    rows = [
        f"{code},{month_text(panel.last_monthly + ahead)},{last_count(code)}"
        for code in panel.departments
        for ahead in (1, 2)
    ]
    two = tmp_path / "two.csv"
    two.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    update_panel(two)
    with pytest.raises(InputError, match="the last month is 2020-11"):
        update_panel(next_month(tmp_path))
    assert current_panel().last_monthly == panel.last_monthly + 2


def test_a_revision_of_a_past_month_by_as_much_is_asked_about(tmp_path: Path) -> None:
    panel = shipped_panel()
    rows = [
        f"{code},{month_text(panel.last_monthly)},"
        f"{int(last_count(code) * (1.3 if code == '80' else 1.0))}"
        for code in panel.departments
    ]
    file = tmp_path / "revised.csv"
    file.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="80:2020-10"):
        update_panel(file)


def test_a_series_of_adults_or_with_a_jump_is_told() -> None:
    panel = shipped_panel()
    own = panel.series("80")
    assert remarks_of_series(own, panel) == ()
    adults = Series("80", own.first_month, own.households * 1.17)
    (remark,) = remarks_of_series(adults, panel)
    assert "persons rather than households" in remark_text(remark, "en")
    broken = own.households.copy()
    broken[7] /= 10.0
    (remark,) = remarks_of_series(Series("80", own.first_month, broken), panel)
    assert remark_text(remark, "en").count("80:") == 2


@pytest.mark.parametrize("count", [12, 24])
def test_a_constant_series_leaves_out_what_cannot_be_fitted(count: int) -> None:
    found = benchmark_forecasts(np.full(count, 1500.0), 12)
    assert "arima" not in found
    assert {"last_value", "drift"} <= set(found) <= {*BENCHMARKS, COMBINATION}
    for one in found.values():
        assert np.isfinite(one.points).all()
        assert one.central == pytest.approx(1500.0)


def test_options_without_effect_are_said_and_stay_in_the_answer() -> None:
    done = caseload("forecast", "80", "--level-only", "--begins", "2021-05", "--json")
    assert done.exit_code == 0
    (remark, *standing) = json.loads(done.stdout)["remarks"]
    assert remark.startswith("--begins has no effect")
    assert remark in done.stderr
    plain = json.loads(caseload("forecast", "80", "--level-only", "--json").stdout)
    assert plain["remarks"] == standing


def test_a_remark_stays_on_the_page_of_a_forecast(tmp_path: Path) -> None:
    out = tmp_path / "forecast"
    done = caseload("forecast", "80", "--level-only", "--begins", "2021-05", "--out", str(out))
    assert done.exit_code == 0
    assert "--begins est sans effet" in (out / "forecast.html").read_text(encoding="utf-8")
    assert "--begins has no effect" in (out / "forecast.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("departments", "80", "--seed", "4"), "--seed"),
        (("data", "describe", "--store", "nowhere", "--json"), "--store"),
        (("results", "--territory", "coquelicot", "--store", "nowhere"), "--territory"),
        (("check", "somme_plus14"), ""),
    ],
)
def test_commands_say_which_option_they_did_not_use(
    words: tuple[str, ...], option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = caseload(*words)
    told = [line for line in done.stderr.splitlines() if "has no effect" in line]
    assert [line.split()[1] for line in told] == ([option] if option else [])
