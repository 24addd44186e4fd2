"""`caseload replay`: a folder run again has the same tables, and says what differs when not."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from typer.testing import CliRunner

from ui.cli.app import app

pytestmark = pytest.mark.slow

SMALL = ("--share", "0.02", "--months", "3", "--replications", "2", "--seed", "4")
MINE = {
    "schema_version": 1,
    "name": "mine",
    "title": {"en": "Mine", "fr": "Le mien"},
    "description": {"en": "A file of my own.", "fr": "Un fichier à moi."},
    "extends": "somme_reference",
    "changes": [
        {
            "date": "2023-02-01",
            "label": "two more posts",
            "source": ["assumption"],
            "set": {"staffing.recruitment_delay_days": 10},
        }
    ],
}


def caseload(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.exit_code, done.output


def record(*words: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CliRunner().invoke(app, [*map(str, words), "--json"]).stdout)
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison with a scenario file of one's own, with logs, made in its folder."""
    place = tmp_path_factory.mktemp("work")
    (place / "mine.yaml").write_text(yaml.safe_dump(MINE, allow_unicode=True), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        code, said = caseload(
            "compare", "somme_reference", "mine.yaml", *SMALL, "--events", "--out", "here"
        )
    assert code == 0, said
    return place / "here"


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "copy"))


def changed(folder: Path, **values: object) -> None:
    file = folder / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **values}), encoding="utf-8")


def test_a_run_made_again_elsewhere_is_the_same(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, said = caseload("--lang", "fr", "replay", made / "manifest.json", "--workers", "2")
    assert code == 0, said
    assert "identique" in said
    found = record("replay", made)
    assert found["identical"] is True
    assert found["tables"] == found["altered"] == found["inputs"] == found["versions"] == []
    assert found["files"] > 7
    assert not list(tmp_path.iterdir())


def test_a_table_that_was_changed_is_named(copied: Path) -> None:
    table = copied / "outcomes.parquet"
    frame = pd.read_parquet(table)
    frame["value"] += 1.0
    frame.to_parquet(table)
    code, said = caseload("--lang", "en", "replay", copied)
    assert code == 1
    assert "outcomes.parquet" in said
    found = record("replay", copied)
    assert (found["tables"], found["altered"]) == ([], ["outcomes.parquet"])


def test_another_seed_and_another_engine_are_told(copied: Path) -> None:
    manifest = json.loads((copied / "manifest.json").read_text())
    command = manifest["replay"].replace("--seed 4", "--seed 5")
    changed(copied, replay=command, versions={**manifest["versions"], "engine": "other"})
    assert caseload("replay", copied)[0] == 1
    found = record("replay", copied)
    assert {"outcomes.parquet", "events.parquet", "summary.json"} == set(found["tables"])
    assert found["versions"] == ["engine"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"replay": "rm -r /"}, "caseload run"),
        ({"replay": "caseload batch plan.yaml"}, "caseload run"),
        ({"replay": "caseload run somme_reference --nonsense 3"}, "caseload run"),
        ({"replay": "caseload run --help"}, "caseload run"),
        ({"replay": "caseload run somme_reference"}, "caseload run"),
        ({"status": "cancelled"}, "cancelled"),
        ({"format": 0}, "manifest.json"),
    ],
)
def test_what_cannot_be_run_again_is_refused(
    copied: Path, values: dict[str, object], said: str
) -> None:
    changed(copied, **values)
    code, told = caseload("--lang", "en", "replay", copied)
    assert code == 2
    assert said in " ".join(told.split())


def test_an_archive_is_made_again_where_no_file_of_ones_own_is(made: Path, tmp_path: Path) -> None:
    place = tmp_path / "there"
    shutil.copytree(made.parent, place)
    command = json.loads((place / "here" / "manifest.json").read_text())["replay"]
    changed(place / "here", replay=command.replace(str(made.parent), str(place)))
    packed = tmp_path / "here.zip"
    code, told = caseload("--lang", "en", "archive", place / "here", "--out", tmp_path / "a.tar.gz")
    assert code == 2
    assert "a name that ends in .zip" in " ".join(told.split())
    assert not (tmp_path / "a.tar.gz").exists()
    assert caseload("archive", place / "here", "--out", packed)[0] == 0
    assert caseload("archive", place / "here", "--out", packed)[0] == 2
    shutil.rmtree(place)
    found = record("replay", packed)
    assert found["identical"] is True
    assert found["altered"] == found["inputs"] == []


@pytest.mark.parametrize("name", ["../outside.txt", "elsewhere/file.txt", "run/manifest.json"])
def test_an_archive_that_is_none_of_ours_is_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as odd:
        odd.writestr(name, "nothing")
    code, told = caseload("--lang", "en", "replay", tmp_path / "odd.zip")
    assert code == 2
    assert "caseload archive" in " ".join(told.split())
    assert [path.name for path in tmp_path.iterdir()] == ["odd.zip"]
