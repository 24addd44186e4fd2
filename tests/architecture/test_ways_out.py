"""A person's text leaves through one helper for each medium; no other way out exists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path
    for room in ("sim", "brought", "replay", "calibration", "forecast", "ui")
    for path in (ROOT / room).rglob("*.py")
)
TERMINAL, ELEMENTS, PICTURES = (
    "ui/cli/terminal.py", "ui/elements.py", "ui/reports/picture_file.py",
)  # fmt: skip
MACHINES = ("sim/compilation.py", "sim/engine/warm.py", "sim/parameters/document.py",
            "calibration/carried.py", "calibration/long_checks.py", "ui/work/job.py",
            "sim/sealed.py")  # fmt: skip
"""What speaks to a developer or to another process, or of a file that the program made itself."""
HOMES = {
    "html.escape": ("sim/plain_text.py", "ui/plain_text.py"),
    "rich.console.Console": (TERMINAL,),
    "rich.text.Text": (TERMINAL,),
    "rich.progress.TextColumn": (TERMINAL,),
    # The library writes help with mark-up.
    "rich.markup.escape": ("ui/cli/helping.py",),
    "streamlit": (ELEMENTS, "ui/entry/front_door.py"),
    "streamlit.markdown": (),
}
TEXT_ELEMENTS = frozenset(
    (
        "button", "caption", "checkbox", "download_button", "error", "expander", "file_uploader",
        "header", "info", "markdown", "metric", "multiselect", "number_input", "page_link",
        "popover", "radio", "segmented_control", "selectbox", "slider", "spinner", "subheader",
        "success", "tabs", "text_area", "text_input", "title", "toast", "toggle", "warning",
        "write",
    )
)  # fmt: skip
SAFE = frozenset(
    (
        "_lines", "_row", "badge", "chart_text", "escaped", "html_text", "join", "number",
        "number_text", "typed",
    )
)  # fmt: skip
"""What may stand in a piece of HTML or of a chart: what the helpers return, and joined pieces."""
TAG = re.compile(r"</?[a-zA-Z]+[ >]|=\"$")
PLAIN_VALUES = ("text", "words", "texts", "str", "get", "label_text", "repr")
"""Calls that return somebody's words as they are."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(node: ast.expr) -> str:
    """The last name of what is called; empty for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_each_medium_has_one_home(path: Path) -> None:
    strays = {
        name
        for name in imported(tree_of(path))
        if name in HOMES and name_of(path) not in HOMES[name]
    }
    assert not strays, f"{name_of(path)} imports {strays}: homes are {HOMES}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_is_printed_and_no_picture_written_elsewhere(path: Path) -> None:
    if name_of(path) in (TERMINAL, *MACHINES):
        return
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.Call):
            continue
        written = ast.unparse(node.func)
        where = f"{name_of(path)}:{node.lineno}"
        assert written not in ("print", "sys.stdout.write", "sys.stderr.write"), where
        assert not {"markup", "emoji"} & {word.arg for word in node.keywords}, where
        is_picture = written.endswith((".savefig", ".print_png", ".tight_layout"))
        assert not is_picture or name_of(path) == PICTURES, where


UI_FILES = [path for path in FILES if name_of(path).startswith("ui/")]


@pytest.mark.parametrize("path", UI_FILES, ids=name_of)
def test_texts_of_the_page_pass_the_elements(path: Path) -> None:
    if name_of(path) == ELEMENTS:
        return
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        place = ast.unparse(node.func.value)
        is_container = place.split(".")[0] in (
            "left",
            "right",
            "first",
            "second",
            "place",
            "middle",
        )
        where = f"{name_of(path)}:{node.lineno}: {ast.unparse(node.func)}"
        assert not (is_container and node.func.attr in TEXT_ELEMENTS), f"{where}: use `with`"
        assert not (place == "st" and node.func.attr in ("markdown", "write", "metric")), where


def bindings(function: ast.AST) -> dict[str, list[ast.expr]]:
    """What each name of a function is given."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                names = target.elts if isinstance(target, ast.Tuple) else [target]
                values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
                if len(names) == len(values):
                    for name, value in zip(names, values, strict=True):
                        found.setdefault(ast.unparse(name), []).append(value)
    return found


def is_plain_words(value: ast.expr, known: dict[str, list[ast.expr]]) -> bool:
    """Whether somebody's words stand there without a helper."""
    if isinstance(value, ast.Name):
        return any(is_plain_words(one, {}) for one in known.get(value.id, []))
    if isinstance(value, ast.Attribute):
        return value.attr in ("title", "label", "name", "description", "fr", "en", "note", "found")
    if isinstance(value, ast.JoinedStr):
        return any(
            isinstance(one, ast.FormattedValue) and is_plain_words(one.value, known)
            for one in value.values
        )
    return called(value) in PLAIN_VALUES or isinstance(value, ast.Subscript)


def unescaped(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Interpolations of somebody's words into pieces of HTML or of charts."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for function in functions:
        known = bindings(function)
        for node in ast.walk(function):
            if not isinstance(node, ast.JoinedStr):
                continue
            constant = "".join(
                str(one.value) for one in node.values if isinstance(one, ast.Constant)
            )
            if not TAG.search(constant):
                continue
            for one in node.values:
                if isinstance(one, ast.FormattedValue) and one.format_spec is None:
                    is_helped = called(one.value) in SAFE
                    if not is_helped and is_plain_words(one.value, known):
                        yield node.lineno, ast.unparse(one.value)


ALLOWED: dict[str, tuple[str, ...]] = {
    "sim/parameters/document.py": ("TERRITORIES",),
    "ui/look.py": ("shown", "size"),
}
"""Words of ours: names of styles, a sheet of style, pages of the documentation."""


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_words_stand_in_html_without_their_helper(path: Path) -> None:
    allowed = ALLOWED.get(name_of(path), ())
    found = [one for one in unescaped(tree_of(path)) if one[1] not in allowed]
    assert not found, f"{name_of(path)}: {found}"


@pytest.mark.parametrize(
    "code",
    [
        "def f(draft):\n    return f'<b>{draft.title}</b>'",
        "def f(draft):\n    title = draft.title\n    return f'<b>{title}</b>'",
        "def f(one):\n    return f\"<p>{one['name']}</p>\"",
        "def f():\n    return f'<p>{text(\"a.b\")}</p>'",
    ],
)
def test_words_without_their_helper_are_seen(code: str) -> None:
    assert list(unescaped(ast.parse(code)))


def test_words_with_their_helper_pass() -> None:
    code = (
        "def f(one):\n    title = typed(one.title)\n    return f'<b>{title}{typed(one.title)}</b>'"
    )
    assert not list(unescaped(ast.parse(code)))


SPREADSHEETS = {
    "ui/reports/batch_export.py", "ui/reports/batch_workbook.py", "ui/reports/budget/files.py",
    "ui/reports/budget/workbook_frame.py", "ui/take_away/tables.py",
    "ui/reports/forecast/folder.py",
}  # fmt: skip


def test_what_a_spreadsheet_opens_passes_its_helper() -> None:
    users = {
        name_of(path)
        for path in FILES
        if "sim.plain_text.spreadsheet_text" in imported(tree_of(path))
    }
    assert users >= SPREADSHEETS
    writers = {name_of(path) for path in FILES if "xlsxwriter" in set(imported(tree_of(path)))}
    assert writers <= {*SPREADSHEETS, "ui/reports/budget/workbook.py"}
