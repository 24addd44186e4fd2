"""A store against hostile questions and damaged files: it answers truly, or refuses by name."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from sim.batch.holdings import holding_of, whole_holding
from sim.batch.query import IncompleteStoreWarning, query
from sim.batch.store import Store
from sim.errors import InputError
from tests.hostile import sql
from tests.hostile import store as damage
from tests.hostile.door import Attempt, Ending
from ui.cli.app import app

pytestmark = pytest.mark.slow

CHOSEN = (
    *(f"explain analyze {text}" for text in sql.CHANGING[:5]),
    *sql.CHANGING,
    *(f"from {text}" for text in sql.READING),
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, str, str]:
    return damage.small_store(tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("beside") / "outside"
    sql.plant_secrets(folder)
    return folder


@pytest.fixture
def copied(whole: tuple[Store, str, str], tmp_path: Path) -> Store:
    """A copy of the store that a test may damage."""
    shutil.copytree(whole[0].root, tmp_path / "store")
    return Store(tmp_path / "store")


def caseload(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize("text", CHOSEN)
@pytest.mark.parametrize("name", ["secret.txt", "secret.parquet"])
def test_a_question_reads_the_store_alone_and_writes_nothing(
    whole: tuple[Store, str, str], outside: Path, text: str, name: str
) -> None:
    asked = text.format(file=outside / name, folder=outside)
    assert sql.check(asked, whole[0], outside) is Ending.REFUSED


@pytest.mark.parametrize("text", sql.CHANGING)
def test_no_question_changes_a_file_of_the_store(
    whole: tuple[Store, str, str], outside: Path, text: str
) -> None:
    store, label, _ = whole
    chunk = store.rows_path(label, store.chunk_names(label)[0])
    for wrapped in ("{0}", "explain analyze {0}"):
        asked = wrapped.format(text.format(file=chunk, folder=store.root))
        assert sql.check(asked, store, outside) is Ending.REFUSED


@pytest.mark.parametrize("text", sql.HONEST)
def test_honest_questions_are_answered(
    whole: tuple[Store, str, str], outside: Path, text: str
) -> None:
    assert sql.check(text, whole[0], outside) is Ending.TAKEN


def test_a_question_leaves_no_trace_where_it_is_asked(
    whole: tuple[Store, str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    query("select * from totals order by random()", whole[0].root)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["select '\ud800'", "select 1\x00", "(" * 50_000, "explain", ""])
def test_text_that_is_no_sql_is_refused(whole: tuple[Store, str, str], text: str) -> None:
    with pytest.raises(InputError, match="query"):
        query(text, whole[0].root)


@pytest.mark.parametrize("number", range(12))
def test_statements_made_by_chance_do_no_harm(
    whole: tuple[Store, str, str], outside: Path, number: int
) -> None:
    luck = random.Random(f"sql {number}")
    for _ in range(10):
        sql.check(sql.statement(luck, outside, whole[0].root), whole[0], outside)


@pytest.fixture(scope="module")
def attempt(tmp_path_factory: pytest.TempPathFactory) -> Attempt:
    return damage.prepared(tmp_path_factory.mktemp("damaged"))


@pytest.mark.parametrize("number", range(40))
def test_a_damaged_store_gives_the_true_answer_or_names_the_damage(
    attempt: Attempt, number: int
) -> None:
    assert attempt(random.Random(f"store {number}")) in (Ending.TAKEN, Ending.REFUSED)


def flipped(path: Path) -> None:
    """One bit of the middle of a file, with its size and time of change as they were."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [flipped, lambda path: path.unlink()])
def test_a_damaged_chunk_is_named_with_what_repairs_it(
    whole: tuple[Store, str, str], copied: Store, spoil: Callable[[Path], None]
) -> None:
    _, label, neighbour = whole
    victim = copied.rows_path(label, copied.chunk_names(label)[1])
    true = caseload("results", neighbour, "--store", copied.root).stdout
    spoil(victim)
    for command in (("results", label), ("export", label, "--out", copied.root.parent / "x.csv")):
        done = caseload(*command, "--store", copied.root)
        assert done.exit_code == 2
        assert victim.name in done.stderr
        assert "--resume" in done.stderr
    assert not (copied.root.parent / "x.csv").exists()
    done = caseload("query", "select count(*) as n from totals", "--store", copied.root, "--json")
    assert done.exit_code == 0
    (note,) = (one for one in json.loads(done.stdout)["notes"] if victim.name in one)
    assert note in done.stderr.replace("\n", " ")
    done = caseload("results", neighbour, "--store", copied.root)
    assert (done.exit_code, done.stdout, done.stderr) == (0, true, "")


@pytest.mark.parametrize("name", ["manifest.json", "settings.parquet"])
def test_a_damaged_entry_of_the_catalogue_takes_its_experiment_out_of_answers(
    whole: tuple[Store, str, str], copied: Store, name: str
) -> None:
    _, label, neighbour = whole
    flipped(copied.folder(label) / name)
    with pytest.warns(IncompleteStoreWarning, match=name):
        found = query("select distinct experiment from totals", copied.root)
    assert found["experiment"].tolist() == [neighbour]
    assert caseload("results", label, "--store", copied.root).exit_code == 2


def test_a_file_is_digested_anew_when_it_changes(
    whole: tuple[Store, str, str], copied: Store
) -> None:
    label = whole[1]
    assert holding_of(copied, label).is_whole
    path = copied.rows_path(label, copied.chunk_names(label)[0])
    before = path.stat()
    flipped(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert not holding_of(copied, label).is_whole


def test_a_store_without_seals_is_still_answered(
    whole: tuple[Store, str, str], copied: Store
) -> None:
    label = whole[1]
    true = query(damage.QUESTION, whole[0].root)
    for path in copied.folder(label).rglob("*.json"):
        content = json.loads(path.read_bytes())
        for name in ("seal", "format", "files", "chunk"):
            content.pop(name, None)
        path.write_text(json.dumps(content), encoding="utf-8")
    assert query(damage.QUESTION, copied.root).equals(true)
    flipped(copied.rows_path(label, copied.chunk_names(label)[0]))
    with pytest.raises(InputError, match="--resume"):
        whole_holding(copied, label)
