"""Nothing that a visitor writes reaches the file system, an evaluator or the log of another."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from app_worlds import POSTS, page, small_study
from streamlit.testing.v1 import AppTest

import ui
from sim.errors import InputError
from sim.plain_text import one_line
from ui.own_data.store import delete_series, keep_mapping, keep_series
from ui.study import Draft
from ui.study.draft import MOST_DOCUMENT_CHARACTERS
from ui.study.saved import forget, save, saved
from ui.study.yaml_files import scenario_of_text
from ui.work.history import forget_run, remember
from ui.work.places import VARIABLE, new_owner, owner_file, owner_folder, run_folder

UI = Path(ui.__file__).parent
ROOT = UI.parent
PATHS = ("../x", "..", "/etc/passwd", "a/b", "a\\b", "C:\\x", "a\x00b", "~/x", "", "x" * 200)
EVALUATORS = frozenset({"eval", "exec", "compile", "__import__", "system", "popen", "load_pickle"})
MODULES = frozenset({"pickle", "marshal", "shelve"})


@pytest.mark.parametrize("name", PATHS)
def test_no_name_leads_out_of_the_folder_of_the_app(name: str) -> None:
    owner = new_owner()
    for place in (
        lambda: run_folder(name),
        lambda: owner_folder(name, "history"),
        lambda: owner_folder(owner, name),
        lambda: owner_file(owner, "series", name),
        lambda: delete_series(owner, name),
        lambda: forget(owner, name),
        lambda: forget_run(owner, name),
        lambda: remember(owner, name, small_study()),
    ):
        with pytest.raises(ValueError, match="not a"):
            place()


@pytest.mark.parametrize("title", ["../../etc/passwd", "/etc/passwd", "..\\..\\x", "a\x00b", "…"])
def test_titles_with_paths_stay_titles(
    title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "app"
    monkeypatch.setenv(VARIABLE, str(inside))
    owner = new_owner()
    known = {"key": "mine", "title": title, "origin": "somme_reference", "values": {POSTS: 3.0}}
    draft = Draft.model_validate(known)
    save(owner, small_study(), draft)
    keep_series(owner, "caseload", "somme", title, [{"month": "2025-01"}])
    keep_mapping(owner, "caseload", (title, "b"), {"month": title})
    (kept,) = saved(owner)
    assert kept.draft.title == one_line(title)
    assert [path.name for path in tmp_path.iterdir()] == ["app"]
    files = [path for path in inside.rglob("*") if path.is_file()]
    assert len(files) == 3
    assert all(path.suffix == ".json" and ".." not in path.name for path in files)


def test_a_cookie_that_is_no_visitor_gets_a_new_name(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import streamlit as st\n"
        "from ui import visitor\n"
        "class Fake:\n"
        "    cookies = {visitor.COOKIE: '../../etc/passwd'}\n"
        "visitor.st = type('S', (), {'context': Fake, 'session_state': st.session_state})\n"
        "visitor.remember_visitor()\n"
        "visitor.st = st\n"
    )
    made = AppTest.from_string(code).run()
    assert not made.exception
    given = made.session_state["visitor"]
    assert len(given) == 32
    assert set(given) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "content",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b, *b]\n",
        "schema_version: !!python/object/apply:os.system ['true']\n",
        "schema_version: 1\nname: ../../x\n",
        "x" * (MOST_DOCUMENT_CHARACTERS + 1),
        "\x00\x01",
        "name: \ud800",
        "[" * 5000,
    ],
)
def test_a_hostile_scenario_file_is_refused(content: str) -> None:
    with pytest.raises(InputError):
        scenario_of_text(content)


def test_uploads_are_bounded_before_they_are_read() -> None:
    settings = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    assert "maxUploadSize = 10" in settings
    assert 'address = "127.0.0.1"' in settings
    assert "gatherUsageStats = false" in settings
    assert 'showErrorDetails = "none"' in settings
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "file_uploader":
                assert "max_upload_size" in {word.arg for word in node.keywords}, path.name


def test_the_app_evaluates_nothing() -> None:
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                is_regex = name == "compile" and isinstance(node.func, ast.Attribute)
                assert is_regex or name not in EVALUATORS, f"{path.name}:{node.lineno}"
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {one.name.split(".")[0] for one in node.names}
                module = getattr(node, "module", "") or ""
                assert not MODULES & {*names, module.split(".")[0]}, path.name


FAILING = """
from unittest.mock import patch
from ui import navigation
with patch.object(navigation, {name!r}, side_effect=RuntimeError('secret /home/detail')):
    navigation.run()
"""


@pytest.mark.slow
@pytest.mark.parametrize("part", ["read_link", "_side", "remember_visitor"])
def test_a_crash_of_the_frame_is_told_kindly(part: str, caplog: pytest.LogCaptureFixture) -> None:
    made = AppTest.from_string(FAILING.format(name=part), default_timeout=60).run()
    assert not made.exception
    (told,) = made.error
    assert "secret" not in told.value
    assert "identifiant" in told.value
    identifier = told.value.rpartition("identifiant ")[2].split()[0].strip(".")
    assert identifier in caplog.text
    assert "secret /home/detail" in caplog.text


@pytest.mark.slow
def test_a_crash_of_a_page_keeps_the_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("ui.pages.explore.heading", broken)
    code = "from ui.guard import guarded\nfrom ui.pages.explore import explore_page\n"
    made = AppTest.from_string(f"{code}guarded(explore_page)()\n", default_timeout=60).run()
    assert not made.exception
    assert "secret" not in made.error[0].value
    monkeypatch.undo()
    assert not page("explore", small_study()).exception


@pytest.mark.slow
def test_a_part_that_refreshes_itself_is_guarded() -> None:
    """A fragment runs again without its page, so it needs a guard of its own."""
    parts = 0
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            names = [ast.unparse(one) for one in node.decorator_list]
            if any(name.startswith("st.fragment") for name in names):
                parts += 1
                assert "guarded" in names, f"{path.name}: {node.name}"
    assert parts >= 3
