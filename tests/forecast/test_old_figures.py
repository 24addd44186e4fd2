"""An answer from an old figure: where it starts, how old it says that is, which months are over."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import ui.cli.forecast_commands
from brought.series import month_of
from forecast.family_funds import la_reunion
from forecast.level import Level, level_of_department, level_of_series, usual_months
from forecast.outcome import outlook_of, records
from forecast.panel import shipped_panel
from ui.cli.app import app
from ui.cli.remark_words import commanded
from ui.reports.forecast.page import answers, month_with_doubt, shown_months
from ui.reports.remarks import remark_text

pytestmark = pytest.mark.slow

TODAY = month_of("2026-03")


@pytest.fixture(scope="module")
def level() -> Level:
    return level_of_department(shipped_panel(), "80", today=TODAY)


def test_it_starts_at_the_last_known_figure_whatever_its_date(level: Level) -> None:
    assert level.known.last_month == month_of("2024-12")
    assert level.known.households[-1] == 16230.0
    overseas = level_of_department(shipped_panel(), "974", 12, TODAY)
    assert overseas.known.last_month == month_of("2020-10")
    told = [remark_text(note, "en") for note in overseas.notes]
    assert any("to 2025-03" in text and "start there" in text for text in told)
    file = level_of_series(shipped_panel(), la_reunion(), 12, TODAY)
    assert file.known.last_month == month_of("2025-03")


def test_the_age_and_the_months_that_are_over_count_to_the_month_of_the_question(
    level: Level,
) -> None:
    assert level.age_months == 15
    # January 2025 to February 2026: March 2026 has not ended.
    assert level.months_over == 14
    assert level.months == usual_months(level.known.last_month, TODAY) == 27
    told = [remark_text(note, "en") for note in level.notes]
    assert any("14 of these months are over" in text and "2026-02" in text for text in told)
    fresh = Level(level.known, level.forecast, level.notes, month_of("2025-01"))
    assert (fresh.age_months, fresh.months_over) == (1, 0)
    undated = Level(level.known, level.forecast, level.notes)
    assert (undated.age_months, undated.months_over) == (None, 0)


def test_months_that_are_over_are_marked_everywhere(level: Level) -> None:
    outlook = outlook_of(level, None)
    flags = [row["is_over_not_observed_here"] for row in records(outlook)]
    assert flags == [True] * 14 + [False] * 13
    for ahead in range(1, level.months + 1):
        assert ("non observé ici" in month_with_doubt(outlook, ahead)) == (ahead <= 14)
    # The first month that is not over is shown, and the answer is about one to come.
    assert 15 in shown_months(outlook)
    assert "non observé ici" not in answers(outlook)[0]


def test_when_every_month_is_over_it_says_how_far_to_ask(level: Level) -> None:
    short = level_of_department(shipped_panel(), "80", 12, TODAY)
    assert short.months_over == short.months == 12
    told = [commanded(note, "en") for note in short.notes]
    assert any("27 months" in text and text.endswith("(--months 27)") for text in told)
    assert np.array_equal(short.forecast.central, level.forecast.central[:12])


class SomeDay(date):
    """A day in March 2026 on which the command is given."""

    @classmethod
    def today(cls) -> SomeDay:
        return cls(2026, 3, 17)


def test_the_first_line_says_how_old_the_figure_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ui.cli.forecast_commands, "date", SomeDay)
    out = tmp_path / "somme"
    done = CliRunner().invoke(app, ["forecast", "80", "--level-only", "--out", str(out)])
    assert done.exit_code == 0, done.output
    first = done.stdout.splitlines()[0]
    assert "16,230 households" in first
    assert "15 months old" in first
    assert "not observed here" in done.stdout
    assert "Source: DREES" in done.stdout
    record = json.loads((out / "forecast.json").read_text(encoding="utf-8"))
    assert record["last_known_age_months"] == 15
    assert record["months_over_not_observed_here"] == 14
    assert record["source"].startswith("Source: DREES")
    assert record["replay"].endswith("--months 27 --level-only")
    page = (out / "forecast.html").read_text(encoding="utf-8")
    assert "vieux de 15 mois" in page
    assert "passé, non observé ici" in page
