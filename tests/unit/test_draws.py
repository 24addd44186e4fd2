"""Draws of parameters: the file keeps them to the last bit, scenarios take them as a world."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from sim.errors import InputError
from sim.parameters import draw_files
from sim.parameters.draw_files import read_draws, shipped_draws, write_draws
from sim.parameters.draws import Draws
from sim.policy import load_scenario

BASE = "job_finding.base_hazard"
EXIT = "benefit.long_exit_hazard"


def two_draws(department: str = "somme") -> Draws:
    values = np.array([[0.1 + 0.2, 0.011], [0.31, 1 / 3000]])
    return Draws(department, (BASE, EXIT), values, "abc", {BASE: "data", EXIT: "mixed"})


def test_a_file_gives_the_same_draws_back(tmp_path: Path) -> None:
    path = tmp_path / "somme.parquet"
    write_draws(path, two_draws())
    found = read_draws(path)
    assert np.array_equal(found.values, two_draws().values)
    assert (found.department, found.paths, found.identity) == ("somme", (BASE, EXIT), "abc")
    assert found.kinds == {BASE: "data", EXIT: "mixed"}
    assert len(found) == 2
    assert found.values_of(1) == {BASE: 0.31, EXIT: 1 / 3000}


def test_draws_that_are_not_what_was_written_are_refused(tmp_path: Path) -> None:
    """Another number, name or badge in a file that is sound Parquet all the same."""
    path = tmp_path / "somme.parquet"
    write_draws(path, two_draws())
    table = parquet.read_table(path)
    said = table.schema.metadata[b"rsa_caseload"]
    others = (
        (table.set_column(1, BASE, pa.array([0.3, 0.32])), said),
        (table.rename_columns(["draw", EXIT, BASE]), said),
        (table.slice(0, 1), said),
        (table, said.replace(b"mixed", b"other")),
    )
    for other, words in others:
        parquet.write_table(other.replace_schema_metadata({"rsa_caseload": words}), path)
        with pytest.raises(InputError, match="not what was written"):
            read_draws(path)


def test_the_draws_of_another_department_are_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_draws(tmp_path / "somme.parquet", two_draws("doubs"))
    monkeypatch.setattr(draw_files, "POSTERIOR", tmp_path)
    with pytest.raises(InputError, match="draws of doubs"):
        shipped_draws("somme")


def test_the_same_draws_give_the_same_file(tmp_path: Path) -> None:
    write_draws(tmp_path / "one.parquet", two_draws())
    write_draws(tmp_path / "two.parquet", two_draws())
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_a_file_of_something_else_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "notes.parquet"
    path.write_text("no draws")
    for file in (path, tmp_path / "absent.parquet"):
        with pytest.raises(InputError, match=file.name):
            read_draws(file)


def test_a_department_without_draws_takes_the_shared_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draw_files, "POSTERIOR", tmp_path)
    assert shipped_draws("somme") is None
    write_draws(tmp_path / "national.parquet", two_draws("national"))
    shared = shipped_draws("somme")
    assert shared is not None
    assert shared.department == "national"
    write_draws(tmp_path / "somme.parquet", two_draws())
    own = shipped_draws("somme")
    assert own is not None
    assert own.department == "somme"


def test_a_draw_is_the_world_under_the_scenario() -> None:
    """The variant keeps its own values, dated changes come on top."""
    scenario = load_scenario("somme_reference").with_variant({EXIT: 0.02})
    changed = scenario.with_changes({BASE: 0.5}, date(2024, 1, 1))
    drawn = changed.with_draw(two_draws().values_of(0), "draw 0")
    assert drawn.base.number(BASE) == 0.1 + 0.2
    assert drawn.base.number(EXIT) == 0.02
    assert drawn.parameters_on(date(2024, 1, 1)).number(BASE) == 0.5
    assert drawn.base.entry(BASE).origin == "draw 0"
    assert drawn.fingerprint() != changed.fingerprint()


def test_a_draw_of_places_follows_the_scale() -> None:
    path = "department.stock_households"
    scenario = load_scenario("somme_reference").scaled(0.1)
    assert scenario.with_draw({path: 20_000}, "draw 0").base.number(path) == 2_000


def test_a_draw_of_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(InputError, match="draw 7"):
        load_scenario("somme_reference").with_draw({"nothing.here": 1.0}, "draw 7")
