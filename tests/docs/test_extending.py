"""The examples of docs/extending.md do what the page says, each in a copy of the checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "extending.md"
COPIED = (
    "sim",
    "ui",
    "scenarios",
    "tests",
    "brought",
    "replay",
    "calibration",
    "forecast",
    "pyproject.toml",
)
FENCED = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its language, the file that it makes or changes, its text."""

    language: str
    file: str
    text: str


def examples() -> dict[str, list[Block]]:
    """The blocks of each section of the page."""
    _, *sections = PAGE.read_text(encoding="utf-8").split("\n## ")
    return {
        section.partition("\n")[0]: [Block(*found) for found in FENCED.findall(section)]
        for section in sections
    }


EXAMPLES = examples()
BEHAVIOUR = EXAMPLES["A behaviour in one file"]
PARTS = [block for block in BEHAVIOUR if block.file]
MOST_FILES = 4
SAID = re.compile(r"^(E  +|\S*Error: ).*other_department", re.MULTILINE | re.IGNORECASE)
"""A line of an error that has the name of the new behaviour."""


def apply(block: Block, folder: Path) -> None:
    """Write the file of a block, or change it where its lines stand, once."""
    file = folder / block.file
    if block.language != "diff":
        file.write_text(block.text, encoding="utf-8")
        return
    lines = block.text.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{block.file} has {text.count(before)} times:\n{before}"
    file.write_text(text.replace(before, after), encoding="utf-8")


def run(block: Block, folder: Path) -> str:
    """Run commands or a program in the copy, in plain Python: what went wrong, or nothing."""
    binaries = str(Path(sys.executable).parent)
    environment = os.environ | {
        "CASELOAD_JIT": "0",
        "PYTHONPATH": str(folder),
        "PATH": os.pathsep.join([binaries, os.environ["PATH"]]),
    }
    command = {"sh": ["sh", "-e", "-c"], "python": [sys.executable, "-c"]}[block.language]
    done = subprocess.run(
        [*command, block.text], cwd=folder, env=environment, capture_output=True, text=True
    )
    return f"{block.text}\n{done.stdout}\n{done.stderr}" if done.returncode else ""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy that an example may change."""
    for name in COPIED:
        source, target = ROOT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return tmp_path


def test_there_are_four_examples() -> None:
    assert len([name for name, blocks in EXAMPLES.items() if blocks]) == 4


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_works(name: str, checkout: Path) -> None:
    for block in EXAMPLES[name]:
        if block.file:
            apply(block, checkout)
        else:
            assert run(block, checkout) == ""


def test_a_behaviour_takes_four_files_at_most() -> None:
    assert 0 < len({block.file for block in PARTS}) <= MOST_FILES


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.file.replace("/", "."))
def test_a_forgotten_part_of_a_behaviour_is_named(part: Block, checkout: Path) -> None:
    for block in PARTS:
        if block is not part:
            apply(block, checkout)
    checks = [block for block in BEHAVIOUR if not block.file]
    wrong = next(filter(None, (run(block, checkout) for block in checks)), "")
    assert SAID.search(wrong), wrong
