"""What newer months move: starts of today's references, scores of the forecasts made before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from published_files import continued, drees_workbook

from brought.series import month_of, month_text
from forecast.panel_update import update_panel
from forecast.starts_moved import Start
from forecast.update_scores import moved_scores, reached_origins
from sim.parameters import load_department
from sim.parameters.derivation.carried import carried_stock
from sim.parameters.rules import STOCK
from sim.policy import load_scenario

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_data")]

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


def test_scores_move_only_where_new_months_reach(tmp_path: Path) -> None:
    short = update_panel(drees_workbook(tmp_path, continued(3)))
    assert reached_origins(short.before, short.panel, short.changes) == ()
    assert moved_scores(short.before, short.panel, short.changes) == []


def test_the_forecast_made_before_is_scored_on_what_came(tmp_path: Path) -> None:
    done = update_panel(drees_workbook(tmp_path, continued(13)))
    (score,) = moved_scores(done.before, done.panel, done.changes)
    assert month_text(score.origin) == "2020-10"
    assert score.before is None
    assert score.after.departments == len(done.panel.departments)
    assert 0.0 < score.after.last_value_mape < 2.0
