"""Forecasts: fans that hold what they say, variance parts that are true, folders that are whole."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from brought.series import Series, month_of
from forecast.draws import (
    ParameterDraws,
    draws_for,
    draws_of_tables,
    literature_flags,
)
from forecast.level import Level, level_of_department, level_of_series
from forecast.outcome import DIFFERENCE, LEVEL, SCENARIO, outlook_of, records
from forecast.panel import shipped_panel
from forecast.simulated import Simulated, comparison_of, simulate
from forecast.variance import Variance, variance_of_level, variance_of_runs
from sim.errors import InputError
from sim.parameters.draws import SHARED, Draws
from sim.policy import load_scenario
from sim.remarks import Remark
from ui.reports.forecast.figures import figures
from ui.reports.forecast.folder import check_forecast_folder, write_forecast
from ui.reports.remarks import remark_text

pytestmark = pytest.mark.slow

MONTHS = 42
PARTS = ("seeds", "data", "literature", "discrepancy")


@pytest.fixture(scope="module")
def level() -> Level:
    return level_of_department(shipped_panel(), "80", MONTHS)


def made_up_draws(count: int) -> ParameterDraws:
    values = np.arange(2.0 * count).reshape(count, 2)
    is_literature = np.array([False, True])
    return ParameterDraws(("a", "b"), values, is_literature, True, Remark("level_parts"), "test")


def simulated(level: Level, change_month: int = 3) -> Simulated:
    """Caseloads as if they had been simulated: the scenario loses 2 households a month."""
    comparison = comparison_of(("somme_experiment",)).lasting(change_month + level.months)
    assert comparison.change_month == change_month
    months = comparison.reference.months + 1
    chance = np.random.default_rng(3).normal(0.0, 20.0, (8, 3, 1, months)).cumsum(axis=-1)
    reference = 18_000.0 + chance
    gap = -2.0 * np.maximum(np.arange(months) - change_month, 0)
    own = np.random.default_rng(4).normal(0.0, 1.0, (8, 3, 1, 1)) * np.arange(months)
    own[..., : change_month + 1] = 0.0
    caseload = np.concatenate([reference, reference + gap + own], axis=2)
    return Simulated(comparison, made_up_draws(8), caseload, 1.0)


def test_variance_parts_recover_known_ones() -> None:
    """Sums of independent normal parts, so many draws that each part is known to a few percent."""
    draws, sd = 40_000, {"seeds": 3.0, "data": 2.0, "literature": 1.5}
    luck = np.random.default_rng(1)
    data = luck.normal(0.0, sd["data"], draws)
    literature = luck.normal(0.0, sd["literature"], (2, draws))
    seeds = luck.normal(0.0, sd["seeds"], (2, draws))
    runs = [data + literature[0] + seeds[0], data + literature[0] + seeds[1],
            data + literature[1] + seeds[0]]  # fmt: skip
    found = variance_of_runs(np.stack(runs, axis=1)[..., None])
    # A variance of n draws has a relative error of √(2/n); differences of parts add their errors.
    error = 4.5 * np.sqrt(2.0 / draws) * sum(value**2 for value in sd.values())
    for part, value in sd.items():
        assert getattr(found, part)[0] == pytest.approx(value**2, abs=error)
    assert found.discrepancy[0] == 0.0


def test_shares_add_up_and_nothing_is_negative() -> None:
    values = np.random.default_rng(2).normal(size=(5, 3, 12))
    shares = variance_of_runs(values).shares()
    assert sum(shares.values()) == pytest.approx(np.ones(12))
    assert all((share >= 0.0).all() for share in shares.values())
    still = variance_of_runs(np.zeros((5, 3, 12))).shares()
    assert all((share == 0.0).all() for share in still.values())


def test_the_luck_of_persons_is_a_part_of_the_levels_variance() -> None:
    found = variance_of_level(np.array([100.0, 100.0]), np.array([30.0, 400.0]))
    assert list(found.total) == [100.0, 100.0]
    assert list(found.seeds) == [30.0, 100.0]
    assert list(found.data + found.literature) == [0.0, 0.0]


def test_exchanging_takes_only_the_literature_part_of_another_draw() -> None:
    draws = made_up_draws(3)
    assert draws.own(1) == {"a": 2.0, "b": 3.0}
    assert draws.exchanged(1) == {"a": 2.0, "b": 5.0}
    assert draws.exchanged(2) == {"a": 4.0, "b": 1.0}


def test_draws_of_tables_have_the_stated_ranges() -> None:
    parameters = load_scenario("somme_reference").base
    draws = draws_of_tables(parameters, 4000, 1)
    assert not draws.has_data
    assert draws.is_literature.all()
    entry = parameters.entry("effects.contact_size")
    values = draws.values[:, draws.paths.index(entry.path)]
    assert entry.uncertainty.low is not None
    assert entry.uncertainty.high is not None
    below = np.mean(values < entry.uncertainty.low)
    # Five in a hundred of 4000 on either side: sd 0.35 %.
    assert below == pytest.approx(0.05, abs=4.5 * 0.0035)
    assert np.mean(values > entry.uncertainty.high) == pytest.approx(0.05, abs=4.5 * 0.0035)
    for path, column in zip(draws.paths, draws.values.T, strict=True):
        low, high = parameters.entry(path).bounds
        assert low is None or column.min() >= low
        assert high is None or column.max() <= high


def test_shipped_draws_come_before_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = load_scenario("somme_reference")
    kinds = {"a": "data", "b": "mixed", "c": "literature", "d": "assumption"}
    values = np.arange(40.0).reshape(10, 4)
    for department, said in (("somme", "of this department"), (SHARED, "national")):
        shipped = Draws(department, tuple(kinds), values, "hash", kinds)
        monkeypatch.setattr("forecast.draws.department_draws", lambda _, d=shipped: d)
        found = draws_for(scenario, 6, 1)
        assert len(found) == 6
        assert len(np.unique(found.values[:, 0])) == 6
        assert list(found.is_literature) == [False, False, True, True]
        assert found.has_data
        assert (found.identity, said in remark_text(found.origin, "en")) == ("hash", True)
        assert len(draws_for(scenario, 50, 1)) == 10
    monkeypatch.setattr("forecast.draws.department_draws", lambda _: None)
    assert not draws_for(scenario, 6, 1).has_data


def test_shares_that_add_up_are_exchanged_together() -> None:
    kinds = {
        "job_types.permanent.share": "mixed",
        "job_types.training.share": "literature",
        "job_types.pec.rupture_hazard_first": "literature",
        "effects.contact_size": "literature",
        "effects.activity_size": "data",
    }
    drawn = Draws("somme", tuple(kinds), np.zeros((3, 5)), "hash", kinds)
    assert list(literature_flags(drawn)) == [False, False, True, True, False]


@pytest.mark.parametrize("name", ["somme_experiment", "meuse_scheme", "deux_sevres_reference"])
def test_every_exchanged_draw_is_a_world_that_can_be_simulated(name: str) -> None:
    scenario = load_scenario(name)
    draws = draws_for(scenario, 8, 1)
    for draw in range(len(draws)):
        mixed = scenario.with_draw(draws.exchanged(draw), "exchanged")
        own = scenario.with_draw(draws.own(draw), "own")
        path = draws.paths[int(np.flatnonzero(draws.is_literature)[0])]
        assert mixed.base.value(path) != own.base.value(path)


@pytest.mark.slow
def test_the_level_alone_is_all_discrepancy_and_its_fans_nest(level: Level) -> None:
    outlook = outlook_of(level, None)
    (path,) = outlook.paths
    assert path.variance.shares()["discrepancy"] == pytest.approx(np.ones(MONTHS))
    quantiles = path.quantiles
    assert (np.diff(quantiles, axis=0) > 0.0).all()
    # In percent of the level, for the level itself may fall; equal where no longer path was seen.
    widths = np.log(quantiles[-1] / quantiles[0])
    assert (np.diff(widths) > -1e-12).all()
    assert (np.diff(widths[::12]) > 0.0).all()
    rows = records(outlook)
    assert [row["is_verified_on_the_past"] for row in rows] == [True] * 36 + [False] * (MONTHS - 36)
    assert rows[0]["month"] == "2025-01"


def test_a_difference_is_added_to_the_level(level: Level) -> None:
    outlook = outlook_of(level, simulated(level), month_of("2025-01"))
    (base,), (gap,), (total,) = (outlook.chosen(k) for k in (LEVEL, DIFFERENCE, SCENARIO))
    assert gap.points.shape == (MONTHS, 24)
    assert total.points.mean(axis=1) == pytest.approx(
        base.points.mean(axis=1) + gap.points.mean(axis=1)
    )
    spread = base.points.var(axis=1) + gap.points.var(axis=1)
    assert total.points.var(axis=1) == pytest.approx(spread)
    assert total.variance.total == pytest.approx(base.variance.total + gap.variance.total)
    # The first change came in April 2023 and is asked for in the first month.
    assert any("2023-04" in remark_text(note, "en") for note in outlook.notes)
    assert gap.points.mean(axis=1)[0] == pytest.approx(-2.0, abs=4.5 * 4 / np.sqrt(24))


def test_a_change_within_the_months_begins_in_its_own_month(level: Level) -> None:
    late = Series("80", month_of("2022-10"), np.array([level.known.households[-1]]))
    moved = Level(late, level.forecast, level.notes)
    outlook = outlook_of(moved, simulated(moved))
    (gap,) = outlook.chosen(DIFFERENCE)
    begins = outlook.months.index("2023-04")
    assert begins > 0
    assert (gap.points[:begins] == 0.0).all()
    assert (gap.points[begins] != 0.0).any()
    far = Level(Series("80", 12 * 2030, level.known.households), level.forecast, level.notes)
    (gap,) = outlook_of(far, simulated(far)).chosen(DIFFERENCE)
    assert (gap.points[0] != 0.0).any()
    with pytest.raises(InputError, match="--begins"):
        outlook_of(moved, simulated(moved), month_of("2019-01"))


@pytest.mark.slow
def test_the_folder_holds_the_same_numbers_in_table_and_json(level: Level, tmp_path: Path) -> None:
    outlook = outlook_of(level, simulated(level), month_of("2025-01"))
    write_forecast(tmp_path / "new", outlook, "Somme", "caseload forecast somme")
    record = json.loads((tmp_path / "new" / "forecast.json").read_text(encoding="utf-8"))
    with (tmp_path / "new" / "forecast.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(record["rows"]) == 3 * MONTHS
    for row, told in zip(rows, record["rows"], strict=True):
        assert float(row["q50"]) == told["q50"]
        shares = [told[f"share_{part}"] for part in PARTS]
        assert sum(shares) == pytest.approx(1.0, abs=4e-4)
    page = (tmp_path / "new" / "forecast.html").read_text(encoding="utf-8")
    assert "non vérifié sur le passé" in page
    assert page.count("data:image/png") == 3
    assert (tmp_path / "new" / "figures" / "variance.svg").stat().st_size > 1000
    check_forecast_folder(tmp_path / "new")
    (tmp_path / "new" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.txt"):
        check_forecast_folder(tmp_path / "new")


def test_what_is_not_verified_is_dashed(level: Level) -> None:
    figure = figures(outlook_of(level, None), "Somme")["forecast"]
    (panel,) = figure.axes
    styles = {
        line.get_linestyle()
        for line in panel.lines
        if len(line.get_xdata()) == MONTHS - 36 + 1  # type: ignore[arg-type]
    }
    assert styles == {"--"}


@pytest.mark.slow
def test_a_short_series_says_what_it_cannot_give() -> None:
    panel = shipped_panel()
    known = panel.series("80")
    short = Series("80", known.first_month, known.households[:14])
    found = level_of_series(panel, short, 12)
    assert any("14 months are known" in remark_text(note, "en") for note in found.notes)
    longer = Series("80", known.first_month, known.households[:30])
    assert not any(
        "are known" in remark_text(note, "en") for note in level_of_series(panel, longer, 12).notes
    )


def test_scenarios_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(InputError, match="reference"):
        comparison_of(("somme_reference",))
    with pytest.raises(InputError, match="same reference"):
        comparison_of(("somme_experiment", "meuse_scheme"))


def test_simulated_runs_pair_and_do_not_depend_on_workers() -> None:
    names = ("somme_experiment", "somme_plus14")
    found = comparison_of(names).lasting(6)
    draws = draws_of_tables(found.reference.base, 2, 1)
    one, two = (simulate(found, draws, 5, share=0.01, workers=workers) for workers in (1, 2))
    assert one is not None
    assert two is not None
    assert (one.caseload == two.caseload).all()
    # Until the first change all scenarios of a run are the same world.
    before = one.caseload[..., : found.change_month + 1]
    assert (before == before[:, :, :1]).all()
    assert (one.caseload[:, 0] != one.caseload[:, 1]).any()


def test_variances_of_independent_quantities_add() -> None:
    one = Variance(*(np.array([float(value)]) for value in (1, 2, 3, 4)))
    assert (one + one).total == pytest.approx([20.0])
