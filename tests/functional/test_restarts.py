"""A department's own number of households restarts its reference: level, territories, date."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from brought.restarts import Restart, read_restart
from sim.errors import InputError
from sim.policy import load_scenario, scenario_text
from ui.cli.app import app

pytestmark = pytest.mark.slow

STOCK = "department.stock_households"
PILOT = "territories.coquelicot.stock_value"


def asked(stock: str | None, series: Path | None) -> Restart:
    restart, remarks = read_restart(stock, series)
    assert restart is not None
    assert remarks == ()
    return restart


def test_level_territories_and_date_follow() -> None:
    base = load_scenario("somme_today")
    restart = asked("17990@2026-09", None)
    moved = restart.of(base)
    assert (moved.start, moved.stock_as_of) == (date(2026, 10, 1), date(2026, 9, 30))
    assert moved.base.number(STOCK) == 17990
    factor = 17990 / base.base.number(STOCK)
    assert moved.base.number(PILOT) == round(base.base.number(PILOT) * factor)
    fte = "territories.coquelicot.staff.social_worker.fte"
    assert moved.base.number(fte) == base.base.number(fte)


def test_the_written_scenario_is_read_back_the_same(tmp_path: Path) -> None:
    moved = load_scenario("finistere_today").restarted(15_100, date(2026, 9, 30))
    file = tmp_path / "moved.yaml"
    file.write_text(scenario_text(moved), encoding="utf-8")
    again = load_scenario(file)
    assert again.fingerprint() == moved.fingerprint()
    assert again.stock_as_of == moved.stock_as_of


@pytest.mark.parametrize("written", ["17990", "0@2026-09", "17990@2026-13", "-5@2026-09", "x"])
def test_what_is_no_stock_is_refused(written: str) -> None:
    with pytest.raises(InputError):
        read_restart(written, None)


@pytest.mark.parametrize("month", ["0000-05", "2009-11", "2045-12", "9999-12"])
def test_a_month_after_which_no_run_starts_is_refused(month: str) -> None:
    with pytest.raises(InputError, match=f"{month}; accepted: a month from 2009-12 to 2045-11"):
        read_restart(f"100@{month}", None)


def test_a_change_before_the_new_start_is_refused() -> None:
    with pytest.raises(InputError, match="changes come on 2026-10-01 or later"):
        load_scenario("somme_plus14").restarted(17_000, date(2026, 9, 30))


def test_a_series_restarts_from_its_last_month(tmp_path: Path) -> None:
    months = [f"{2025 + month // 12}-{month % 12 + 1:02d}" for month in range(20)]
    rows = [f"29,{month},{14_900 + 10 * number}" for number, month in enumerate(months)]
    file = tmp_path / "mine.csv"
    file.write_text("\n".join(["department,month,households", *rows]), encoding="utf-8")
    restart = asked(None, file)
    assert (restart.households, restart.words) == (15_090, ("--stock", "15090@2026-08"))
    assert restart.of(load_scenario("29_reference")).stock_as_of == date(2026, 8, 31)
    with pytest.raises(InputError, match="found '29'; accepted: 80, the department of somme"):
        restart.of(load_scenario("somme_today"))
    with pytest.raises(InputError, match="not both"):
        read_restart("1@2026-08", file)


def test_a_run_says_its_day_and_repeats_itself(tmp_path: Path) -> None:
    words = ("run", "29_reference", "--stock", "15100@2026-09", "--share", "0.02", "--months", "2")
    folder = tmp_path / "run"
    done = CliRunner().invoke(app, [*words, "--replications", "1", "--out", str(folder)])
    assert done.exit_code == 0, done.output
    assert "30 September 2026" in done.output
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert "--stock 15100@2026-09" in manifest["replay"]
    written = yaml.safe_load((folder / "scenario.yaml").read_text(encoding="utf-8"))
    assert written["stock_as_of"] == date(2026, 9, 30)
    assert any("published" in name for name in manifest["inputs"])
